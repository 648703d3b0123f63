"""The policy's memory on disk."""

from __future__ import annotations

import os
from pathlib import Path

from posture.errors import PostureError
from posture.instant import Instant
from posture.judge import persist
from posture.judge.memory import PolicyState
from posture.places import data_dir


def memory_path() -> Path:
    """Where the policy's memory is kept."""
    return data_dir() / "policy.json"


def recall(path: Path, now: Instant) -> PolicyState:
    """Read the policy's memory; a fresh one where there is none.

    Args:
        path: From `memory_path`.
        now: When it is read.

    Raises:
        PostureError: The file is damaged.
    """
    if not path.exists():
        return PolicyState()
    try:
        return persist.load(path.read_bytes(), now)
    except ValueError as error:
        raise PostureError(
            f"{path} is damaged ({error}).",
            meaning="The alert budget and a snooze of the last run are not known.",
            action="Delete the file; nothing else is in it.",
        ) from error


def keep(path: Path, state: PolicyState, now: Instant) -> None:
    """Write the policy's memory, whole or not at all.

    Args:
        path: From `memory_path`.
        state: What to keep.
        now: When it is written.
    """
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(persist.dump(state, now))
    fresh.replace(path)
