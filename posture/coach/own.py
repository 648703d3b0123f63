"""The user's own exercises laid over the program's (pure)."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from posture.config.load import no_such_key

_KEYS = ("exercise", "off")


@dataclass(frozen=True, slots=True)
class Merged:
    """Both files as one, still unchecked tables.

    Attributes:
        exercises: The tables, the program's first, in order.
        off: Ids that are switched off.
        problems: What the user's file gets wrong before any exercise is looked at.
    """

    exercises: tuple[Mapping[str, Any], ...]
    off: frozenset[str]
    problems: tuple[str, ...]


def merge(program: Sequence[Mapping[str, Any]], own: Mapping[str, Any]) -> Merged:
    """Lay the user's file over the program's exercises.

    An exercise with a known id changes the keys it gives; one with a new id is added; `off` lists
    the ids to leave out.

    Args:
        program: The program's tables.
        own: The user's file as read.

    Returns:
        What both make together, with the problems found.
    """
    problems = [f"{key}: {no_such_key(key, _KEYS)}" for key in own if key not in _KEYS]
    tables = {table["id"]: table for table in program}
    problems += _lay_over(tables, own.get("exercise", []))
    off = own.get("off", [])
    if not isinstance(off, list) or not all(isinstance(name, str) for name in off):
        problems.append('off: a list of ids is expected, as ["neck-turns"]')
        off = []
    problems += [_unknown(name, tables) for name in off if name not in tables]
    return Merged(tuple(tables.values()), frozenset(off), tuple(problems))


def _lay_over(tables: dict[str, Mapping[str, Any]], given: object) -> list[str]:
    if not isinstance(given, list):
        return ["exercise: each one begins with [[exercise]], in two brackets"]
    problems = []
    seen: set[str] = set()
    for number, table in enumerate(given, start=1):
        name = table.get("id") if isinstance(table, dict) else None
        if not isinstance(name, str):
            problems.append(f"exercise {number}: id is missing")
        elif name in seen:
            problems.append(f"{name}.id: stands twice in this file")
        else:
            seen.add(name)
            tables[name] = {**tables.get(name, {}), **table}
    return problems


def _unknown(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"off: there is no exercise {name}{hint}"
