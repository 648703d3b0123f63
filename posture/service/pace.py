"""How long until the next look (pure): posture changes over minutes, a camera need not stare."""

from __future__ import annotations

from posture.config.capture import CaptureSection
from posture.judge.limits import Limits, amount
from posture.judge.verdict import State, Verdict

_NOBODY = frozenset({State.ABSENT, State.CAMERA_LOST, State.PAUSED, State.ASLEEP})


def pause_after(
    verdict: Verdict, limits: Limits, capture: CaptureSection, *, stirring: bool
) -> float:
    """Seconds from this look to the next.

    Args:
        verdict: What the judge said of this one.
        limits: What it judged by.
        capture: The `[capture]` table.
        stirring: Something is going on besides: the picture has moved, or an alert is shown.

    Returns:
        The long pause where nobody is, the steady one where somebody sits well within every limit,
        else the short one.
    """
    if verdict.state in _NOBODY:
        return capture.look_every_absent_s
    if stirring or verdict.faults or _near_a_limit(verdict, limits):
        return capture.look_every_s
    return capture.look_every_steady_s


def _near_a_limit(verdict: Verdict, limits: Limits) -> bool:
    """Whether a fault could have begun, had the estimate been off; who is not measured may be."""
    measurement = verdict.measurement
    if measurement is None:
        return True
    return any(amount(limit.fault, measurement).value > limit.leave for limit in limits.faults)
