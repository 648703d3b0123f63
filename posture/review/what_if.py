"""What other limits would have said of logged days: their minutes, judged again (pure but reading).

A minute is replayed as its mean with one swing up and one down, which is less than was seen then;
compare a what-if with the what-if of today's limits, not with the alerts that were given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from posture.config.schema import Config
from posture.instant import Instant
from posture.judge import monitor, policy
from posture.judge.events import AlertRaised
from posture.judge.limits import limits_from
from posture.judge.memory import PolicyState
from posture.judge.verdict import Fault
from posture.log.days import read_minutes
from posture.log.measures import Measure, Spread
from posture.log.records import LoggedMinute
from posture.measure.measurement import Estimate, Measurement
from posture.pose.landmarks import Unseen, UnseenReason

_MINUTE_S = 60
# What a minute swung through, in six looks: mostly its mean, once its upper and its lower end.
_SWING = ("mean", "p90", "mean", "mean", "p10", "mean")
_UNKNOWN = Spread(0.0, 0.0, 0.0, 0.0)


def what_if(path: Path, first: date, last: date, config: Config) -> Mapping[Fault, int]:
    """Count the alerts that these settings would have given.

    Args:
        path: The log.
        first: Local date.
        last: Local date.
        config: Its `[judge]` and `[alert]` tables are used.

    Returns:
        Number of alerts by fault; faults without an alert are left out.

    Raises:
        LogError: The log cannot be read.
    """
    minutes = read_minutes(path, first, last)
    limits = limits_from(config.judge)
    speaking, judging = PolicyState(), monitor.MonitorState()
    counts: dict[Fault, int] = {}
    for now, observation in _looks(minutes, limits.asleep_gap_s):
        judging, verdict = monitor.step(judging, observation, now, limits)
        speaking, events = policy.step(speaking, verdict, now, config.alert)
        for event in events:
            if isinstance(event, AlertRaised):
                counts[event.fault] = counts.get(event.fault, 0) + 1
    return counts


def _looks(
    minutes: tuple[LoggedMinute, ...], asleep_gap_s: float
) -> Iterator[tuple[Instant, Measurement | Unseen]]:
    """A few looks for every minute; a gap between minutes is one look that saw nobody."""
    pause_s = min(_MINUTE_S / len(_SWING), asleep_gap_s / 2)
    last_s = float("-inf")
    for minute in minutes:
        began_s = minute.at.timestamp()
        if began_s <= last_s:
            continue  # the clock was set back: these minutes have been judged
        if began_s - last_s > _MINUTE_S:
            yield Instant(began_s, minute.at), Unseen(began_s, UnseenReason.ABSENT)
        for step in range(max(1, round(min(minute.measured_s, _MINUTE_S) / pause_s))):
            last_s = began_s + step * pause_s
            now = Instant(last_s, minute.at + timedelta(seconds=step * pause_s))
            yield now, _measurement(minute, _SWING[step % len(_SWING)], last_s)


def _measurement(minute: LoggedMinute, part: str, t_s: float) -> Measurement:
    def of(measure: Measure) -> Estimate:
        spread = minute.spreads.get(measure, _UNKNOWN)
        return Estimate(getattr(spread, part), spread.sigma)

    head = of(Measure.FORWARD_HEAD)
    return Measurement(
        t_s=t_s,
        forward_head_change_deg=head,
        forward_head_deg=head,
        shoulder_elevation_left_cm=of(Measure.SHOULDER_LEFT),
        shoulder_elevation_right_cm=of(Measure.SHOULDER_RIGHT),
        shoulder_tilt_deg=of(Measure.SHOULDER_TILT),
        head_yaw_deg=of(Measure.HEAD_YAW),
        head_pitch_deg=of(Measure.HEAD_PITCH),
        head_roll_deg=of(Measure.HEAD_ROLL),
        trunk_lean_change_deg=of(Measure.LEAN),
        eye_distance_cm=of(Measure.DISTANCE),
    )
