"""A day as it was logged: intervals, minutes, and what happened in it, as plain data."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from posture.coach.comfort import Comfort
from posture.judge.verdict import Fault, State
from posture.log.file import reading
from posture.log.measures import Measure, Spread
from posture.log.rows import spreads_of
from posture.pose.landmarks import UnseenReason

_EPOCH = date(1970, 1, 1)
_DAY_MIN = 24 * 60


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


def read_days(path: Path, first: date, last: date | None = None) -> Days:
    """Read a day, or some days in a row.

    Args:
        path: The log; an empty day is shown where there is none yet.
        first: Local date.
        last: The last day; the first by default.

    Returns:
        What was logged, empty where nothing was.

    Raises:
        LogError: The log cannot be read.
    """
    last = last or first
    with reading(path) as connection:
        connection.row_factory = sqlite3.Row
        return Days(
            first=first,
            last=last,
            intervals=_intervals(connection, first, last),
            alerts=_alerts(connection, first, last),
            rests=_rests(connection, first, last),
            exercises=_exercises(connection, first, last),
        )


def read_minutes(path: Path, first: date, last: date | None = None) -> tuple[LoggedMinute, ...]:
    """Read the minutes of a day, or of some days in a row.

    Args:
        path: The log.
        first: Local date.
        last: The last day; the first by default.

    Returns:
        In order; only those in which something was measured.

    Raises:
        LogError: The log cannot be read.
    """
    end = (last or first) + timedelta(days=1)
    limits = tuple((day - _EPOCH).days * _DAY_MIN for day in (first, end))
    with reading(path) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(
            # The first condition finds them by the key, whatever the zone; the second is exact.
            "SELECT * FROM minute WHERE minute BETWEEN ?1 - 1440 AND ?2 + 1440 "
            "AND minute + offset_min >= ?1 AND minute + offset_min < ?2 ORDER BY minute, run",
            limits,
        )
        return tuple(
            LoggedMinute(
                _local(row["minute"], row["offset_min"]), row["measured_s"], spreads_of(row)
            )
            for row in rows
        )


def first_day(path: Path) -> date | None:
    """The first day in the log; None in an empty one."""
    with reading(path) as connection:
        (day,) = connection.execute("SELECT min(day) FROM interval").fetchone()
    return date.fromisoformat(day) if day is not None else None


def setting_on(path: Path, key: str, day: date) -> object:
    """A setting as it was at the end of a day.

    Args:
        path: The log.
        key: Dotted, for example `judge.forward_head.enter_deg`.
        day: Local date.

    Returns:
        Its value; None where it was not recorded by then.
    """
    with reading(path) as connection:
        found = connection.execute(
            "SELECT json_extract(value, '$') FROM setting WHERE key = ? AND substr(at, 1, 10) <= ? "
            "ORDER BY id DESC LIMIT 1",
            (key, day.isoformat()),
        ).fetchone()
    return found[0] if found is not None else None


def _between(
    connection: sqlite3.Connection, query: str, first: date, last: date
) -> list[sqlite3.Row]:
    return connection.execute(query, (first.isoformat(), last.isoformat())).fetchall()


def _fault(name: str | None) -> Fault | None:
    return Fault(name) if name is not None else None


def _intervals(
    connection: sqlite3.Connection, first: date, last: date
) -> tuple[LoggedInterval, ...]:
    query = "SELECT * FROM interval WHERE day BETWEEN ? AND ? ORDER BY julianday(began), id"
    return tuple(
        LoggedInterval(
            began=datetime.fromisoformat(row["began"]),
            seconds=row["seconds"],
            state=State(row["state"]),
            reason=UnseenReason(row["reason"]) if row["reason"] else None,
            faults=tuple(Fault(name) for name in row["faults"].split(",") if name),
            spreads=spreads_of(row),
        )
        for row in _between(connection, query, first, last)
    )


def _local(minute: int, offset_min: int) -> datetime:
    zone = timezone(timedelta(minutes=offset_min))
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(zone)


def _alerts(connection: sqlite3.Connection, first: date, last: date) -> tuple[LoggedAlert, ...]:
    query = "SELECT * FROM alert WHERE day BETWEEN ? AND ? ORDER BY julianday(at)"
    return tuple(
        LoggedAlert(
            id=row["id"],
            at=datetime.fromisoformat(row["at"]),
            fault=Fault(row["fault"]),
            by=row["by_value"],
            unit=row["unit"],
            for_s=row["for_s"],
            outcome=row["outcome"],
            after_s=row["after_s"],
            exercise=row["exercise"],
        )
        for row in _between(connection, query, first, last)
    )


def _rests(connection: sqlite3.Connection, first: date, last: date) -> tuple[LoggedRest, ...]:
    query = "SELECT * FROM rest WHERE day BETWEEN ? AND ? ORDER BY julianday(at)"
    return tuple(
        LoggedRest(
            at=datetime.fromisoformat(row["at"]),
            sitting_s=row["sitting_s"],
            taken=bool(row["taken"]),
            outcome=row["outcome"],
            exercise=row["exercise"],
        )
        for row in _between(connection, query, first, last)
    )


def _exercises(
    connection: sqlite3.Connection, first: date, last: date
) -> tuple[LoggedExercise, ...]:
    query = (
        "SELECT *, (SELECT answer FROM answer WHERE done = exercise.id ORDER BY id DESC LIMIT 1) "
        "AS comfort FROM exercise WHERE day BETWEEN ? AND ? ORDER BY julianday(at)"
    )
    return tuple(
        LoggedExercise(
            id=row["id"],
            at=datetime.fromisoformat(row["at"]),
            exercise=row["exercise"],
            seconds=row["seconds"],
            alert=row["alert"],
            fault=_fault(row["fault"]),
            routine=row["routine"],
            asked=row["asked"],
            seen=row["seen"],
            stopped_early=bool(row["stopped_early"]),
            comfort=Comfort(row["comfort"]) if row["comfort"] else None,
        )
        for row in _between(connection, query, first, last)
    )
