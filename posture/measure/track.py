"""The measure stage over time: fit, smooth, and watch whether the calibration still fits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from posture.measure.estimate import fit_frame, read
from posture.measure.fit import Neutral
from posture.measure.measurement import Measurement
from posture.measure.smooth import SmoothState, smooth
from posture.measure.stale import StaleState, watch_fit
from posture.pose.landmarks import Landmarks, Unseen, UnseenReason


@dataclass(frozen=True, slots=True)
class TrackState:
    """What the measure stage remembers; the default is a fresh start.

    Attributes:
        smoothing: The filter's.
        fitting: How well the calibration fits.
    """

    smoothing: SmoothState | None = None
    fitting: StaleState = field(default_factory=StaleState)


def track(
    state: TrackState, seen: Landmarks | Unseen, neutral: Neutral
) -> tuple[TrackState, Measurement | Unseen]:
    """Measure one look.

    Args:
        state: What the last look returned.
        seen: The pose stage's.
        neutral: The calibrated person before this camera.

    Returns:
        The new state, and the smoothed measurement or why there is none.
    """
    if isinstance(seen, Unseen):
        return state, seen
    fitted = fit_frame(seen, neutral)
    if isinstance(fitted, Unseen):
        return state, fitted
    state = replace(state, fitting=watch_fit(state.fitting, fitted, seen.t_s))
    if state.fitting.stale:
        return state, Unseen(seen.t_s, UnseenReason.CALIBRATION_STALE)
    measured = read(fitted, neutral, seen.t_s)
    if isinstance(measured, Unseen):
        return state, measured
    smoothing, smoothed = smooth(state.smoothing, measured)
    return replace(state, smoothing=smoothing), smoothed
