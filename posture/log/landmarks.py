"""Landmarks for one's own research, in a file of their own: only where `[log] landmarks` is on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Self

import numpy as np

from posture.closing import Closing
from posture.errors import LogError
from posture.instant import Instant
from posture.log.file import make_private
from posture.pose.landmarks import Landmarks

_WRITE_EVERY_S = 10.0
_MB = 1_000_000
_MS = 1000
_DAY_MS = 24 * 3600 * _MS

_TABLE = """
CREATE TABLE IF NOT EXISTS look (
    at_ms INTEGER PRIMARY KEY,        -- milliseconds since 1970 (UTC)
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    points BLOB NOT NULL              -- 33 × (x, y, visibility), int16 little-endian: tenths of
)                                     -- a pixel, and thousandths
"""


# A twentieth at once, so that this is rare.
_DROP_OLDEST = """
DELETE FROM look WHERE at_ms IN
    (SELECT at_ms FROM look ORDER BY at_ms LIMIT (SELECT 1 + count(*) / 20 FROM look))
"""


class LandmarkLog(Closing):
    """The landmarks of every look, up to a size and an age. Use with `with`.

    Attributes:
        notice: What the user should know; empty when all is well.
    """

    def __init__(self, connection: sqlite3.Connection, max_mb: float, keep_days: int) -> None:
        """Use `open`."""
        self._connection = connection
        self._max_bytes = max_mb * _MB
        self._keep_ms = keep_days * _DAY_MS
        self._pending: list[tuple[int, int, int, bytes]] = []
        self._written_s = float("-inf")
        self.notice = ""

    @classmethod
    def open(cls, path: Path, max_mb: float, keep_days: int) -> Self:
        """Open the file, or begin one.

        Args:
            path: The file.
            max_mb: Its greatest size.
            keep_days: Older looks are deleted.

        Raises:
            LogError: The file cannot be used.
        """
        try:
            return cls(_connect(path), max_mb, keep_days)
        except (OSError, sqlite3.DatabaseError) as error:
            raise LogError(
                f"The landmarks file {path} cannot be used: {error}.",
                meaning="Nothing was started, since you asked for landmarks to be kept.",
                action="Move the file away, or set `landmarks = false` under [log].",
            ) from error

    def add(self, seen: Landmarks, now: Instant) -> None:
        """Add one look.

        Args:
            seen: The landmarks.
            now: When they were seen.
        """
        points = np.column_stack((seen.xy_px * 10, seen.visibility * 1000))
        packed = np.clip(points.round(), -32768, 32767).astype("<i2").tobytes()
        self._pending.append((_at_ms(now.local), *seen.size_px, packed))
        if now.mono_s - self._written_s >= _WRITE_EVERY_S:
            self._written_s = now.mono_s
            self._write()

    def close(self) -> None:
        """Write what is left and close."""
        self._write()
        self._connection.close()

    def _write(self) -> None:
        if not self._pending:
            return
        looks, self._pending = self._pending, []
        try:
            with self._connection:
                self._connection.execute("BEGIN")
                self._connection.executemany(
                    "INSERT OR REPLACE INTO look (at_ms, width_px, height_px, points) "
                    "VALUES (?, ?, ?, ?)",
                    looks,
                )
                oldest_ms = looks[-1][0] - self._keep_ms
                self._connection.execute("DELETE FROM look WHERE at_ms < ?", (oldest_ms,))
                if self._used_bytes() > self._max_bytes:
                    self._connection.execute(_DROP_OLDEST)
        except sqlite3.OperationalError as error:
            self.notice = f"Landmarks cannot be written ({error}); {len(looks)} looks are left out."
        else:
            self.notice = ""

    def _used_bytes(self) -> int:
        pages, free, size = (
            int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        return (pages - free) * size


def landmarks_path(log: Path) -> Path:
    """Where landmarks are kept, beside the log."""
    return log.with_name("landmarks.sqlite3")


def wipe_landmarks(log: Path, before: date | None) -> int:
    """Delete landmarks for good, while no monitor writes them.

    Args:
        log: The log beside them.
        before: The first day that stays, by this machine's zone; None for none.

    Returns:
        Bytes that are gone.
    """
    path = landmarks_path(log)
    if not path.exists():
        return 0
    size = path.stat().st_size
    if before is None:
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        return size
    with closing(_connect(path)) as connection:
        first_ms = _at_ms(datetime.combine(before, time()))
        connection.execute("DELETE FROM look WHERE at_ms < ?", (first_ms,))
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return size - path.stat().st_size


def _connect(path: Path) -> sqlite3.Connection:
    make_private(path)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(_TABLE)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _at_ms(at: datetime) -> int:
    return round(at.timestamp() * _MS)
