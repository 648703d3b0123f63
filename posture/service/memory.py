"""The policy's memory on disk."""

from __future__ import annotations

import logging
from pathlib import Path

from posture.errors import PostureError
from posture.instant import Instant
from posture.judge import persist
from posture.judge.memory import PolicyState
from posture.places import data_dir
from posture.service.whole import write_whole

_log = logging.getLogger(__name__)


def memory_path() -> Path:
    """Where the policy's memory is kept."""
    return data_dir() / "policy.json"


def recall(path: Path, now: Instant) -> PolicyState:
    """Read the policy's memory; a fresh one where there is none.

    Args:
        path: From `memory_path`.
        now: When it is read.

    Raises:
        PostureError: The file is damaged. It may have held a pause, so that the camera is not
            opened without it.
    """
    if not path.exists():
        return PolicyState()
    try:
        return persist.load(path.read_bytes(), now)
    except (OSError, ValueError) as error:
        raise PostureError(
            f"{path} is damaged ({error}).",
            meaning="The alert budget and a snooze or pause of the last run are not known.",
            action="Delete the file; nothing else is in it.",
        ) from error


def keep(path: Path, state: PolicyState, now: Instant) -> None:
    """Write the policy's memory, whole or not at all.

    Args:
        path: From `memory_path`.
        state: What to keep.
        now: When it is written.

    Raises:
        PostureError: The disk refuses.
    """
    try:
        write_whole(path, persist.dump(state, now))
    except OSError as error:
        raise PostureError(
            f"{path} cannot be written ({error.strerror}).",
            meaning="A snooze or pause holds now, and would not outlive a restart.",
            action="Check the free space and the folder's rights.",
        ) from error


class Memory:
    """A running monitor's: a disk that refuses is told, and ends nothing.

    Attributes:
        notice: What the user should know; empty when all is well.
    """

    def __init__(self, path: Path) -> None:
        """Write nothing yet.

        Args:
            path: From `memory_path`.
        """
        self._path = path
        self.notice = ""

    def keep(self, state: PolicyState, now: Instant) -> None:
        """Write the policy's memory, if the disk takes it.

        Args:
            state: What to keep.
            now: When it is written.
        """
        try:
            keep(self._path, state, now)
        except PostureError as problem:
            self.notice = problem.what
            _log.warning("The policy's memory could not be written.")
        else:
            self.notice = ""
