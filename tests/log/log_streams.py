"""A log as a monitor writes it, without a camera: verdicts with made-up measurements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from posture.instant import Instant
from posture.judge.verdict import ActiveFault, Fault, State, Unit, Verdict
from posture.measure.measurement import Estimate, Measurement
from posture.pose.landmarks import UnseenReason

DAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
SLOUCH = (ActiveFault(Fault.FORWARD_HEAD, Estimate(12, 2), Unit.DEG, 30, dwelt=False),)
_REASONS = {
    State.ABSENT: UnseenReason.ABSENT,
    State.TURNED_AWAY: UnseenReason.TURNED_AWAY,
    State.UNSURE: UnseenReason.TOO_DARK,
    State.CAMERA_LOST: UnseenReason.CAMERA_LOST,
}


def measurement(t_s, head_deg=0.0, shoulders_cm=0.0, sigma=1.5):
    return Measurement(
        t_s=t_s,
        forward_head_change_deg=Estimate(head_deg, sigma),
        forward_head_deg=Estimate(45 + head_deg, 6),
        shoulder_elevation_left_cm=Estimate(shoulders_cm, 0.6),
        shoulder_elevation_right_cm=Estimate(shoulders_cm, 0.6),
        shoulder_tilt_deg=Estimate(0, 1),
        head_yaw_deg=Estimate(0, 2),
        head_pitch_deg=Estimate(-3, 2),
        head_roll_deg=Estimate(1, 2),
        trunk_lean_change_deg=Estimate(2, 2),
        eye_distance_cm=Estimate(61, 2),
    )


def verdict(t_s, covers_s, state=State.PRESENT, faults=(), head_deg=None):
    seen = measurement(t_s, head_deg) if head_deg is not None else None
    return Verdict(t_s, state, _REASONS.get(state), faults, seen, t_s - covers_s)


def feed(store, steps, began=DAY):
    """Record (length, state, faults[, head]) one after another; give the instant at the end."""
    t_s, now = 0.0, Instant(0.0, began)
    store.record(verdict(0.0, 0.0), now)
    for covers_s, state, faults, *head in steps:
        t_s += covers_s
        now = Instant(
            t_s, (began.astimezone(UTC) + timedelta(seconds=t_s)).astimezone(began.tzinfo)
        )
        store.record(verdict(t_s, covers_s, state, faults, *head), now)
    return now
