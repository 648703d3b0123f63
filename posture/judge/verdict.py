"""What the judge hands on: the person's state, the faults in force, and events to act on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from posture.measure.measurement import Estimate, Measurement
from posture.pose.landmarks import UnseenReason


class State(StrEnum):
    """The whole person's state. Only `PRESENT` can be good posture."""

    PRESENT = "present"
    ABSENT = "absent"
    TURNED_AWAY = "turned_away"
    UNSURE = "unsure"
    PAUSED = "paused"
    CAMERA_LOST = "camera_lost"
    ASLEEP = "asleep"


class Fault(StrEnum):
    """What can be wrong with sitting."""

    FORWARD_HEAD = "forward_head"
    RAISED_SHOULDERS = "raised_shoulders"
    UNEVEN_SHOULDERS = "uneven_shoulders"
    SLUMP = "slump"
    HEAD_TILT = "head_tilt"
    TOO_NEAR = "too_near"
    STATIC_SITTING = "static_sitting"


class Unit(StrEnum):
    """Unit of a fault's excess over the person's neutral (or over the limit, for time)."""

    DEG = "°"
    CM = "cm"
    MIN = "min"


@dataclass(frozen=True, slots=True)
class ActiveFault:
    """A fault that holds now.

    Attributes:
        fault: Which.
        by: How far from the person's own neutral, in `unit`, as the mean over the dwell. Positive
            is worse; for the two sided faults (uneven shoulders, head tilt) the sign is the side:
            positive when the left one is higher. `too_near` counts from its limit (there is no
            neutral distance), `static_sitting` is the time without a shift of position.
        unit: Unit of `by`.
        observed_s: Observed time in this fault, seconds; unobserved time is not in it.
        dwelt: Whether that is longer than the fault's dwell, so that an alert may be raised.
    """

    fault: Fault
    by: Estimate
    unit: Unit
    observed_s: float
    dwelt: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """One step's judgement.

    Attributes:
        t_s: Monotonic time of the step, seconds.
        state: The person's state.
        reason: Why nothing was measured; None exactly when the state is present, paused or asleep.
        faults: Faults in force, worst first; empty when posture is good or unobserved.
        measurement: The (smoothed) measurement judged; None when unobserved.
        since_s: Monotonic time of the step before, None at the very first. The verdict speaks for
            [since_s, t_s), so that the spans of a stream cover every moment exactly once.
    """

    t_s: float
    state: State
    reason: UnseenReason | None
    faults: tuple[ActiveFault, ...]
    measurement: Measurement | None
    since_s: float | None = None

    @property
    def covers_s(self) -> float:
        """Length of the span this verdict speaks for, seconds; 0 at the first step."""
        return 0.0 if self.since_s is None else self.t_s - self.since_s

    @property
    def is_good(self) -> bool:
        """Seen, and nothing wrong. Never true of unobserved time."""
        return self.state is State.PRESENT and not self.faults
