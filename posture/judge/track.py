"""What is remembered of one fault, and of sitting still, from step to step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from posture.judge.limits import Limit, Limits, StillLimits
from posture.measure.measurement import Estimate, Measurement


@dataclass(frozen=True, slots=True)
class FaultTrack:
    """One fault's episode; the default is "no episode".

    Attributes:
        inside: Above the limits now (with hysteresis).
        dwell_s: Grows in the fault, shrinks in short recoveries, never above the fault's dwell.
        held_s: Observed seconds in the fault in this episode.
        mean: Mean amount over the episode, over the dwell's length at most.
        recovered_s: Length of the recovery going on.
        dwelt: Whether the episode has lasted long enough to be spoken of.
    """

    inside: bool = False
    dwell_s: float = 0.0
    held_s: float = 0.0
    mean: float = 0.0
    recovered_s: float = 0.0
    dwelt: bool = False


NO_EPISODE = FaultTrack()


def advance(
    track: FaultTrack, value: Estimate, limit: Limit, limits: Limits, dt_s: float
) -> FaultTrack:
    """Take one observed step.

    Args:
        track: The fault so far.
        value: Its amount now.
        limit: Its limits.
        limits: What is common to all faults.
        dt_s: Observed seconds since the step before.

    Returns:
        The fault after this step.
    """
    inside = track.inside
    if limit.begins(value, limits.straddle_sigmas):
        inside = True
    elif limit.ends(value, limits.straddle_sigmas):
        inside = False
    if not inside:
        return _recovering(track, limits, dt_s)
    if not track.inside:
        dt_s = 0.0  # nobody knows when in this step it began
    held_s = track.held_s + dt_s
    # The plain mean up to one dwell, then one that forgets: a slouch that eased counts as eased.
    window_s = min(held_s, limit.dwell_s)
    weight = min(1.0, dt_s / window_s) if track.held_s > 0 else 1.0
    mean = track.mean + (value.value - track.mean) * weight
    dwell_s = min(limit.dwell_s, track.dwell_s + dt_s)
    # The mean must agree: one wild frame opens the hysteresis, a minute just above `leave`
    # would else be called a minute above `enter`.
    dwelt = track.dwelt or (dwell_s >= limit.dwell_s and mean > limit.enter)
    return FaultTrack(True, dwell_s, held_s, mean, 0.0, dwelt)


def _recovering(track: FaultTrack, limits: Limits, dt_s: float) -> FaultTrack:
    recovered_s = track.recovered_s + dt_s
    dwell_s = track.dwell_s - limits.drain * dt_s
    if recovered_s >= limits.recovered_s or dwell_s <= 0:
        return NO_EPISODE
    return replace(track, inside=False, dwell_s=dwell_s, recovered_s=recovered_s)


@dataclass(frozen=True, slots=True)
class Stillness:
    """Time since the last shift of position.

    Attributes:
        reference: Position held since then, as `_position` gives it; None before the first one.
        still_s: Observed seconds in it.
        shifted_s: Observed seconds away from it lately.
    """

    reference: tuple[float, ...] | None = None
    still_s: float = 0.0
    shifted_s: float = 0.0


def sit(
    stillness: Stillness, measurement: Measurement, still: StillLimits, dt_s: float
) -> Stillness:
    """Take one observed step of sitting.

    Args:
        stillness: So far.
        measurement: The position now.
        still: What counts as a shift.
        dt_s: Observed seconds since the step before.

    Returns:
        The stillness after this step; from zero when the position has shifted for good.
    """
    position = _position(measurement)
    if stillness.reference is None:
        return Stillness(position)
    *angles, distance = (abs(a - b) for a, b in zip(position, stillness.reference, strict=True))
    shifted = max(angles) > still.shift_deg or distance > still.shift_cm
    shifted_s = max(0.0, stillness.shifted_s + (dt_s if shifted else -dt_s))
    if shifted_s >= still.shift_held_s:
        return Stillness(position)
    return Stillness(stillness.reference, stillness.still_s + dt_s, shifted_s)


def _position(measurement: Measurement) -> tuple[float, ...]:
    """What shifting in the seat changes: three angles in degrees, then a distance in cm."""
    return (
        measurement.forward_head_change_deg.value,
        measurement.trunk_lean_change_deg.value,
        measurement.shoulder_tilt_deg.value,
        measurement.eye_distance_cm.value,
    )
