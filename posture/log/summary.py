"""What a day's log amounts to."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from posture.judge.verdict import Fault, State


@dataclass(frozen=True, slots=True)
class LoggedAlert:
    """One alert and what followed.

    Attributes:
        at: Local time, ISO.
        fault: What it was about.
        by: How far from the neutral, in `unit`.
        unit: `°`, `cm` or `min`.
        for_s: Observed seconds in the fault before it.
        outcome: What followed; None while it is shown.
        after_s: Seconds until that.
    """

    at: str
    fault: Fault
    by: float
    unit: str
    for_s: float
    outcome: str | None
    after_s: float | None


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day, adding up.

    Attributes:
        day: Which.
        by_state: Seconds in each state; their sum is the time the program ran.
        good_s: Seconds observed with nothing wrong.
        by_fault: Seconds in each fault; several may hold at once.
        longest_good_s: Longest stretch without a fault.
        forward_head_deg: Mean change while observed; None without observation.
        shoulders_cm: The same.
        alerts: In order.
        breaks_taken: Absences long enough to count.
        break_reminders: Reminders given.
    """

    day: date
    by_state: dict[State, float]
    good_s: float
    by_fault: dict[Fault, float]
    longest_good_s: float
    forward_head_deg: float | None
    shoulders_cm: float | None
    alerts: tuple[LoggedAlert, ...]
    breaks_taken: int
    break_reminders: int

    @property
    def total_s(self) -> float:
        """Seconds the program ran."""
        return sum(self.by_state.values())

    @property
    def observed_s(self) -> float:
        """Seconds somebody was seen and measured; only these are good or bad."""
        return self.by_state.get(State.PRESENT, 0.0)


def summarise(path: Path, day: date) -> DaySummary:
    """Sum up one day of a log.

    Args:
        path: The log.
        day: Local date.

    Returns:
        The summary; all zero for a day without entries.
    """
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return _summarise(connection, day)
    finally:
        connection.close()


def _summarise(connection: sqlite3.Connection, day: date) -> DaySummary:
    key = (day.isoformat(),)
    by_state = {
        State(state): float(seconds)
        for state, seconds in connection.execute(
            "SELECT state, sum(seconds) FROM interval WHERE day = ? GROUP BY state", key
        )
    }
    by_fault: dict[Fault, float] = {}
    for faults, seconds in connection.execute(
        "SELECT faults, sum(seconds) FROM interval WHERE day = ? AND faults != '' GROUP BY faults",
        key,
    ):
        for fault in str(faults).split(","):
            by_fault[Fault(fault)] = by_fault.get(Fault(fault), 0.0) + float(seconds)
    good_s, longest_s, head, shoulders = connection.execute(
        "SELECT coalesce(sum(seconds) FILTER (WHERE faults = ''), 0), "
        "coalesce(max(seconds) FILTER (WHERE faults = ''), 0), "
        "sum(forward_head_deg * measured_s) / sum(measured_s), "
        "sum(shoulders_cm * measured_s) / sum(measured_s) "
        "FROM interval WHERE day = ? AND state = 'present'",
        key,
    ).fetchone()
    alerts = tuple(
        LoggedAlert(at, Fault(fault), by, unit, for_s, outcome, after_s)
        for at, fault, by, unit, for_s, outcome, after_s in connection.execute(
            "SELECT at, fault, by_value, unit, for_s, outcome, after_s FROM alert "
            "WHERE day = ? ORDER BY at",
            key,
        )
    )
    taken, reminded = connection.execute(
        "SELECT coalesce(sum(taken), 0), coalesce(sum(1 - taken), 0) FROM rest WHERE day = ?", key
    ).fetchone()
    return DaySummary(
        day=day,
        by_state=by_state,
        good_s=float(good_s),
        by_fault=by_fault,
        longest_good_s=float(longest_s),
        forward_head_deg=head,
        shoulders_cm=shoulders,
        alerts=alerts,
        breaks_taken=int(taken),
        break_reminders=int(reminded),
    )
