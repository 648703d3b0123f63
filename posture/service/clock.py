"""From a source's clock to an instant: live, or the time of a recording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from posture.capture.clock import clock_s
from posture.instant import Instant


class Clock(Protocol):
    """Tells what instant a source's time stamp is."""

    def at(self, t_s: float) -> Instant:
        """Instant of a time stamp of the source, seconds."""

    def now(self) -> Instant:
        """The instant before the first frame."""


class LiveClock:
    """A live source stamps with the monotonic clock; the wall clock is read beside it."""

    def at(self, t_s: float) -> Instant:
        """That moment, on both clocks."""
        return Instant(t_s, datetime.now().astimezone())

    def now(self) -> Instant:
        """This moment."""
        return self.at(clock_s())


@dataclass(frozen=True, slots=True)
class RecordedClock:
    """A recording has its own time, counted from a given moment.

    Attributes:
        began: Wall time of the recording's first frame, with a zone.
    """

    began: datetime

    def now(self) -> Instant:
        """The recording's beginning."""
        return self.at(0.0)

    def at(self, t_s: float) -> Instant:
        """The moment `t_s` seconds into the recording."""
        return Instant(t_s, self.began + timedelta(seconds=t_s))
