"""What a running monitor tells of itself (pure): its status, and its newest look as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from posture.instant import Instant
from posture.judge.limits import Limit
from posture.judge.quiet import Snooze
from posture.judge.verdict import Fault, State, Unit, Verdict
from posture.log.summary import Summary
from posture.measure.calibrate import restlessness
from posture.measure.estimate import fit_frame
from posture.measure.fit import Fit, Neutral
from posture.measure.measurement import Estimate, Measurement
from posture.measure.rotation import Array
from posture.measure.sketch import sketch
from posture.pose.landmarks import Landmarks, Point, Unseen, UnseenReason
from posture.service.calibrating import Calibrating
from posture.service.manners import Rest

# As drawn on a picture: a landmark less likely seen than not is left out.
_SEEN = 0.5


@dataclass(frozen=True, slots=True)
class FaultNow:
    """A fault in force.

    Attributes:
        fault: Which.
        by: How far, as in `ActiveFault.by`, with its sigma.
        unit: Unit of `by`.
        for_s: Observed seconds in it.
        dwelt: Whether that is long enough for an alert.
    """

    fault: Fault
    by: Estimate
    unit: Unit
    for_s: float
    dwelt: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """Something the user asked for, and when it ends by itself.

    Attributes:
        text: For the user: "for 15 min", "until 14:00".
        at: Local time of the end; None when only the user ends it.
    """

    text: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CalibrationPhase:
    """A calibration that goes on.

    Attributes:
        began: Whether the person has been seen yet.
        left_s: Seconds until it is complete.
        refused: Why the attempt before was refused; empty at first.
        moved: How much head and shoulders have moved, in parts of what is allowed; None before
            there is enough to tell.
    """

    began: bool
    left_s: float
    refused: str
    moved: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Today:
    """The day so far, in minutes.

    Attributes:
        ran_min: The monitor ran.
        seen_min: Of these, somebody was seen and measured.
        good_min: Of these, nothing was wrong.
        alerts: How many there were.
        breaks: Absences long enough to count as a break.
    """

    ran_min: float
    seen_min: float
    good_min: float
    alerts: int
    breaks: int


@dataclass(frozen=True, slots=True)
class Status:
    """A running monitor, in short.

    Attributes:
        pid: Its process.
        version: Of the program.
        since: When it began to run, local time.
        at: When it looked last.
        state: The person's state.
        reason: Why nothing is measured, where that is so.
        faults: In force, worst first.
        snoozed: No alerts until then; None when not snoozed.
        paused: The camera is closed until then; None when not paused.
        rest: Why the camera is closed, if it is.
        camera: What the user would call it.
        camera_on: Whether the device is open.
        calibrating: The calibration that goes on; None when calibrated.
        today: The day so far.
        notice: What the user should know; empty when all is well.
    """

    pid: int
    version: str
    since: datetime
    at: datetime
    state: State
    reason: UnseenReason | None
    faults: tuple[FaultNow, ...]
    snoozed: Ends | None
    paused: Ends | None
    rest: Rest | None
    camera: str
    camera_on: bool
    calibrating: CalibrationPhase | None
    today: Today
    notice: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What would be drawn over the picture, as numbers; never a picture.

    Attributes:
        size_px: Width and height of the picture.
        points_px: x and y by name: the landmarks of head and shoulders that are in view, and of the
            fitted body `c7`, `tragus`, `above_c7` (the vertical), `acromion_left` and
            `acromion_right`, where there is one.
    """

    size_px: tuple[int, int]
    points_px: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Live:
    """The newest look, for whoever draws it.

    Attributes:
        at: Its local time.
        state: The person's state.
        reason: Why nothing is measured, where that is so.
        faults: In force, worst first.
        values: Every quantity of `Measurement` with its sigma, by its name with its unit; empty
            when nothing is measured.
        limits: In force, relaxed by "that was wrong".
        figure: Where head and shoulders are seen; None when nobody is.
        calibrating: The calibration that goes on; None when calibrated.
        snoozed: No alerts until then; None when not snoozed.
        paused: The camera is closed until then; None when not paused.
        notice: What the user should know; empty when all is well.
    """

    at: datetime
    state: State
    reason: UnseenReason | None
    faults: tuple[FaultNow, ...]
    values: Mapping[str, Estimate]
    limits: tuple[Limit, ...]
    figure: Figure | None
    calibrating: CalibrationPhase | None
    snoozed: Ends | None
    paused: Ends | None
    notice: str


STATUS: TypeAdapter[Status | None] = TypeAdapter(Status | None)
LIVE: TypeAdapter[Live | None] = TypeAdapter(Live | None)


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
