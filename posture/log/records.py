"""What is read from the log, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from posture.coach.comfort import Comfort
from posture.judge.verdict import Fault, State
from posture.log.measures import Measure, Spread
from posture.pose.landmarks import UnseenReason


@dataclass(frozen=True, slots=True)
class LoggedInterval:
    """A stretch of one state.

    Attributes:
        began: Local time with the zone in force then.
        seconds: Its length.
        state: The person's.
        reason: Why nothing was measured; None where something was.
        faults: Faults in force; empty with state present is good posture.
        spreads: What was measured; empty where nothing was.
    """

    began: datetime
    seconds: float
    state: State
    reason: UnseenReason | None
    faults: tuple[Fault, ...]
    spreads: Mapping[Measure, Spread]

    @property
    def is_good(self) -> bool:
        """Seen, and nothing wrong."""
        return self.state is State.PRESENT and not self.faults


@dataclass(frozen=True, slots=True)
class LoggedMinute:
    """A minute in which something was measured.

    Attributes:
        at: Local time of its beginning.
        measured_s: For how long.
        spreads: What was measured.
    """

    at: datetime
    measured_s: float
    spreads: Mapping[Measure, Spread]


@dataclass(frozen=True, slots=True)
class LoggedAlert:
    """One alert and what followed.

    Attributes:
        id: Its id.
        at: Local time.
        fault: What it was about.
        by: How far from the neutral, in `unit`.
        unit: `°`, `cm` or `min`.
        for_s: Observed seconds in the fault before it.
        outcome: What followed; None while it is shown.
        after_s: Seconds until that; for a correction, to where it began.
        exercise: The one offered with it.
    """

    id: str
    at: datetime
    fault: Fault
    by: float
    unit: str
    for_s: float
    outcome: str | None
    after_s: float | None
    exercise: str | None


@dataclass(frozen=True, slots=True)
class LoggedRest:
    """A break that was taken, or a reminder of one.

    Attributes:
        at: Local time; of a taken one, when it was long enough to count.
        sitting_s: Observed seconds of sitting before it.
        taken: Whether it was taken; else it is a reminder.
        outcome: What followed a reminder.
        exercise: The one offered with a reminder.
    """

    at: datetime
    sitting_s: float
    taken: bool
    outcome: str | None
    exercise: str | None


@dataclass(frozen=True, slots=True)
class LoggedExercise:
    """An exercise that was done.

    Attributes:
        id: Its number, for `felt`.
        at: Local time of its beginning.
        exercise: Its id in the catalogue.
        seconds: How long it took.
        alert: The alert or reminder that offered it.
        fault: What that was about.
        routine: The routine it belonged to.
        asked: Repetitions asked for.
        seen: Repetitions counted; None when it went by the clock alone.
        stopped_early: Whether the person ended it early.
        comfort: How it felt; None without an answer.
    """

    id: int
    at: datetime
    exercise: str
    seconds: float
    alert: str | None
    fault: Fault | None
    routine: str | None
    asked: int
    seen: int | None
    stopped_early: bool
    comfort: Comfort | None


@dataclass(frozen=True, slots=True)
class Days:
    """All that was logged of one day, or of several in a row.

    Attributes:
        first: The first day.
        last: The last one.
        intervals: In order; their lengths add up to the time the program ran.
        alerts: In order.
        rests: Breaks and reminders, in order.
        exercises: In order.
    """

    first: date
    last: date
    intervals: tuple[LoggedInterval, ...]
    alerts: tuple[LoggedAlert, ...]
    rests: tuple[LoggedRest, ...]
    exercises: tuple[LoggedExercise, ...]
