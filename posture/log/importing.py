"""Take an exported document in again, without doubles: all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from posture.errors import UsageError
from posture.judge.verdict import Fault, State
from posture.log.days import day_from
from posture.log.exchange import FORMAT, TABLES, Row
from posture.log.file import writing
from posture.log.measures import TENTHS
from posture.log.rows import SPREAD_COLUMNS
from posture.log.schema import MIGRATIONS
from posture.pose.landmarks import UnseenReason

# Tables whose numbers are each file's own, and who refers to them by which column.
_NUMBERED = frozenset({"run", "interval", "calibration", "exercise", "answer", "setting"})
_REFERS = {("interval", "run"): "run", ("minute", "run"): "run", ("answer", "done"): "exercise"}
# Tables in which the last row holds, so that their order is the order of time.
_LAST_HOLDS = ("answer", "setting")
_WORDS = {"state": State, "reason": UnseenReason, "fault": Fault}
# Beyond every number of a log, and within SQLite's; infinity and "not a number" are outside, too.
_LARGEST = 10**12
_TIMES = frozenset({"at", "began", "ended", "day"})


@dataclass(frozen=True, slots=True)
class Imported:
    """What a document brought.

    Attributes:
        added: Rows that were not in the log.
        updated: Rows of which the document knew more.
        known: Rows that were in the log already.
    """

    added: int
    updated: int
    known: int


def import_log(path: Path, document: object) -> Imported:
    """Take a document in; what the log has already is not doubled.

    Args:
        path: The log; begun where there is none.
        document: From `export_log`, perhaps of another machine.

    Returns:
        What it brought.

    Raises:
        UsageError: It is no such document.
        LogError: The log cannot be written.
    """
    tables = _tables_of(document)
    with writing(path) as connection:
        for name, rows in tables.items():
            _check(name, rows, _columns(connection, name))
        take = _Taking(connection)
        counts = [take.table(name, rows) for name, rows in tables.items()]
        for name in _LAST_HOLDS:
            _in_order_of_time(connection, name)
    return Imported(*(sum(column) for column in zip(*counts, strict=True)))


class _Taking:
    """One import: which number a row of the document has got in this log."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[tuple[str, object], object] = {}

    def table(self, name: str, rows: Sequence[Row]) -> tuple[int, int, int]:
        """Take one table; the counts of rows added, updated and known."""
        table = TABLES[name]
        known = self._known(name)
        added = updated = 0
        for row in rows:
            values = self._inside(name, row)
            key = tuple(values[column] for column in table.key)
            size = values[table.grows] if table.grows is not None else None
            if key not in known:
                known[key] = (size, self._insert(name, values))
                added += 1
            elif _is_more(size, known[key][0]):
                self._update(name, values)
                updated += 1
            if name in _NUMBERED:
                self._numbers[name, row["id"]] = known[key][1]
        return added, updated, len(rows) - added - updated

    def _known(self, name: str) -> dict[tuple[object, ...], tuple[object, object]]:
        table = TABLES[name]
        number = "id" if name in _NUMBERED else "NULL"
        wanted = ", ".join((*table.key, table.grows or "NULL", number))
        return {
            tuple(key): (size, row)
            for *key, size, row in self._connection.execute(f"SELECT {wanted} FROM {name}")
        }

    def _inside(self, name: str, row: Row) -> Row:
        values: Row = {}
        for column, value in row.items():
            if column == "id" and name in _NUMBERED:
                continue
            if (name, column) in _REFERS:
                values[column] = self._numbers.get((_REFERS[name, column], value))
            elif column in SPREAD_COLUMNS and isinstance(value, int | float):
                values[column] = round(value * TENTHS)
            else:
                values[column] = value
        return values

    def _insert(self, name: str, values: Row) -> object:
        marks = ", ".join("?" for _ in values)
        return self._connection.execute(
            f"INSERT INTO {name} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
        ).lastrowid

    def _update(self, name: str, values: Row) -> None:
        key = TABLES[name].key
        self._connection.execute(
            f"UPDATE {name} SET {', '.join(f'{column} = ?' for column in values)} "
            f"WHERE {' AND '.join(f'{column} IS ?' for column in key)}",
            (*values.values(), *(values[column] for column in key)),
        )


def _is_more(size: object, known: object) -> bool:
    if not isinstance(size, int | float):
        return False
    return not isinstance(known, int | float) or size > known


def _columns(connection: sqlite3.Connection, name: str) -> dict[str, str]:
    """The columns of a table, and what they hold."""
    table = connection.execute(f"PRAGMA table_info({name})")
    return {column: kind for _, column, kind, *_ in table}


def _in_order_of_time(connection: sqlite3.Connection, name: str) -> None:
    columns = ", ".join(sorted(set(_columns(connection, name)) - {"id"}))
    rows = connection.execute(f"SELECT {columns} FROM {name} ORDER BY julianday(at), id").fetchall()
    connection.execute(f"DELETE FROM {name}")
    marks = ", ".join("?" for _ in columns.split(", "))
    connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)


def _tables_of(document: object) -> dict[str, list[Row]]:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _not_ours("it is no export of posture")
    if document.get("version") != len(MIGRATIONS):
        version = document.get("version")
        raise _not_ours(f"it has version {version}, this program takes {len(MIGRATIONS)}")
    tables = document.get("tables")
    if not isinstance(tables, dict) or set(tables) != set(TABLES):
        raise _not_ours("its tables are not those of the log")
    # In our order: rows refer to tables before theirs.
    return {name: tables[name] for name in TABLES}


def _check(name: str, rows: object, columns: Mapping[str, str]) -> None:
    if not isinstance(rows, list):
        raise _not_ours(f"{name} is no list")
    for row in rows:
        if not isinstance(row, dict) or set(row) != set(columns):
            raise _not_ours(f"a row of {name} has not the columns of the log")
        for column, value in row.items():
            if not isinstance(value, str | int | float | None):
                raise _not_ours(f"a row of {name} holds something that is no plain value")
            if value is not None and not _fits(column, columns[column], value):
                raise _not_ours(f"{value!r} is no {column}")


def _fits(column: str, kind: str, value: str | float) -> bool:
    if kind != "TEXT":
        return isinstance(value, int | float) and -_LARGEST <= value <= _LARGEST
    text = str(value)
    if column in _TIMES:
        try:
            # A moment has its zone; a day is one a log can hold.
            zoned = datetime.fromisoformat(text).tzinfo is not None
            return day_from(text) is not None if column == "day" else zoned
        except ValueError:
            return False
    if column == "faults":
        return all(fault in set(Fault) for fault in text.split(",") if fault)
    return column not in _WORDS or text in set(_WORDS[column])


def _not_ours(why: str) -> UsageError:
    return UsageError(
        f"This document cannot be taken in: {why}.",
        meaning="Nothing was changed.",
        action="Give a file that `posture export --format json` of this version wrote.",
    )
