"""Weeks and hours of the week: the long view of a log, as plain data."""

from __future__ import annotations

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
