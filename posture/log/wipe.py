"""Deleting for good: what retention and `posture log wipe` take away, and that it is gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from posture.errors import LogError
from posture.log.file import connect

_BY_DAY = ("interval", "alert", "rest", "exercise")
_EPOCH = date(1970, 1, 1)
_DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class Wiped:
    """What was deleted.

    Attributes:
        days: Days of which there was a record.
        rows: Rows of all tables.
        bytes_before: Size of all files of the log.
        bytes_after: The same afterwards.
    """

    days: int
    rows: int
    bytes_before: int
    bytes_after: int


def forget(connection: sqlite3.Connection, before: date | None) -> tuple[int, int]:
    """Delete days from the tables; where they stood is overwritten with zeros.

    What holds still stays, unless everything goes: the latest value of a setting and the latest
    answer about an exercise, so that one that hurt does not come back by forgetting it.

    Args:
        connection: From `connect`, in autocommit mode.
        before: The first day that stays; None for none.

    Returns:
        Numbers of days with a record, and of rows, that are gone.
    """
    first = date.max if before is None else before
    end = (first.isoformat(),)
    listed = " UNION ".join(f"SELECT day FROM {table} WHERE day < ?1" for table in _BY_DAY)
    (days,) = connection.execute(f"SELECT count(*) FROM ({listed})", end).fetchone()
    changes = connection.total_changes
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for table, subject in (("answer", "exercise"), ("setting", "key")):
            holds = f"id IN (SELECT max(id) FROM {table} GROUP BY {subject})" if before else "0"
            connection.execute(
                f"DELETE FROM {table} WHERE substr(at, 1, 10) < ? AND NOT {holds}", end
            )
        for table in _BY_DAY:
            connection.execute(f"DELETE FROM {table} WHERE day < ?", end)
        connection.execute("DELETE FROM calibration WHERE substr(at, 1, 10) < ?", end)
        connection.execute("DELETE FROM run WHERE substr(ended, 1, 10) < ?", end)
        local_minutes = (first - _EPOCH).days * _DAY_MIN
        connection.execute("DELETE FROM minute WHERE minute + offset_min < ?", (local_minutes,))
    return int(days), connection.total_changes - changes


def wipe(path: Path, before: date | None) -> Wiped:
    """Delete days, and give the room back, so that no file of the log holds them any more.

    Args:
        path: The log, while no monitor writes to it.
        before: The first day that stays; None for none, and then logs that were set aside as
            damaged go, too.

    Returns:
        What is gone.

    Raises:
        LogError: Another program is using the log.
    """
    if not path.exists():
        return Wiped(0, 0, 0, 0)
    size = _size(path)
    if before is None:
        for aside in set_aside(path):
            aside.unlink()
    with closing(connect(path)) as connection:
        days, rows = forget(connection, before)
        _truncate_wal(connection, path)
        connection.execute("VACUUM")
        _truncate_wal(connection, path)
    return Wiped(days, rows, size, _size(path))


def set_aside(path: Path) -> tuple[Path, ...]:
    """The damaged logs that were kept beside this one."""
    return tuple(sorted(path.parent.glob(f"{path.name}.damaged-*")))


def _truncate_wal(connection: sqlite3.Connection, path: Path) -> None:
    (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise LogError(
            f"Another program is reading {path}.",
            meaning="The days are deleted, but copies of them may still be in the files.",
            action="Close the program that shows the log, and run the same command again.",
        )


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
