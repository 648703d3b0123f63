"""What every way of alerting has in common, and what comes back from the user."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from posture.alert.message import Prompt

SNOOZE_BUTTON = "15m"


class Action(StrEnum):
    """What the user can answer on the alert itself."""

    SHOW_EXERCISE = "show_exercise"
    SNOOZE = "snooze"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Answer:
    """An action that was taken.

    Attributes:
        id: Of the alert or reminder it answers.
        action: Which; `SNOOZE` is for `SNOOZE_BUTTON`.

    """

    id: str
    action: Action


class Channel(Protocol):
    """One way to put a prompt before the user. No method waits for anything outside."""

    def show(self, prompt: Prompt) -> None:
        """Show `prompt` instead of whatever this channel shows."""

    def withdraw(self, prompt_id: str) -> None:
        """Take that prompt away; nothing happens when it is not shown."""

    def close(self) -> None:
        """Take everything away and end. Harmless when called twice."""
