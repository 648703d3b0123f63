"""The log's tables, version by version."""

from __future__ import annotations

import sqlite3

MIGRATIONS = (
    """
    CREATE TABLE interval (
        id INTEGER PRIMARY KEY,
        day TEXT NOT NULL,            -- local date, by the zone in force then
        began TEXT NOT NULL,          -- local time with offset
        seconds REAL NOT NULL,        -- on the monotonic clock
        state TEXT NOT NULL,
        reason TEXT,                  -- why nothing was measured
        faults TEXT NOT NULL,         -- comma-separated; empty with state 'present' is good posture
        measured_s REAL NOT NULL,
        forward_head_deg REAL,        -- means over measured_s, changes against the own neutral
        shoulders_cm REAL,
        lean_deg REAL,
        distance_cm REAL
    );
    CREATE INDEX interval_day ON interval (day);
    CREATE TABLE alert (
        id TEXT PRIMARY KEY,
        day TEXT NOT NULL,
        at TEXT NOT NULL,
        fault TEXT NOT NULL,
        by_value REAL NOT NULL,
        by_sigma REAL NOT NULL,
        unit TEXT NOT NULL,
        for_s REAL NOT NULL,
        outcome TEXT,
        after_s REAL
    );
    CREATE INDEX alert_day ON alert (day);
    CREATE TABLE rest (               -- breaks: reminded of, taken
        id TEXT PRIMARY KEY,
        day TEXT NOT NULL,
        at TEXT NOT NULL,
        sitting_s REAL NOT NULL,
        taken INTEGER NOT NULL
    );
    CREATE TABLE calibration (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        profile TEXT NOT NULL,
        camera TEXT NOT NULL,
        frames INTEGER NOT NULL,
        sway REAL NOT NULL
    );
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a log to the newest version, each step whole or not at all.

    Args:
        connection: In autocommit mode.

    Raises:
        ValueError: The log was written by a newer program.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise ValueError(f"it has version {version}, this program knows {len(MIGRATIONS)}")
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
