"""Which calibration fits a picture, and where a new one is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from posture.instant import Instant
from posture.log.store import Store
from posture.measure.baseline import Baseline
from posture.service import profiles


class Calibrations(Protocol):
    """The calibrations that a run may use."""

    def recall(self, size_px: tuple[int, int]) -> Baseline | None:
        """The kept one for pictures of this size; None where there is none."""

    def keep(self, baseline: Baseline, now: Instant) -> None:
        """Keep a new one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One profile's and one camera's, on disk.

    Attributes:
        profile: `measure.profile`.
        camera: The source's name.
        store: The log, which remembers that there was one.
    """

    profile: str
    camera: str
    store: Store

    def recall(self, size_px: tuple[int, int]) -> Baseline | None:
        """The kept one for pictures of this size; None where there is none.

        Raises:
            CalibrationError: The file is damaged or of another version.
        """
        return profiles.load(profiles.profile_path(self.profile, self.camera, size_px))

    def keep(self, baseline: Baseline, now: Instant) -> None:
        """Write it, and a line in the log."""
        profiles.save(profiles.profile_path(self.profile, self.camera, baseline.size_px), baseline)
        self.store.calibrated(now, self.profile, self.camera, baseline.frames, baseline.sway)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The demo's: nobody's, so the run begins with calibrating.

    Attributes:
        camera: The source's name.
        store: The demo's log.
    """

    camera: str
    store: Store

    def recall(self, size_px: tuple[int, int]) -> None:
        """None."""
        del size_px

    def keep(self, baseline: Baseline, now: Instant) -> None:
        """Write only the line in the log."""
        self.store.calibrated(now, "demo", self.camera, baseline.frames, baseline.sway)
