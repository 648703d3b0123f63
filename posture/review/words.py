"""How states, faults, durations and values read to a person; said once, used everywhere."""

from __future__ import annotations

from datetime import date

from posture.judge.verdict import Fault, State
from posture.pose.landmarks import UnseenReason

FAULT_WORDS = {
    Fault.FORWARD_HEAD: "head forward",
    Fault.RAISED_SHOULDERS: "shoulders raised",
    Fault.UNEVEN_SHOULDERS: "shoulders uneven",
    Fault.SLUMP: "slumped",
    Fault.HEAD_TILT: "head tilted",
    Fault.TOO_NEAR: "too near the screen",
    Fault.STATIC_SITTING: "sitting still",
}

STATE_WORDS = {
    State.PRESENT: "here",
    State.ABSENT: "away",
    State.TURNED_AWAY: "turned away",
    State.UNSURE: "not sure",
    State.PAUSED: "paused",
    State.CAMERA_LOST: "camera lost",
    State.ASLEEP: "asleep",
}

REASON_WORDS = {
    UnseenReason.ABSENT: "nobody in the picture",
    UnseenReason.TURNED_AWAY: "turned away",
    UnseenReason.OCCLUDED: "face or shoulders covered",
    UnseenReason.TOO_DARK: "too dark",
    UnseenReason.COVERED: "lens covered",
    UnseenReason.OUT_OF_FRAME: "partly out of the picture",
    UnseenReason.TOO_FAR: "too far away",
    UnseenReason.TWO_PEOPLE: "two people",
    UnseenReason.UNCALIBRATED: "not calibrated",
    UnseenReason.CALIBRATION_STALE: "calibration no longer fits: run posture calibrate",
    UnseenReason.IMPLAUSIBLE: "landmarks make no sense",
    UnseenReason.CAMERA_LOST: "no picture from the camera",
}

# In January 1970.
_A_MONDAY = 5


def duration(seconds: float) -> str:
    """A duration for reading: `45 s`, `3 min`, `1 h 05`.

    Args:
        seconds: Not negative.
    """
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02d}"


def percent(share: float) -> str:
    """A share of 0..1 for reading: `71 %`."""
    return f"{100 * share:.0f} %"


def weekday_name(number: int) -> str:
    """The name of a weekday; 0 is Monday."""
    return f"{date(1970, 1, _A_MONDAY + number):%A}"
