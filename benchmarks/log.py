"""What a year of log weighs, how fast it answers, what a killed monitor loses.

`python -m benchmarks.log [DAYS]`: a made-up person's working days of eight hours go through judge
and store. Compared with the plain way: one row for every look, indexed by time, summed up in SQL.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.office import ZONE, record_office, working_days
from posture.instant import Instant
from posture.judge.verdict import State, Verdict
from posture.log.store import Store
from posture.log.summary import summarise
from posture.log.trends import heat_map, weeks

_FIRST = date(2025, 11, 3)
_KILLS = 50
# Just below the gap that counts as sleep: a year is then written in minutes, to the same rows.
_SLOWEST_LOOK_S = 14.0
_LOOK_S = 0.05


def main() -> None:
    """Measure, and print one line of JSON."""
    if sys.argv[1:2] == ["--victim"]:
        _victim(Path(sys.argv[2]))
        return
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 250
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "log.sqlite3"
        chosen = working_days(_FIRST, days)
        began_s = time.perf_counter()
        record_office(path, chosen, look_s=_SLOWEST_LOOK_S)
        print(f"{days} days written in {time.perf_counter() - began_s:.0f} s")
        plain = _plain(path, folder / "plain.sqlite3")
        last = chosen[-1]
        result = {
            "days": days,
            "year_mb": round(_size_mb(path), 1),
            "plain_mb": round(_size_mb(plain), 1),
            "today_ms": _milliseconds(lambda: summarise(path, last)),
            "today_plain_ms": _milliseconds(lambda: _plain_day(plain, last)),
            "weeks_ms": _milliseconds(lambda: weeks(path, chosen[0], last)),
            "heat_map_ms": _milliseconds(lambda: heat_map(path, chosen[0], last)),
            "weeks_plain_ms": _milliseconds(lambda: _plain_weeks(plain)),
            **_killed(folder),
        }
    print(json.dumps(result))


def _size_mb(path: Path) -> float:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.stat().st_size / 1e6


def _milliseconds(work: Callable[[], object], times: int = 7) -> float:
    took = []
    for _ in range(times):
        began_s = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began_s))
    return round(median(took), 1)


def _plain(path: Path, plain: Path) -> Path:
    """One row a second for every second in the log, with the values that the log has."""
    with sqlite3.connect(path) as source, sqlite3.connect(plain) as target:
        target.execute(
            "CREATE TABLE look (at TEXT, state TEXT, faults TEXT, head REAL, head_sigma REAL, "
            "left_cm REAL, right_cm REAL, tilt REAL, yaw REAL, pitch REAL, roll REAL, lean REAL, "
            "distance REAL)"
        )
        target.execute("CREATE INDEX look_at ON look (at)")
        for began, seconds, state, faults in source.execute(
            "SELECT began, seconds, state, faults FROM interval"
        ):
            start = datetime.fromisoformat(began)
            values = (5.1234, 1.5, 0.31, 0.32, 0.1, 1.2, -2.1, 0.4, 1.9, 59.2)
            seen = values if state == State.PRESENT else (None,) * len(values)
            target.executemany(
                "INSERT INTO look VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    ((start + timedelta(seconds=k)).isoformat(), state, faults, *seen)
                    for k in range(round(seconds))
                ),
            )
    source.close()
    target.close()
    return plain


def _plain_day(plain: Path, day: date) -> list[tuple[object, ...]]:
    with sqlite3.connect(plain) as connection:
        return connection.execute(
            "SELECT state, faults, count(*), avg(head) FROM look WHERE at >= ? AND at < ? "
            "GROUP BY state, faults",
            (day.isoformat(), (day + timedelta(days=1)).isoformat()),
        ).fetchall()


def _plain_weeks(plain: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(plain) as connection:
        return connection.execute(
            "SELECT strftime('%Y-%W', substr(at, 1, 10)), faults, count(*), avg(head) FROM look "
            "WHERE state = 'present' GROUP BY 1, 2"
        ).fetchall()


def _victim(path: Path) -> None:
    """Record in real time, twenty looks a second, and say how far it has come, until killed."""
    began_s = time.monotonic()
    last_s = began_s
    with Store.open(path) as store:
        while True:
            now_s = time.monotonic()
            state = State.PRESENT if int(now_s * 3) % 2 else State.PAUSED
            verdict = Verdict(now_s, state, None, (), None, last_s)
            store.record(verdict, Instant(now_s, datetime.now(ZONE)))
            last_s = now_s
            print(now_s - began_s, flush=True)
            time.sleep(_LOOK_S)


def _killed(folder: Path) -> dict[str, float]:
    """Kill a recording process again and again in one log; what of its time is missing after?"""
    path = folder / "killed.sqlite3"
    lost_s, whole, before_s = [], 0, 0.0
    for after_s in np.random.default_rng(1).uniform(0.1, 7.0, _KILLS):
        command = [sys.executable, "-m", "benchmarks.log", "--victim", str(path)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
        ran_s = float(said.rsplit("\n", 2)[-2]) if said.count("\n") else 0.0
        with sqlite3.connect(path) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
            (sum_s,) = connection.execute("SELECT sum(seconds) FROM interval").fetchone()
        connection.close()
        lost_s.append(ran_s - ((sum_s or 0.0) - before_s))
        before_s = sum_s or 0.0
        whole += answer == "ok"
    return {
        "kills": _KILLS,
        "whole_after_kill": whole,
        "lost_s_median": round(median(lost_s), 1),
        "lost_s_most": round(max(lost_s), 1),
    }


if __name__ == "__main__":
    main()
