"""A running monitor's state as a mark and words."""

from __future__ import annotations

from enum import StrEnum

from posture.judge.verdict import State
from posture.review.words import FAULT_WORDS, REASON_WORDS, STATE_WORDS, duration
from posture.service.manners import Rest
from posture.service.status import FaultNow, Status


class Mark(StrEnum):
    """The state by its shape alone; colour only repeats it."""

    GOOD = "●"
    FAULT = "▲"
    ALERT = "■"
    UNSEEN = "○"
    CALIBRATING = "◌"
    OFF = "‖"


REST_WORDS = {
    Rest.PAUSED: "you paused it",
    Rest.LOCKED: "the screen is locked",
    Rest.OFF_HOURS: "outside your hours",
    Rest.LENT: "a guided session has it",
}


def headline(status: Status) -> tuple[Mark, str]:
    """What is to be said first.

    Args:
        status: The monitor's.
    """
    if status.rest is not None:
        return Mark.OFF, f"camera off: {REST_WORDS[status.rest]}"
    if status.calibrating is not None:
        return Mark.CALIBRATING, "calibrating: sit upright and relaxed"
    if status.state is not State.PRESENT:
        if status.state is State.UNSURE and status.reason is not None:
            return Mark.UNSEEN, REASON_WORDS[status.reason]
        return Mark.UNSEEN, STATE_WORDS[status.state]
    if not status.faults:
        return Mark.GOOD, "good posture"
    mark = Mark.ALERT if any(fault.dwelt for fault in status.faults) else Mark.FAULT
    return mark, ", ".join(_fault(fault) for fault in status.faults)


def _fault(fault: FaultNow) -> str:
    gap = "" if fault.unit == "°" else " "
    amount = f"{abs(fault.by.value):.0f}{gap}{fault.unit}"
    return f"{FAULT_WORDS[fault.fault]} (about {amount}, {duration(fault.for_s)})"
