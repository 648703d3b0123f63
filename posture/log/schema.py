"""The log's tables, version by version. What each column means to a reader: docs/log.md."""

from __future__ import annotations

import sqlite3

# Spelled out and not taken from `Measure`: a released version never changes.
_SPREADS_2 = ",\n".join(
    f"{measure} INTEGER, {measure}_sigma INTEGER, {measure}_p10 INTEGER, {measure}_p90 INTEGER"
    for measure in (
        "forward_head_deg",
        "shoulder_left_cm",
        "shoulder_right_cm",
        "shoulder_tilt_deg",
        "head_yaw_deg",
        "head_pitch_deg",
        "head_roll_deg",
        "lean_deg",
        "distance_cm",
    )
)

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
    f"""
    CREATE TABLE run (                -- a stretch in which the program ran and the clock went on
        id INTEGER PRIMARY KEY,
        began TEXT NOT NULL,
        ended TEXT NOT NULL,          -- as far as it was written
        seconds REAL NOT NULL,        -- sum of the run's intervals
        version TEXT NOT NULL,
        closed INTEGER NOT NULL       -- 0: it runs still, or was killed
    );
    ALTER TABLE interval RENAME TO interval_1;
    DROP INDEX interval_day;
    CREATE TABLE interval (
        id INTEGER PRIMARY KEY,
        run INTEGER REFERENCES run,   -- empty: recorded by schema version 1
        day TEXT NOT NULL,
        began TEXT NOT NULL,
        seconds REAL NOT NULL,
        state TEXT NOT NULL,
        reason TEXT,
        faults TEXT NOT NULL,
        measured_s REAL NOT NULL,
        {_SPREADS_2}                  -- tenths of the unit in the name
    );
    INSERT INTO interval (id, day, began, seconds, state, reason, faults, measured_s,
        forward_head_deg, shoulder_left_cm, shoulder_right_cm, lean_deg, distance_cm)
    SELECT id, day, began, seconds, state, reason, faults, measured_s,
        round(forward_head_deg * 10), round(shoulders_cm * 10), round(shoulders_cm * 10),
        round(lean_deg * 10), round(distance_cm * 10) FROM interval_1;
    DROP TABLE interval_1;
    CREATE INDEX interval_day ON interval (day);
    CREATE TABLE minute (
        minute INTEGER NOT NULL,      -- whole minutes since 1970 (UTC)
        run INTEGER NOT NULL REFERENCES run,
        offset_min INTEGER NOT NULL,  -- local time minus UTC
        measured_s REAL NOT NULL,
        {_SPREADS_2},
        PRIMARY KEY (minute, run)
    ) WITHOUT ROWID;
    ALTER TABLE alert ADD COLUMN exercise TEXT;    -- the one offered
    ALTER TABLE rest ADD COLUMN exercise TEXT;
    ALTER TABLE rest ADD COLUMN outcome TEXT;      -- what followed a reminder
    CREATE INDEX rest_day ON rest (day);
    CREATE TABLE exercise (
        id INTEGER PRIMARY KEY,
        day TEXT NOT NULL,
        at TEXT NOT NULL,             -- its beginning, milliseconds
        exercise TEXT NOT NULL,
        alert TEXT,                   -- why: an alert's or a break reminder's id,
        fault TEXT,                   -- what it was about,
        routine TEXT,                 -- or the routine it belonged to
        seconds REAL NOT NULL,
        asked INTEGER NOT NULL,       -- repetitions; 0 where there is nothing to count
        seen INTEGER,                 -- empty: by the clock alone, nothing was counted
        stopped_early INTEGER NOT NULL,
        UNIQUE (at, exercise)
    );
    CREATE INDEX exercise_day ON exercise (day);
    CREATE TABLE answer (             -- how an exercise felt; the last answer holds
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        exercise TEXT NOT NULL,
        done INTEGER REFERENCES exercise,
        answer TEXT NOT NULL CHECK (answer IN ('better', 'same', 'worse', 'on')),
        UNIQUE (at, exercise, answer)
    );
    CREATE TABLE setting (            -- a key's value from then on
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,          -- JSON
        UNIQUE (at, key)
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
    for number in range(version + 1, len(MIGRATIONS) + 1):
        _step(connection, number)


def _step(connection: sqlite3.Connection, number: int) -> None:
    # IMMEDIATE: of two programs that open an old log at once, one waits and finds it done.
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < number:
            for statement in _statements(MIGRATIONS[number - 1]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _statements(script: str) -> list[str]:
    statements: list[str] = []
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            statements.append(gathered)
            gathered = ""
    return statements
