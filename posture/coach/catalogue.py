"""The exercise catalogue: the program's own and the user's, checked before anything starts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from posture.coach.exercise import Catalogue, Exercise, Verify
from posture.coach.own import Merged, merge
from posture.config.load import no_such_key
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
        found = [_worded(detail, merged) for detail in error.errors()]
        raise _wrong(path, [*merged.problems, *found]) from error
    if merged.problems:
        raise _wrong(path, merged.problems)
    return catalogue.only(lambda exercise: exercise.id not in merged.off)


def _worded(detail: ErrorDetails, merged: Merged) -> str:
    keys = [str(part) for part in detail["loc"][1:] if part != "[key]"]
    if keys:
        keys[0] = str(merged.exercises[int(keys[0])]["id"])
    where = ".".join(keys)
    said = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        table = Exercise if len(keys) == 2 else Verify
        said = no_such_key(keys[-1], list(table.model_fields))
    return f"{where}: {said}" if where else said


def _wrong(path: Path, problems: list[str] | tuple[str, ...]) -> ConfigError:
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return ConfigError(
        f"{count} in the exercise file {path}:\n" + "\n".join(f"  {p}" for p in problems) + "\n",
        meaning="Nothing was started.",
        action="Correct the file; config/exercises.toml of the program shows every key.",
    )
