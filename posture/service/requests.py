"""What the user asks of the running monitor: small files in a spool that it empties at every look.

Files work the same on every system, need no port, and are readable by the user alone. Whoever asks
while no monitor runs changes the kept state instead, so that nothing asked is lost.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from posture.config.alert import AlertSection
from posture.instant import Instant
from posture.judge import answers
from posture.judge.events import Event
from posture.judge.memory import PolicyState
from posture.judge.quiet import parse_snooze
from posture.judge.verdict import Fault
from posture.places import data_dir


@dataclass(frozen=True, slots=True)
class SnoozeRequest:
    """Be silent; the text is as the user wrote it: `15m`, `until 14:00`; empty to speak again."""

    snooze: str


@dataclass(frozen=True, slots=True)
class RestoreRequest:
    """Undo what "that was wrong" has relaxed for a fault."""

    restore: Fault


@dataclass(frozen=True, slots=True)
class CalibrateRequest:
    """Calibrate anew, now."""

    calibrate: bool


Request = SnoozeRequest | RestoreRequest | CalibrateRequest

_REQUEST: TypeAdapter[Request] = TypeAdapter(Request)


def spool() -> Path:
    """Folder of requests that wait; made if need be."""
    folder = data_dir() / "requests"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def ask(request: Request) -> None:
    """Put a request before the running monitor.

    Args:
        request: What is asked.
    """
    folder = spool()
    fresh = folder / f"{uuid4().hex}.new"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_REQUEST.dump_json(request))
    # Only whole requests carry the name that is looked for.
    fresh.rename(fresh.with_suffix(".json"))


def take(folder: Path) -> list[Request]:
    """Take the waiting requests, oldest first.

    Args:
        folder: The spool.

    Returns:
        What was asked; a file that is no request is removed and left out.
    """
    waiting = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    asked = []
    for path in waiting:
        content = path.read_bytes()
        path.unlink()
        try:
            asked.append(_REQUEST.validate_json(content))
        except ValidationError:
            # Written by another version: it cannot be obeyed, and asking again helps.
            continue
    return asked


def obey(
    state: PolicyState, asked: Sequence[Request], now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    """Do what was asked (pure).

    Args:
        state: The policy's.
        asked: In order.
        now: When.
        config: The `[alert]` table.

    Returns:
        The new state and what happened.

    Raises:
        UsageError: A snooze that cannot be understood; commands check before they ask.
    """
    happened: tuple[Event, ...] = ()
    for request in asked:
        match request:
            case SnoozeRequest(snooze=""):
                state, events = answers.unsnooze(state, now)
            case SnoozeRequest(snooze=text):
                state, events = answers.snooze(state, parse_snooze(text, now), now, config)
            case RestoreRequest(restore=fault):
                state, events = answers.restore(state, fault, now)
            case CalibrateRequest():
                continue  # not the policy's: the run itself begins anew
        happened = (*happened, *events)
    return state, happened
