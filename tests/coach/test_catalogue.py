"""The catalogue answers every fault, adds up, and leaves out what does not suit a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from coach_texts import PROGRAM
from hypothesis import given
from hypothesis import strategies as st

from posture.coach.allowed import allowed
from posture.coach.exercise import Kind, Where
from posture.coach.movement import Sides
from posture.config.load import load_config
from posture.judge.verdict import Fault

DOCS = Path(__file__).parents[2] / "docs"
BY_ID = {exercise.id: exercise for exercise in PROGRAM.exercise}
# Whom a doctor treats gets cues, habits, breathing and rest; nothing that moves or loads the neck.
QUIET = {Kind.CUE, Kind.HABIT, Kind.BREATHING, Kind.RELAXATION}


def for_person(**said):
    coach = load_config().coach
    return allowed(PROGRAM, coach.model_copy(update=said)).exercise


def answers(exercises, fault):
    return [
        exercise
        for exercise in exercises
        if fault in exercise.faults and exercise.where is Where.DESK and exercise.seconds <= 120
    ]


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_three_short_desk_exercises_and_one_for_anybody(fault):
    assert len([e for e in answers(PROGRAM.exercise, fault) if e.kind is not Kind.HABIT]) >= 3
    assert any(exercise.gentle for exercise in answers(PROGRAM.exercise, fault))


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_one_first_choice(fault):
    assert len([e for e in answers(PROGRAM.exercise, fault) if e.faults[fault] == 3]) == 1


@pytest.mark.parametrize("exercise", PROGRAM.exercise, ids=lambda exercise: exercise.id)
def test_the_time_it_takes_has_room_for_its_holds_and_rests(exercise):
    sides = 1 if exercise.sides is Sides.NONE else 2
    turns = exercise.repetitions * sides
    planned_s = turns * (exercise.hold_s + exercise.rest_s) - (exercise.rest_s if turns else 0)
    assert planned_s <= exercise.seconds
    if exercise.parts:
        assert exercise.seconds == sum(BY_ID[part].seconds for part in exercise.parts)


def test_strength_stretch_and_massage_are_effort():
    loading = {Kind.ISOMETRIC, Kind.STRENGTH, Kind.STRETCH, Kind.MASSAGE}
    assert [e.id for e in PROGRAM.exercise if e.kind in loading and not e.effort] == []


def test_a_diagnosed_neck_is_offered_nothing_that_moves_or_loads_it():
    left = for_person(doctor_diagnosed=True)
    assert {exercise.kind for exercise in left} <= QUIET
    assert all(answers(left, fault) for fault in Fault)


def test_while_it_hurts_there_is_no_effort_nor_anything_made_of_it():
    left = for_person(pain_now=True)
    assert not any(exercise.effort for exercise in left)
    assert "self-massage-routine" not in {exercise.id for exercise in left}
    assert "neck-four-way-warmup" in {exercise.id for exercise in left}
    assert all(answers(left, fault) for fault in Fault)


@given(off=st.sets(st.sampled_from(sorted(BY_ID))))
def test_whatever_is_switched_off_nothing_of_it_remains(off):
    left = PROGRAM.only(lambda exercise: exercise.id not in off).exercise
    assert off.isdisjoint({name for e in left for name in (e.id, *e.parts)})
    gone = set(BY_ID) - {exercise.id for exercise in left} - off
    assert all(off.intersection(BY_ID[name].parts) for name in gone)


def test_without_a_word_about_oneself_everything_is_offered():
    assert for_person() == PROGRAM.exercise


def test_the_table_of_sources_and_the_catalogue_name_the_same_exercises():
    page = (DOCS / "exercise-sources.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2] for line in page.splitlines() if line.startswith("| ")]
    assert set(re.findall(r"`([^`]+)`", "".join(rows))) == set(BY_ID)
