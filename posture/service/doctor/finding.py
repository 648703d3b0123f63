"""One thing looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from posture.errors import PostureError


class Grade(StrEnum):
    """How it stands; only `BAD` keeps the monitor from working."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found.

    Attributes:
        about: What was looked at, a word or two.
        grade: How it stands.
        words: What was found, one sentence.
        fix: What to do about it; empty when there is nothing to do.
    """

    about: str
    grade: Grade
    words: str
    fix: str = ""


def good(about: str, words: str) -> Finding:
    """All is well."""
    return Finding(about, Grade.GOOD, words)


def note(about: str, words: str, fix: str = "") -> Finding:
    """Something is missing or unusual; the monitor works without it."""
    return Finding(about, Grade.NOTE, words, fix)


def problem(about: str, error: PostureError) -> Finding:
    """An error that would stop the monitor."""
    return Finding(about, Grade.BAD, error.what.strip(), error.action)
