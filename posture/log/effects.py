"""What followed: how fast alerts were corrected, and what came before and after exercises."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from posture.judge.events import Outcome
from posture.judge.verdict import Fault
from posture.log.file import reading
from posture.log.measures import TENTHS

# A mean over less than this says little about the time before or after.
_ENOUGH_S = 120


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
