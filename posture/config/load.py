"""Read the config: the default file, and over it, key by key, the user's.

All problems of a file are reported at once, each with file, line, what was expected and the
nearest known key, before any camera opens.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from posture.config.schema import Config
from posture.errors import ConfigError
from posture.places import user_config_path
from posture.resources import bundled

_TABLE = re.compile(r"^\s*\[\s*([A-Za-z0-9_.\-]+)\s*\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a config file.

    Attributes:
        line: Line in the file, from 1; 0 where it cannot be told.
        key: Dotted key.
        text: What was expected, worded for the user.
    """

    line: int
    key: str
    text: str


def default_path() -> Path:
    """The bundled default config."""
    return bundled("config") / "default.toml"


def load_config(path: Path | None = None) -> Config:
    """Read the defaults and the user's file over them.

    Args:
        path: A file to read instead of the user's own; it must exist.

    Returns:
        The frozen config.

    Raises:
        ConfigError: With every problem of the file, or because `path` does not exist.
    """
    chosen = path or user_config_path()
    if path is not None and not path.exists():
        raise ConfigError(
            f"There is no config file {path}.",
            meaning="Nothing was started.",
            action="Check the path, or leave the option out to use the defaults.",
        )
    text = _read(chosen) if chosen.exists() else ""
    try:
        config = over_defaults(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{chosen} is not valid TOML: {error}.",
            meaning="Nothing was started.",
            action="Correct that line; `posture config show` prints a whole valid file.",
        ) from error
    if isinstance(config, Config):
        return config
    raise _config_error(chosen, config)


def over_defaults(text: str) -> Config | list[Problem]:
    """Read a user's file over the defaults.

    Args:
        text: The file; empty for the defaults alone.

    Returns:
        The config, or everything that is wrong with it.

    Raises:
        TOMLDecodeError: The text is no TOML.
    """
    defaults = tomllib.loads(default_path().read_text(encoding="utf-8"))
    try:
        return Config.model_validate(_overlay(defaults, tomllib.loads(text)))
    except ValidationError as error:
        return [_problem(detail, text) for detail in error.errors()]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} cannot be read: {error}.",
            meaning="Nothing was started.",
            action="Make it readable UTF-8 text, or move it away to use the defaults.",
        ) from error


def _overlay(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = _overlay(below, value)
        else:
            merged[key] = value
    return merged


def _config_error(path: Path, problems: list[Problem]) -> ConfigError:
    lines = [
        f"  {path}{_at(problem)}: {problem.text}"
        for problem in sorted(problems, key=lambda problem: problem.line)
    ]
    count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
    return ConfigError(
        f"{count} in the config:\n" + "\n".join(lines) + "\n",
        meaning="Nothing was started.",
        action="Correct the file; `posture config show` prints every key with its meaning.",
    )


def _at(problem: Problem) -> str:
    line = f":{problem.line}" if problem.line else ""
    return f"{line}: {problem.key}" if problem.key else line


def _problem(detail: ErrorDetails, text: str) -> Problem:
    location = [str(part) for part in detail["loc"]]
    key = ".".join(location)
    line = line_of(text, location)
    if detail["type"] == "extra_forbidden":
        return Problem(line, key, no_such_key(location[-1], _keys_at(location[:-1])))
    if detail["type"] == "value_error":
        # Ours, about several keys at once: the sentence says it all.
        return Problem(line, key, str(detail["ctx"]["error"]))
    given = detail.get("input")
    message = detail["msg"][0].lower() + detail["msg"][1:]
    return Problem(line, key, f"{message}, not {given!r}")


def no_such_key(key: str, known: Sequence[str]) -> str:
    """Word an unknown key, with the nearest one that there is.

    Args:
        key: As the user wrote it.
        known: The keys of that table.
    """
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}."
    return f"there is no such key; {hint}"


def _keys_at(location: list[str]) -> list[str]:
    model: Any = Config
    for part in location:
        field = model.model_fields.get(part)
        if field is None or not (
            isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        ):
            return []
        model = field.annotation
    return sorted(model.model_fields)


def line_of(text: str, location: list[str]) -> int:
    """Line on which a key stands in a TOML text, from 1; 0 where it is not found.

    Args:
        text: The file.
        location: Table names and key, as `["judge", "forward_head", "limit_deg"]`.
    """
    table: list[str] = []
    best, best_depth = 0, 0
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            table = match.group(1).split(".")
            path = table
        elif match := _KEY.match(line):
            path = [*table, match.group(1)]
        else:
            continue
        # A location inside an array or inline table has no line of its own: its key's line serves.
        if path == location[: len(path)] and len(path) > best_depth:
            best, best_depth = number, len(path)
    return best
