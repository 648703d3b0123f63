"""What the user asks of the running monitor, and how the policy obeys it (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posture.config.alert import AlertSection
from posture.errors import UsageError
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
    """
    happened: tuple[Event, ...] = ()
    for request in asked:
        try:
            state, events = _obey_one(state, request, now, config)
        except UsageError:
            # Commands check before they ask. What they understood then, "until 14:00", may be past
            # now; a program that asks for nonsense must not end the monitor.
            continue
        happened = (*happened, *events)
    return state, happened


def _obey_one(
    state: PolicyState, request: Request, now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    match request:
        case SnoozeRequest(snooze=""):
            return answers.unsnooze(state, now)
        case SnoozeRequest(snooze=text):
            return answers.snooze(state, parse_snooze(text, now), now, config)
        case PauseRequest(pause=text):
            until = parse_snooze(text, now) if text else UNTIL_TAKEN_BACK
            return answers.pause(state, until, now, config)
        case ResumeRequest():
            return answers.resume(state), ()
        case RestoreRequest(restore=fault):
            return answers.restore(state, fault, now)
        case CalibrateRequest() | StopRequest() | LookRequest():
            return state, ()  # not the policy's: the run itself begins anew, or ends
