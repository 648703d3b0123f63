"""A monitor that answers over the real socket, saying what a test wants."""

from __future__ import annotations

from datetime import UTC, datetime

from posture.judge.limits import Limit
from posture.judge.verdict import Fault, State, Unit
from posture.measure.measurement import Estimate
from posture.service.status import CalibrationPhase, FaultNow, Figure, Live

LIMITS = (
    Limit(Fault.FORWARD_HEAD, Unit.DEG, 10.0, 7.0, 60.0),
    Limit(Fault.RAISED_SHOULDERS, Unit.CM, 1.5, 0.9, 120.0),
    Limit(Fault.TOO_NEAR, Unit.CM, -40.0, -44.0, 60.0),
)
FIGURE = Figure(
    (640, 480),
    {
        "left_eye": (340.0, 180.0),
        "right_eye": (300.0, 180.0),
        "left_ear": (370.0, 190.0),
        "right_ear": (270.0, 190.0),
        "nose": (320.0, 200.0),
        "acromion_left": (430.0, 320.0),
        "acromion_right": (210.0, 320.0),
        "c7": (320.0, 270.0),
        "tragus": (318.0, 190.0),
        "above_c7": (320.0, 170.0),
    },
)


class Answers:
    """What the monitor says, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.head_deg = 2.0
        self.faults: tuple[FaultNow, ...] = ()
        self.calibrating: CalibrationPhase | None = None

    def live(self) -> Live:
        """The newest look, a new one each time."""
        self.asked += 1
        return Live(
            at=datetime(2026, 3, 2, 9, 5, self.asked % 60, tzinfo=UTC),
            state=State.PRESENT,
            reason=None,
            faults=self.faults,
            values={
                "forward_head_change_deg": Estimate(self.head_deg, 1.5),
                "mean_shoulder_elevation_cm": Estimate(-0.2, 0.6),
                "eye_distance_cm": Estimate(62.0, 2.0),
            },
            limits=LIMITS,
            figure=FIGURE,
            calibrating=self.calibrating,
            snoozed=None,
            paused=None,
            notice="",
        )

    def slouch(self) -> None:
        """From now on the head is forward."""
        self.head_deg = 13.0
        by = Estimate(13.0, 1.5)
        self.faults = (FaultNow(Fault.FORWARD_HEAD, by, Unit.DEG, 75.0, dwelt=True),)
