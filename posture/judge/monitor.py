"""The judge: from measurements, or their absence, to verdicts.

A pure state machine. Each step speaks for the time since the step before and says which of the
person's states it was; only time with a measurement is observed, and only observed time counts
towards a fault. The first step after a long gap speaks for the gap, whatever is seen at its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from posture.instant import Instant
from posture.judge.limits import Limits, amount
from posture.judge.track import NO_EPISODE, FaultTrack, Stillness, advance, sit
from posture.judge.verdict import ActiveFault, Fault, State, Unit, Verdict
from posture.measure.measurement import Estimate, Measurement
from posture.pose.landmarks import Unseen, UnseenReason

_STATE_OF_REASON: Mapping[UnseenReason, State] = {
    UnseenReason.ABSENT: State.ABSENT,
    UnseenReason.TURNED_AWAY: State.TURNED_AWAY,
    UnseenReason.CAMERA_LOST: State.CAMERA_LOST,
}


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of the person and the machine besides the picture.

    Attributes:
        paused: The user has paused the program.
        asleep: The session is locked or the machine is about to sleep, as far as the system tells.
    """

    paused: bool = False
    asleep: bool = False


AWAKE = Signals()


@dataclass(frozen=True, slots=True)
class MonitorState:
    """What the judge remembers; the default is a fresh start.

    Attributes:
        last_s: Monotonic time of the last step; None before the first.
        last: The person's state at the last step.
        unobserved_s: Seconds since the person was last measured.
        tracks: The faults with an episode.
        stillness: Time since the last shift of position.
    """

    last_s: float | None = None
    last: State = State.UNSURE
    unobserved_s: float = 0.0
    tracks: Mapping[Fault, FaultTrack] = field(default_factory=dict)
    stillness: Stillness = field(default_factory=Stillness)


def step(
    state: MonitorState,
    observation: Measurement | Unseen,
    now: Instant,
    limits: Limits,
    signals: Signals = AWAKE,
) -> tuple[MonitorState, Verdict]:
    """Judge the time from the last step until now.

    Args:
        state: What the last step returned.
        observation: What the measure stage says now.
        now: The time of it; only `mono_s` matters.
        limits: What to judge by.
        signals: Paused, asleep.

    Returns:
        The new state, and the verdict on [last step, now).

    Raises:
        ValueError: `now` lies before the last step: a clock that goes back would count time twice.
    """
    dt_s = 0.0 if state.last_s is None else now.mono_s - state.last_s
    if dt_s < 0:
        raise ValueError(f"the monotonic clock went back by {-dt_s} s")
    person, reason = _person(state, observation, dt_s, limits, signals)
    if person is State.PRESENT and isinstance(observation, Measurement):
        state = _observed(state, observation, limits, dt_s)
        faults = _in_force(state, observation, limits)
        measurement = observation
    else:
        state = _unobserved(state, limits, dt_s)
        faults, measurement = (), None
    verdict = Verdict(now.mono_s, person, reason, faults, measurement, state.last_s)
    return replace(state, last_s=now.mono_s, last=person), verdict


def _person(
    state: MonitorState,
    observation: Measurement | Unseen,
    dt_s: float,
    limits: Limits,
    signals: Signals,
) -> tuple[State, UnseenReason | None]:
    if dt_s > limits.asleep_gap_s:
        # Nobody looks while paused, so a pause ends with a gap that is no sleep.
        return (State.PAUSED if state.last is State.PAUSED else State.ASLEEP), None
    if signals.paused:
        return State.PAUSED, None
    if signals.asleep:
        return State.ASLEEP, None
    if isinstance(observation, Measurement):
        return State.PRESENT, None
    return _STATE_OF_REASON.get(observation.reason, State.UNSURE), observation.reason


def _observed(
    state: MonitorState, measurement: Measurement, limits: Limits, dt_s: float
) -> MonitorState:
    tracks = {}
    for limit in limits.faults:
        track = state.tracks.get(limit.fault, NO_EPISODE)
        track = advance(track, amount(limit.fault, measurement), limit, limits, dt_s)
        if track != NO_EPISODE:
            tracks[limit.fault] = track
    stillness = state.stillness
    if limits.still is not None:
        stillness = sit(stillness, measurement, limits.still, dt_s)
    return replace(state, unobserved_s=0.0, tracks=tracks, stillness=stillness)


def _unobserved(state: MonitorState, limits: Limits, dt_s: float) -> MonitorState:
    unobserved_s = state.unobserved_s + dt_s
    if unobserved_s >= limits.unobserved_reset_s:
        return replace(state, unobserved_s=unobserved_s, tracks={}, stillness=Stillness())
    return replace(state, unobserved_s=unobserved_s)


def _in_force(
    state: MonitorState, measurement: Measurement, limits: Limits
) -> tuple[ActiveFault, ...]:
    ranked = []
    for limit in limits.faults:
        track = state.tracks.get(limit.fault, NO_EPISODE)
        if track.inside:
            sigma = amount(limit.fault, measurement).sigma
            by = Estimate(limit.excess(track.mean, measurement), sigma)
            active = ActiveFault(limit.fault, by, limit.unit, track.held_s, track.dwelt)
            ranked.append((limit.severity(track.mean), active))
    faults = [active for _, active in sorted(ranked, key=lambda pair: -pair[0])]
    still_s = state.stillness.still_s
    if limits.still is not None and still_s >= limits.still.after_s:
        # Last: holding a good posture too long is the least of the faults.
        by = Estimate(still_s / 60, 0.0)
        faults.append(ActiveFault(Fault.STATIC_SITTING, by, Unit.MIN, still_s, dwelt=True))
    return tuple(faults)
