"""Time by the hour of the clock (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Hour:
    """What was seen in an hour of the clock, on one day or on several.

    Attributes:
        weekday: 0 is Monday.
        hour: 0..23; it lasts until the next.
        observed_s: Seconds somebody was seen and measured.
        good_s: Seconds of those with nothing wrong.
    """

    weekday: int
    hour: int
    observed_s: float
    good_s: float

    @property
    def good_share(self) -> float:
        """0..1 of the observed time; 0 where nothing was observed."""
        return self.good_s / self.observed_s if self.observed_s else 0.0


def by_hour(observed: Iterable[tuple[datetime, float, bool]]) -> tuple[Hour, ...]:
    """Sort observed time into hours of the week.

    Args:
        observed: Beginning (local, with offset), seconds, whether it was good.

    Returns:
        The hours with any observed time, in order from Monday 00:00.
    """
    sums: dict[tuple[int, int], list[float]] = {}
    for began, seconds, good in observed:
        for start, part_s in _cut(began, seconds):
            sum_s = sums.setdefault((start.weekday(), start.hour), [0.0, 0.0])
            sum_s[0] += part_s
            sum_s[1] += part_s if good else 0.0
    return tuple(
        Hour(weekday, hour, observed_s, good_s)
        for (weekday, hour), (observed_s, good_s) in sorted(sums.items())
    )


def _cut(began: datetime, seconds: float) -> Iterator[tuple[datetime, float]]:
    while seconds > 0:
        until_s = 3600 - (began.minute * 60 + began.second + began.microsecond / 1e6)
        part_s = min(seconds, until_s)
        yield began, part_s
        began = began.replace(minute=0, second=0, microsecond=0) + _HOUR
        seconds -= part_s
