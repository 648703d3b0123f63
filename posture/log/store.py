"""The monitor's side of the log: what it sees, second by second, and what it said."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Self

from posture.closing import Closing
from posture.instant import Instant
from posture.judge.events import (
    AlertEnded,
    AlertRaised,
    BreakDue,
    BreakEnded,
    BreakTaken,
    Event,
    LimitRelaxed,
)
from posture.judge.verdict import Verdict
from posture.log import rows
from posture.log.file import begin_anew, is_damage, open_log
from posture.log.intervals import spans
from posture.log.run import Run
from posture.log.wipe import forget

# A killed process loses at most what came since the last write.
_WRITE_EVERY_S = 5.0
# A disk that refuses is asked less often: all that waits is written at once.
_RETRY_EVERY_S = 60.0


class Store(Closing):
    """One run's connection to the log; use with `with`.

    Attributes:
        notice: What the user should know about the file; empty when all is well.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, notice: str, keep_days: int | None
    ) -> None:
        """Use `open`."""
        self._path = path
        self._connection = connection
        self._keep_days = keep_days
        self._day: date | None = None
        self.notice = notice
        # The last one goes on; those before it are waiting for a disk that refuses.
        self._runs: list[Run] = []
        self._written_s = float("-inf")
        self._pending: list[tuple[str, tuple[object, ...]]] = []
        self._failed = False
        self._damaged = False
        self._closed = False

    @classmethod
    def open(cls, path: Path, keep_days: int | None = None) -> Self:
        """Open the log, or begin one; see `open_log`.

        Args:
            path: The file.
            keep_days: Older days are deleted with the first record of every day; None keeps all.

        Returns:
            The store, with a `notice` where the old file was damaged.

        Raises:
            LogError: The file cannot be opened or was written by a newer program.
        """
        return cls(path, *open_log(path), keep_days)

    def record(self, verdict: Verdict, now: Instant) -> None:
        """Add what a verdict says of the time since the one before."""
        if not self._runs:
            self._runs.append(Run(now))
        for began, seconds in spans(verdict, now):
            start = Instant(now.mono_s, began)
            if not self._runs[-1].goes_on_at(start):
                # The same minutes come again, for another run.
                self._runs[-1].closed = True
                self._runs.append(Run(start))
            self._runs[-1].add(verdict, start, seconds)
        self._runs[-1].reached(now)
        every_s = _RETRY_EVERY_S if self._failed else _WRITE_EVERY_S
        if now.mono_s - self._written_s >= every_s:
            self.write()
            self._written_s = now.mono_s
            self._retain(now.local.date())

    def event(self, event: Event, exercise: str | None = None) -> None:
        """Add an alert, a break, what followed it, or a relaxed limit; others leave no trace.

        Args:
            event: What happened.
            exercise: Id of the exercise offered with it.
        """
        match event:
            case AlertRaised():
                self._later(
                    "INSERT OR REPLACE INTO alert "
                    "(id, day, at, fault, by_value, by_sigma, unit, for_s, exercise) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    *(event.id, *rows.when(event.at), event.fault, event.by.value),
                    *(event.by.sigma, event.unit, event.for_s, exercise),
                )
            case AlertEnded():
                self._later(
                    "UPDATE alert SET outcome = ?, after_s = ? WHERE id = ?",
                    *(event.outcome, event.after_s, event.id),
                )
            case BreakDue():
                self._rest(event.id, event.at, event.sitting_s, exercise, taken=False)
            case BreakEnded():
                self._later("UPDATE rest SET outcome = ? WHERE id = ?", event.outcome, event.id)
            case BreakTaken():
                taken_id = f"taken-{event.at.local:%Y%m%dT%H%M%S}"
                self._rest(taken_id, event.at, event.sitting_s, None, taken=True)
            case LimitRelaxed():
                self._setting(f"relaxed_percent.{event.fault}", event.percent, event.at)
            case _:
                pass

    def calibrated(self, at: Instant, profile: str, camera: str, frames: int, sway: float) -> None:
        """Add a calibration: when, for which camera, how steady."""
        self._later(
            "INSERT INTO calibration (at, profile, camera, frames, sway) VALUES (?, ?, ?, ?, ?)",
            *(at.local.isoformat(timespec="seconds"), profile, camera, frames, sway),
        )

    def settings(self, at: Instant, settings: Mapping[str, object]) -> None:
        """Add the settings that differ from those last recorded.

        Args:
            at: Since when they hold.
            settings: Value by dotted key; secrets must not be among them.
        """
        known = dict(
            self._connection.execute(
                "SELECT key, value FROM setting "
                "WHERE id IN (SELECT max(id) FROM setting GROUP BY key)"
            )
        )
        for key, value in settings.items():
            if known.get(key) != json.dumps(value):
                self._setting(key, value, at)

    def forget(self, before: date | None) -> None:
        """Delete days from under the running monitor; see `wipe.forget`.

        Args:
            before: The first day that stays; None deletes everything, what goes on now included.
        """
        if before is None:
            self._runs, self._pending = [], []
        self.write()
        forget(self._connection, before)

    def write(self) -> None:
        """Put everything so far on disk, in one transaction.

        When the disk refuses, recording goes on in memory, `notice` says so, and the next write
        tries again; what was written before stays. A file that was damaged meanwhile is set aside,
        and a new one begun.
        """
        try:
            if self._damaged:
                self._begin_anew()
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                written = [run.write(self._connection) for run in self._runs]
                for statement, values in self._pending:
                    self._connection.execute(statement, values)
        except (sqlite3.OperationalError, OSError) as error:
            self._refused(error)
            return
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            # What is in memory goes into a new file with the next write.
            self._damaged = True
            self._connection.close()
            return
        for run, kept in zip(self._runs, written, strict=True):
            run.keep(kept)
        self._runs = [run for run in self._runs if not run.closed]
        self._pending = []
        if self._failed:
            self._failed = False
            self.notice = ""

    def close(self) -> None:
        """Write what is left and close."""
        if self._closed:
            return
        self._closed = True
        for run in self._runs:
            run.closed = True
        self.write()
        if self._damaged:
            self.write()
        self._connection.close()

    def _refused(self, error: Exception) -> None:
        self._failed = True
        self.notice = f"The log cannot be written ({error}); nothing older is lost."

    def _begin_anew(self) -> None:
        self._connection, self.notice = begin_anew(self._path)
        self._damaged = self._failed = False
        for run in self._runs:
            run.begin_anew()

    def _retain(self, today: date) -> None:
        if self._keep_days is None or today == self._day or self._failed or self._damaged:
            return
        try:
            forget(self._connection, today - timedelta(days=self._keep_days))
        except sqlite3.DatabaseError as error:
            self._failed = True  # tried again after the next write that succeeds
            self.notice = f"Old days could not be deleted ({error}); that is tried again."
            return
        self._day = today

    def _rest(
        self, rest_id: str, at: Instant, sitting_s: float, exercise: str | None, *, taken: bool
    ) -> None:
        self._later(
            "INSERT OR REPLACE INTO rest (id, day, at, sitting_s, taken, exercise) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            *(rest_id, *rows.when(at), sitting_s, int(taken), exercise),
        )

    def _setting(self, key: str, value: object, at: Instant) -> None:
        self._later(
            "INSERT OR REPLACE INTO setting (at, key, value) VALUES (?, ?, ?)",
            *(rows.to_the_millisecond(at.local), key, json.dumps(value)),
        )

    def _later(self, statement: str, *values: object) -> None:
        self._pending.append((statement, values))
