"""Merge the judge's verdicts into intervals of one state, to the second (pure).

Every verdict speaks for the time since the one before; equal neighbours become one interval. The
lengths of a day's intervals therefore add up to the time the program ran on that day, whatever the
wall clock did. An interval ends at local midnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from posture.instant import Instant
from posture.judge.verdict import Fault, State, Verdict
from posture.log.measures import Gathering
from posture.pose.landmarks import UnseenReason


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes two moments the same interval.

    Attributes:
        state: The person's.
        reason: Why nothing was measured.
        faults: Faults in force, in a fixed order.
    """

    state: State
    reason: UnseenReason | None
    faults: tuple[Fault, ...]


def kind_of(verdict: Verdict) -> Kind:
    """The kind of interval that a verdict belongs to."""
    faults = tuple(sorted(active.fault for active in verdict.faults))
    return Kind(verdict.state, verdict.reason, faults)


@dataclass(slots=True)
class Interval:
    """A stretch of one kind, while it grows.

    Attributes:
        kind: Of what.
        began: Local time of its beginning.
        seconds: Its length on the monotonic clock.
        gathered: What was measured in it.
        row: Its row on disk; None before it was first written.
    """

    kind: Kind
    began: datetime
    seconds: float
    gathered: Gathering
    row: int | None = None

    def add(self, verdict: Verdict, seconds: float) -> None:
        """Grow by a stretch of the same kind."""
        self.seconds += seconds
        if verdict.measurement is not None:
            self.gathered.add(verdict.measurement, seconds)

    def takes(self, verdict: Verdict, began: datetime) -> bool:
        """Whether a stretch that began then goes on with this one."""
        return self.kind == kind_of(verdict) and self.began.date() == began.date()


def begin(verdict: Verdict, began: datetime, seconds: float) -> Interval:
    """A new interval that holds one stretch."""
    interval = Interval(kind_of(verdict), began, 0.0, Gathering())
    interval.add(verdict, seconds)
    return interval


def spans(verdict: Verdict, now: Instant) -> tuple[tuple[datetime, float], ...]:
    """The stretch a verdict speaks for, cut at every local midnight in it.

    Args:
        verdict: The judge's.
        now: Its instant; its zone says when midnight was.

    Returns:
        Beginnings and lengths in seconds, in order; empty for the first verdict of a run. The
        lengths add up to what the verdict covers.
    """
    if verdict.covers_s <= 0:
        return ()
    end, zone = now.local.astimezone(UTC), now.local.tzinfo
    began = end - timedelta(seconds=verdict.covers_s)
    pieces: list[tuple[datetime, float]] = []
    while end > began:
        # A moment before the end, so that an end at midnight belongs to the day it ends.
        day = (end - timedelta(microseconds=1)).astimezone(zone).date()
        midnight = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
        start = max(began, midnight)
        pieces.append((start.astimezone(zone), (end - start).total_seconds()))
        end = start
    return tuple(reversed(pieces))
