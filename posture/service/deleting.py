"""Deleting what was recorded: from the log and from the landmarks beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from posture.log.landmarks import wipe_landmarks
from posture.log.wipe import Wiped, wipe
from posture.service.instance import only_one


@dataclass(frozen=True, slots=True)
class Deleted:
    """What is gone.

    Attributes:
        log: From the log.
        landmarks_bytes: From the file of landmarks.
    """

    log: Wiped
    landmarks_bytes: int


def delete_days(path: Path, before: date | None) -> Deleted:
    """Delete days for good, while no monitor writes.

    Args:
        path: The log.
        before: The first day that stays; None for none.

    Raises:
        AlreadyRunningError: A monitor is running.
        LogError: Another program is using the log.
    """
    with only_one():
        return Deleted(wipe(path, before), wipe_landmarks(path, before))
