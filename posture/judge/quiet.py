"""When the calendar or the user wants silence, or not to be looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from posture.config.alert import AlertSection, QuietHours, Weekday, hours_of
from posture.errors import UsageError
from posture.instant import Instant

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DURATION = re.compile(r"^(?:(\d{1,2})\s*h)?\s*(?:(\d{1,4})\s*m(?:in)?)?$")
_CLOCK = re.compile(r"^until\s+(\d{1,2}):(\d{2})$")
_LONGEST = timedelta(hours=24)
# "until 14:00" said at 14:05 is a slip, not a wish for tomorrow; "until 00:30" at 23:50 is not.
_LONGEST_UNTIL = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Snooze:
    """A while of silence, or of not being looked at; one of the two ends is set, or none.

    Attributes:
        text: For the user: "for 15 min", "until 14:00".
        until_mono_s: A duration's end, on the monotonic clock.
        until_local: A calendar's end as wall time without a zone, so that a change to or from
            daylight saving before it changes nothing. With neither end it lasts until taken back.
    """

    text: str
    until_mono_s: float | None
    until_local: datetime | None

    def over(self, now: Instant) -> bool:
        """Whether it has run out."""
        if self.until_mono_s is not None:
            return now.mono_s >= self.until_mono_s
        return self.until_local is not None and _wall(now) >= self.until_local


UNTIL_TAKEN_BACK = Snooze("until you resume", None, None)


def parse_snooze(text: str, now: Instant) -> Snooze:
    """Read how long to be silent, or not to look.

    Args:
        text: `15m`, `2h`, `1h30m`, `until 14:00` or `until tomorrow` (midnight).
        now: When it was said.

    Returns:
        The snooze.

    Raises:
        UsageError: The text is none of these, or names no time within reach.
    """
    said = text.strip().lower()
    if said == "until tomorrow":
        midnight = datetime.combine(_wall(now).date() + timedelta(days=1), time())
        return Snooze(said, None, midnight)
    if clock := _CLOCK.match(said):
        return _until(said, int(clock[1]), int(clock[2]), now)
    if said and (duration := _DURATION.match(said)):
        length = timedelta(hours=int(duration[1] or 0), minutes=int(duration[2] or 0))
        if timedelta() < length <= _LONGEST:
            minutes = round(length.total_seconds() / 60)
            return Snooze(f"for {minutes} min", now.mono_s + length.total_seconds(), None)
    raise _misunderstood(text)


def _until(said: str, hour: int, minute: int, now: Instant) -> Snooze:
    if hour > 23 or minute > 59:
        raise _misunderstood(said)
    wall = _wall(now)
    end = datetime.combine(wall.date(), time(hour, minute))
    if end <= wall:
        end += timedelta(days=1)
    if end - wall > _LONGEST_UNTIL:
        raise UsageError(
            f"{hour:02}:{minute:02} is not within the next 12 hours.",
            meaning="Nothing was changed.",
            action='Name a later time, or say "until tomorrow".',
        )
    return Snooze(f"until {hour:02}:{minute:02}", None, end)


def _misunderstood(text: str) -> UsageError:
    return UsageError(
        f'"{text}" is no length of time.',
        meaning="Nothing was changed.",
        action='Say "15m", "2h", "1h30m" (up to 24h), "until 14:00" or "until tomorrow".',
    )


def quiet_now(now: Instant, config: AlertSection) -> bool:
    """Whether the config forbids speaking at this local time."""
    return not on_day(now, config.working_days) or within_hours(now, config.quiet_hours)


def on_day(now: Instant, days: Sequence[Weekday]) -> bool:
    """Whether today is one of these days.

    Args:
        now: Its local date counts.
        days: Of the week.
    """
    return _WEEKDAYS[_wall(now).weekday()] in days


def within_hours(now: Instant, spans: Sequence[QuietHours]) -> bool:
    """Whether the local time lies in one of these spans.

    Args:
        now: Its local time counts.
        spans: From-to; may cross midnight.
    """
    clock = _wall(now).time()
    return any(_within(clock, *hours_of(span)) for span in spans)


def _within(clock: time, begin: time, end: time) -> bool:
    if begin <= end:
        return begin <= clock < end
    return clock >= begin or clock < end


def _wall(now: Instant) -> datetime:
    return now.local.replace(tzinfo=None)
