"""What the policy decides, as events for the rooms that act on them or record them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from posture.instant import Instant
from posture.judge.verdict import Fault, Unit
from posture.measure.measurement import Estimate


class Escalation(StrEnum):
    """How loudly an alert speaks; each step keeps what the steps before it did."""

    QUIET = "quiet"
    NOTIFICATION = "notification"
    SOUND = "sound"
    OVERLAY = "overlay"


class Outcome(StrEnum):
    """What followed an alert."""

    CORRECTED = "corrected"
    IGNORED = "ignored"
    SNOOZED = "snoozed"
    WRONG = "wrong"
    UNSEEN = "unseen"
    SILENCED = "silenced"


@dataclass(frozen=True, slots=True)
class AlertRaised:
    """Speak of one fault.

    Attributes:
        at: When.
        id: Unique among the alerts of this person.
        fault: The worst fault that has dwelt.
        by: As in `ActiveFault.by`.
        unit: Unit of `by`.
        for_s: Observed seconds in the fault.
        escalation: How loudly.
    """

    at: Instant
    id: str
    fault: Fault
    by: Estimate
    unit: Unit
    for_s: float
    escalation: Escalation


@dataclass(frozen=True, slots=True)
class AlertEscalated:
    """The fault goes on; speak louder, as the config has chosen.

    Attributes:
        at: When.
        id: The alert's.
        escalation: The new step.
    """

    at: Instant
    id: str
    escalation: Escalation


@dataclass(frozen=True, slots=True)
class AlertEnded:
    """Take the alert away, and record what followed.

    Attributes:
        at: When.
        id: The alert's.
        fault: What it was about.
        outcome: What followed. Corrected is the silent thanks.
        after_s: Seconds from the alert to what followed; for a correction, to where it began.
    """

    at: Instant
    id: str
    fault: Fault
    outcome: Outcome
    after_s: float


@dataclass(frozen=True, slots=True)
class BreakDue:
    """Suggest to change position or walk.

    Attributes:
        at: When.
        id: Unique, like an alert's.
        sitting_s: Observed seconds of sitting since the last break.
    """

    at: Instant
    id: str
    sitting_s: float


@dataclass(frozen=True, slots=True)
class BreakEnded:
    """Take the suggestion away: it was followed, or has been seen long enough.

    Attributes:
        at: When.
        id: The suggestion's.
        outcome: `CORRECTED` when the person left, else as for an alert.
    """

    at: Instant
    id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class BreakTaken:
    """The person was away long enough for a break, reminded or not.

    Attributes:
        at: When it became long enough.
        sitting_s: Observed seconds of sitting before it.
    """

    at: Instant
    sitting_s: float


@dataclass(frozen=True, slots=True)
class LimitRelaxed:
    """The answer "that was wrong" moved a fault's limit outwards.

    Attributes:
        at: When.
        fault: Whose limit.
        percent: By how much it is now relaxed in all; 0 after it was undone.
    """

    at: Instant
    fault: Fault
    percent: float


@dataclass(frozen=True, slots=True)
class SnoozeStarted:
    """Nothing will be said for a while.

    Attributes:
        at: When.
        text: The end, for the user: "for 15 min", "until 14:00".
    """

    at: Instant
    text: str


@dataclass(frozen=True, slots=True)
class SnoozeEnded:
    """The snooze has run out or was cancelled.

    Attributes:
        at: When.
    """

    at: Instant


Event = (
    AlertRaised
    | AlertEscalated
    | AlertEnded
    | BreakDue
    | BreakEnded
    | BreakTaken
    | LimitRelaxed
    | SnoozeStarted
    | SnoozeEnded
)
