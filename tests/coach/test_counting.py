"""What a person who exercises before the camera is told: how often, how long, never too much."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.exercising import PLANS, distract, perform
from benchmarks.looks import Setting, any_setting, signals
from benchmarks.synthetic import AVERAGE, Camera
from posture.coach.counter import begin, count
from posture.coach.movement import Aim, Movement, Sides
from posture.coach.own_range import goal_of, own_range
from posture.coach.reading import RULES
from posture.coach.signals import Body, Signal
from posture.pose.landmarks import Unseen, UnseenReason

HZ = 10
STILL = Body(*[0.0] * 9)
# In front, always in sight; other cameras, people and losses of sight are the benchmark's.
PLAIN = Setting(AVERAGE, Camera(), looks_hz=10.0, away_deg=60.0, gap_s=1e9)
# Those that can be told from what else people do (docs/counting.md).
RELIABLE = [
    Movement.TURN,
    Movement.TILT,
    Movement.NOD,
    Movement.CHIN_ARC,
    Movement.HANDS_AT_HEAD,
]
TURN = Aim(Movement.TURN, 40.0, 0.0, Sides.ALTERNATING)
HELD_TURN = replace(TURN, hold_s=5.0)
# What of the ways of one second to 48 and back lies between the goal and where a hold ends.
ON_THE_WAY_S = 0.6


def path(*points, start=0.0):
    """Levels at `HZ` along straight lines: (seconds, level) each, after two still seconds."""
    levels, here = [start] * (2 * HZ), start
    for seconds, level in points:
        levels += list(np.linspace(here, level, max(1, round(seconds * HZ)) + 1)[1:])
        here = level
    return levels


def out_and_back(level, way_s=1.0, stay_s=0.5):
    return (way_s, level), (stay_s, level), (way_s, 0.0), (0.7, 0.0)


def look(index, yaw_deg=0.0, lost=False):
    body = replace(STILL, yaw_deg=float(yaw_deg))
    return Signal(index / HZ, body, face_lost=lost, left_hand=float("inf"), right_hand=float("inf"))


def unseen(index, reason=UnseenReason.OCCLUDED):
    nothing = Unseen(index / HZ, reason)
    return Signal(index / HZ, nothing, True, nothing, nothing)


def turning(levels):
    return [look(index, level) for index, level in enumerate(levels)]


def after(aim, looks):
    counter = begin(aim)
    tally = counter.tally
    for signal in looks:
        counter, tally = count(counter, signal, signal.t_s)
    return tally


@pytest.mark.parametrize("movement", RELIABLE)
@pytest.mark.parametrize("speed", ["slow", "normal", "fast"])
def test_a_set_before_a_webcam_is_counted(movement, speed):
    rng = np.random.default_rng([7, sorted(Movement).index(movement)])
    session = perform(movement, speed, rng)
    tally = after(session.aim, signals(session.scene, PLAIN, rng))
    assert tally.repetitions == session.repetitions


@pytest.mark.parametrize("kind", ["typing", "talking"])
def test_typing_and_talking_count_for_nothing(kind):
    rng = np.random.default_rng(11)
    looks = signals(distract(kind, 40.0, rng), any_setting(rng), rng)
    for movement in RELIABLE:
        aim = Aim(movement, PLANS[movement][0], 0.0, Sides.NONE)
        assert after(aim, looks).repetitions == 0, movement


def test_each_side_has_its_own_count():
    tally = after(TURN, turning(path(*out_and_back(50), *out_and_back(-50), *out_and_back(50))))
    assert (tally.left, tally.right, tally.middle) == (2, 1, 0)


ways = st.lists(st.tuples(st.floats(-75, 75), st.floats(0.3, 2.0), st.floats(0.0, 2.0)), max_size=6)


@settings(deadline=None)
@given(ways, st.sets(st.integers(0, 400)))
def test_never_more_than_there_were_even_where_sight_is_lost(ways, lost):
    levels = path(*(point for way in ways for point in out_and_back(*way)))
    looks = [
        unseen(index) if index in lost else look(index, level) for index, level in enumerate(levels)
    ]
    assert after(TURN, looks).repetitions <= sum(
        abs(level) >= 0.9 * TURN.target for level, _, _ in ways
    )


@settings(deadline=None)
@given(st.lists(st.floats(-34, 34), max_size=8), st.floats(0.4, 2.0))
def test_a_partial_turn_never_counts(levels, way_s):
    looks = turning(path(*(point for level in levels for point in out_and_back(level, way_s))))
    assert after(TURN, looks).repetitions == 0


def test_coming_back_most_of_the_way_is_enough():
    sloppy = path(*[(1.0, 50), (0.3, 50), (1.0, 15), (0.4, 15)] * 3, (1.0, 0), (1.0, 0))
    assert after(TURN, turning(sloppy)).repetitions == 3


def test_dithering_at_the_far_end_is_one_repetition():
    dithering = path((1.0, 50), *[(0.5, 34), (0.5, 50)] * 4, (1.0, 0), (1.0, 0))
    assert after(TURN, turning(dithering)).repetitions == 1


def test_sitting_a_little_turned_is_taken_as_the_middle():
    off = [level + 12 for level in path(*out_and_back(46), *out_and_back(-46))]
    tally = after(TURN, turning(off))
    assert (tally.left, tally.right) == (1, 1)


@pytest.mark.parametrize(("stay_s", "whole"), [(6.0, 1), (3.5, 0)])
def test_a_hold_must_be_as_long_as_asked(stay_s, whole):
    tally = after(HELD_TURN, turning(path((1, 48), (stay_s, 48), (1, 0), (1, 0))))
    assert tally.repetitions == whole
    assert tally.held_s[0] == pytest.approx(stay_s + ON_THE_WAY_S, abs=0.3)


def test_a_hold_outlasts_a_tremor_and_a_moment_out_of_sight():
    looks = turning(path((1, 48), (6, 48), (1, 0), (1, 0)))
    looks[45:48] = [look(index, 28) for index in range(45, 48)]
    looks[60:68] = [unseen(index) for index in range(60, 68)]
    tally = after(HELD_TURN, looks)
    assert tally.repetitions == 1
    assert tally.held_s[0] == pytest.approx(6.0 + ON_THE_WAY_S, abs=0.3)


def test_a_face_that_turns_out_of_sight_has_reached_its_goal():
    levels = path((1.5, 70), (2.0, 70), (1.5, 0), (1, 0))
    away = [
        unseen(index, UnseenReason.TURNED_AWAY) if level > 36 else look(index, level)
        for index, level in enumerate(levels)
    ]
    assert after(TURN, away).repetitions == 1
    gone = [unseen(s.t_s * HZ, UnseenReason.ABSENT) if s.face_lost else s for s in away]
    assert after(TURN, gone).repetitions == 0


def test_too_fast_is_said_and_slow_is_not():
    assert after(TURN, turning(path(*out_and_back(50, 0.4, 0.1)))).too_fast
    assert not after(TURN, turning(path(*out_and_back(50, 1.5)))).too_fast


def test_what_is_going_on_is_shown_while_it_does():
    looks = turning(path((1, 48), (3, 48)))
    tally = after(HELD_TURN, looks)
    assert tally.reach == pytest.approx(1.2, abs=0.02)
    assert tally.side == "left"
    assert tally.holding_s == pytest.approx(3.0, abs=0.4)
    _, later = count(begin(HELD_TURN), looks[-1], looks[-1].t_s + 2.0)
    assert not later.seen


@given(
    st.sampled_from(sorted(set(Movement) - {Movement.HANDS_AT_HEAD})),
    st.floats(0.1, 200),
    st.floats(0.1, 60),
)
def test_the_goal_is_comfortable_and_beyond_what_typing_shows(movement, own, target):
    goal = goal_of(Aim(movement, target, 0.0, Sides.NONE, own))
    assert goal <= target
    assert goal >= min(target, RULES[movement].floor)
    assert goal <= max(0.6 * own, RULES[movement].floor)


def test_the_own_range_grows_with_what_is_shown_and_falls_only_when_it_is_out_of_reach():
    assert own_range(None, (), 0) is None
    assert own_range(50.0, (60.0, 62.0, 58.0), 0) == 60.0
    assert own_range(50.0, (32.0, 33.0, 31.0), 0) == 50.0, "who stops at the goal shows no less"
    assert 40.0 < own_range(50.0, (20.0, 22.0, 21.0), 3) < 50.0
