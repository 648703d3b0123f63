"""A log of every released version goes on, with all that was in it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime

import pytest
from log_streams import feed

from posture.judge.verdict import Fault, State
from posture.log.days import read_days
from posture.log.measures import Measure
from posture.log.schema import MIGRATIONS
from posture.log.store import Store
from posture.log.summary import summarise

DAY = date(2026, 3, 2)
# As the released program of version 1 wrote it.
VERSION_1 = """
INSERT INTO interval VALUES (1, '2026-03-02', '2026-03-02T09:00:00.000+01:00', 600.5, 'present',
    NULL, '', 600.5, 1.26, 0.34, 2.0, 61.04);
INSERT INTO interval VALUES (2, '2026-03-02', '2026-03-02T09:10:00.500+01:00', 60.0, 'present',
    NULL, 'forward_head,slump', 60.0, 14.0, 0.5, 9.0, 55.0);
INSERT INTO interval VALUES (3, '2026-03-02', '2026-03-02T09:11:00.500+01:00', 30.0, 'absent',
    'absent', '', 0.0, NULL, NULL, NULL, NULL);
INSERT INTO alert VALUES ('a', '2026-03-02', '2026-03-02T09:11:00+01:00', 'forward_head', 14.0, 2.0,
    '°', 60.0, 'corrected', 25.0);
INSERT INTO rest VALUES ('b', '2026-03-02', '2026-03-02T10:00:00+01:00', 3000.0, 1);
INSERT INTO calibration VALUES (1, '2026-03-02T08:59:00+01:00', 'default', 'camera', 50, 0.01);
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "log.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.executescript(MIGRATIONS[0] + VERSION_1 + "PRAGMA user_version = 1;")
    connection.close()
    return path


def test_a_log_of_version_1_loses_nothing(path):
    days = read_days(path, DAY)
    first, second, third = days.intervals
    assert [interval.seconds for interval in days.intervals] == [600.5, 60.0, 30.0]
    assert first.spreads[Measure.FORWARD_HEAD].mean == 1.3
    assert first.spreads[Measure.SHOULDER_LEFT].mean == 0.3
    assert first.spreads[Measure.DISTANCE].mean == 61.0
    assert Measure.HEAD_YAW not in first.spreads
    assert second.faults == (Fault.FORWARD_HEAD, Fault.SLUMP)
    assert (third.state, third.spreads) == (State.ABSENT, {})
    assert (days.alerts[0].outcome, days.alerts[0].exercise) == ("corrected", None)
    assert days.rests[0].taken
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM calibration").fetchone() == (1,)


def test_recording_goes_on_in_a_log_of_version_1(path):
    with Store.open(path) as store:
        feed(store, [(10, State.PRESENT, (), 3.0)], began=datetime(2026, 3, 2, 11, tzinfo=UTC))
    assert summarise(path, DAY).total_s == 700.5


def test_a_step_that_fails_leaves_the_log_as_it_was(path):
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("CREATE TABLE minute (in_the_way)")
    connection.close()
    with pytest.raises(Exception, match="already exists"):
        Store.open(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM interval").fetchone() == (3,)
