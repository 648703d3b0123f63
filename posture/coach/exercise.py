"""What an exercise is, and the catalogue of them (frozen values)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from posture.coach.movement import Movement, Sides
from posture.judge.verdict import Fault

Sentence = Annotated[str, StringConstraints(min_length=3, strip_whitespace=True)]
Weight = Annotated[int, Field(ge=1, le=3)]


class Kind(StrEnum):
    """What sort of exercise it is."""

    MOBILITY = "mobility"
    ISOMETRIC = "isometric"
    STRENGTH = "strength"
    STRETCH = "stretch"
    RELAXATION = "relaxation"
    BREATHING = "breathing"
    MASSAGE = "massage"
    CUE = "cue"
    HABIT = "habit"


class Region(StrEnum):
    """What it is for; a routine goes through the regions in turn."""

    NECK = "neck"
    SHOULDERS = "shoulders"
    UPPER_BACK = "upper_back"
    WHOLE_BODY = "whole_body"
    WORKPLACE = "workplace"


class Where(StrEnum):
    """Where it can be done."""

    DESK = "desk"
    STANDING = "standing"
    LYING = "lying"


class Evidence(StrEnum):
    """How well it is known to help, best first."""

    TRIAL = "trial"
    """Randomised trials of it, or reviews of them."""
    GUIDELINE = "guideline"
    """Advice of a health service or of a body for safety at work."""
    PRACTICE = "practice"
    """Common in physiotherapy; trials test it only together with other things."""
    TRADITION = "tradition"
    """Handed down; pleasant, and no study of it is known to us."""


class Verify(BaseModel):
    """How the camera counts it.

    Attributes:
        movement: What it looks for.
        target: How far, in the movement's unit; a comfortable goal, never a must.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    movement: Movement
    target: float = Field(gt=0, le=90)


class Exercise(BaseModel):
    """One exercise, in words that a person can follow.

    Attributes:
        id: Stable name, small letters and hyphens.
        name: What it is called.
        kind: Its sort.
        muscles: Muscles and joints it is for.
        region: What a routine counts it under.
        faults: How well it answers a fault, 1 (a little) to 3 (first choice); empty for what no
            alert offers.
        where: Where it can be done.
        seconds: How long it takes in all.
        steps: Plain sentences, in order; the first stands alone in the alert.
        sides: How it takes the two sides.
        hold_s: Seconds to hold each repetition.
        rest_s: Seconds between repetitions.
        repetitions: How many, for each side; 0 where there is nothing to count.
        often: How often it is good.
        breathing: How to breathe.
        feel: What to feel.
        stop_when: When to stop.
        not_for: Who should not do it; empty for nobody.
        gentle: A cue, a habit, breathing or rest, fit for somebody with a diagnosed neck problem.
        effort: Strength, stretch, pressure or the end of a range: not while something hurts.
        evidence: How well it is known to help.
        source: Where that is known from.
        parts: Ids of the exercises it is made of, in order; empty for most.
        verify: How the camera counts it; None where it is timed instead.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9-]+$")
    name: str = Field(min_length=3, max_length=60)
    kind: Kind
    muscles: tuple[str, ...] = Field(min_length=1)
    region: Region
    faults: dict[Fault, Weight]
    where: Where
    seconds: int = Field(ge=5, le=900)
    steps: tuple[Sentence, ...] = Field(min_length=1)
    sides: Sides
    hold_s: float = Field(ge=0, le=60)
    rest_s: float = Field(ge=0, le=60)
    repetitions: int = Field(ge=0, le=30)
    often: str = Field(min_length=3)
    breathing: str
    feel: str
    stop_when: str
    not_for: str
    gentle: bool
    effort: bool
    evidence: Evidence
    source: str = Field(min_length=3)
    parts: tuple[str, ...] = ()
    verify: Verify | None = None

    @property
    def first_step(self) -> str:
        """What to do first."""
        return self.steps[0]

    @property
    def how(self) -> tuple[str, ...]:
        """The whole of it in sentences: steps, how many, breathing, feeling, when to stop."""
        lines = [*self.steps, self.amount, self.breathing, self.feel, self.stop_when, self.not_for]
        return tuple(line for line in lines if line)

    @property
    def amount(self) -> str:
        """How many, for each side, how long held and rested; empty where nothing is counted."""
        if not self.repetitions or self.parts:
            return ""
        times = "Once" if self.repetitions == 1 else f"{self.repetitions} times"
        sides = "" if self.sides is Sides.NONE else " on each side"
        held = f", held for {self.hold_s:.0f} s" if self.hold_s else ""
        rest = f", {self.rest_s:.0f} s of rest between" if self.rest_s else ""
        return f"{times}{sides}{held}{rest}."

    @model_validator(mode="after")
    def _never_both(self) -> Self:
        if self.gentle and self.effort:
            raise ValueError("gentle and effort exclude each other")
        if self.verify and not self.repetitions:
            raise ValueError("verify needs repetitions to count")
        return self


class Catalogue(BaseModel):
    """All exercises, in the order of the file.

    Attributes:
        exercise: The exercises; ids are unique and the parts of each are there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: tuple[Exercise, ...]

    def only(self, wanted: Callable[[Exercise], bool]) -> Catalogue:
        """Leave out what is not wanted, and what has a part that is not wanted.

        Args:
            wanted: Says of an exercise whether it stays.

        Returns:
            The rest, in the same order.
        """
        dropped = {exercise.id for exercise in self.exercise if not wanted(exercise)}
        return Catalogue(
            exercise=tuple(
                exercise
                for exercise in self.exercise
                if dropped.isdisjoint({exercise.id, *exercise.parts})
            )
        )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        by_id = {exercise.id: exercise for exercise in self.exercise}
        if len(by_id) < len(self.exercise):
            ids = [exercise.id for exercise in self.exercise]
            twice = sorted({name for name in ids if ids.count(name) > 1})
            raise ValueError(f"the same id stands twice: {', '.join(twice)}")
        wrong = [
            f"{exercise.id}.parts: {part} is no exercise without parts of its own"
            for exercise in self.exercise
            for part in exercise.parts
            if part not in by_id or by_id[part].parts
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self
