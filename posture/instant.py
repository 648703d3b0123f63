"""A point in time as the pure stages see it: handed in, never read from a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Instant:
    """Now, on both clocks.

    Durations are differences of `mono_s`; `local` is only for what a calendar decides (the date,
    quiet hours, "until 14:00") and may jump when the clock is set or daylight saving changes.

    Attributes:
        mono_s: Seconds on a clock that never goes back. Its zero is arbitrary.
        local: Wall time with the zone in force then.
    """

    mono_s: float
    local: datetime

    def __post_init__(self) -> None:
        if self.local.tzinfo is None:
            raise ValueError("Instant.local needs a time zone")
