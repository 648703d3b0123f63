"""Smooth measurements over time: a median of three against outliers, then a one-euro filter.

One-euro: Casiez, Roussel & Vogel, CHI 2012. The cutoff rises with speed, so that a still person is
steady and a moving one is followed. With these settings a step of the truth is shown by half one
look and one second later; posture is judged over minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from posture.measure.measurement import Estimate, Measurement
from posture.measure.rotation import Array

_MIN_CUTOFF_HZ = 0.2
# Cutoff gained per unit of speed (degrees or centimetres a second): small, posture does not hurry.
_BETA = 0.02
_SPEED_CUTOFF_HZ = 0.2
# After a longer gap the past says nothing about now.
_GAP_S = 5.0

_QUANTITIES = tuple(field.name for field in fields(Measurement) if field.name != "t_s")


@dataclass(frozen=True, slots=True, eq=False)
class SmoothState:
    """What the filter remembers.

    Attributes:
        t_s: Time of the last measurement.
        raw: Up to two raw measurements before the next, newest last, each (10,).
        value: Filtered values (10,).
        speed: Filtered speeds (10,), per second.
    """

    t_s: float
    raw: tuple[Array, ...]
    value: Array
    speed: Array


def smooth(state: SmoothState | None, measurement: Measurement) -> tuple[SmoothState, Measurement]:
    """Take one measurement.

    Args:
        state: What the last step returned; None at first.
        measurement: A single frame's.

    Returns:
        The new state and the smoothed measurement; sigmas are those of the frame.
    """
    raw = np.array([_estimate(measurement, name).value for name in _QUANTITIES])
    dt_s = measurement.t_s - state.t_s if state is not None else np.inf
    if state is None or not 0 < dt_s <= _GAP_S:
        fresh = SmoothState(measurement.t_s, (raw,), raw, np.zeros_like(raw))
        return fresh, measurement
    middle = np.median([*state.raw, raw], axis=0) if len(state.raw) == 2 else raw
    speed = _blend(state.speed, (middle - state.value) / dt_s, _SPEED_CUTOFF_HZ, dt_s)
    value = _blend(state.value, middle, _MIN_CUTOFF_HZ + _BETA * np.abs(speed), dt_s)
    after = SmoothState(measurement.t_s, (*state.raw, raw)[-2:], value, speed)
    smoothed = {
        name: Estimate(float(level), _estimate(measurement, name).sigma)
        for name, level in zip(_QUANTITIES, value, strict=True)
    }
    return after, Measurement(t_s=measurement.t_s, **smoothed)


def _blend(before: Array, now: Array, cutoff_hz: Array | float, dt_s: float) -> Array:
    share = 1.0 / (1.0 + 1.0 / (2 * np.pi * np.asarray(cutoff_hz) * dt_s))
    blended: Array = before + share * (now - before)
    return blended


def _estimate(measurement: Measurement, name: str) -> Estimate:
    estimate: Estimate = getattr(measurement, name)
    return estimate
