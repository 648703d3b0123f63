"""The calibration phase: collect looks while a person sits upright (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from posture.measure.baseline import Baseline
from posture.measure.calibrate import Refusal, calibrate
from posture.pose.landmarks import Landmarks, Unseen

LOOK_EVERY_S = 0.2


@dataclass(frozen=True, slots=True)
class Calibrating:
    """Looks collected so far; the default is a fresh start.

    Attributes:
        began_s: When the person was first seen; None before.
        looks: Everything seen since then.
        refused: Why the attempt before this one was refused; None at first.
        attempts: Attempts that were refused.
    """

    began_s: float | None = None
    looks: tuple[Landmarks | Unseen, ...] = ()
    refused: Refusal | None = None
    attempts: int = 0

    def seconds_left(self, now_s: float, lasts_s: float) -> float:
        """Seconds until the attempt is complete."""
        return lasts_s if self.began_s is None else max(0.0, lasts_s - (now_s - self.began_s))


def collect(state: Calibrating, seen: Landmarks | Unseen, lasts_s: float) -> Calibrating | Baseline:
    """Take one look.

    Args:
        state: So far.
        seen: The pose stage's.
        lasts_s: Seconds an attempt lasts, counted from when the person is first seen.

    Returns:
        The baseline once complete; otherwise the state, begun anew after a refusal.
    """
    began_s = state.began_s
    if began_s is None:
        if isinstance(seen, Unseen):
            return state
        began_s = seen.t_s
    looks = (*state.looks, seen)
    if seen.t_s - began_s < lasts_s:
        return Calibrating(began_s, looks, state.refused, state.attempts)
    result = calibrate(looks)
    if isinstance(result, Baseline):
        return result
    return Calibrating(refused=result, attempts=state.attempts + 1)
