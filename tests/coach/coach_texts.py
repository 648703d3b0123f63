"""The reviewed words, and every sentence that a user of the coach can be shown."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from posture.coach.catalogue import Exercise, load_catalogue
from posture.coach.warnings import load_warnings, warning_lines

WORDS = tomllib.loads(Path(__file__).with_name("reviewed_words.toml").read_text(encoding="utf-8"))
# No file of the developer's own is laid over the program's.
PROGRAM = load_catalogue(Path("/nonexistent/exercises.toml"))
SIGNS = load_warnings()


def found(kind: str, text: str) -> list[str]:
    """The forbidden passages of one kind in a text."""
    return [
        match.group()
        for pattern in WORDS[kind]
        for match in re.finditer(rf"\b(?:{pattern})", text, re.IGNORECASE)
    ]


def told(exercise: Exercise) -> str:
    """All that an exercise tells a person to do."""
    return "\n".join([exercise.name, *exercise.how, exercise.often])


def shown() -> dict[str, str]:
    """Every text of catalogue and warning signs, by where it stands."""
    texts = {exercise.id: told(exercise) for exercise in PROGRAM.exercise}
    texts["warnings"] = "\n".join(
        [*warning_lines(SIGNS), SIGNS.session, SIGNS.diagnosed, SIGNS.pain_now]
    )
    return texts
