"""What the log holds, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from posture.log.file import reading

_TABLES = {
    "interval": "stretches of one state",
    "minute": "minutes with a measurement",
    "alert": "alerts",
    "rest": "breaks and reminders",
    "exercise": "exercises done",
    "answer": "answers about exercises",
    "calibration": "calibrations",
    "setting": "changes of a setting",
    "run": "times the program ran",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """Numbers of a log.

    Attributes:
        rows: Number of entries by what they are.
        days: Days with an entry, oldest first.
    """

    rows: Mapping[str, int]
    days: tuple[date, ...]

    def before(self, first: date | None) -> int:
        """How many of the days lie before one; all of them for None."""
        return sum(first is None or day < first for day in self.days)


def contents(path: Path) -> Contents:
    """Count what is in the log.

    Args:
        path: The log; nothing is in it where there is none.

    Raises:
        LogError: The log cannot be read.
    """
    with reading(path) as connection:
        rows = {
            words: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table, words in _TABLES.items()
        }
        days = connection.execute("SELECT DISTINCT day FROM interval ORDER BY day").fetchall()
    return Contents(rows, tuple(date.fromisoformat(day) for (day,) in days))
