"""The answer to a fault, and routines."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture.coach.allowed import allowed
from posture.coach.catalogue import load_catalogue
from posture.coach.choose import Occasion, choose, expand, routine
from posture.coach.exercise import Kind, Region, Where
from posture.config.coach import CoachSection
from posture.judge.verdict import Fault

CATALOGUE = load_catalogue()
FAULTS = st.sampled_from(Fault)


def a_day(fault: Fault, alerts: int, severity: float = 0.3) -> list[str]:
    given: list[str] = []
    for number in range(alerts):
        hour = 9 + number // 3
        given.append(choose(CATALOGUE, Occasion(fault, severity, hour, given)).id)
    return given


@given(FAULTS, st.integers(2, 25), st.floats(0, 3))
def test_nothing_comes_twice_running(fault, alerts, severity):
    given = a_day(fault, alerts, severity)
    assert all(one != following for one, following in pairwise(given))


@given(FAULTS)
def test_a_day_is_varied_and_the_best_answers_come_most(fault):
    given = Counter(a_day(fault, 12))
    by_id = {exercise.id: exercise for exercise in CATALOGUE.exercise}
    assert len(given) >= 3
    best = max(weight for e in CATALOGUE.exercise for f, weight in e.faults.items() if f is fault)
    assert by_id[given.most_common(1)[0][0]].faults[fault] == best


@given(FAULTS, st.floats(0, 3), st.integers(0, 23))
def test_an_alert_is_answered_at_the_desk_within_two_minutes(fault, severity, hour):
    chosen = choose(CATALOGUE, Occasion(fault, severity, hour))
    assert chosen.where is Where.DESK
    assert chosen.seconds <= 120
    assert fault in chosen.faults


def test_a_fault_far_beyond_its_limit_asks_for_more_than_a_reminder():
    assert choose(CATALOGUE, Occasion(Fault.SLUMP, 2.0, 10)).kind is not Kind.CUE


def test_what_was_switched_off_is_not_offered():
    first = choose(CATALOGUE, Occasion(Fault.FORWARD_HEAD, 0.2, 10))
    without = CATALOGUE.only(lambda exercise: exercise.id != first.id)
    assert choose(without, Occasion(Fault.FORWARD_HEAD, 0.2, 10)).id != first.id


@given(FAULTS)
def test_a_diagnosed_neck_gets_only_the_gentlest(fault):
    gentle = allowed(CATALOGUE, CoachSection(doctor_diagnosed=True, pain_now=False))
    assert choose(gentle, Occasion(fault, 1.5, 10)).gentle


def test_with_nothing_left_it_says_so():
    with pytest.raises(LookupError, match="too_near"):
        choose(CATALOGUE.only(lambda exercise: False), Occasion(Fault.TOO_NEAR, 0.2, 10))


@given(st.integers(2, 20))
def test_a_routine_keeps_its_time_and_goes_through_the_regions(minutes):
    chosen = routine(CATALOGUE, minutes * 60.0)
    assert sum(exercise.seconds for exercise in chosen) <= minutes * 60
    if minutes >= 5:
        assert {Region.NECK, Region.SHOULDERS, Region.UPPER_BACK} <= {e.region for e in chosen}
    assert len({exercise.id for exercise in chosen}) == len(chosen)
    assert [exercise.effort for exercise in chosen] == sorted(e.effort for e in chosen)


def test_the_next_routine_is_another_one():
    first = [exercise.id for exercise in routine(CATALOGUE, 300)]
    assert [exercise.id for exercise in routine(CATALOGUE, 300, first)] != first


def test_what_is_made_of_parts_is_played_part_by_part():
    by_id = {exercise.id: exercise for exercise in CATALOGUE.exercise}
    whole = by_id["neck-four-way-warmup"]
    assert tuple(part.id for part in expand(CATALOGUE, whole)) == whole.parts
