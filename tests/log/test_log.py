"""The log adds up, survives what happens to files, and is readable by its owner alone."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest
from log_streams import DAY, SLOUCH, feed

from posture.errors import LogError
from posture.instant import Instant
from posture.judge.events import AlertEnded, AlertRaised, Escalation, Outcome
from posture.judge.verdict import Fault, State, Unit
from posture.log.store import Store
from posture.log.summary import summarise
from posture.measure.measurement import Estimate


def test_a_slouch_is_one_interval_however_many_looks_it_took(tmp_path):
    path = tmp_path / "log.sqlite3"
    with Store.open(path) as store:
        feed(store, [(1, State.PRESENT, ())] * 40 + [(1, State.PRESENT, SLOUCH)] * 60)
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT seconds, faults FROM interval ORDER BY id").fetchall()
    assert rows == [(40.0, ""), (60.0, "forward_head")]


def test_what_followed_an_alert_stands_with_it(tmp_path):
    path = tmp_path / "log.sqlite3"
    at = Instant(1.0, DAY)
    with Store.open(path) as store:
        store.event(
            AlertRaised(
                at, "a", Fault.FORWARD_HEAD, Estimate(12, 2), Unit.DEG, 60, Escalation.NOTIFICATION
            )
        )
        store.event(AlertEnded(at, "a", Fault.FORWARD_HEAD, Outcome.CORRECTED, 25.0))
    (alert,) = summarise(path, DAY.date()).alerts
    assert (alert.fault, alert.outcome, alert.after_s) == (Fault.FORWARD_HEAD, "corrected", 25.0)


def test_a_day_without_entries_is_empty_and_not_an_error(tmp_path):
    path = tmp_path / "log.sqlite3"
    Store.open(path).close()
    assert summarise(path, date(2026, 1, 1)).total_s == 0


def test_only_the_owner_can_read_it(tmp_path):
    path = tmp_path / "data" / "log.sqlite3"
    with Store.open(path) as store:
        feed(store, [(10, State.PRESENT, ())])
        modes = {file.stat().st_mode & 0o077 for file in path.parent.iterdir()}
    assert modes == {0}
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_damaged_log_is_set_aside_and_a_new_one_begun(tmp_path):
    path = tmp_path / "log.sqlite3"
    path.write_bytes(b"this is no database" * 1000)
    with Store.open(path) as store:
        assert "damaged" in store.notice
        feed(store, [(10, State.PRESENT, ())])
    assert summarise(path, DAY.date()).total_s == 10
    assert (tmp_path / "log.sqlite3.damaged-1").read_bytes().startswith(b"this is no")


def test_a_log_of_a_newer_program_is_left_alone(tmp_path):
    path = tmp_path / "log.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LogError, match="version 99"):
        Store.open(path)
    assert path.exists()


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="mounts a small disk")
def test_a_full_disk_says_so_and_keeps_what_was_written(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this container may not mount")
    path = disk / "log.sqlite3"
    try:
        with Store.open(path) as store:
            now = feed(store, [(10, State.PRESENT, ())])
            store.write()
            (disk / "ballast").write_bytes(b"x" * (_free(disk)))
            changing = [(10, s, ()) for s in (State.ABSENT, State.PRESENT)] * 400
            feed(store, changing, now.local)
            assert "cannot be written" in store.notice
            (disk / "ballast").unlink()
            store.write()
            assert store.notice == ""
        # What was seen while the disk was full waited in memory.
        assert summarise(path, DAY.date()).total_s == pytest.approx(10 + 8000)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _free(folder):
    room = os.statvfs(folder)
    return room.f_bavail * room.f_bsize


def test_a_killed_process_loses_ten_seconds_at_most(tmp_path):
    path = tmp_path / "log.sqlite3"
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        from log_streams import feed
        from posture.judge.verdict import State
        from posture.log.store import Store
        store = Store.open(Path(sys.argv[1]))
        feed(store, [(1, State.PRESENT, ())] * int(sys.argv[3]))
        print("ready", flush=True)
        sys.stdin.read()
        """
    )
    for ran_s in (7, 23, 58):
        path.unlink(missing_ok=True)
        command = [sys.executable, "-c", script, str(path), str(Path(__file__).parent), str(ran_s)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with Store.open(path) as store:
            assert store.notice == ""
        assert ran_s - 10 <= summarise(path, DAY.date()).total_s <= ran_s


def test_looking_into_the_log_takes_no_lock_from_the_monitor_that_writes_it(tmp_path):
    path = tmp_path / "log.sqlite3"
    with Store.open(path) as store:
        feed(store, [(60.0, State.PRESENT, ())])
        store.write()
        summarise(path, DAY.date())
        # Another program comes and goes. Were it the last by SQLite's book-keeping, it would take
        # the write-ahead log away under the monitor's feet.
        code = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM interval')"
        subprocess.run([sys.executable, "-c", code, str(path)], check=True)
        assert path.with_name("log.sqlite3-wal").exists()
        assert summarise(path, DAY.date()).total_s > 0
