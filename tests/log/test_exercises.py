"""Exercises are kept with how they felt, and several programs may write them at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest
from log_streams import DAY, feed

from posture.instant import Instant
from posture.judge.events import AlertRaised, BreakDue, BreakEnded, Escalation, Outcome
from posture.judge.verdict import Fault, State, Unit
from posture.log.days import read_days
from posture.log.exercises import (
    Comfort,
    ExerciseDone,
    exercise_done,
    felt,
    lately,
    switched_off,
    turn_on,
)
from posture.log.store import Store
from posture.log.summary import summarise
from posture.measure.measurement import Estimate


@pytest.fixture
def path(tmp_path):
    return tmp_path / "log.sqlite3"


def later(minutes):
    return DAY + timedelta(minutes=minutes)


def test_an_exercise_is_kept_with_why_what_was_counted_and_how_it_felt(path):
    done = ExerciseDone(
        "chin-tuck", later(1), 42.5, "a-1", Fault.FORWARD_HEAD, asked=5, seen=4, stopped_early=True
    )
    number = exercise_done(path, done)
    felt(path, number, Comfort.SAME, later(2))
    felt(path, number, Comfort.BETTER, later(3))
    exercise_done(path, ExerciseDone("shrug-drop", later(4), 30, routine="morning"))
    first, second = read_days(path, DAY.date()).exercises
    assert (first.id, first.alert, first.fault) == (number, "a-1", Fault.FORWARD_HEAD)
    assert (first.seconds, first.asked, first.seen, first.stopped_early) == (42.5, 5, 4, True)
    assert (first.at, first.comfort) == (later(1), Comfort.BETTER)
    assert (second.routine, second.seen, second.comfort) == ("morning", None, None)


def test_worse_switches_an_exercise_off_until_it_is_turned_on(path):
    assert switched_off(path) == frozenset()
    tuck = exercise_done(path, ExerciseDone("chin-tuck", later(0), 40, comfort=Comfort.WORSE))
    exercise_done(path, ExerciseDone("shrug-drop", later(1), 40, comfort=Comfort.BETTER))
    assert switched_off(path) == {"chin-tuck"}
    # Even where the clock was set back meanwhile.
    turn_on(path, "chin-tuck", later(-60))
    assert switched_off(path) == frozenset()
    felt(path, tuck, Comfort.WORSE, later(-50))
    assert switched_off(path) == {"chin-tuck"}


def test_an_answer_to_no_exercise_is_refused(path):
    with pytest.raises(LookupError, match="17"):
        felt(path, 17, Comfort.BETTER, DAY)


def test_what_was_offered_or_done_lately_comes_oldest_first(path):
    with Store.open(path) as store:
        at = Instant(0, later(0))
        by = Estimate(12, 2)
        store.event(
            AlertRaised(at, "a", Fault.FORWARD_HEAD, by, Unit.DEG, 60, Escalation.NOTIFICATION),
            "chin-tuck",
        )
        store.event(BreakDue(Instant(1, later(50)), "b", 3000), "walk")
        store.event(BreakEnded(Instant(2, later(52)), "b", Outcome.CORRECTED))
    exercise_done(path, ExerciseDone("shrug-drop", later(20), 40))
    assert lately(path, 9) == ("chin-tuck", "shrug-drop", "walk")
    assert lately(path, 2) == ("shrug-drop", "walk")
    days = read_days(path, DAY.date())
    assert days.alerts[0].exercise == "chin-tuck"
    assert (days.rests[0].exercise, days.rests[0].outcome) == ("walk", Outcome.CORRECTED)


def test_a_guided_session_writes_beside_the_running_monitor(path):
    """Two more processes write 40 exercises each while the monitor writes at every look."""
    script = textwrap.dedent(
        """
        import sys
        from datetime import UTC, datetime, timedelta
        from pathlib import Path
        from posture.log.exercises import Comfort, ExerciseDone, exercise_done
        began = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
        for k in range(40):
            at = began + timedelta(seconds=k)
            exercise_done(Path(sys.argv[1]), ExerciseDone(sys.argv[2], at, 9, comfort=Comfort.SAME))
        """
    )
    looks = 0
    with Store.open(path) as store:
        writers = [
            subprocess.Popen([sys.executable, "-c", script, path, name]) for name in ("one", "two")
        ]
        while any(writer.poll() is None for writer in writers):
            feed(store, [(6, State.PRESENT, ()), (6, State.ABSENT, ())], later(looks))
            store.write()
            assert store.notice == ""
            looks += 1
        assert [writer.returncode for writer in writers] == [0, 0]
    summary = summarise(path, DAY.date(), DAY.date() + timedelta(days=30))
    assert len(summary.exercises) == 80
    assert {exercise.comfort for exercise in summary.exercises} == {Comfort.SAME}
    assert summary.total_s == pytest.approx(12 * looks)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_session_may_be_the_first_to_write(tmp_path):
    path = tmp_path / "new" / "log.sqlite3"
    exercise_done(path, ExerciseDone("chin-tuck", DAY, 40))
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
