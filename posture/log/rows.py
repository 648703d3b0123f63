"""How values become rows and rows become values again; the columns stand here once."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from posture.instant import Instant
from posture.log.intervals import Interval
from posture.log.measures import TENTHS, Gathering, Measure, Spread

_PARTS = ("", "_sigma", "_p10", "_p90")
SPREAD_COLUMNS = tuple(f"{measure}{part}" for measure in Measure for part in _PARTS)


def _insert(table: str, columns: Sequence[str], how: str = "INSERT") -> str:
    marks = ", ".join("?" for _ in columns)
    return f"{how} INTO {table} ({', '.join(columns)}) VALUES ({marks})"


_INTERVAL = (
    *("run", "day", "began", "seconds", "state", "reason", "faults", "measured_s"),
    *SPREAD_COLUMNS,
)
INSERT_INTERVAL = _insert("interval", _INTERVAL)
_SET = ", ".join(f"{name} = ?" for name in _INTERVAL)
UPDATE_INTERVAL = f"UPDATE interval SET {_SET} WHERE id = ?"
PUT_MINUTE = _insert(
    "minute",
    ("minute", "run", "offset_min", "measured_s", *SPREAD_COLUMNS),
    "INSERT OR REPLACE",
)


def interval_row(interval: Interval, run: int) -> tuple[object, ...]:
    """An interval, in the order of `INSERT_INTERVAL`."""
    return (
        run,
        interval.began.date().isoformat(),
        to_the_millisecond(interval.began),
        interval.seconds,
        interval.kind.state,
        interval.kind.reason,
        ",".join(interval.kind.faults),
        interval.gathered.seconds,
        *_spread_row(interval.gathered),
    )


def minute_row(minute: int, run: int, offset_min: int, gathered: Gathering) -> tuple[object, ...]:
    """A minute, in the order of `PUT_MINUTE`."""
    return (minute, run, offset_min, round(gathered.seconds, 1), *_spread_row(gathered))


def spreads_of(row: sqlite3.Row) -> Mapping[Measure, Spread]:
    """Read back what `_spread_row` wrote; measures that were not kept then are missing."""
    return {
        measure: Spread(
            row[measure] / TENTHS,
            *(
                (row[measure] if row[measure + part] is None else row[measure + part]) / TENTHS
                for part in _PARTS[1:]
            ),
        )
        for measure in Measure
        if row[measure] is not None
    }


def when(at: Instant) -> tuple[str, str]:
    """Local date and local time with offset, as the tables hold them."""
    return at.local.date().isoformat(), at.local.isoformat(timespec="seconds")


def to_the_millisecond(at: datetime) -> str:
    """Local time with offset, where two things may happen in a second."""
    return at.isoformat(timespec="milliseconds")


def _spread_row(gathered: Gathering) -> tuple[int | None, ...]:
    spreads = gathered.spreads()
    row: list[int | None] = []
    for measure in Measure:
        spread = spreads.get(measure)
        if spread is None:
            row += [None] * len(_PARTS)
        else:
            row += [
                round(value * TENTHS)
                for value in (spread.mean, spread.sigma, spread.p10, spread.p90)
            ]
    return tuple(row)
