"""A running monitor's status, in words."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from posture.judge.verdict import State
from posture.review.words import FAULT_WORDS, REASON_WORDS, STATE_WORDS, duration
from posture.service.manners import Rest
from posture.service.status import FaultNow, Status

REST_WORDS = {
    Rest.PAUSED: "you paused it",
    Rest.LOCKED: "the screen is locked",
    Rest.OFF_HOURS: "outside your hours",
    Rest.LENT: "a guided session has it",
}


def headline(status: Status) -> tuple[str, str]:
    """A mark whose shape tells the state, and the state in words.

    Args:
        status: The monitor's.
    """
    if status.rest is not None:
        return "‖", f"camera off: {REST_WORDS[status.rest]}"
    if status.calibrating is not None:
        return "◌", "calibrating: sit upright and relaxed"
    if status.state is not State.PRESENT:
        if status.state is State.UNSURE and status.reason is not None:
            return "○", REASON_WORDS[status.reason]
        return "○", STATE_WORDS[status.state]
    if not status.faults:
        return "●", "good posture"
    mark = "■" if any(fault.dwelt for fault in status.faults) else "▲"
    return mark, ", ".join(_fault(fault) for fault in status.faults)


def print_status(status: Status, console: Console) -> None:
    """Print it.

    Args:
        status: The monitor's.
        console: Where to.
    """
    mark, words = headline(status)
    console.print(Text(f"{mark} {words}", style="bold"))
    light = "on" if status.camera_on else "off"
    console.print(
        f"{status.camera}, {light}; running since {status.since:%H:%M on %d %B} "
        f"(process {status.pid}, posture {status.version})"
    )
    today = status.today
    share = f", {100 * today.good_min / today.seen_min:.0f} % good" if today.seen_min else ""
    console.print(
        f"Today: seen {duration(60 * today.seen_min)} of {duration(60 * today.ran_min)}{share}; "
        f"alerts: {today.alerts}, breaks: {today.breaks}"
    )
    if status.paused is not None:
        console.print(f"Paused {status.paused.text}; `posture resume` opens the camera.")
    if status.snoozed is not None:
        console.print(f"No alerts {status.snoozed.text}.")
    if status.notice:
        console.print(Text(f"! {status.notice}", style="yellow"))


def _fault(fault: FaultNow) -> str:
    gap = "" if fault.unit == "°" else " "
    amount = f"{abs(fault.by.value):.0f}{gap}{fault.unit}"
    return f"{FAULT_WORDS[fault.fault]} (about {amount}, {duration(fault.for_s)})"
