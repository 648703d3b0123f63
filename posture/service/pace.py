"""How long until the next look (pure): posture changes over minutes, a camera need not stare."""

from __future__ import annotations

from posture.config.capture import CaptureSection
from posture.judge.verdict import State, Verdict

_NOBODY = frozenset({State.ABSENT, State.CAMERA_LOST, State.PAUSED, State.ASLEEP})


def pause_after(verdict: Verdict, capture: CaptureSection) -> float:
    """Seconds from this look to the next.

    Args:
        verdict: What the judge said of this one.
        capture: The `[capture]` table.
    """
    return capture.look_every_absent_s if verdict.state in _NOBODY else capture.look_every_s
