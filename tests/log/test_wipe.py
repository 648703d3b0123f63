"""Deleting deletes: nothing of a wiped day can be found in any file of the log."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import numpy as np
import pytest
from log_streams import DAY, SLOUCH, feed

from posture.errors import LogError
from posture.instant import Instant
from posture.judge.verdict import State
from posture.log.exercises import Comfort, ExerciseDone, exercise_done, switched_off
from posture.log.landmarks import LandmarkLog, landmarks_path, wipe_landmarks
from posture.log.store import Store
from posture.log.summary import summarise
from posture.log.wipe import wipe
from posture.pose.landmarks import POINT_COUNT, Landmarks

OLD, NEW = DAY - timedelta(days=10), DAY


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "log.sqlite3"
    for began in (OLD, NEW):
        with Store.open(path) as store:
            feed(store, [(90, State.PRESENT, (), 5.0), (30, State.PRESENT, SLOUCH, 12.0)], began)
            store.settings(Instant(0, began), {"judge.forward_head.enter_deg": began.day})
            store.calibrated(Instant(0, began), "default", f"camera-of-{began.day}", 50, 0.01)
        exercise_done(path, ExerciseDone(f"exercise-of-{began.day}", began, 40))
    return path


def everything(path):
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def count(path, table):
    with sqlite3.connect(path) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_days_before_a_date_are_gone_from_every_file(path):
    with Store.open(path):  # a monitor that was killed leaves its write-ahead log behind
        assert b"exercise-of-21" in everything(path)
    wiped = wipe(path, NEW.date())
    assert (wiped.days, wiped.bytes_after <= wiped.bytes_before) == (1, True)
    for trace in (b"exercise-of-21", b"camera-of-21", b"2026-02-21T09:00"):
        assert trace not in everything(path)
    assert summarise(path, OLD.date()).total_s == 0
    assert summarise(path, NEW.date()).total_s == 120
    assert [count(path, table) for table in ("run", "minute", "calibration")] == [1, 2, 1]


def test_wiping_all_leaves_no_row_and_no_damaged_log(path):
    (path.parent / "log.sqlite3.damaged-1").write_bytes(b"half a log")
    assert wipe(path, None).days == 2
    tables = ("interval", "minute", "run", "exercise", "answer", "setting", "calibration")
    assert [count(path, table) for table in tables] == [0] * len(tables)
    assert b"exercise-of" not in everything(path)
    assert not (path.parent / "log.sqlite3.damaged-1").exists()


def test_an_exercise_that_hurt_stays_off_when_its_day_is_forgotten(path):
    exercise_done(path, ExerciseDone("chin-tuck", OLD, 40, comfort=Comfort.WORSE))
    wipe(path, NEW.date())
    assert switched_off(path) == {"chin-tuck"}
    wipe(path, None)
    assert switched_off(path) == frozenset()


def test_a_program_that_shows_the_log_is_named_when_it_is_in_the_way(path):
    with sqlite3.connect(path, isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM interval").fetchone()
        with pytest.raises(LogError, match="run the same command again"):
            wipe(path, NEW.date())
    reader.close()
    wipe(path, NEW.date())
    assert b"exercise-of-21" not in everything(path)


def test_old_days_go_at_the_start_and_at_midnight(path):
    with Store.open(path, keep_days=10) as store:
        feed(store, [(3600, State.PRESENT, ())] * 15, NEW)
        store.write()
        assert summarise(path, OLD.date()).total_s == 0
        assert summarise(path, NEW.date()).total_s > 0
    with Store.open(path, keep_days=1) as store:
        night = [(86_400, State.ASLEEP, ()), (10, State.PRESENT, ()), (10, State.PRESENT, ())]
        feed(store, [(10, State.ABSENT, ())] * 5, NEW + timedelta(hours=14))
        assert summarise(path, NEW.date()).total_s > 0
        feed(store, [(10, State.ABSENT, ())] * 9 + night * 2, NEW + timedelta(hours=14))
        assert summarise(path, NEW.date()).total_s == 0


def test_a_running_monitor_can_be_told_to_forget_and_goes_on(path):
    with Store.open(path) as store:
        now = feed(store, [(600, State.PRESENT, (), 3.0)], NEW + timedelta(hours=1))
        store.forget(None)
        assert count(path, "interval") == 0
        feed(store, [(20, State.PRESENT, ())], now.local)
    assert summarise(path, date(2026, 3, 3)).total_s == 20


def test_landmarks_are_capped_and_forgotten(tmp_path):
    log = tmp_path / "log.sqlite3"
    path = landmarks_path(log)
    random = np.random.default_rng(1)

    def look():
        xy_px = random.uniform(0, 640, (POINT_COUNT, 2))
        some = random.uniform(0, 1, (3, POINT_COUNT))
        return Landmarks(0.0, xy_px, *some, (640, 480))

    with LandmarkLog.open(path, max_mb=1, keep_days=5) as kept:
        for k in range(8000):
            kept.add(look(), Instant(k, DAY + timedelta(seconds=k)))
        assert path.stat().st_size < 1_400_000
        seen = look()
        kept.add(seen, Instant(9000, DAY + timedelta(days=6)))
    assert path.stat().st_mode & 0o077 == 0
    with sqlite3.connect(path) as connection:
        ((width, height, points),) = connection.execute(
            "SELECT width_px, height_px, points FROM look"
        ).fetchall()
    assert (width, height) == (640, 480)
    xy = np.frombuffer(points, "<i2").reshape(POINT_COUNT, 3)[:, :2] / 10
    assert np.abs(xy - seen.xy_px).max() <= 0.05
    assert wipe_landmarks(log, (DAY + timedelta(days=9)).date()) > 0
    assert wipe_landmarks(log, None) > 0
    assert not path.exists()
