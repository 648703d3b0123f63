"""What the coach says: no drug, no promise, no illness found, nothing that forces a neck."""

from __future__ import annotations

import re

import pytest
from coach_texts import PROGRAM, found, shown, told

from posture.coach.exercise import Kind


@pytest.mark.parametrize("kind", ["treatment", "promise", "diagnosis", "movement"])
def test_no_text_contains_a_word_of_the_reviewed_list(kind):
    assert {where: hits for where, text in shown().items() if (hits := found(kind, text))} == {}


@pytest.mark.parametrize("kind", ["treatment", "promise", "diagnosis"])
def test_no_source_contains_a_word_of_the_reviewed_list(kind):
    assert {e.id: hits for e in PROGRAM.exercise if (hits := found(kind, e.source))} == {}


@pytest.mark.parametrize(
    ("kind", "planted"),
    [
        ("treatment", "Take an ibuprofen tablet first."),
        ("treatment", "Rub in an ointment with menthol."),
        ("promise", "This cures headaches and prevents pain for good."),
        ("promise", "Your pain will disappear; it heals the neck."),
        ("diagnosis", "Your bad posture has damaged a disc."),
        ("movement", "Roll your head slowly to the left."),
        ("movement", "Move in a full circle, four times."),
        ("movement", "Tilt your head back as far as possible."),
        ("movement", "Then tip the chin up and back."),
        ("movement", "Press for six seconds and hold your breath."),
    ],
)
def test_the_reviewed_list_catches_a_planted_sentence(kind, planted):
    assert found(kind, planted)


def test_whoever_presses_is_told_to_keep_breathing():
    pressing = [exercise for exercise in PROGRAM.exercise if exercise.kind is Kind.ISOMETRIC]
    assert len(pressing) >= 5
    assert [e.id for e in pressing if "keep breathing" not in e.breathing.lower()] == []


def test_whatever_moves_a_person_says_when_to_stop():
    still = {Kind.HABIT, Kind.CUE}
    moving = [exercise for exercise in PROGRAM.exercise if exercise.kind not in still]
    assert [e.id for e in moving if not e.stop_when] == []


def test_every_step_is_a_sentence():
    steps = [step for exercise in PROGRAM.exercise for step in exercise.steps]
    assert [step for step in steps if not re.fullmatch(r"[A-Z].{10,}[.!?]", step)] == []


def test_the_first_step_fits_into_a_notification():
    assert [e.id for e in PROGRAM.exercise if len(e.first_step) > 160] == []


def test_how_an_exercise_is_done_names_count_sides_hold_and_rest():
    stretch = next(e for e in PROGRAM.exercise if e.id == "upper-trapezius-stretch")
    assert "2 times on each side, held for 20 s, 7 s of rest between." in stretch.how
    assert stretch.stop_when in told(stretch)
