"""What a day, or several in a row, amount to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from posture.judge.events import Outcome
from posture.judge.verdict import Fault, State
from posture.log.days import read_days
from posture.log.hours import Hour, by_hour
from posture.log.measures import Measure
from posture.log.records import Days, LoggedAlert, LoggedExercise, LoggedRest
from posture.pose.landmarks import UnseenReason

# An hour with less observed time is no judgement on that hour.
_HOUR_COUNTS_S = 20 * 60


@dataclass(frozen=True, slots=True)
class Summary:
    """A day or several, adding up.

    Attributes:
        first: The first day.
        last: The last one.
        by_state: Seconds in each state; their sum is the time the program ran.
        by_reason: Seconds unobserved, by why.
        good_s: Seconds observed with nothing wrong.
        by_fault: Seconds in each fault; several may hold at once.
        longest_good_s: Longest stretch without a fault.
        means: Mean of each measure while observed; empty without observation.
        hours: Observed time by the hour of the week.
        alerts: In order.
        rests: Breaks taken and reminders, in order.
        exercises: Those done, in order.
    """

    first: date
    last: date
    by_state: Mapping[State, float]
    by_reason: Mapping[UnseenReason, float]
    good_s: float
    by_fault: Mapping[Fault, float]
    longest_good_s: float
    means: Mapping[Measure, float]
    hours: tuple[Hour, ...]
    alerts: tuple[LoggedAlert, ...]
    rests: tuple[LoggedRest, ...]
    exercises: tuple[LoggedExercise, ...]

    @property
    def total_s(self) -> float:
        """Seconds the program ran."""
        return sum(self.by_state.values())

    @property
    def observed_s(self) -> float:
        """Seconds somebody was seen and measured; only these are good or bad."""
        return self.by_state.get(State.PRESENT, 0.0)

    @property
    def good_share(self) -> float | None:
        """0..1 of the observed time that was good; None where nothing was observed."""
        return self.good_s / self.observed_s if self.observed_s else None

    @property
    def shoulders_cm(self) -> float | None:
        """Mean rise of both shoulders; None without observation."""
        if Measure.SHOULDER_LEFT not in self.means:
            return None
        return (self.means[Measure.SHOULDER_LEFT] + self.means[Measure.SHOULDER_RIGHT]) / 2

    @property
    def breaks_taken(self) -> int:
        """Absences long enough to count."""
        return sum(rest.taken for rest in self.rests)

    @property
    def break_reminders(self) -> int:
        """Reminders given."""
        return len(self.rests) - self.breaks_taken

    @property
    def heeded(self) -> int:
        """Alerts that were followed by a correction."""
        return sum(alert.outcome == Outcome.CORRECTED for alert in self.alerts)

    @property
    def corrected_after_s(self) -> float | None:
        """Median time from an alert to its correction; None without one."""
        after = [
            alert.after_s
            for alert in self.alerts
            if alert.outcome == Outcome.CORRECTED and alert.after_s is not None
        ]
        return median(after) if after else None

    @property
    def best_hour(self) -> Hour | None:
        """The hour with the greatest share of good posture; None with fewer than two to compare."""
        return max(self._hours(), key=lambda hour: hour.good_share, default=None)

    @property
    def worst_hour(self) -> Hour | None:
        """The hour with the smallest share of good posture; None with fewer than two."""
        return min(self._hours(), key=lambda hour: hour.good_share, default=None)

    def _hours(self) -> tuple[Hour, ...]:
        hours = tuple(hour for hour in self.hours if hour.observed_s >= _HOUR_COUNTS_S)
        return hours if len(hours) > 1 else ()


def summarise(path: Path, first: date, last: date | None = None) -> Summary:
    """Sum up one day of a log, or several in a row.

    Args:
        path: The log.
        first: Local date.
        last: The last day; the first by default.

    Returns:
        The summary; all zero for days without entries.

    Raises:
        LogError: The log cannot be read.
    """
    return sum_up(read_days(path, first, last))


def sum_up(days: Days) -> Summary:
    """Sum up what was read (pure).

    Args:
        days: From `read_days`.
    """
    by_state: dict[State, float] = {}
    by_reason: dict[UnseenReason, float] = {}
    by_fault: dict[Fault, float] = {}
    for interval in days.intervals:
        by_state[interval.state] = by_state.get(interval.state, 0.0) + interval.seconds
        if interval.reason is not None:
            by_reason[interval.reason] = by_reason.get(interval.reason, 0.0) + interval.seconds
        for fault in interval.faults:
            by_fault[fault] = by_fault.get(fault, 0.0) + interval.seconds
    good = [interval.seconds for interval in days.intervals if interval.is_good]
    return Summary(
        first=days.first,
        last=days.last,
        by_state=by_state,
        by_reason=by_reason,
        good_s=sum(good),
        by_fault=by_fault,
        longest_good_s=max(good, default=0.0),
        means=_means(days),
        hours=by_hour(
            (interval.began, interval.seconds, interval.is_good)
            for interval in days.intervals
            if interval.state is State.PRESENT
        ),
        alerts=days.alerts,
        rests=days.rests,
        exercises=days.exercises,
    )


def each_day(days: Days) -> tuple[Summary, ...]:
    """Sum up every day of some days by itself (pure).

    Args:
        days: From `read_days`.

    Returns:
        One summary a day, also for those without entries.
    """
    count = (days.last - days.first).days + 1
    return tuple(sum_up(_only(days, days.first + timedelta(days=k))) for k in range(count))


def _only(days: Days, day: date) -> Days:
    return Days(
        first=day,
        last=day,
        intervals=tuple(i for i in days.intervals if i.began.date() == day),
        alerts=tuple(a for a in days.alerts if a.at.date() == day),
        rests=tuple(r for r in days.rests if r.at.date() == day),
        exercises=tuple(e for e in days.exercises if e.at.date() == day),
    )


def _means(days: Days) -> Mapping[Measure, float]:
    means = {}
    for measure in Measure:
        weighted = [
            (interval.spreads[measure].mean, interval.seconds)
            for interval in days.intervals
            if measure in interval.spreads
        ]
        seconds = sum(weight for _, weight in weighted)
        if seconds:
            means[measure] = sum(mean * weight for mean, weight in weighted) / seconds
    return means
