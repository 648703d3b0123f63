"""What the policy remembers between steps, and across restarts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from posture.judge.breaks import Sitting
from posture.judge.quiet import Snooze
from posture.judge.verdict import Fault


@dataclass(frozen=True, slots=True)
class Spoken:
    """When an alert was raised, on both clocks: for the hour's and the day's budget."""

    mono_s: float
    day: date


@dataclass(frozen=True, slots=True)
class ActiveAlert:
    """The alert that is being shown.

    Attributes:
        id: Its id.
        fault: What it is about.
        raised_s: Monotonic time of its beginning.
        observed_s: Observed seconds in the fault since then.
        clear_s: Observed seconds without the fault lately.
        unseen_s: Unobserved seconds lately.
        level: Index of its step in `escalation`.
    """

    id: str
    fault: Fault
    raised_s: float
    observed_s: float = 0.0
    clear_s: float = 0.0
    unseen_s: float = 0.0
    level: int = 0


@dataclass(frozen=True, slots=True)
class ActiveReminder:
    """The break reminder that is being shown.

    Attributes:
        id: Its id.
        shown_s: Seconds it has been shown to somebody who is there.
    """

    id: str
    shown_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PolicyState:
    """What the policy remembers; kept across restarts by `persist`.

    Attributes:
        serial: Number of alerts and reminders so far.
        spoken: Alerts of the last two days.
        active: The alert being shown.
        reminder: The break reminder being shown; never together with an alert.
        last_ended: The alert before; its "that was wrong" may still arrive.
        ignored_in_a_row: Alerts ignored since one was corrected.
        quiet_until_s: Nothing is said before this monotonic time.
        fault_quiet_until_s: Nor about these faults before theirs.
        snooze: Silence, asked for by the user.
        pause: Not to be looked at, asked for by the user.
        relaxed_percent: What "that was wrong" has relaxed so far.
        sitting: Time since the last break.
    """

    serial: int = 0
    spoken: tuple[Spoken, ...] = ()
    active: ActiveAlert | None = None
    reminder: ActiveReminder | None = None
    last_ended: ActiveAlert | None = None
    ignored_in_a_row: int = 0
    quiet_until_s: float | None = None
    fault_quiet_until_s: Mapping[Fault, float] = field(default_factory=dict)
    snooze: Snooze | None = None
    pause: Snooze | None = None
    relaxed_percent: Mapping[Fault, float] = field(default_factory=dict)
    sitting: Sitting = field(default_factory=Sitting)
