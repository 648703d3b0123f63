"""A guided session over time: by the clock, by the camera, and with a person who interrupts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posture.coach.catalogue import load_catalogue
from posture.coach.comfort import Comfort
from posture.coach.guide import showing, spoken
from posture.coach.schedule import Doing, schedule, wanted
from posture.coach.session import Command, Phase, Session, start, step
from posture.coach.signals import Body, Signal
from posture.instant import Instant
from posture.pose.landmarks import Unseen, UnseenReason

BY_ID = {exercise.id: exercise for exercise in load_catalogue().exercise}
EVERY_S = 0.1
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(t_s: float) -> Instant:
    return Instant(t_s, NOON + timedelta(seconds=t_s))


def body(t_s: float, **changes: float) -> Signal:
    still = dict.fromkeys(Body.__dataclass_fields__, 0.0)
    away = Unseen(t_s, UnseenReason.OCCLUDED)
    return Signal(t_s, Body(**(still | changes)), False, away, away)


def blind(t_s: float) -> Signal:
    gone = Unseen(t_s, UnseenReason.ABSENT)
    return Signal(t_s, gone, True, gone, gone)


def shrugging(t_s: float, every_s: float = 7.0) -> Signal:
    """Up for 3.5 of 7 seconds, from the tenth on."""
    up = t_s > 10 and (t_s - 10) % every_s < every_s / 2
    return body(t_s, left_rise_cm=4.0 * up, right_rise_cm=4.0 * up)


def play(session: Session, signal, until_s: float = 600.0, said=None) -> tuple[Session, float]:
    """To the feedback, or until a time; `said` gives commands by the number of the look."""
    for look in range(int(until_s / EVERY_S)):
        t_s = look * EVERY_S
        commands = (said or {}).get(look, ())
        session = step(session, at(t_s), signal(t_s) if signal else None, commands)
        if session.phase in {Phase.FEEDBACK, Phase.DONE}:
            break
    return session, t_s


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_by_the_clock_every_exercise_comes_to_its_end_in_about_its_time(name):
    exercise = BY_ID[name]
    if exercise.parts:
        return
    session, _ = play(start([exercise]), None, 1000)
    (outcome,) = session.outcomes
    assert outcome.seen is None
    assert not outcome.stopped_early
    assert outcome.seconds == pytest.approx(exercise.seconds, rel=0.35, abs=12)


def test_the_camera_ends_a_set_when_the_repetitions_were_seen():
    session, _ = play(start([BY_ID["shoulder-shrug-drop"]]), shrugging)
    (outcome,) = session.outcomes
    assert (outcome.seen, outcome.asked, outcome.verified) == (5, 5, True)


def test_lost_sight_goes_on_by_the_clock_from_what_was_seen():
    session, _ = play(
        start([BY_ID["shoulder-shrug-drop"]]),
        lambda t_s: shrugging(t_s) if t_s < 26 else blind(t_s),
    )
    (outcome,) = session.outcomes
    assert outcome.seen == 2
    assert not outcome.verified
    assert not outcome.stopped_early


def test_a_set_that_nobody_does_does_not_wait_for_ever():
    session, t_s = play(start([BY_ID["neck-turns"]]), body)
    (outcome,) = session.outcomes
    assert outcome.seen == 0
    assert t_s < 4 * BY_ID["neck-turns"].seconds


def test_beginning_before_the_camera_is_ready_is_still_counted():
    session, _ = play(
        start([BY_ID["shoulder-shrug-drop"]]),
        lambda t_s: shrugging(t_s) if t_s > 5 else None,
        said={5: [Command.GO]},
    )
    assert session.outcomes[0].verified


def test_a_pause_stops_the_clock():
    exercise = BY_ID["scapular-squeeze"]
    plain, plain_s = play(start([exercise]), None)
    paused, paused_s = play(
        start([exercise]), None, said={120: [Command.PAUSE], 420: [Command.RESUME]}
    )
    assert paused_s - plain_s == pytest.approx(30, abs=0.3)
    assert paused.outcomes[0].seconds == pytest.approx(plain.outcomes[0].seconds, abs=0.3)


def test_a_suspended_machine_is_no_time_spent():
    session = start([BY_ID["neck-turns"]])
    session = step(session, at(0), None, [Command.GO])
    session = step(session, at(0.1), None)
    session = step(session, at(3600), None)
    assert session.outcomes == ()
    assert session.spent_s < 5


def test_skipped_and_stopped_are_told_apart_from_done():
    session = start([BY_ID["neck-turns"], BY_ID["chin-tuck"], BY_ID["neck-side-tilts"]])
    for look, command in enumerate([Command.GO, Command.SKIP, Command.GO, Command.STOP]):
        session = step(session, at(2 * look), None, [command])
        session = step(session, at(2 * look + 1), None)
    assert session.phase is Phase.DONE
    assert [outcome.stopped_early for outcome in session.outcomes] == [True, True]


def test_how_it_felt_is_asked_and_kept():
    session, t_s = play(start([BY_ID["crown-lift-small-turns"]]), None)
    assert showing(session).asks_comfort
    session = step(session, at(t_s + 1), None, [Command.WORSE])
    assert session.outcomes[0].comfort is Comfort.WORSE
    assert session.phase is Phase.DONE


def test_an_unanswered_question_ends_by_itself():
    session, t_s = play(start([BY_ID["crown-lift-small-turns"]]), None)
    for look in range(400):
        session = step(session, at(t_s + look * EVERY_S), None)
    assert session.phase is Phase.DONE
    assert session.outcomes[0].comfort is None


COMMANDS = st.dictionaries(
    st.integers(0, 900), st.lists(st.sampled_from(Command), max_size=2), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(BY_ID)), min_size=1, max_size=3), COMMANDS)
def test_whatever_is_said_the_session_keeps_its_promises(names, said):
    plan = [BY_ID[name] for name in names if not BY_ID[name].parts]
    if not plan:
        return
    session = start(plan)
    before = None
    for look in range(900):
        recorded = session.outcomes
        session = step(session, at(look * EVERY_S), None, said.get(look, ()))
        now = showing(session)
        spoken(before, now)
        before = now
        # Nothing recorded is lost or changed but for the answer on comfort.
        for old, new in zip(recorded, session.outcomes, strict=False):
            assert (old.exercise, old.seconds) == (new.exercise, new.seconds)
        assert len(session.outcomes) >= len(recorded)
        assert now.left_s is None or now.left_s <= now.lasts_s + 0.01
        assert 0 <= now.done <= max(now.wanted, now.done)
    assert len(session.outcomes) <= len(plan)


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_a_schedule_asks_for_as_much_as_the_exercise_does(name):
    exercise = BY_ID[name]
    turns = [turn for turn in schedule(exercise) if turn.doing is not Doing.REST]
    if wanted(exercise):
        assert len(turns) == wanted(exercise)
    if exercise.hold_s and wanted(exercise):
        assert {turn.lasts_s for turn in turns} == {exercise.hold_s}


def test_a_voice_says_the_exercise_its_sides_and_holds():
    session, said = start([BY_ID["turn-and-hold"]]), []
    before = None
    for look in range(400):
        session = step(session, at(look * EVERY_S), None)
        now = showing(session)
        said += [words] if (words := spoken(before, now)) else []
        before = now
    assert said[0].startswith("Turn, look far")
    assert "Hold, and keep breathing" in said
    assert "Let go and rest" in said
