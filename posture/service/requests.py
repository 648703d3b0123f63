"""What the user asks of the running monitor, and how the policy obeys it (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posture.config.alert import AlertSection
from posture.instant import Instant
from posture.judge import answers
from posture.judge.events import Event
from posture.judge.memory import PolicyState
from posture.judge.quiet import UNTIL_TAKEN_BACK, parse_snooze
from posture.judge.verdict import Fault


@dataclass(frozen=True, slots=True)
class SnoozeRequest:
    """Be silent; the text is as the user wrote it: `15m`, `until 14:00`; empty to speak again."""

    snooze: str


@dataclass(frozen=True, slots=True)
class PauseRequest:
    """Close the camera; the text is as the user wrote it, empty for until it is resumed."""

    pause: str


@dataclass(frozen=True, slots=True)
class ResumeRequest:
    """Look again."""

    resume: bool


@dataclass(frozen=True, slots=True)
class LookRequest:
    """Look now instead of at the next turn: something outside has changed."""

    look: bool


@dataclass(frozen=True, slots=True)
class RestoreRequest:
    """Undo what "that was wrong" has relaxed for a fault."""

    restore: Fault


@dataclass(frozen=True, slots=True)
class CalibrateRequest:
    """Calibrate anew, now."""

    calibrate: bool


@dataclass(frozen=True, slots=True)
class StopRequest:
    """End, with everything written."""

    stop: bool


Request = (
    SnoozeRequest
    | PauseRequest
    | ResumeRequest
    | LookRequest
    | RestoreRequest
    | CalibrateRequest
    | StopRequest
)


def obey(
    state: PolicyState, asked: Sequence[Request], now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    """Do what was asked.

    Args:
        state: The policy's.
        asked: In order.
        now: When.
        config: The `[alert]` table.

    Returns:
        The new state and what happened.

    Raises:
        UsageError: A while that cannot be understood; commands check before they ask.
    """
    happened: tuple[Event, ...] = ()
    for request in asked:
        match request:
            case SnoozeRequest(snooze=""):
                state, events = answers.unsnooze(state, now)
            case SnoozeRequest(snooze=text):
                state, events = answers.snooze(state, parse_snooze(text, now), now, config)
            case PauseRequest(pause=text):
                until = parse_snooze(text, now) if text else UNTIL_TAKEN_BACK
                state, events = answers.pause(state, until, now, config)
            case ResumeRequest():
                state, events = answers.resume(state), ()
            case RestoreRequest(restore=fault):
                state, events = answers.restore(state, fault, now)
            case CalibrateRequest() | StopRequest() | LookRequest():
                continue  # not the policy's: the run itself begins anew, or ends
        happened = (*happened, *events)
    return state, happened
