"""A running monitor's status, in words."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from posture.review.words import duration
from posture.service.status import Status, Today
from posture.service.words import headline


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
    if status.today is not None:
        console.print(_day(status.today))
    if status.paused is not None:
        console.print(f"Paused {status.paused.text}; `posture resume` opens the camera.")
    if status.snoozed is not None:
        console.print(f"No alerts {status.snoozed.text}.")
    if status.notice:
        console.print(Text(f"! {status.notice}", style="yellow"))


def _day(today: Today) -> str:
    share = f", {100 * today.good_min / today.seen_min:.0f} % good" if today.seen_min else ""
    return (
        f"Today: seen {duration(60 * today.seen_min)} of {duration(60 * today.ran_min)}{share}; "
        f"alerts: {today.alerts}, breaks: {today.breaks}"
    )
