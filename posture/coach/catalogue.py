"""The exercise catalogue: read and checked before anything starts."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from posture.errors import ConfigError
from posture.judge.verdict import Fault
from posture.resources import bundled


class Kind(StrEnum):
    """What sort of exercise it is."""

    MOBILITY = "mobility"
    ISOMETRIC = "isometric"
    STRETCH = "stretch"
    RELAXATION = "relaxation"
    BREATHING = "breathing"
    CUE = "cue"
    HABIT = "habit"


class Exercise(BaseModel):
    """One exercise, in words that a person can follow.

    Attributes:
        id: Stable name, small letters and hyphens.
        name: What it is called.
        kind: Its sort.
        targets: Muscles and joints it is for.
        faults: How well it answers a fault, 1 (a little) to 3 (first choice).
        where: `desk`, `standing` or `lying`.
        seconds: How long it takes.
        steps: Plain sentences, in order; the first goes into the alert.
        repetitions: How often; 0 where there is nothing to count.
        hold_s: Seconds to hold each.
        rest_s: Seconds between.
        both_sides: Whether it is done on either side in turn.
        breathing: How to breathe.
        stop_when: When to stop.
        not_for: Who should not do it; empty for nobody.
        gentle: Fit for somebody with a diagnosed neck problem, too.
        source: Where it comes from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9-]+$")
    name: str = Field(min_length=3)
    kind: Kind
    targets: str = Field(min_length=3)
    faults: dict[Fault, int]
    where: str = Field(pattern=r"^(desk|standing|lying)$")
    seconds: int = Field(ge=5, le=900)
    steps: tuple[str, ...] = Field(min_length=1)
    repetitions: int = Field(ge=0, le=30)
    hold_s: float = Field(ge=0, le=60)
    rest_s: float = Field(ge=0, le=60)
    both_sides: bool
    breathing: str
    stop_when: str
    not_for: str
    gentle: bool
    source: str = Field(min_length=3)

    @property
    def first_step(self) -> str:
        """What to do first."""
        return self.steps[0]

    @property
    def how(self) -> tuple[str, ...]:
        """The whole of it in sentences: steps, how often, breathing, when to stop, not for whom."""
        lines = list(self.steps)
        if self.repetitions:
            held = f", {self.hold_s:.0f} s each" if self.hold_s else ""
            sides = " on each side" if self.both_sides else ""
            lines.append(f"{self.repetitions} times{sides}{held}.")
        lines += [self.breathing, self.stop_when, self.not_for]
        return tuple(line for line in lines if line)

    @model_validator(mode="after")
    def _weights(self) -> Exercise:
        if any(not 1 <= weight <= 3 for weight in self.faults.values()):
            raise ValueError("weights in `faults` go from 1 to 3")
        return self


class Catalogue(BaseModel):
    """All exercises, in the order of the file.

    Attributes:
        exercise: The exercises; ids are unique.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: tuple[Exercise, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _unique(self) -> Catalogue:
        ids = [exercise.id for exercise in self.exercise]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"the same id stands twice: {', '.join(twice)}")
        return self


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read a catalogue.

    Args:
        path: A file; the bundled one by default.

    Returns:
        The checked catalogue.

    Raises:
        ConfigError: With every problem of the file, naming the exercise and the key.
    """
    path = path or bundled("config") / "exercises.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return Catalogue.model_validate(content)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, [str(error)]) from error
    except ValidationError as error:
        problems = []
        for detail in error.errors():
            place = list(detail["loc"])
            if len(place) > 1 and isinstance(place[1], int):
                number = place[1]
                place[:2] = [content["exercise"][number].get("id", f"exercise {number + 1}")]
            problems.append(f"{'.'.join(map(str, place))}: {detail['msg']}")
        raise _wrong(path, problems) from error


def _wrong(path: Path, problems: list[str]) -> ConfigError:
    return ConfigError(
        f"The exercise file {path} does not hold:\n" + "\n".join(f"  {p}" for p in problems) + "\n",
        meaning="Nothing was started.",
        action="Correct the file; config/exercises.toml of the program shows every key.",
    )
