"""Weeks, hours and what followed: the long view of a log, as plain data."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from posture.judge.events import Outcome
from posture.judge.verdict import Fault
from posture.log.file import reading
from posture.log.hours import Hour, by_hour
from posture.log.measures import TENTHS

# A mean over less than this says little about the time before or after.
_ENOUGH_S = 120


@dataclass(frozen=True, slots=True)
class Week:
    """One week from Monday, adding up.

    Attributes:
        monday: Its first day.
        days: Days on which somebody was observed.
        observed_s: Seconds somebody was seen and measured.
        good_s: Seconds of those with nothing wrong.
        by_fault: Seconds in each fault; several may hold at once.
        forward_head_deg: Mean change while observed; None where nothing was.
        alerts: Number of alerts.
        corrected: Number of those that were followed by a correction.
        corrected_after_s: Median time from those alerts to the correction; None without any.
        exercises: Number of exercises done.
    """

    monday: date
    days: int
    observed_s: float
    good_s: float
    by_fault: Mapping[Fault, float]
    forward_head_deg: float | None
    alerts: int
    corrected: int
    corrected_after_s: float | None
    exercises: int

    @property
    def good_share(self) -> float | None:
        """0..1 of the observed time that was good; None where nothing was observed."""
        return self.good_s / self.observed_s if self.observed_s else None


@dataclass(frozen=True, slots=True)
class Effect:
    """What followed the alerts about one fault.

    Attributes:
        fault: Which.
        alerts: Number of alerts.
        outcomes: Number of alerts by what followed.
        after_s: Seconds to the correction, of the corrected ones, shortest first.
    """

    fault: Fault
    alerts: int
    outcomes: Mapping[str, int]
    after_s: tuple[float, ...]

    @property
    def median_s(self) -> float | None:
        """Median time to the correction; None where none was corrected."""
        return median(self.after_s) if self.after_s else None


@dataclass(frozen=True, slots=True)
class AroundExercise:
    """The head and shoulders before and after doing an exercise: what was seen, not a proof.

    Attributes:
        exercise: Its id.
        times: How often there was enough to compare on both sides.
        head_before_deg: Mean forward-head change in the minutes before.
        head_after_deg: The same after it.
        shoulders_before_cm: Mean shoulder rise before.
        shoulders_after_cm: The same after it.
    """

    exercise: str
    times: int
    head_before_deg: float
    head_after_deg: float
    shoulders_before_cm: float
    shoulders_after_cm: float


def weeks(path: Path, first: date, last: date) -> tuple[Week, ...]:
    """The weeks between two days.

    Args:
        path: The log.
        first: Local date; its whole week counts.
        last: Local date; the week may be unfinished.

    Returns:
        One after another without a gap, oldest first.

    Raises:
        LogError: The log cannot be read.
    """
    monday = first - timedelta(days=first.weekday())
    with reading(path) as connection:
        days = (monday.isoformat(), last.isoformat())
        seen = connection.execute(
            "SELECT day, faults, sum(seconds), sum(forward_head_deg * measured_s), "
            "sum(iif(forward_head_deg IS NULL, 0, measured_s)) FROM interval "
            "WHERE day BETWEEN ? AND ? AND state = 'present' GROUP BY day, faults",
            days,
        ).fetchall()
        alerts = connection.execute(
            "SELECT day, outcome, after_s FROM alert WHERE day BETWEEN ? AND ?", days
        ).fetchall()
        exercises = connection.execute(
            "SELECT day, count(*) FROM exercise WHERE day BETWEEN ? AND ? GROUP BY day", days
        ).fetchall()
    result = []
    while monday <= last:
        sunday = monday + timedelta(days=6)
        within = (monday.isoformat(), sunday.isoformat())
        result.append(_week(monday, _in(seen, within), _in(alerts, within), _in(exercises, within)))
        monday += timedelta(days=7)
    return tuple(result)


def heat_map(path: Path, first: date, last: date) -> tuple[Hour, ...]:
    """Observed time by weekday and hour of the clock.

    Args:
        path: The log.
        first: Local date.
        last: Local date.

    Returns:
        The hours of the week in which anything was observed.

    Raises:
        LogError: The log cannot be read.
    """
    with reading(path) as connection:
        rows = connection.execute(
            "SELECT began, seconds, faults FROM interval "
            "WHERE day BETWEEN ? AND ? AND state = 'present'",
            (first.isoformat(), last.isoformat()),
        ).fetchall()
    return by_hour(
        (datetime.fromisoformat(began), seconds, not faults) for began, seconds, faults in rows
    )


def effects(path: Path, first: date, last: date) -> tuple[Effect, ...]:
    """What followed the alerts, fault by fault.

    Args:
        path: The log.
        first: Local date.
        last: Local date.

    Returns:
        The faults that were spoken of, most often first.

    Raises:
        LogError: The log cannot be read.
    """
    with reading(path) as connection:
        rows = connection.execute(
            "SELECT fault, outcome, after_s FROM alert WHERE day BETWEEN ? AND ? "
            "AND outcome IS NOT NULL ORDER BY after_s",
            (first.isoformat(), last.isoformat()),
        ).fetchall()
    found = []
    for fault in {fault for fault, _, _ in rows}:
        own = [(outcome, after_s) for name, outcome, after_s in rows if name == fault]
        outcomes = {outcome: sum(o == outcome for o, _ in own) for outcome, _ in own}
        after = tuple(after_s for outcome, after_s in own if outcome == Outcome.CORRECTED)
        found.append(Effect(Fault(fault), len(own), outcomes, after))
    return tuple(sorted(found, key=lambda effect: -effect.alerts))


def around_exercises(
    path: Path, first: date, last: date, minutes: int = 10
) -> tuple[AroundExercise, ...]:
    """Head and shoulders before and after each exercise.

    Args:
        path: The log.
        first: Local date.
        last: Local date.
        minutes: Length of the time before, and of the time after.

    Returns:
        The exercises with two minutes of measurement on either side, most often done first.

    Raises:
        LogError: The log cannot be read.
    """
    with reading(path) as connection:
        done = connection.execute(
            "SELECT exercise, unixepoch(at) / 60, (unixepoch(at) + seconds) / 60 FROM exercise "
            "WHERE day BETWEEN ? AND ?",
            (first.isoformat(), last.isoformat()),
        ).fetchall()
        pairs: dict[str, list[tuple[float, float, float, float]]] = {}
        for exercise, began, ended in done:
            before = _mean(connection, began - minutes, began - 1)
            # From the minute after the one in which it ended.
            after = _mean(connection, int(ended) + 1, int(ended) + minutes)
            if before is not None and after is not None:
                pairs.setdefault(exercise, []).append((before[0], after[0], before[1], after[1]))
    compared = [
        AroundExercise(
            exercise,
            len(seen),
            *(sum(column) / len(seen) for column in zip(*seen, strict=True)),
        )
        for exercise, seen in pairs.items()
    ]
    return tuple(sorted(compared, key=lambda around: -around.times))


def _in(rows: Sequence[tuple[str, ...]], within: tuple[str, str]) -> list[tuple[str, ...]]:
    return [row for row in rows if within[0] <= row[0] <= within[1]]


def _week(
    monday: date,
    seen: Sequence[tuple[object, ...]],
    alerts: Sequence[tuple[object, ...]],
    exercises: Sequence[tuple[object, ...]],
) -> Week:
    observed_s = good_s = head = head_s = 0.0
    by_fault: dict[Fault, float] = {}
    for _, faults, seconds, weighted, measured_s in seen:
        observed_s += _number(seconds)
        head += _number(weighted) / TENTHS
        head_s += _number(measured_s)
        good_s += 0.0 if faults else _number(seconds)
        for name in str(faults).split(",") if faults else ():
            by_fault[Fault(name)] = by_fault.get(Fault(name), 0.0) + _number(seconds)
    after = [_number(after_s) for _, outcome, after_s in alerts if outcome == Outcome.CORRECTED]
    return Week(
        monday=monday,
        days=len({day for day, *_ in seen}),
        observed_s=observed_s,
        good_s=good_s,
        by_fault=by_fault,
        forward_head_deg=head / head_s if head_s else None,
        alerts=len(alerts),
        corrected=len(after),
        corrected_after_s=median(after) if after else None,
        exercises=round(sum(_number(count) for _, count in exercises)),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _mean(
    connection: sqlite3.Connection, first_minute: int, last_minute: int
) -> tuple[float, float] | None:
    measured_s, head, shoulders = connection.execute(
        "SELECT sum(measured_s), sum(forward_head_deg * measured_s), "
        "sum((shoulder_left_cm + shoulder_right_cm) * measured_s / 2.0) "
        "FROM minute WHERE minute BETWEEN ? AND ?",
        (first_minute, last_minute),
    ).fetchone()
    if measured_s is None or measured_s < _ENOUGH_S:
        return None
    return head / measured_s / TENTHS, shoulders / measured_s / TENTHS
