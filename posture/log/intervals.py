"""Merge the judge's verdicts into intervals of one state, to the second (pure).

Every verdict speaks for the time since the one before; equal neighbours become one interval. The
lengths of a day's intervals therefore add up to the time the program ran on that day, whatever the
wall clock did. An interval ends at local midnight.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from posture.instant import Instant
from posture.judge.verdict import Fault, State, Verdict
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


@dataclass(frozen=True, slots=True)
class Means:
    """Time-weighted sums of what was measured; all zero where nothing was.

    Attributes:
        seconds: Measured time.
        forward_head_deg: Sum of change · seconds.
        shoulders_cm: The same for the mean shoulder rise.
        lean_deg: The same for the trunk.
        distance_cm: The same for the eyes' distance.
    """

    seconds: float = 0.0
    forward_head_deg: float = 0.0
    shoulders_cm: float = 0.0
    lean_deg: float = 0.0
    distance_cm: float = 0.0

    def plus(self, verdict: Verdict, seconds: float) -> Means:
        """These sums and one more verdict's."""
        seen = verdict.measurement
        if seen is None:
            return self
        return Means(
            self.seconds + seconds,
            self.forward_head_deg + seconds * seen.forward_head_change_deg.value,
            self.shoulders_cm + seconds * seen.mean_shoulder_elevation_cm.value,
            self.lean_deg + seconds * seen.trunk_lean_change_deg.value,
            self.distance_cm + seconds * seen.eye_distance_cm.value,
        )


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of one kind.

    Attributes:
        kind: Of what.
        began: Local time of its beginning.
        seconds: Its length on the monotonic clock.
        means: What was measured in it.
    """

    kind: Kind
    began: datetime
    seconds: float
    means: Means = Means()


def spans(verdict: Verdict, now: Instant) -> tuple[tuple[datetime, float], ...]:
    """The stretch a verdict speaks for, cut at local midnight.

    Args:
        verdict: The judge's.
        now: Its instant.

    Returns:
        Beginnings and lengths in seconds; empty for the first verdict of a run.
    """
    seconds = verdict.covers_s
    if seconds <= 0:
        return ()
    began = now.local - timedelta(seconds=seconds)
    midnight = now.local.replace(hour=0, minute=0, second=0, microsecond=0)
    after_s = (now.local - midnight).total_seconds()
    if began.date() == now.local.date() or after_s <= 0:
        return ((began, seconds),)
    return ((began, seconds - after_s), (midnight, after_s))


def extend(
    current: Interval | None, verdict: Verdict, began: datetime, seconds: float
) -> tuple[Interval, Interval | None]:
    """Add a stretch to the current interval, or begin a new one.

    Args:
        current: The interval so far; None at first.
        verdict: What held during the stretch.
        began: Its beginning.
        seconds: Its length.

    Returns:
        The current interval, and the one that ended by it.
    """
    faults = tuple(sorted(active.fault for active in verdict.faults))
    kind = Kind(verdict.state, verdict.reason, faults)
    if current is None or current.kind != kind or current.began.date() != began.date():
        return Interval(kind, began, seconds, Means().plus(verdict, seconds)), current
    means = current.means.plus(verdict, seconds)
    return replace(current, seconds=current.seconds + seconds, means=means), None
