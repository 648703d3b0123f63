"""The exercise catalogue: the program's own and the user's, checked before anything starts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from posture.coach.exercise import Catalogue, Exercise
from posture.coach.own import Merged, merge
from posture.errors import ConfigError
from posture.places import own_exercises_path
from posture.resources import bundled

__all__ = ["Catalogue", "Exercise", "load_catalogue"]


def load_catalogue(own: Path | None = None) -> Catalogue:
    """Read the program's exercises and, over them, the user's.

    Args:
        own: The user's file; the one beside their config by default. It need not exist.

    Returns:
        The checked catalogue, without what the user switched off.

    Raises:
        ConfigError: With every problem of a file, naming the exercise and the key.
    """
    path = bundled("config") / "exercises.toml"
    content = _read(path)
    checked = _checked(path, Merged(tuple(content["exercise"]), frozenset(), ()))
    own = own or own_exercises_path()
    if not own.exists():
        return checked
    return _checked(own, merge(content["exercise"], _read(own)))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, [str(error)]) from error


def _checked(path: Path, merged: Merged) -> Catalogue:
    try:
        catalogue = Catalogue.model_validate({"exercise": merged.exercises})
    except ValidationError as error:
        found = [_worded(detail["loc"], detail["msg"], merged) for detail in error.errors()]
        raise _wrong(path, [*merged.problems, *found]) from error
    if merged.problems:
        raise _wrong(path, merged.problems)
    return catalogue.only(lambda exercise: exercise.id not in merged.off)


def _worded(place: tuple[int | str, ...], message: str, merged: Merged) -> str:
    keys = list(place[1:])
    if keys and isinstance(keys[0], int):
        keys[0] = str(merged.exercises[keys[0]].get("id"))
    where = ".".join(map(str, keys))
    said = message.removeprefix("Value error, ")
    return f"{where}: {said}" if where else said


def _wrong(path: Path, problems: list[str] | tuple[str, ...]) -> ConfigError:
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return ConfigError(
        f"{count} in the exercise file {path}:\n" + "\n".join(f"  {p}" for p in problems) + "\n",
        meaning="Nothing was started.",
        action="Correct the file; config/exercises.toml of the program shows every key.",
    )
