"""Read days as they were logged: intervals, minutes, and what happened in them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from posture.coach.comfort import Comfort
from posture.judge.verdict import Fault, State
from posture.log.file import reading
from posture.log.records import (
    Days,
    LoggedAlert,
    LoggedExercise,
    LoggedInterval,
    LoggedMinute,
    LoggedRest,
)
from posture.log.rows import spreads_of
from posture.pose.landmarks import UnseenReason

_EPOCH = date(1970, 1, 1)
_DAY_MIN = 24 * 60
_EARLIEST, _LATEST = date(1970, 1, 1), date(9998, 12, 31)


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


def day_from(text: str) -> date:
    """Read an ISO date that a log can hold: one with days before and after it.

    Args:
        text: As 2026-03-02.

    Raises:
        ValueError: It is none.
    """
    day = date.fromisoformat(text)
    if not _EARLIEST <= day <= _LATEST:
        raise ValueError(f"{day} lies outside every log")
    return day


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
