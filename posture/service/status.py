"""What a running monitor tells of itself: its status, and its newest look as numbers (types)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from posture.judge.limits import Limit
from posture.judge.verdict import Fault, State, Unit
from posture.measure.measurement import Estimate
from posture.pose.landmarks import UnseenReason
from posture.service.manners import Rest


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
        today: The day so far; None when the log cannot be read.
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
    today: Today | None
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
