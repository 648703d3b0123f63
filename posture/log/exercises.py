"""Exercises in the log: what was done and how it felt. Any program of the user may write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from posture.coach.comfort import Comfort
from posture.judge.verdict import Fault
from posture.log.file import reading, writing
from posture.log.rows import to_the_millisecond

_ON = "on"


@dataclass(frozen=True, slots=True)
class ExerciseDone:
    """One exercise that was done, wholly or in part.

    Attributes:
        exercise: Its id in the catalogue.
        at: Local time of its beginning, with a zone.
        seconds: How long it took.
        alert: Id of the alert or break reminder that offered it; None otherwise.
        fault: What that was about.
        routine: Name of the routine it belonged to; None otherwise.
        asked: Repetitions asked for; 0 where there is nothing to count.
        seen: Repetitions counted by the camera; None when it went by the clock alone.
        stopped_early: Whether the person ended it before its end.
        comfort: How it felt; None while nobody was asked or nobody answered.
    """

    exercise: str
    at: datetime
    seconds: float
    alert: str | None = None
    fault: Fault | None = None
    routine: str | None = None
    asked: int = 0
    seen: int | None = None
    stopped_early: bool = False
    comfort: Comfort | None = None

    @property
    def verified(self) -> bool:
        """Whether the camera counted; else it was timed."""
        return self.seen is not None


def exercise_done(path: Path, done: ExerciseDone) -> int:
    """Add an exercise; works beside a running monitor.

    Args:
        path: The log.
        done: What was done.

    Returns:
        Its number, for `felt`.

    Raises:
        LogError: The log cannot be written.
    """
    if done.at.tzinfo is None:
        raise ValueError("ExerciseDone.at needs a time zone")
    with writing(path) as connection:
        (number,) = connection.execute(
            "INSERT INTO exercise (day, at, exercise, alert, fault, routine, seconds, asked, seen, "
            "stopped_early) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                *(done.at.date().isoformat(), to_the_millisecond(done.at), done.exercise),
                *(done.alert, done.fault, done.routine, done.seconds, done.asked, done.seen),
                done.stopped_early,
            ),
        ).fetchone()
    if done.comfort is not None:
        felt(path, int(number), done.comfort, done.at)
    return int(number)


def felt(path: Path, number: int, comfort: Comfort, at: datetime) -> None:
    """Add how an exercise felt; a later answer to the same one replaces it.

    Args:
        path: The log.
        number: From `exercise_done`.
        comfort: The answer. After "worse" the exercise is switched off.
        at: Local time of the answer, with a zone.

    Raises:
        LogError: The log cannot be written.
        LookupError: There is no such exercise in the log.
    """
    with writing(path) as connection:
        added = connection.execute(
            "INSERT OR REPLACE INTO answer (at, exercise, done, answer) "
            "SELECT ?, exercise, id, ? FROM exercise WHERE id = ?",
            (to_the_millisecond(at), comfort, number),
        )
        if not added.rowcount:
            raise LookupError(f"no exercise number {number} in the log")


def turn_on(path: Path, exercise: str, at: datetime) -> None:
    """Offer an exercise again that was switched off by "worse".

    Args:
        path: The log.
        exercise: Its id in the catalogue.
        at: Local time, with a zone.

    Raises:
        LogError: The log cannot be written.
    """
    with writing(path) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO answer (at, exercise, answer) VALUES (?, ?, ?)",
            (to_the_millisecond(at), exercise, _ON),
        )


def switched_off(path: Path) -> frozenset[str]:
    """Ids of the exercises whose last answer was "worse" and that nobody turned on again.

    Args:
        path: The log.

    Raises:
        LogError: The log cannot be read.
    """
    with reading(path) as connection:
        # The order of the rows decides, so that a clock that was set does not.
        rows = connection.execute(
            "SELECT exercise, answer FROM answer "
            "WHERE id IN (SELECT max(id) FROM answer GROUP BY exercise)"
        )
        return frozenset(exercise for exercise, answer in rows if answer == Comfort.WORSE)


def lately(path: Path, most: int) -> tuple[str, ...]:
    """Ids of the exercises offered or done lately, for choosing the next one.

    Args:
        path: The log.
        most: How many at most.

    Returns:
        Oldest first; an id stands as often as it was offered or done.

    Raises:
        LogError: The log cannot be read.
    """
    with reading(path) as connection:
        rows = connection.execute(
            "SELECT exercise FROM ("
            " SELECT exercise, at FROM alert WHERE exercise IS NOT NULL"
            " UNION ALL SELECT exercise, at FROM rest WHERE exercise IS NOT NULL"
            " UNION ALL SELECT exercise, at FROM exercise"
            ") ORDER BY julianday(at) DESC LIMIT ?",
            (most,),
        ).fetchall()
    return tuple(exercise for (exercise,) in reversed(rows))
