"""The warning signs say who needs whom how soon, and every session has its line."""

from __future__ import annotations

import pytest
from coach_texts import SIGNS

from posture.coach.warnings import Urgency, session_lines, warning_lines
from posture.config.load import load_config


def signs_of(urgency):
    return " ".join(next(level for level in SIGNS.level if level.urgency is urgency).signs)


def test_the_most_urgent_comes_first():
    assert [level.urgency for level in SIGNS.level] == list(Urgency)
    assert warning_lines(SIGNS)[0] == "Call the emergency number now:"


@pytest.mark.parametrize(
    "sign", ["stiff neck with fever", "after a fall", "Chest pain", "bladder", "Trouble breathing"]
)
def test_what_cannot_wait_is_an_emergency(sign):
    assert sign in signs_of(Urgency.EMERGENCY)


@pytest.mark.parametrize(
    "sign",
    ["tingling", "weakness in an arm", "pain that grows", "dizziness", "sight", "fever", "rash"],
)
def test_what_needs_a_look_is_for_the_next_days(sign):
    assert sign in signs_of(Urgency.SOON)


def test_every_session_says_when_to_stop_and_to_whom_it_does_not_speak():
    coach = load_config().coach
    assert session_lines(SIGNS, coach) == (SIGNS.session,)
    diagnosed = coach.model_copy(update={"doctor_diagnosed": True})
    assert "ask them" in session_lines(SIGNS, diagnosed)[1]
    hurting = coach.model_copy(update={"doctor_diagnosed": True, "pain_now": True})
    assert session_lines(SIGNS, hurting)[1:] == (SIGNS.diagnosed, SIGNS.pain_now)
