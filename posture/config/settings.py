"""Every key of the config as something to show and set: what it means, what it may be (pure)."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from posture.config.schema import Config

_TABLE = re.compile(r"^\[([a-z_.]+)\]")
_KEY = re.compile(r"^([a-z_]+)\s*=\s*(?:\"[^\"]*\"|[^#\"])*(?:#\s*(.*))?$")
# What the field beside it says anyway: the first sentence, when it ends with the range, and the
# unit at a label's end.
_SAID_BY_RANGE = re.compile(r"^[^.]*\b\d+(?:\.\d+)?\.\.\d+\.\s*")
_SAID_BY_UNIT = re.compile(r", (degrees|cm|seconds|minutes|percent|pixels)$")
_UNITS = {
    "deg": "°",
    "cm": "cm",
    "s": "s",
    "min": "min",
    "percent": "%",
    "px": "pixels",
}


class Kind(StrEnum):
    """How a value is asked for."""

    SWITCH = "switch"
    WHOLE = "whole"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the config.

    Attributes:
        key: Dotted: `judge.forward_head.enter_deg`.
        kind: Of value.
        label: What it is, in one line.
        meaning: Why and how, from the default file's comments; empty where the label says it all.
        unit: For reading; empty for none.
        least: Smallest value; None where there is no bound.
        most: Largest value.
        choices: What it may be, for `CHOICE` and `CHOICES`.
    """

    key: str
    kind: Kind
    label: str
    meaning: str
    unit: str
    least: float | None
    most: float | None
    choices: tuple[str, ...]

    @property
    def name(self) -> str:
        """The last part of the key."""
        return self.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the config.

    Attributes:
        name: Dotted: `judge.forward_head`.
        meaning: What it is about.
        settings: Its own keys, without those of the tables below it.
    """

    name: str
    meaning: str
    settings: tuple[Setting, ...]


def tables(default_text: str) -> tuple[Table, ...]:
    """All tables in the order of the schema.

    Args:
        default_text: The default config, whose comments explain the keys.
    """
    return tuple(_tables(Config, "", comments(default_text)))


def comments(text: str) -> Mapping[str, str]:
    """What the comments of a config say of its tables and keys.

    A comment above a table or right below its name, before `enabled`, is the table's; one above a
    key or behind its value is the key's.

    Args:
        text: TOML with one comment block for each key that needs one.

    Returns:
        Sentences by dotted name.
    """
    said: dict[str, str] = {}
    table, block = "", list[str]()
    for line in text.splitlines():
        if line.startswith("#"):
            block.append(line[1:].strip())
        elif match := _TABLE.match(line):
            table = match.group(1)
            said[table] = _sentences(block)
            block = []
        elif match := _KEY.match(line):
            name, behind = match.groups()
            own = table if name == "enabled" else f"{table}.{name}"
            said[own] = " ".join(filter(None, (said.get(own), _sentences(block), behind)))
            block = []
        elif not line.strip():
            block = []
    return said


def _sentences(block: list[str]) -> str:
    return " ".join(line for line in block if not line.startswith("──"))


def _tables(model: type[BaseModel], name: str, said: Mapping[str, str]) -> Iterator[Table]:
    own: list[Setting] = []
    below: list[Table] = []
    for field_name, field in model.model_fields.items():
        key = f"{name}.{field_name}".lstrip(".")
        annotation = field.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            below += _tables(annotation, key, said)
        else:
            own.append(_setting(key, field, said.get(key, "")))
    if name:
        yield Table(name, said.get(name, ""), tuple(own))
    yield from below


def _setting(key: str, field: FieldInfo, meaning: str) -> Setting:
    kind, choices = _kind(field.annotation)
    bounds = list(field.metadata)
    label = _SAID_BY_UNIT.sub("", (field.description or key.rpartition(".")[2]).rstrip("."))
    return Setting(
        key=key,
        kind=kind,
        label=label[:1].upper() + label[1:],
        meaning=_SAID_BY_RANGE.sub("", meaning),
        unit=_UNITS.get(key.rpartition("_")[2], ""),
        least=next((float(str(bound.ge)) for bound in bounds if isinstance(bound, Ge)), None),
        most=next((float(str(bound.le)) for bound in bounds if isinstance(bound, Le)), None),
        choices=choices,
    )


def _kind(annotation: object) -> tuple[Kind, tuple[str, ...]]:
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        return Kind.CHOICE, get_args(annotation)
    if get_origin(annotation) is tuple:
        kind, choices = _kind(get_args(annotation)[0])
        return (Kind.CHOICES, choices) if kind is Kind.CHOICE else (Kind.TEXTS, ())
    if get_origin(annotation) is types.UnionType:
        return _kind(get_args(annotation)[0])
    for kind, values in ((Kind.SWITCH, bool), (Kind.WHOLE, int), (Kind.NUMBER, float)):
        if annotation is values:
            return kind, ()
    return Kind.TEXT, ()
