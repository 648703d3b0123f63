"""What the user answers to alerts and asks for: snooze, pause, "that was wrong", taking it back."""

from __future__ import annotations

from dataclasses import replace

from posture.config.alert import AlertSection
from posture.instant import Instant
from posture.judge.events import (
    AlertEnded,
    Event,
    LimitRelaxed,
    Outcome,
    SnoozeEnded,
    SnoozeStarted,
)
from posture.judge.memory import PolicyState
from posture.judge.policy import end, end_reminder
from posture.judge.quiet import Snooze
from posture.judge.verdict import Fault


def snooze(
    state: PolicyState, asked: Snooze, now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    """Be silent for a while; whatever is being shown goes away.

    Args:
        state: The policy's.
        asked: How long, from `parse_snooze`.
        now: When it was asked.
        config: The `[alert]` table.

    Returns:
        The new state and what happened.
    """
    state, ended = _take_away(state, Outcome.SNOOZED, now, config)
    return replace(state, snooze=asked), (*ended, SnoozeStarted(now, asked.text))


def unsnooze(state: PolicyState, now: Instant) -> tuple[PolicyState, tuple[Event, ...]]:
    """Speak again; nothing happens when not snoozed."""
    if state.snooze is None:
        return state, ()
    return replace(state, snooze=None), (SnoozeEnded(now),)


def pause(
    state: PolicyState, asked: Snooze, now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    """Do not look for a while; whatever is being shown goes away.

    Args:
        state: The policy's.
        asked: How long.
        now: When it was asked.
        config: The `[alert]` table.

    Returns:
        The new state and what happened.
    """
    state, ended = _take_away(state, Outcome.UNSEEN, now, config)
    return replace(state, pause=asked), ended


def resume(state: PolicyState) -> PolicyState:
    """Look again; nothing happens when not paused."""
    return replace(state, pause=None)


def wrong(
    state: PolicyState, alert_id: str, now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    """Take "that was wrong" for an answer: relax the alert's fault a little, within bounds.

    Also takes the answer to the alert that has just gone away: a button may be pressed in the same
    second. Its outcome is then recorded a second time, and the later one holds.

    Args:
        state: The policy's.
        alert_id: The alert answered; an unknown or older one changes nothing.
        now: When it was answered.
        config: The `[alert]` table.

    Returns:
        The new state and what happened.
    """
    active, last = state.active, state.last_ended
    ended: tuple[Event, ...]
    if active is not None and active.id == alert_id:
        answered = active
        state, ended = end(state, active, Outcome.WRONG, now, config)
    elif last is not None and last.id == alert_id:
        answered = last
        after_s = now.mono_s - last.raised_s
        ended = (AlertEnded(now, last.id, last.fault, Outcome.WRONG, after_s),)
    else:
        return state, ()
    state = replace(state, last_ended=None)  # one alert relaxes once
    before = state.relaxed_percent.get(answered.fault, 0.0)
    percent = min(before + config.relax_step_percent, config.relax_max_percent)
    if percent <= before:
        return state, ended
    relaxed = {**state.relaxed_percent, answered.fault: percent}
    state = replace(state, relaxed_percent=relaxed)
    return state, (*ended, LimitRelaxed(now, answered.fault, percent))


def restore(
    state: PolicyState, fault: Fault, now: Instant
) -> tuple[PolicyState, tuple[Event, ...]]:
    """Undo all that "that was wrong" has relaxed for `fault`."""
    if fault not in state.relaxed_percent:
        return state, ()
    relaxed = {f: percent for f, percent in state.relaxed_percent.items() if f is not fault}
    return replace(state, relaxed_percent=relaxed), (LimitRelaxed(now, fault, 0.0),)


def _take_away(
    state: PolicyState, outcome: Outcome, now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    if state.active is not None:
        return end(state, state.active, outcome, now, config)
    if state.reminder is not None:
        return end_reminder(state, state.reminder, outcome, now)
    return state, ()
