"""The hours of a day along the lower edge of a chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from posture.log.records import Days
from posture.review.charts import svg

_HOUR_S = 3600
_TICK_PX = 46
_EDGE_PX = 16


@dataclass(frozen=True, slots=True)
class Clock:
    """The part of the day that a chart shows, from one whole hour to another.

    Attributes:
        first_h: First hour.
        last_h: Last hour.
        left: Where the first lies, pixels.
        right: Where the last lies, pixels.
    """

    first_h: int
    last_h: int
    left: float
    right: float

    def x(self, at: datetime) -> float:
        """Where a moment lies."""
        return self.at_s(seconds_of_day(at))

    def at_s(self, seconds: float) -> float:
        """Where a moment lies, given as seconds since midnight."""
        share = (seconds / _HOUR_S - self.first_h) / (self.last_h - self.first_h)
        return self.left + (self.right - self.left) * share

    def ticks(self) -> list[int]:
        """Hours to write out, far enough apart to read."""
        every = 1
        while (self.right - self.left) * every / (self.last_h - self.first_h) < _TICK_PX:
            every += 1
        return [hour for hour in range(self.first_h, self.last_h + 1) if hour % every == 0]


def clock_of(days: Days, left: float, right: float) -> Clock:
    """The hours of a day in which the program ran."""
    begins = [seconds_of_day(interval.began) for interval in days.intervals]
    ends = [seconds_of_day(interval.began) + interval.seconds for interval in days.intervals]
    first_h = int(min(begins) // _HOUR_S)
    last_h = min(24, int(-(-max(ends) // _HOUR_S)))
    return Clock(first_h, max(last_h, first_h + 1), left, right)


def hour_axis(clock: Clock, bottom: float) -> Iterable[Markup]:
    """Vertical lines and names of the hours."""
    for hour in clock.ticks():
        x = clock.at_s(hour * _HOUR_S)
        yield svg.line(x, 0, x, bottom, "grid")
        anchor = "middle"
        if hour == clock.first_h and clock.left < _EDGE_PX:
            anchor = "start"
        elif hour == clock.last_h:
            anchor = "end"
        yield svg.text(x, bottom + 16, f"{hour}:00", anchor=anchor, kind="tick")


def seconds_of_day(at: datetime) -> float:
    """Seconds on the clock since midnight."""
    return at.hour * _HOUR_S + at.minute * 60 + at.second + at.microsecond / 1e6
