"""From a look to what is told of it (pure)."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

from posture.instant import Instant
from posture.judge.quiet import Snooze
from posture.judge.verdict import Verdict
from posture.log.summary import Summary
from posture.measure.calibrate import restlessness
from posture.measure.estimate import fit_frame
from posture.measure.fit import Fit, Neutral
from posture.measure.measurement import Estimate, Measurement
from posture.measure.rotation import Array
from posture.measure.sketch import sketch
from posture.pose.landmarks import Landmarks, Point, Unseen
from posture.service.calibrating import Calibrating
from posture.service.status import CalibrationPhase, Ends, FaultNow, Figure, Today

# As drawn on a picture: a landmark less likely seen than not is left out.
_SEEN = 0.5


def faults_of(verdict: Verdict) -> tuple[FaultNow, ...]:
    """The faults in force.

    Args:
        verdict: The judge's.
    """
    return tuple(
        FaultNow(fault.fault, fault.by, fault.unit, fault.observed_s, fault.dwelt)
        for fault in verdict.faults
    )


def ends_of(asked: Snooze | None, now: Instant) -> Ends | None:
    """When what the user asked for ends, on the wall clock.

    Args:
        asked: The policy's.
        now: The present moment on both clocks.
    """
    if asked is None or asked.over(now):
        return None
    if asked.until_mono_s is not None:
        return Ends(asked.text, now.local + timedelta(seconds=asked.until_mono_s - now.mono_s))
    if asked.until_local is not None:
        return Ends(asked.text, asked.until_local.replace(tzinfo=now.local.tzinfo))
    return Ends(asked.text, None)


def calibration_of(
    state: Calibrating | None, now_s: float, lasts_s: float
) -> CalibrationPhase | None:
    """How far a calibration is.

    Args:
        state: The run's.
        now_s: Monotonic time of the look.
        lasts_s: How long one lasts.
    """
    if state is None:
        return None
    refused = state.refused.value if state.refused is not None else ""
    left_s = state.seconds_left(now_s, lasts_s)
    moved = restlessness(state.looks)
    return CalibrationPhase(state.began_s is not None, left_s, refused, moved)


def today_of(summary: Summary) -> Today:
    """The day's minutes.

    Args:
        summary: From the log.
    """
    return Today(
        ran_min=summary.total_s / 60,
        seen_min=summary.observed_s / 60,
        good_min=summary.good_s / 60,
        alerts=len(summary.alerts),
        breaks=summary.breaks_taken,
    )


def values_of(measurement: Measurement | None) -> dict[str, Estimate]:
    """Every quantity by its name; none where nothing was measured.

    Args:
        measurement: The look's.
    """
    if measurement is None:
        return {}
    values = {
        field.name: getattr(measurement, field.name)
        for field in fields(measurement)
        if field.name != "t_s"
    }
    return {**values, "mean_shoulder_elevation_cm": measurement.mean_shoulder_elevation_cm}


def figure_of(seen: Landmarks | Unseen, neutral: Neutral | None) -> Figure | None:
    """What would be drawn of a look; fits the body anew, so ask only when somebody looks.

    Args:
        seen: What the pose stage found.
        neutral: The calibrated person, once there is one.
    """
    if isinstance(seen, Unseen):
        return None
    points = {
        Point(index).name.lower(): _pair(seen.xy_px[index])
        for index in range(Point.RIGHT_SHOULDER + 1)
        if seen.visibility[index] >= _SEEN
    }
    fitted = fit_frame(seen, neutral) if neutral is not None else None
    if neutral is not None and isinstance(fitted, Fit):
        drawn = sketch(fitted, neutral)
        points["c7"] = _pair(drawn.c7_px)
        points["tragus"] = _pair(drawn.tragus_px)
        points["above_c7"] = _pair(drawn.above_c7_px)
        points["acromion_left"] = _pair(drawn.acromia_px[0])
        points["acromion_right"] = _pair(drawn.acromia_px[1])
    return Figure(seen.size_px, points)


def _pair(point: Array) -> tuple[float, float]:
    return round(float(point[0]), 1), round(float(point[1]), 1)
