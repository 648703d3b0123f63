"""A made-up person's working days, run through judge and policy into a log: for figures and tests.

The head creeps forward over an hour and comes back after an alert, a break or a shift; shoulders
rise in the afternoon; there is lunch, there are meetings, dark spells and short glances.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from posture.coach.comfort import Comfort
from posture.config.load import load_config
from posture.instant import Instant
from posture.judge import monitor, policy
from posture.judge.events import AlertRaised, BreakDue, Event
from posture.judge.limits import limits_from
from posture.judge.memory import PolicyState
from posture.judge.verdict import Fault
from posture.log.exercises import ExerciseDone, exercise_done
from posture.log.settings import recorded_settings
from posture.log.store import Store
from posture.measure.measurement import Estimate, Measurement
from posture.pose.landmarks import Unseen, UnseenReason

ZONE = ZoneInfo("Europe/Berlin")
_EXERCISES = {
    Fault.FORWARD_HEAD: "chin-tuck",
    Fault.RAISED_SHOULDERS: "shoulder-shrug-drop",
    Fault.SLUMP: "crown-thread",
    Fault.STATIC_SITTING: "crown-lift-small-turns",
}
_NEUTRAL = Measurement(
    t_s=0.0,
    forward_head_change_deg=Estimate(0, 1.5),
    forward_head_deg=Estimate(45, 6),
    shoulder_elevation_left_cm=Estimate(0, 0.6),
    shoulder_elevation_right_cm=Estimate(0, 0.6),
    shoulder_tilt_deg=Estimate(0, 1.2),
    head_yaw_deg=Estimate(0, 1.5),
    head_pitch_deg=Estimate(0, 1.5),
    head_roll_deg=Estimate(0, 1.2),
    trunk_lean_change_deg=Estimate(0, 1.8),
    eye_distance_cm=Estimate(62, 2),
)


class Person:
    """Somebody who sits, slouches, corrects, and leaves now and then."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._creep_deg = 0.0
        self._shrug_cm = 0.0
        self._noise = np.zeros(6)
        self._away_until_s = 0.0
        self._why = UnseenReason.ABSENT
        self._told_s: float | None = None

    def told(self, event: Event, now_s: float) -> None:
        """Hear of an alert or a break; two of three are followed."""
        if self._random.random() < 0.67:
            self._told_s = now_s + self._random.gamma(2.0, 18.0)
            if isinstance(event, BreakDue):
                self._leave(now_s + 60, self._random.uniform(200, 700), UnseenReason.ABSENT)

    def look(self, now: Instant, look_s: float) -> Measurement | Unseen:
        """What one look sees."""
        random, now_s = self._random, now.mono_s
        hour = now.local.hour + now.local.minute / 60
        if now_s >= self._away_until_s:
            if 12.2 < hour < 12.2 + look_s / 3600 * 1.5:
                self._leave(now_s, random.uniform(1500, 3000), UnseenReason.ABSENT)
            elif random.random() < look_s / 2400:
                self._leave(now_s, random.gamma(1.5, 120), UnseenReason.ABSENT)
            elif random.random() < look_s / 1200:
                self._leave(now_s, random.gamma(2, 12), UnseenReason.TURNED_AWAY)
            elif random.random() < look_s / 9000:
                self._leave(now_s, random.gamma(2, 60), UnseenReason.TOO_DARK)
        if now_s < self._away_until_s:
            if self._why is UnseenReason.ABSENT:
                self._creep_deg = self._shrug_cm = 0.0
            return Unseen(now_s, self._why)
        tired = 0.6 + 0.5 * max(0.0, hour - 12) / 5
        self._creep_deg += look_s * tired * random.uniform(0, 0.022)
        self._shrug_cm += look_s * tired * random.uniform(0, 0.0034)
        if random.random() < look_s / 1800:
            self._creep_deg *= random.uniform(0, 0.7)
            self._shrug_cm *= random.uniform(0, 0.7)
        if self._told_s is not None and now_s > self._told_s:
            self._told_s, self._creep_deg, self._shrug_cm = None, 0.5, 0.2
        keep = np.exp(-look_s / 40)
        self._noise = keep * self._noise + np.sqrt(1 - keep**2) * random.normal(size=6)
        return self._measured(now_s)

    def _leave(self, from_s: float, seconds: float, why: UnseenReason) -> None:
        self._away_until_s, self._why = from_s + seconds, why

    def _measured(self, now_s: float) -> Measurement:
        noise = self._noise
        head = Estimate(min(self._creep_deg, 15) + 1.2 * noise[0], 1.5)
        shoulders = min(self._shrug_cm, 3.4)
        return replace(
            _NEUTRAL,
            t_s=now_s,
            forward_head_change_deg=head,
            shoulder_elevation_left_cm=Estimate(shoulders + 0.3 * noise[1], 0.6),
            shoulder_elevation_right_cm=Estimate(shoulders + 0.3 * noise[2], 0.6),
            shoulder_tilt_deg=Estimate(1.1 * noise[1], 1.2),
            head_yaw_deg=Estimate(9 * noise[3], 1.5),
            head_pitch_deg=Estimate(6 * noise[4] - 2, 1.5),
            head_roll_deg=Estimate(2 * noise[5], 1.2),
            trunk_lean_change_deg=Estimate(0.3 * self._creep_deg + 2 * noise[4], 1.8),
            eye_distance_cm=Estimate(62 - 0.6 * self._creep_deg + 2 * noise[3], 2),
        )


def working_days(first: date, count: int) -> tuple[date, ...]:
    """So many days from Monday to Friday."""
    days: list[date] = []
    while len(days) < count:
        if first.weekday() < 5:
            days.append(first)
        first += timedelta(days=1)
    return tuple(days)


def record_office(
    path: Path, days: tuple[date, ...], *, hours: float = 8.0, look_s: float = 10.0, seed: int = 1
) -> None:
    """Write days into a log, as the monitor would.

    Args:
        path: The log.
        days: Which, in order.
        hours: From nine o'clock.
        look_s: Seconds between looks; below the gap that counts as sleep.
        seed: Of the random numbers.
    """
    config = load_config()
    limits = limits_from(config.judge)
    speaking = PolicyState()
    done: list[ExerciseDone] = []
    for number, day in enumerate(days):
        began = datetime.combine(day, time(9), tzinfo=ZONE).astimezone(UTC)
        # Each day is another run: another program start, another monotonic zero far away.
        zero_s = number * 86_400.0
        person, judging = Person(seed + number), monitor.MonitorState()
        # Not kept on disk look by look: a year of made-up days is written in a minute.
        with Store.open(path) as store:
            first = Instant(zero_s, began.astimezone(ZONE))
            store.settings(first, recorded_settings(config))
            store.calibrated(first, "default", "made up", 50, 0.01)
            for k in range(round(hours * 3600 / look_s)):
                at = (began + timedelta(seconds=k * look_s)).astimezone(ZONE)
                now = Instant(zero_s + k * look_s, at)
                judging, verdict = monitor.step(judging, person.look(now, look_s), now, limits)
                store.record(verdict, now)
                speaking, events = policy.step(speaking, verdict, now, config.alert)
                for event in events:
                    done += _react(store, event, person, now)
    for exercise in done:
        exercise_done(path, exercise)


def _react(store: Store, event: Event, person: Person, now: Instant) -> list[ExerciseDone]:
    if isinstance(event, AlertRaised | BreakDue):
        person.told(event, now.mono_s)
        fault = event.fault if isinstance(event, AlertRaised) else Fault.STATIC_SITTING
        exercise = _EXERCISES.get(fault, "crown-thread")
        store.event(event, exercise)
        if sum(event.id.encode()) % 3 == 0:
            at = now.local + timedelta(seconds=20)
            comfort = (Comfort.BETTER, Comfort.SAME, None)[len(event.id) % 3]
            return [
                ExerciseDone(exercise, at, 45, event.id, fault, asked=5, seen=5, comfort=comfort)
            ]
        return []
    store.event(event)
    return []
