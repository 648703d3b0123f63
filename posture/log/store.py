"""The daily log on disk: SQLite, and the only module that writes it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Self

from posture.closing import Closing
from posture.errors import LogError
from posture.instant import Instant
from posture.judge.events import (
    AlertEnded,
    AlertRaised,
    BreakDue,
    BreakTaken,
    Event,
)
from posture.judge.verdict import Verdict
from posture.log.intervals import Interval, Means, extend, spans
from posture.log.schema import migrate

# A killed process loses at most what came since the last write.
_WRITE_EVERY_S = 5.0


class Store(Closing):
    """One run's connection to the log; use with `with`.

    Attributes:
        notice: What the user should know about the file; empty when all is well.
    """

    def __init__(self, connection: sqlite3.Connection, notice: str) -> None:
        """Use `open`."""
        self._connection = connection
        self.notice = notice
        self._current: Interval | None = None
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM interval").fetchone()
        self._current_id = int(last) + 1
        # Rows by interval, so that the current one is written anew and not once for every look.
        self._intervals: dict[int, tuple[object, ...]] = {}
        self._pending: list[tuple[str, tuple[object, ...]]] = []
        self._written_s = float("-inf")
        self._failed = False

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the log, or begin one.

        A damaged file is set aside beside the new one, never deleted.

        Args:
            path: The file; its folder is made readable by the user alone.

        Returns:
            The store, with a `notice` where the old file was damaged.

        Raises:
            LogError: The file cannot be opened or was written by a newer program.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            connection = _connect(path)
            if _is_whole(connection):
                return cls(connection, "")
            connection.close()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise _unusable(path, str(error)) from error
        except (OSError, ValueError) as error:
            raise _unusable(path, str(error)) from error
        aside = _set_aside(path)
        notice = f"The log was damaged; it is kept as {aside.name}, and a new one has begun."
        return cls(_connect(path), notice)

    def record(self, verdict: Verdict, now: Instant) -> None:
        """Add what a verdict says of the time since the one before."""
        for began, seconds in spans(verdict, now):
            self._current, ended = extend(self._current, verdict, began, seconds)
            if ended is not None:
                self._keep(ended)
                self._current_id += 1
        if now.mono_s - self._written_s >= _WRITE_EVERY_S:
            self.write()
            self._written_s = now.mono_s

    def event(self, event: Event) -> None:
        """Add an alert, what followed it, or a break; other events leave no trace."""
        match event:
            case AlertRaised():
                self._later(
                    "INSERT INTO alert (id, day, at, fault, by_value, by_sigma, unit, for_s) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    event.id,
                    *_when(event.at),
                    event.fault,
                    event.by.value,
                    event.by.sigma,
                    event.unit,
                    event.for_s,
                )
            case AlertEnded():
                self._later(
                    "UPDATE alert SET outcome = ?, after_s = ? WHERE id = ?",
                    event.outcome,
                    event.after_s,
                    event.id,
                )
            case BreakDue():
                self._rest(event.id, event.at, event.sitting_s, taken=False)
            case BreakTaken():
                self._rest(
                    f"taken-{event.at.local:%Y%m%dT%H%M%S}", event.at, event.sitting_s, taken=True
                )
            case _:
                pass

    def calibrated(self, at: Instant, profile: str, camera: str, frames: int, sway: float) -> None:
        """Add a calibration: when, for which camera, how steady."""
        self._later(
            "INSERT INTO calibration (at, profile, camera, frames, sway) VALUES (?, ?, ?, ?, ?)",
            at.local.isoformat(timespec="seconds"),
            profile,
            camera,
            frames,
            sway,
        )

    def write(self) -> None:
        """Put everything so far on disk, in one transaction.

        When the disk refuses, recording goes on in memory, `notice` says so, and the next write
        tries again; what was written before stays.
        """
        if self._current is not None:
            self._keep(self._current)
        try:
            with self._connection:
                self._connection.execute("BEGIN")
                self._connection.executemany(_INTERVAL, self._intervals.values())
                for statement, values in self._pending:
                    self._connection.execute(statement, values)
        except sqlite3.OperationalError as error:
            self._failed = True
            self.notice = f"The log cannot be written ({error}); nothing older is lost."
            return
        self._intervals, self._pending = {}, []
        if self._failed:
            self._failed = False
            self.notice = ""

    def close(self) -> None:
        """Write what is left and close."""
        self.write()
        self._connection.close()

    def _keep(self, interval: Interval) -> None:
        means = interval.means
        self._intervals[self._current_id] = (
            self._current_id,
            interval.began.date().isoformat(),
            interval.began.isoformat(timespec="milliseconds"),
            interval.seconds,
            interval.kind.state,
            interval.kind.reason,
            ",".join(interval.kind.faults),
            means.seconds,
            *_averages(means),
        )

    def _rest(self, rest_id: str, at: Instant, sitting_s: float, *, taken: bool) -> None:
        self._later(
            "INSERT OR REPLACE INTO rest (id, day, at, sitting_s, taken) VALUES (?, ?, ?, ?, ?)",
            rest_id,
            *_when(at),
            sitting_s,
            int(taken),
        )

    def _later(self, statement: str, *values: object) -> None:
        self._pending.append((statement, values))


_INTERVAL = (
    "INSERT OR REPLACE INTO interval (id, day, began, seconds, state, reason, faults, measured_s, "
    "forward_head_deg, shoulders_cm, lean_deg, distance_cm) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _averages(means: Means) -> tuple[float | None, ...]:
    sums = (means.forward_head_deg, means.shoulders_cm, means.lean_deg, means.distance_cm)
    return tuple(total / means.seconds if means.seconds else None for total in sums)


def _when(at: Instant) -> tuple[str, str]:
    return at.local.date().isoformat(), at.local.isoformat(timespec="seconds")


def _connect(path: Path) -> sqlite3.Connection:
    # Made by us first: SQLite would make it readable by everybody.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, timeout=5.0)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    migrate(connection)
    return connection


def _is_whole(connection: sqlite3.Connection) -> bool:
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return bool(answer == "ok")


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
    return aside


def _unusable(path: Path, why: str) -> LogError:
    return LogError(
        f"The log {path} cannot be used: {why}.",
        meaning="Nothing is recorded, so nothing was started.",
        action="Check the folder's rights and the free space, or move the file away.",
    )
