"""The log as a document of plain values: which rows, and what makes two of them the same thing."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict

from posture.log.file import reading
from posture.log.measures import TENTHS
from posture.log.rows import SPREAD_COLUMNS
from posture.log.schema import MIGRATIONS

FORMAT = "posture-log"
Row = dict[str, object]


class Document(TypedDict):
    """A part of a log.

    Attributes:
        format: Always `FORMAT`.
        version: Of the log's schema.
        first: First day, ISO.
        last: Last day, ISO.
        tables: Rows by table, a row by column; measures in the unit of their names.
    """

    format: str
    version: int
    first: str
    last: str
    tables: dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """How one table is exchanged.

    Attributes:
        chosen: SQL: which rows belong to the days from ?1 to ?2.
        key: What makes two rows the same thing.
        grows: The column that is larger in the later of two states of the same thing; None where
            a row never changes.
    """

    chosen: str
    key: tuple[str, ...]
    grows: str | None = None


_BY_DAY = "day BETWEEN ?1 AND ?2"
_BY_TIME = "substr(at, 1, 10) BETWEEN ?1 AND ?2"
# In this order: rows refer to tables before theirs.
TABLES = {
    "run": Exchanged(
        "substr(began, 1, 10) <= ?2 AND substr(ended, 1, 10) >= ?1", ("began", "version"), "seconds"
    ),
    "interval": Exchanged(_BY_DAY, ("run", "began"), "seconds"),
    "minute": Exchanged(
        "date((minute + offset_min) * 60, 'unixepoch') BETWEEN ?1 AND ?2",
        ("minute", "run"),
        "measured_s",
    ),
    "alert": Exchanged(_BY_DAY, ("id",), "after_s"),
    "rest": Exchanged(_BY_DAY, ("id",)),
    "calibration": Exchanged(_BY_TIME, ("at", "profile", "camera")),
    "exercise": Exchanged(_BY_DAY, ("at", "exercise")),
    "answer": Exchanged(_BY_TIME, ("at", "exercise", "answer")),
    "setting": Exchanged(_BY_TIME, ("at", "key")),
}


def export_log(path: Path, first: date, last: date) -> Document:
    """Write days out.

    Args:
        path: The log.
        first: Local date.
        last: Local date.

    Returns:
        The document, ready for JSON.

    Raises:
        LogError: The log cannot be read.
    """
    days = (first.isoformat(), last.isoformat())
    with reading(path) as connection:
        connection.row_factory = sqlite3.Row
        tables = {
            name: [
                _outside(row)
                for row in connection.execute(f"SELECT * FROM {name} WHERE {table.chosen}", days)
            ]
            for name, table in TABLES.items()
        }
    return {
        "format": FORMAT,
        "version": len(MIGRATIONS),
        "first": days[0],
        "last": days[1],
        "tables": tables,
    }


def to_json(document: Document) -> str:
    """A document as text; the columns of a table stand once, which makes it a fifth the size.

    Args:
        document: From `export_log`.
    """
    tables = {
        name: {
            "columns": list(rows[0]) if rows else [],
            "rows": [list(row.values()) for row in rows],
        }
        for name, rows in document["tables"].items()
    }
    return json.dumps({**document, "tables": tables}, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> object:
    """Read such text.

    Args:
        text: From `to_json`; anything else is handed on as it is, for `import_log` to refuse.

    Raises:
        ValueError: It is no JSON.
    """
    document = json.loads(text)
    tables = document.get("tables") if isinstance(document, dict) else None
    if isinstance(tables, dict):
        document["tables"] = {name: _unpacked(table) for name, table in tables.items()}
    return document


def _unpacked(table: object) -> object:
    if not isinstance(table, dict):
        return table
    columns, rows = table.get("columns"), table.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list):
        return table
    if not all(isinstance(column, str) for column in columns):
        return table
    # A row that is too short or too long lacks columns, or has none, and is refused for that.
    return [
        dict(zip(columns, row, strict=True))
        if isinstance(row, list) and len(row) == len(columns)
        else row
        for row in rows
    ]


def _outside(row: sqlite3.Row) -> Row:
    return {
        column: value / TENTHS if column in SPREAD_COLUMNS and value is not None else value
        for column, value in dict(row).items()
    }
