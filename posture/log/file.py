"""The log as a file: opening, rights, what to do with a damaged one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from posture.errors import LogError
from posture.log.schema import migrate

# Two programs write: the monitor and a guided session. Neither holds the file for longer than a
# few milliseconds.
_PATIENCE_S = 5.0
_EMPTY = ":memory:"


def open_log(path: Path) -> tuple[sqlite3.Connection, str]:
    """Open the log for writing, or begin one.

    A damaged file is set aside beside the new one, never deleted.

    Args:
        path: The file; its folder is made readable by the user alone.

    Returns:
        A connection in autocommit mode, and what the user should know; empty when all is well.

    Raises:
        LogError: The file cannot be opened or was written by a newer program.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = connect(path)
        if _is_whole(connection):
            return connection, ""
        connection.close()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise _unusable(path, str(error)) from error
    except (OSError, ValueError) as error:
        raise _unusable(path, str(error)) from error
    return begin_anew(path)


def begin_anew(path: Path) -> tuple[sqlite3.Connection, str]:
    """Set a damaged log aside and begin a new one; nobody of this process may hold the old one.

    Args:
        path: The file.

    Returns:
        A connection in autocommit mode, and what the user should know.
    """
    if not path.exists():
        # Set aside before, when the disk refused a new one.
        return connect(path), ""
    aside = _set_aside(path)
    notice = f"The log was damaged; it is kept as {aside.name}, and a new one has begun."
    return connect(path), notice


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite found the file itself broken, rather than busy, full or refused."""
    return error.sqlite_errorcode in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def connect(path: Path) -> sqlite3.Connection:
    """Open a log that is known to be whole, at the newest schema.

    Args:
        path: The file; made, readable by the user alone, where there is none.

    Returns:
        A connection in autocommit mode.
    """
    make_private(path)
    connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_S)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        # What is deleted is overwritten with zeros.
        connection.execute("PRAGMA secure_delete = ON")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def make_private(path: Path) -> None:
    """Make a file, readable by the user alone, where there is none: SQLite's is readable by all.

    A file that is there is not opened: closing it would drop every lock that this process, and so
    SQLite, holds on it.

    Args:
        path: The file.
    """
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction of a program beside the monitor.

    Args:
        path: The log.

    Yields:
        A connection inside a transaction, committed at the end, rolled back on an error.

    Raises:
        LogError: The log cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(connect(path)) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
    except (sqlite3.DatabaseError, OSError, ValueError) as error:
        raise _unusable(path, str(error)) from error


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A view of the log that nobody else can change meanwhile.

    Args:
        path: The log; where there is none yet, an empty one is shown.

    Yields:
        A connection for reading.

    Raises:
        LogError: The log cannot be read.
    """
    try:
        with closing(_reader(path)) as connection:
            connection.execute("BEGIN")
            yield connection
    except (sqlite3.DatabaseError, OSError, ValueError) as error:
        raise _unreadable(path, str(error)) from error


def _reader(path: Path) -> sqlite3.Connection:
    if not path.exists():
        connection = sqlite3.connect(_EMPTY, isolation_level=None)
        migrate(connection)
        return connection
    # Through `connect`, so that a log of an older program is brought to this one's schema first.
    connection = connect(path)
    connection.execute("PRAGMA query_only = ON")
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
        beside = path.with_name(path.name + extra)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + extra))
    return aside


def _unusable(path: Path, why: str) -> LogError:
    return LogError(
        f"The log {path} cannot be used: {why}.",
        meaning="Nothing was recorded.",
        action="Check the folder's rights and the free space, or move the file away.",
    )


def _unreadable(path: Path, why: str) -> LogError:
    return LogError(
        f"The log {path} cannot be read: {why}.",
        meaning="There is nothing to show.",
        action="Check the folder's rights; a damaged log is set aside by the next `posture watch`.",
    )
