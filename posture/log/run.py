"""One run of the program while it goes on: what of it is not on disk yet."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from posture import __version__
from posture.instant import Instant
from posture.judge.verdict import Verdict
from posture.log import rows
from posture.log.intervals import Interval, begin
from posture.log.measures import Gathering

_MINUTE_S = 60


@dataclass(slots=True)
class _Minute:
    """The measurements of one minute on the clock."""

    number: int
    offset_min: int
    gathered: Gathering = field(default_factory=Gathering)


@dataclass(frozen=True, slots=True)
class Written:
    """What a transaction gave rows to; it counts only once the transaction is on disk.

    Attributes:
        run: Row of the run.
        current: Row of the current interval; None where there is none.
    """

    run: int
    current: int | None


class Run:
    """Intervals and minutes of one run; `write` puts them on disk, `keep` believes it.

    Attributes:
        closed: Whether it has come to its end.
    """

    def __init__(self, now: Instant) -> None:
        """Begin.

        Args:
            now: Its first instant.
        """
        self.closed = False
        self._row: int | None = None
        self._began = self._ended = now.local
        self._seconds = 0.0
        self._intervals: list[Interval] = []
        self._minutes: list[_Minute] = []

    def goes_on_at(self, now: Instant) -> bool:
        """Whether the clock was not set back, by more than reading two clocks can differ."""
        return not self._minutes or _minute_of(now) >= self._minutes[-1].number - 1

    def add(self, verdict: Verdict, began: Instant, seconds: float) -> None:
        """Add a stretch of one day.

        Args:
            verdict: What held during it.
            began: Its beginning.
            seconds: Its length.
        """
        self._seconds += seconds
        last = self._intervals[-1] if self._intervals else None
        if last is not None and last.takes(verdict, began.local):
            last.add(verdict, seconds)
        else:
            self._intervals.append(begin(verdict, began.local, seconds))
        number = _minute_of(began)
        if not self._minutes or number > self._minutes[-1].number:
            offset = began.local.utcoffset()
            offset_min = round(offset.total_seconds() / _MINUTE_S) if offset is not None else 0
            self._minutes.append(_Minute(number, offset_min))
        if verdict.measurement is not None:
            self._minutes[-1].gathered.add(verdict.measurement, seconds)

    def reached(self, now: Instant) -> None:
        """The run has come as far as this."""
        self._ended = now.local

    def write(self, connection: sqlite3.Connection) -> Written:
        """Put everything on disk that is not there yet.

        Args:
            connection: In a transaction.

        Returns:
            The rows, for `keep`.
        """
        run = self._write_run(connection)
        current = None
        for interval in self._intervals:
            values = rows.interval_row(interval, run)
            if interval.row is None:
                current = connection.execute(rows.INSERT_INTERVAL, values).lastrowid
            else:
                current = interval.row
                connection.execute(rows.UPDATE_INTERVAL, (*values, current))
        for minute in self._minutes:
            if minute.gathered.seconds:
                values = rows.minute_row(minute.number, run, minute.offset_min, minute.gathered)
                connection.execute(rows.PUT_MINUTE, values)
        return Written(run, current)

    def keep(self, written: Written) -> None:
        """The transaction of `write` is on disk: hold on to what still grows, and no more."""
        self._row = written.run
        self._intervals = self._intervals[-1:]
        if self._intervals:
            self._intervals[0].row = written.current
        self._minutes = self._minutes[-1:]

    def begin_anew(self) -> None:
        """Forget the rows: what is not on disk yet goes into another file."""
        self._row = None
        for interval in self._intervals:
            interval.row = None
        self._began = self._intervals[0].began if self._intervals else self._ended
        self._seconds = sum(interval.seconds for interval in self._intervals)

    def _write_run(self, connection: sqlite3.Connection) -> int:
        ended = rows.to_the_millisecond(self._ended)
        if self._row is not None:
            connection.execute(
                "UPDATE run SET ended = ?, seconds = ?, closed = ? WHERE id = ?",
                (ended, self._seconds, self.closed, self._row),
            )
            return self._row
        began = rows.to_the_millisecond(self._began)
        (row,) = connection.execute(
            "INSERT INTO run (began, ended, seconds, version, closed) VALUES (?, ?, ?, ?, ?) "
            "RETURNING id",
            (began, ended, self._seconds, __version__, self.closed),
        ).fetchone()
        return int(row)


def _minute_of(now: Instant) -> int:
    return int(now.local.timestamp() // _MINUTE_S)
