"""Made streams of observations and the loop that judges them, for this folder's tests."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from posture.config.alert import AlertSection
from posture.config.judge import JudgeSection
from posture.instant import Instant
from posture.judge import monitor, policy
from posture.judge.events import Event
from posture.judge.limits import limits_from
from posture.judge.memory import PolicyState
from posture.judge.monitor import AWAKE, MonitorState, Signals
from posture.judge.verdict import Verdict
from posture.measure.measurement import Estimate, Measurement
from posture.pose.landmarks import Unseen, UnseenReason

_DEFAULTS = tomllib.loads(
    (Path(__file__).parents[2] / "config" / "default.toml").read_text("utf-8")
)
JUDGE = JudgeSection(**_DEFAULTS["judge"])
ALERT = AlertSection(**_DEFAULTS["alert"])
LIMITS = limits_from(JUDGE)
TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def measured(sigma: float = 1.0, **values: float) -> Measurement:
    """Good posture but for the named values (short names), all with the same sigma."""
    given = {
        "forward_head": 0.0,
        "left": 0.0,
        "right": 0.0,
        "tilt": 0.0,
        "roll": 0.0,
        "lean": 0.0,
        "distance": 65.0,
    } | values
    estimate = {name: Estimate(value, sigma) for name, value in given.items()}
    zero = Estimate(0.0, sigma)
    return Measurement(
        t_s=0.0,
        forward_head_change_deg=estimate["forward_head"],
        forward_head_deg=Estimate(40.0 + given["forward_head"], 5.0),
        shoulder_elevation_left_cm=estimate["left"],
        shoulder_elevation_right_cm=estimate["right"],
        shoulder_tilt_deg=estimate["tilt"],
        head_yaw_deg=zero,
        head_pitch_deg=zero,
        head_roll_deg=estimate["roll"],
        trunk_lean_change_deg=estimate["lean"],
        eye_distance_cm=estimate["distance"],
    )


GOOD = measured()
FORWARD = measured(forward_head=15.0)
SHRUG = measured(sigma=0.4, left=4.0, right=4.0)
ABSENT = Unseen(0.0, UnseenReason.ABSENT)
DARK = Unseen(0.0, UnseenReason.TOO_DARK)


@dataclass
class Session:
    """A judge and a policy at work; every verdict and event is kept."""

    judge: JudgeSection = JUDGE
    alert: AlertSection = ALERT
    start: datetime = TUESDAY
    mono_s: float = 1000.0
    wall_offset: timedelta = timedelta()
    monitor: MonitorState = field(default_factory=MonitorState)
    policy: PolicyState = field(default_factory=PolicyState)
    verdicts: list[Verdict] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def now(self) -> Instant:
        """The time on both clocks; the wall clock can be off on purpose."""
        elapsed = timedelta(seconds=self.mono_s - 1000.0)
        return Instant(self.mono_s, self.start + elapsed + self.wall_offset)

    def step(
        self,
        observation: Measurement | Unseen,
        dt_s: float = 0.5,
        signals: Signals = AWAKE,
        *,
        do_not_disturb: bool = False,
    ) -> tuple[Event, ...]:
        """Let time pass, look once, judge, decide."""
        self.mono_s += dt_s
        limits = limits_from(self.judge).relaxed(self.policy.relaxed_percent)
        self.monitor, verdict = monitor.step(self.monitor, observation, self.now, limits, signals)
        self.policy, events = policy.step(
            self.policy, verdict, self.now, self.alert, do_not_disturb=do_not_disturb
        )
        self.verdicts.append(verdict)
        self.events.extend(events)
        return events

    def hold(
        self,
        observation: Measurement | Unseen,
        for_s: float,
        dt_s: float = 0.5,
        signals: Signals = AWAKE,
        *,
        do_not_disturb: bool = False,
    ) -> None:
        """The same observation for a while."""
        for _ in range(round(for_s / dt_s)):
            self.step(observation, dt_s, signals, do_not_disturb=do_not_disturb)

    def kept(self, outcome: tuple[PolicyState, tuple[Event, ...]]) -> None:
        """Take what an answer of the user returned."""
        self.policy, events = outcome
        self.events.extend(events)

    def of(self, *kinds: type) -> list[Event]:
        """The events of these kinds."""
        return [event for event in self.events if isinstance(event, kinds)]


def seconds_since_start(events: Iterable[Event]) -> Iterator[float]:
    """When events happened, from the session's beginning."""
    return (event.at.mono_s - 1000.0 for event in events)
