"""The settings as a form: config values to text and back (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from posture.config.edit import Value
from posture.config.load import Problem
from posture.config.schema import Config
from posture.config.settings import Kind, Setting, Table

Form = Mapping[str, Sequence[str]]
"""What a browser sent: all values of each name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of the form.

    Attributes:
        setting: What it sets.
        shown: Its texts; one, or several for `CHOICES`.
        default: The program's own value as text.
        problem: What is wrong with it; empty when all is well.
    """

    setting: Setting
    shown: tuple[str, ...]
    default: str
    problem: str


@dataclass(frozen=True, slots=True)
class Block:
    """One table of the config as part of the form.

    Attributes:
        table: Which.
        title: Its heading.
        entries: Its fields.
        problem: What is wrong with several of them together.
    """

    table: Table
    title: str
    entries: tuple[Entry, ...]
    problem: str


def value_at(config: Config, key: str) -> Value:
    """A value by its dotted key."""
    value: object = config
    for part in key.split("."):
        value = getattr(value, part)
    if isinstance(value, BaseModel) or not isinstance(value, bool | int | float | str | tuple):
        raise KeyError(key)
    return value


def texts(value: Value) -> tuple[str, ...]:
    """A value as it stands in a field."""
    if isinstance(value, bool):
        return ("on",) if value else ()
    if isinstance(value, tuple):
        return tuple(value)
    return (f"{value:g}" if isinstance(value, float) else str(value),)


def _in_words(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return ", ".join(texts(value)) or "empty"


def changes(
    tables: Sequence[Table], form: Form, config: Config
) -> tuple[dict[str, Value], list[Problem]]:
    """What a form asks to change.

    Args:
        tables: Those that the form shows.
        form: What was sent.
        config: In force; what the form repeats of it is no change.

    Returns:
        New values by key, and the fields that cannot be read.
    """
    wanted: dict[str, Value] = {}
    problems: list[Problem] = []
    for setting in (setting for table in tables for setting in table.settings):
        try:
            value = _read(setting, form.get(setting.key, ()))
        except ValueError as error:
            problems.append(Problem(0, setting.key, str(error)))
            continue
        if not _same(value, value_at(config, setting.key)):
            wanted[setting.key] = value
    return wanted, problems


def blocks(
    tables: Sequence[Table],
    titles: Mapping[str, str],
    config: Config,
    default: Config,
    *,
    form: Form | None = None,
    problems: Sequence[Problem] = (),
) -> list[Block]:
    """The form to show.

    Args:
        tables: What to show.
        titles: Headings by table.
        config: In force.
        default: The program's own.
        form: What was sent and not taken, to be shown again.
        problems: Why.
    """
    said = {problem.key: problem.text for problem in problems}
    return [
        Block(
            table,
            titles.get(table.name, table.name.rpartition(".")[2].replace("_", " ").capitalize()),
            tuple(
                Entry(
                    setting,
                    texts(value_at(config, setting.key))
                    if form is None
                    else tuple(form.get(setting.key, ())),
                    _in_words(value_at(default, setting.key)),
                    _problem_of(setting.key, said),
                )
                for setting in table.settings
            ),
            said.get(table.name, ""),
        )
        for table in tables
    ]


def _problem_of(key: str, said: Mapping[str, str]) -> str:
    # A problem of one item of a list belongs to the list.
    return next((text for at, text in said.items() if f"{at}.".startswith(f"{key}.")), "")


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other


def _read(setting: Setting, given: Sequence[str]) -> Value:
    text = given[0].strip() if given else ""
    match setting.kind:
        case Kind.SWITCH:
            return bool(given)
        case Kind.WHOLE | Kind.NUMBER:
            return _number(setting, text)
        case Kind.CHOICES:
            return tuple(choice for choice in setting.choices if choice in given)
        case Kind.TEXTS:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        case _:
            if not text.isprintable():
                raise ValueError("there is a character in it that cannot be seen")
            return text


def _number(setting: Setting, text: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    whole = setting.kind is Kind.WHOLE
    if not math.isfinite(number) or (whole and number != int(number)):
        raise ValueError(f"this must be a {'whole ' if whole else ''}number")
    low, high = setting.least, setting.most
    if (low is not None and number < low) or (high is not None and number > high):
        raise ValueError(f"this must be from {low:g} to {high:g}")
    return int(number) if whole else number
