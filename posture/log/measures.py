"""The measures that the log keeps, and how many looks become one line (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from posture.measure.measurement import Estimate, Measurement

# On disk a value is a whole number of tenths: a tenth of a degree is far below the sigma, and a
# year of whole numbers is a third the size.
TENTHS = 10


class Measure(StrEnum):
    """What is kept; changes are against the person's own neutral, the unit ends the name."""

    FORWARD_HEAD = "forward_head_deg"
    SHOULDER_LEFT = "shoulder_left_cm"
    SHOULDER_RIGHT = "shoulder_right_cm"
    SHOULDER_TILT = "shoulder_tilt_deg"
    HEAD_YAW = "head_yaw_deg"
    HEAD_PITCH = "head_pitch_deg"
    HEAD_ROLL = "head_roll_deg"
    LEAN = "lean_deg"
    DISTANCE = "distance_cm"


def values_of(measurement: Measurement) -> Mapping[Measure, Estimate]:
    """Everything the log keeps of one measurement."""
    return {
        Measure.FORWARD_HEAD: measurement.forward_head_change_deg,
        Measure.SHOULDER_LEFT: measurement.shoulder_elevation_left_cm,
        Measure.SHOULDER_RIGHT: measurement.shoulder_elevation_right_cm,
        Measure.SHOULDER_TILT: measurement.shoulder_tilt_deg,
        Measure.HEAD_YAW: measurement.head_yaw_deg,
        Measure.HEAD_PITCH: measurement.head_pitch_deg,
        Measure.HEAD_ROLL: measurement.head_roll_deg,
        Measure.LEAN: measurement.trunk_lean_change_deg,
        Measure.DISTANCE: measurement.eye_distance_cm,
    }


@dataclass(frozen=True, slots=True)
class Spread:
    """One measure over a stretch of time, in the measure's unit.

    Attributes:
        mean: Weighted by time.
        sigma: Mean 1-sigma uncertainty of a look. The looks of a stretch share most of their
            error (calibration, camera), so it does not shrink with their number.
        p10: A tenth of the time lay at or below.
        p90: Nine tenths of the time lay at or below.
    """

    mean: float
    sigma: float
    p10: float
    p90: float


class Gathering:
    """Measurements of a stretch, added look by look; what it holds does not grow with time."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._sums = dict.fromkeys(Measure, 0.0)
        self._sigmas = dict.fromkeys(Measure, 0.0)
        # Seconds by value in tenths: percentiles as exact as what is stored.
        self._seconds_at: dict[Measure, dict[int, float]] = {measure: {} for measure in Measure}

    def add(self, measurement: Measurement, seconds: float) -> None:
        """Add one look.

        Args:
            measurement: What it measured.
            seconds: The time that it speaks for; none is no weight.
        """
        if seconds <= 0:
            return
        self.seconds += seconds
        for measure, estimate in values_of(measurement).items():
            self._sums[measure] += seconds * estimate.value
            self._sigmas[measure] += seconds * estimate.sigma
            at = self._seconds_at[measure]
            tenths = round(estimate.value * TENTHS)
            at[tenths] = at.get(tenths, 0.0) + seconds

    def spreads(self) -> Mapping[Measure, Spread]:
        """What has been gathered; empty where nothing was measured."""
        if not self.seconds:
            return {}
        return {
            measure: Spread(
                self._sums[measure] / self.seconds,
                self._sigmas[measure] / self.seconds,
                self._percentile(measure, 0.1),
                self._percentile(measure, 0.9),
            )
            for measure in Measure
        }

    def _percentile(self, measure: Measure, share: float) -> float:
        left_s = share * self.seconds
        at = sorted(self._seconds_at[measure].items())
        for tenths, seconds in at:
            left_s -= seconds
            if left_s <= 0:
                return tenths / TENTHS
        return at[-1][0] / TENTHS
