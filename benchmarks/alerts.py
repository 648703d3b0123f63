"""How often the alerts are right: simulated working days, ours beside three simpler rules.

Each day is eight hours in frames of half a second: typing with glances at the keyboard, calls
with a turned head, drinking, reaching, leaning in and resting the chin for less than the dwell,
absences, shifts in the seat, and slouches and raised shoulders at known times. The measure stage's
noise (white, drifting, outliers) is added to the truth. The person does not heed alerts, so that
the truth is the same for every rule.

The other rules see the forward-head channel only and are scored on its slouches only; each speaks
once per episode, and is scored again with a pause of ten minutes between its alerts.
Run: `python -m benchmarks.alerts [days [noise]]`, where noise multiplies the noise (and the stated
sigma). The last line is JSON.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np
from numpy.typing import NDArray

from posture.config.load import default_path
from posture.config.schema import Config
from posture.instant import Instant
from posture.judge import monitor, policy
from posture.judge.events import AlertRaised
from posture.judge.limits import limits_from
from posture.judge.memory import PolicyState
from posture.judge.monitor import MonitorState
from posture.judge.verdict import Fault
from posture.measure.measurement import Estimate, Measurement
from posture.pose.landmarks import Unseen, UnseenReason
from posture.service.pace import pause_after

DT_S = 0.5
HOURS = 8
FRAMES = int(HOURS * 3600 / DT_S)
LAG_S = 15.0  # an alert this long after a slouch's end still belongs to it

Channel = NDArray[np.float64]


@dataclass(frozen=True)
class Noise:
    """The measure stage's error in one channel.

    Attributes:
        white: 1 sigma per frame.
        drift: 1 sigma of what wanders.
        drift_s: Its correlation time, seconds.
        outlier: Size of an outlier.
        outlier_share: Share of frames that are one.
        told: The sigma that the measure stage states.
    """

    white: float
    drift: float
    drift_s: float
    outlier: float
    outlier_share: float
    told: float


NOISE_DEG = Noise(white=2.0, drift=1.5, drift_s=20.0, outlier=15.0, outlier_share=0.005, told=2.5)
NOISE_CM = Noise(white=0.4, drift=0.3, drift_s=20.0, outlier=3.0, outlier_share=0.005, told=0.5)


@dataclass(frozen=True)
class Slouch:
    """A fault at a known time, in seconds of the day."""

    fault: Fault
    start_s: float
    end_s: float


@dataclass
class Day:
    """The truth of a day, frame by frame, then what the measure stage made of it."""

    forward_deg: Channel = field(default_factory=lambda: np.zeros(FRAMES))
    shoulders_cm: Channel = field(default_factory=lambda: np.zeros(FRAMES))
    lean_deg: Channel = field(default_factory=lambda: np.zeros(FRAMES))
    roll_deg: Channel = field(default_factory=lambda: np.zeros(FRAMES))
    tilt_deg: Channel = field(default_factory=lambda: np.zeros(FRAMES))
    distance_cm: Channel = field(default_factory=lambda: np.full(FRAMES, 65.0))
    unseen: dict[int, UnseenReason] = field(default_factory=dict)
    slouches: list[Slouch] = field(default_factory=list)


def wander(rng: np.random.Generator, sd: float, correlation_s: float) -> Channel:
    """An Ornstein-Uhlenbeck path over the day."""
    keep = np.exp(-DT_S / correlation_s)
    pushes = rng.normal(0, sd * np.sqrt(1 - keep**2), FRAMES)
    path = np.empty(FRAMES)
    value = rng.normal(0, sd)
    for i, push in enumerate(pushes):
        value = keep * value + push
        path[i] = value
    return path


class Spells:
    """Draws stretches of time at random."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def some(self, count: int, low_s: float, high_s: float) -> list[slice]:
        """So many stretches of such a length, anywhere in the day."""
        starts = self.rng.integers(0, FRAMES - int(high_s / DT_S), count)
        return [slice(s, s + int(self.rng.uniform(low_s, high_s) / DT_S)) for s in starts]

    def either_side(self, low: float, high: float) -> float:
        """A size to the left or the right."""
        return float(self.rng.choice([-1, 1]) * self.rng.uniform(low, high))


def simulate(seed: int, noise: float) -> Day:
    """One working day with its truth, and the noise on top."""
    rng = np.random.default_rng(seed)
    day = Day()
    fidget(day, Spells(rng))
    misbehave(day, rng)
    vanish(day, Spells(rng))
    day.forward_deg += wander(rng, 2.0, 600.0)  # how one sits changes over ten minutes
    for channel in (day.forward_deg, day.lean_deg, day.roll_deg, day.distance_cm):
        np.add(channel, error(rng, NOISE_DEG, noise), out=channel)
    day.shoulders_cm += error(rng, NOISE_CM, noise)
    day.tilt_deg += error(rng, NOISE_DEG, noise / 2)
    return day


def fidget(day: Day, spells: Spells) -> None:
    """What nobody should be alerted for."""
    rng = spells.rng
    for spell in spells.some(800, 1, 4):  # glances at the keyboard
        day.forward_deg[spell] = rng.uniform(12, 28)
    for spell in spells.some(15, 10, 45):  # leaning in to read
        day.forward_deg[spell] = rng.uniform(12, 18)
        day.distance_cm[spell] -= rng.uniform(5, 15)
    for spell in spells.some(12, 3, 8):  # drinking
        day.forward_deg[spell] = rng.uniform(-20, -10)
    for spell in spells.some(10, 20, 90):  # chin in the hand
        day.roll_deg[spell] = spells.either_side(11, 16)
    for spell in spells.some(60, 2, 12):  # reaching, laughing, stretching
        day.shoulders_cm[spell] = rng.uniform(2, 5)
    for spell in spells.some(5, 30, 120):  # leaning on an armrest
        day.tilt_deg[spell] = spells.either_side(4, 7)
    at = 0
    while at < FRAMES:  # shifts in the seat
        stay = int(rng.uniform(480, 1200) / DT_S)
        day.lean_deg[at : at + stay] = rng.uniform(-12, 12)
        at += stay


def misbehave(day: Day, rng: np.random.Generator) -> None:
    """Ten stretches of 48 minutes, a slouch somewhere in each; every third is of the shoulders."""
    stretch_s = HOURS * 3600 / 10
    for number in range(10):
        length_s = rng.uniform(40, 300)
        start_s = number * stretch_s + rng.uniform(900, stretch_s - 320)
        spell = slice(int(start_s / DT_S), int((start_s + length_s) / DT_S))
        if number % 3 == 2:
            day.shoulders_cm[spell] = rng.uniform(3, 5)
            fault = Fault.RAISED_SHOULDERS
        else:
            day.forward_deg[spell] = rng.uniform(14, 25)
            fault = Fault.FORWARD_HEAD
        day.slouches.append(Slouch(fault, start_s, start_s + length_s))
        if rng.uniform() < 0.6:  # away at the beginning of most stretches
            start = int((number * stretch_s + rng.uniform(0, 120)) / DT_S)
            away = slice(start, start + int(rng.uniform(120, 600) / DT_S))
            _unseen(day, away, UnseenReason.ABSENT)


def vanish(day: Day, spells: Spells) -> None:
    """What the camera does not see of somebody who is there."""
    for spell in spells.some(40, 5, 40):  # calls, the second screen, a colleague
        _unseen(day, spell, UnseenReason.TURNED_AWAY)
    for spell in spells.some(30, 1, 3):
        _unseen(day, spell, UnseenReason.OCCLUDED)


def error(rng: np.random.Generator, noise: Noise, factor: float) -> Channel:
    """What the measure stage adds to the truth."""
    outliers = rng.uniform(size=FRAMES) < noise.outlier_share
    wild = np.where(outliers, rng.choice([-1, 1], FRAMES) * noise.outlier, 0.0)
    white = rng.normal(0, factor * noise.white, FRAMES)
    return white + wander(rng, factor * noise.drift, noise.drift_s) + wild


def _unseen(day: Day, spell: slice, reason: UnseenReason) -> None:
    day.unseen.update(dict.fromkeys(range(*spell.indices(FRAMES)), reason))


def frame(day: Day, i: int, noise: float) -> Measurement | Unseen:
    """What the measure stage hands on for one frame."""
    t_s = i * DT_S
    if i in day.unseen:
        return Unseen(t_s, day.unseen[i])
    shoulders = Estimate(float(day.shoulders_cm[i]), noise * NOISE_CM.told)

    def deg(channel: Channel) -> Estimate:
        return Estimate(float(channel[i]), noise * NOISE_DEG.told)

    return Measurement(
        t_s=t_s,
        forward_head_change_deg=deg(day.forward_deg),
        forward_head_deg=Estimate(40.0 + float(day.forward_deg[i]), 6.0),
        shoulder_elevation_left_cm=shoulders,
        shoulder_elevation_right_cm=shoulders,
        shoulder_tilt_deg=Estimate(float(day.tilt_deg[i]), noise * NOISE_DEG.told / 2),
        head_yaw_deg=Estimate(0.0, 2.0),
        head_pitch_deg=Estimate(0.0, 2.0),
        head_roll_deg=deg(day.roll_deg),
        trunk_lean_change_deg=deg(day.lean_deg),
        eye_distance_cm=deg(day.distance_cm),
    )


Alerts = list[tuple[Fault, float]]


def ours(day: Day, config: Config, noise: float, *, paced: bool) -> Alerts:
    """The judge and the policy with the default config, on every frame or at our own pace.

    There are no pictures here, so that no movement can hasten a look: the pace's worst case.
    """
    limits = limits_from(config.judge)
    watching, speaking = MonitorState(), PolicyState()
    nine = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    raised: Alerts = []
    i = 0
    while i < FRAMES:
        now = Instant(i * DT_S, nine + timedelta(seconds=i * DT_S))
        watching, verdict = monitor.step(watching, frame(day, i, noise), now, limits)
        speaking, events = policy.step(speaking, verdict, now, config.alert)
        raised += [(e.fault, i * DT_S) for e in events if isinstance(e, AlertRaised)]
        shown = speaking.active is not None or speaking.reminder is not None
        pause_s = pause_after(verdict, limits, config.capture, stirring=shown)
        i += round(pause_s / DT_S) if paced else 1
    return raised


def _onsets(day: Day, poor: Callable[[int, float], bool]) -> Alerts:
    """One alert wherever `poor` turns true; it is not asked about unseen frames."""
    raised: Alerts = []
    was = False
    for i in range(FRAMES):
        if i in day.unseen:
            continue
        now = poor(i, float(day.forward_deg[i]))
        if now and not was:
            raised.append((Fault.FORWARD_HEAD, i * DT_S))
        was = now
    return raised


def nose_height_for_eight_frames(day: Day, limit_deg: float) -> Alerts:
    """Low for eight frames in a row; the nose sinks as the head comes forward."""
    run = 0

    def poor(_: int, value: float) -> bool:
        nonlocal run
        run = run + 1 if value > limit_deg else 0
        return run >= 8

    return _onsets(day, poor)


def mean_score_over_five_seconds(day: Day, limit_deg: float) -> Alerts:
    """Mean of the last five seconds above the limit."""
    recent: list[float] = []

    def poor(_: int, value: float) -> bool:
        recent.append(value)
        del recent[: -int(5 / DT_S)]
        return sum(recent) / len(recent) > limit_deg

    return _onsets(day, poor)


def fixed_threshold_with_dwell(day: Day, limit_deg: float, dwell_s: float) -> Alerts:
    """Above the limit for the same dwell as ours without a break: no hysteresis, no forgiving."""
    run_s = 0.0

    def poor(_: int, value: float) -> bool:
        nonlocal run_s
        run_s = run_s + DT_S if value > limit_deg else 0.0
        return run_s >= dwell_s

    return _onsets(day, poor)


@dataclass
class Score:
    """Sums over the days for one rule."""

    due: int = 0
    found: int = 0
    false: int = 0
    delays_s: list[float] = field(default_factory=list)

    def add(
        self, day: Day, raised: Alerts, faults: set[Fault], dwell_s: dict[Fault, float]
    ) -> None:
        """Compare one day's alerts with its truth."""
        slouches = [s for s in day.slouches if s.fault in faults]
        for s in slouches:
            seen_s = sum(
                DT_S
                for i in range(int(s.start_s / DT_S), int(s.end_s / DT_S))
                if i not in day.unseen
            )
            if seen_s < dwell_s[s.fault] + 5:
                continue
            self.due += 1
            at = [t for f, t in raised if f is s.fault and s.start_s <= t <= s.end_s + LAG_S]
            if at:
                self.found += 1
                self.delays_s.append(at[0] - s.start_s - dwell_s[s.fault])
        self.false += sum(
            not any(f is s.fault and s.start_s <= t <= s.end_s + LAG_S for s in slouches)
            for f, t in raised
        )

    def figures(self, days: int) -> dict[str, float | None]:
        """Recall, median delay after the dwell, false alerts a day."""
        return {
            "recall": round(self.found / self.due, 3),
            "median_delay_after_dwell_s": round(median(self.delays_s), 1)
            if self.delays_s
            else None,
            "false_alerts_per_day": round(self.false / days, 2),
        }


def spaced(raised: Alerts, pause_s: float) -> Alerts:
    """The alerts that are left when each must wait so long after the one before."""
    kept: Alerts = []
    for fault, t_s in raised:
        if not kept or t_s - kept[-1][1] >= pause_s:
            kept.append((fault, t_s))
    return kept


def main(days: int, noise: float) -> None:
    """Run the days and print the figures."""
    config = Config.model_validate(tomllib.loads(default_path().read_text("utf-8")))
    judge = config.judge
    dwell_s = {limit.fault: limit.dwell_s for limit in limits_from(judge).faults}
    limit_deg = judge.forward_head.enter_deg
    head = {Fault.FORWARD_HEAD}
    scores: dict[str, Score] = {}
    for seed in range(days):
        day = simulate(seed, noise)
        for name, paced in (("ours", True), ("ours_every_frame", False)):
            mine = ours(day, config, noise, paced=paced)
            scores.setdefault(name, Score()).add(day, mine, set(Fault), dwell_s)
        for name, raised in (
            ("nose_height_8_frames", nose_height_for_eight_frames(day, limit_deg)),
            ("mean_score_5_s", mean_score_over_five_seconds(day, limit_deg)),
            (
                "fixed_threshold_same_dwell",
                fixed_threshold_with_dwell(day, limit_deg, dwell_s[Fault.FORWARD_HEAD]),
            ),
        ):
            scores.setdefault(name, Score()).add(day, raised, head, dwell_s)
            kept = spaced(raised, 600.0)
            scores.setdefault(f"{name}_10_min_pause", Score()).add(day, kept, head, dwell_s)
    result = {name: score.figures(days) for name, score in scores.items()}
    for name, figures in result.items():
        print(f"{name:40} {figures}")
    due = scores["ours"].due
    print(json.dumps({"benchmark": "alerts", "days": days, "noise": noise, "due": due} | result))


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 20,
        float(sys.argv[2]) if len(sys.argv) > 2 else 1.0,
    )
