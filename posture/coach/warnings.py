"""When to stop and when to see a doctor: the words, for a terminal, a page or an alert."""

from __future__ import annotations

import tomllib
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from posture.coach.exercise import Sentence
from posture.config.coach import CoachSection
from posture.resources import bundled


class Urgency(StrEnum):
    """How soon a sign needs a doctor, most urgent first."""

    EMERGENCY = "emergency"
    SOON = "soon"
    UNSETTLED = "unsettled"


class WarningLevel(BaseModel):
    """The signs of one urgency.

    Attributes:
        urgency: How soon.
        heading: What to do.
        signs: What one may notice, a sentence each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    urgency: Urgency
    heading: str = Field(min_length=10)
    signs: tuple[Sentence, ...] = Field(min_length=1)


class WarningSigns(BaseModel):
    """All of it, as it stands in `config/warnings.toml`.

    Attributes:
        session: The line shown with every session.
        diagnosed: To a person with a neck problem that a doctor knows.
        pain_now: To a person whose neck hurts now.
        ask_first: Who asks a doctor before the first exercise.
        level: The signs, most urgent first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    session: Sentence
    diagnosed: Sentence
    pain_now: Sentence
    ask_first: Sentence
    level: tuple[WarningLevel, ...] = Field(min_length=len(Urgency), max_length=len(Urgency))


def load_warnings() -> WarningSigns:
    """Read the bundled warning signs."""
    path = bundled("config") / "warnings.toml"
    return WarningSigns.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def warning_lines(signs: WarningSigns) -> tuple[str, ...]:
    """The whole list as lines of text, headings first and signs below each, begun with a dash."""
    lines = []
    for level in signs.level:
        lines.append(f"{level.heading}:")
        lines += [f"- {sign}" for sign in level.signs]
    return (*lines, signs.ask_first)


def session_lines(signs: WarningSigns, coach: CoachSection) -> tuple[str, ...]:
    """What stands above every session of this person.

    Args:
        signs: The words.
        coach: What the person said about themselves in the config.

    Returns:
        One to three lines.
    """
    lines = [signs.session]
    if coach.doctor_diagnosed:
        lines.append(signs.diagnosed)
    if coach.pain_now:
        lines.append(signs.pain_now)
    return tuple(lines)
