"""How an exercise felt, in one word."""

from __future__ import annotations

from enum import StrEnum


class Comfort(StrEnum):
    """How the neck and shoulders felt afterwards."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    """The exercise is not offered again until the person turns it on."""
