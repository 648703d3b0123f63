"""Whatever the clocks do, the intervals of a day add up to the time the program ran on it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from log_streams import DAY, SLOUCH, feed, verdict

from posture.instant import Instant
from posture.judge.verdict import State
from posture.log.days import read_days, read_minutes
from posture.log.measures import Measure
from posture.log.store import Store
from posture.log.summary import summarise

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "America/Havana"]
# The nights in which their clocks go forward and back.
NIGHTS = [date(2026, 3, 28), date(2026, 10, 24), date(2026, 3, 7)]

steps = st.lists(
    st.tuples(
        st.one_of(st.floats(0.1, 20), st.floats(20, 200_000)),
        st.sampled_from(list(State)),
        st.sampled_from([(), SLOUCH]),
    ).map(lambda step: (step[0], step[1], step[2] if step[1] is State.PRESENT else ())),
    min_size=1,
    max_size=30,
)


def overlap_s(began, end, day, zone):
    """Seconds of [began, end) on a local day, counted without any of the program's code."""
    midnights = [
        datetime.combine(date_, time(), tzinfo=zone).astimezone(UTC)
        for date_ in (day, day + timedelta(days=1))
    ]
    return max(0.0, (min(end, midnights[1]) - max(began, midnights[0])).total_seconds())


@settings(deadline=None, max_examples=60)
@given(steps, st.sampled_from(ZONES), st.sampled_from(NIGHTS))
def test_every_day_adds_up_over_midnight_suspend_and_daylight_saving(
    tmp_path_factory, given_steps, zone_name, night
):
    path = tmp_path_factory.mktemp("log") / "log.sqlite3"
    zone = ZoneInfo(zone_name)
    began = datetime.combine(night, time(21), tzinfo=zone)
    with Store.open(path) as store:
        feed(store, given_steps, began)
    at, ran, good = began.astimezone(UTC), defaultdict(float), defaultdict(float)
    for covers_s, state, faults in given_steps:
        end = at + timedelta(seconds=covers_s)
        day = at.astimezone(zone).date()
        while day <= end.astimezone(zone).date():
            seconds = overlap_s(at, end, day, zone)
            ran[day] += seconds
            good[day] += seconds if state is State.PRESENT and not faults else 0.0
            day += timedelta(days=1)
        at = end
    for day, seconds in ran.items():
        summary = summarise(path, day)
        assert summary.total_s == pytest.approx(seconds, abs=0.01)
        assert summary.good_s == pytest.approx(good[day], abs=0.01)
    with sqlite3.connect(path) as connection:
        (run_s,) = connection.execute("SELECT sum(seconds) FROM run").fetchone()
    assert run_s == pytest.approx(sum(step[0] for step in given_steps), abs=0.01)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.floats(0.1, 900), st.integers(-7200, 7200), st.sampled_from([None, 0, 11])),
        min_size=1,
        max_size=20,
    )
)
def test_a_clock_that_is_set_changes_no_length(tmp_path_factory, given_steps):
    """The wall clock jumps before some looks; the monotonic clock does not."""
    path = tmp_path_factory.mktemp("log") / "log.sqlite3"
    t_s, off_s = 0.0, 0
    with Store.open(path) as store:
        store.record(verdict(0.0, 0.0), Instant(0.0, DAY))
        for covers_s, jump_s, head_deg in given_steps:
            t_s, off_s = t_s + covers_s, off_s + jump_s
            state = State.PRESENT if head_deg is not None else State.ABSENT
            now = Instant(t_s, DAY + timedelta(seconds=t_s + off_s))
            store.record(verdict(t_s, covers_s, state, (), head_deg), now)
    days = read_days(path, DAY.date() - timedelta(days=5), DAY.date() + timedelta(days=5))
    assert sum(interval.seconds for interval in days.intervals) == pytest.approx(t_s, abs=0.01)
    seen_s = sum(covers_s for covers_s, _, head_deg in given_steps if head_deg is not None)
    minutes = read_minutes(path, days.first, days.last)
    measured_s = sum(minute.measured_s for minute in minutes)
    assert measured_s == pytest.approx(seen_s, abs=0.1 * len(minutes) + 0.01)
    with sqlite3.connect(path) as connection:
        for run_s, sum_s in connection.execute(
            "SELECT r.seconds, (SELECT sum(seconds) FROM interval WHERE run = r.id) FROM run r"
        ):
            assert run_s == pytest.approx(sum_s or 0, abs=0.01)


def test_an_interval_keeps_mean_and_percentiles_of_what_was_measured(tmp_path):
    path = tmp_path / "log.sqlite3"
    heads = [2.0] * 50 + [4.0] * 40 + [20.0] * 10
    with Store.open(path) as store:
        feed(store, [(1, State.PRESENT, (), head) for head in heads])
    days = read_days(path, DAY.date())
    (interval,) = days.intervals
    head = interval.spreads[Measure.FORWARD_HEAD]
    assert (head.mean, head.sigma, head.p10, head.p90) == (4.6, 1.5, 2.0, 4.0)
    assert interval.spreads[Measure.DISTANCE].mean == 61
    first, second = read_minutes(path, DAY.date())
    assert [first.measured_s, second.measured_s] == [60, 40]
    assert first.at == DAY
    assert first.spreads[Measure.FORWARD_HEAD].mean == pytest.approx(
        (50 * 2 + 10 * 4) / 60, abs=0.05
    )
    assert second.spreads[Measure.FORWARD_HEAD].p90 == 20


def test_the_log_knows_when_it_ran_and_whether_it_was_closed(tmp_path):
    path = tmp_path / "log.sqlite3"
    with Store.open(path) as store:
        feed(store, [(10, State.PRESENT, ())])
    store = Store.open(path)
    feed(store, [(20, State.ABSENT, ())], DAY + timedelta(hours=1))
    store.write()
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT began, ended, seconds, closed FROM run").fetchall()
    store.close()
    assert rows == [
        ("2026-03-03T09:00:00.000+00:00", "2026-03-03T09:00:10.000+00:00", 10.0, 1),
        ("2026-03-03T10:00:00.000+00:00", "2026-03-03T10:00:20.000+00:00", 20.0, 0),
    ]
