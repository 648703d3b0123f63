"""Calibrations as they were logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from posture.log.file import reading


@dataclass(frozen=True, slots=True)
class LoggedCalibration:
    """When the person's own neutral was measured.

    Attributes:
        at: Local time.
        profile: Under which name.
        camera: Through which camera.
        frames: How many pictures it rests on.
        sway: How much the person moved, in parts of the size of head and shoulders.
    """

    at: datetime
    profile: str
    camera: str
    frames: int
    sway: float


def last_calibration(path: Path) -> LoggedCalibration | None:
    """The newest calibration in the log; None where there is none.

    Raises:
        LogError: The log cannot be read.
    """
    with reading(path) as connection:
        row = connection.execute(
            "SELECT at, profile, camera, frames, sway FROM calibration ORDER BY id DESC LIMIT 1"
        ).fetchone()
    if row is None:
        return None
    at, profile, camera, frames, sway = row
    return LoggedCalibration(datetime.fromisoformat(at), profile, camera, frames, sway)
