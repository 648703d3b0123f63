"""When to speak: one thing at a time, rarely, and not to somebody who asked for silence.

Pure, like the monitor: verdicts in, events out. Durations are differences of `Instant.mono_s`
or sums of what verdicts cover; the wall clock decides only quiet hours, days and snooze ends.
"""

from __future__ import annotations

from dataclasses import replace

from posture.config.alert import AlertSection
from posture.instant import Instant
from posture.judge import breaks
from posture.judge.events import (
    AlertEnded,
    AlertEscalated,
    AlertRaised,
    BreakDue,
    BreakEnded,
    BreakTaken,
    Escalation,
    Event,
    Outcome,
    SnoozeEnded,
)
from posture.judge.memory import ActiveAlert, ActiveReminder, PolicyState, Spoken
from posture.judge.quiet import quiet_now
from posture.judge.verdict import ActiveFault, Fault, State, Verdict

_HOUR_S = 3600.0
_FORGET_SPOKEN_S = 48 * _HOUR_S


def step(
    state: PolicyState,
    verdict: Verdict,
    now: Instant,
    config: AlertSection,
    *,
    do_not_disturb: bool = False,
) -> tuple[PolicyState, tuple[Event, ...]]:
    """Take one verdict and decide what to say.

    Args:
        state: What the last step, or an action of the user, returned.
        verdict: The judge's.
        now: The time of the verdict.
        config: The `[alert]` table.
        do_not_disturb: The system says that the user must not be disturbed now.

    Returns:
        The new state, and what happened, in order.
    """
    events: list[Event] = []
    if state.snooze is not None and state.snooze.over(now):
        state = replace(state, snooze=None)
        events.append(SnoozeEnded(now))
    sitting, taken = breaks.sit(state.sitting, verdict, config.breaks)
    if taken:
        events.append(BreakTaken(now, state.sitting.sitting_s))
    state = replace(state, sitting=sitting)

    silent = do_not_disturb or verdict.state is State.PAUSED or quiet_now(now, config)
    if state.active is not None:
        state, more = _follow(state, state.active, verdict, now, config, silent=silent)
    elif state.reminder is not None:
        state, more = _remind(
            state, state.reminder, verdict, now, config, silent=silent, taken=taken
        )
    elif silent or state.snooze is not None or verdict.state is not State.PRESENT:
        more = ()
    else:
        state, more = _speak(state, verdict, now, config)
    return state, (*events, *more)


def _speak(
    state: PolicyState, verdict: Verdict, now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    if state.quiet_until_s is not None and now.mono_s < state.quiet_until_s:
        return state, ()
    state = replace(
        state, spoken=tuple(s for s in state.spoken if now.mono_s - s.mono_s < _FORGET_SPOKEN_S)
    )
    fault = next((f for f in verdict.faults if f.dwelt and _rested(state, f.fault, now)), None)
    if fault is not None and _within_budget(state, now, config):
        return _raise(state, fault, now, config)
    # After the alerts: a break can wait some minutes, a fault that is going on can't.
    if state.sitting.due(config.breaks):
        state, reminder_id = _next_id(state, now)
        sitting = replace(state.sitting, reminded_at_s=state.sitting.sitting_s)
        state = replace(
            state,
            reminder=ActiveReminder(reminder_id),
            sitting=sitting,
            # From its beginning: it judges nothing, so an alert need not wait for its end too.
            quiet_until_s=now.mono_s + config.spacing_min * 60,
        )
        return state, (BreakDue(now, reminder_id, sitting.sitting_s),)
    return state, ()


def _rested(state: PolicyState, fault: Fault, now: Instant) -> bool:
    until_s = state.fault_quiet_until_s.get(fault)
    return until_s is None or now.mono_s >= until_s


def _within_budget(state: PolicyState, now: Instant, config: AlertSection) -> bool:
    this_hour = sum(now.mono_s - s.mono_s < _HOUR_S for s in state.spoken)
    today = sum(s.day == now.local.date() for s in state.spoken)
    return this_hour < config.max_per_hour and today < config.max_per_day


def _raise(
    state: PolicyState, fault: ActiveFault, now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    state, alert_id = _next_id(state, now)
    event = AlertRaised(
        now,
        alert_id,
        fault.fault,
        fault.by,
        fault.unit,
        fault.observed_s,
        Escalation(config.escalation[0]),
    )
    state = replace(
        state,
        spoken=(*state.spoken, Spoken(now.mono_s, now.local.date())),
        active=ActiveAlert(alert_id, fault.fault, now.mono_s),
    )
    return state, (event,)


def _next_id(state: PolicyState, now: Instant) -> tuple[PolicyState, str]:
    serial = state.serial + 1
    # The date keeps ids apart even when the state was lost and the count began again.
    return replace(state, serial=serial), f"{now.local:%Y%m%dT%H%M%S}-{serial}"


def _follow(
    state: PolicyState,
    active: ActiveAlert,
    verdict: Verdict,
    now: Instant,
    config: AlertSection,
    *,
    silent: bool,
) -> tuple[PolicyState, tuple[Event, ...]]:
    active = _watched(active, verdict)
    outcome = _outcome(active, verdict, config, silent=silent)
    if outcome is not None:
        return end(state, active, outcome, now, config)
    level = min(int(active.observed_s / config.escalate_after_s), len(config.escalation) - 1)
    if level == active.level:
        return replace(state, active=active), ()
    active = replace(active, level=level)
    event = AlertEscalated(now, active.id, Escalation(config.escalation[level]))
    return replace(state, active=active), (event,)


def _watched(active: ActiveAlert, verdict: Verdict) -> ActiveAlert:
    if verdict.state is not State.PRESENT:
        return replace(active, unseen_s=active.unseen_s + verdict.covers_s)
    if any(fault.fault is active.fault for fault in verdict.faults):
        observed_s = active.observed_s + verdict.covers_s
        return replace(active, observed_s=observed_s, clear_s=0.0, unseen_s=0.0)
    return replace(active, clear_s=active.clear_s + verdict.covers_s, unseen_s=0.0)


def _outcome(
    active: ActiveAlert, verdict: Verdict, config: AlertSection, *, silent: bool
) -> Outcome | None:
    if active.clear_s >= config.corrected_after_s:
        return Outcome.CORRECTED
    if silent:
        return Outcome.SILENCED
    lost = verdict.state in {State.ASLEEP, State.CAMERA_LOST}
    if lost or active.unseen_s >= config.unseen_after_s:
        return Outcome.UNSEEN
    if active.observed_s >= config.ignored_after_s:
        return Outcome.IGNORED
    return None


def end(
    state: PolicyState, active: ActiveAlert, outcome: Outcome, now: Instant, config: AlertSection
) -> tuple[PolicyState, tuple[Event, ...]]:
    """Take the alert away, whatever followed it, and set the pause after it.

    Args:
        state: With `active` being shown.
        active: The alert.
        outcome: What followed.
        now: When.
        config: The `[alert]` table.

    Returns:
        The state without it, and its `AlertEnded`.
    """
    ignored = state.ignored_in_a_row
    pause_min = config.spacing_min
    if outcome is Outcome.CORRECTED:
        ignored = 0
    elif outcome is Outcome.IGNORED:
        pause_min = max(pause_min, min(config.ignored_min * 2.0**ignored, config.ignored_max_min))
        ignored = min(ignored + 1, 16)  # the doubling ended long before; keeps 2**n finite
    fault_quiet = {f: s for f, s in state.fault_quiet_until_s.items() if s > now.mono_s}
    fault_quiet[active.fault] = now.mono_s + config.same_fault_min * 60
    state = replace(
        state,
        active=None,
        last_ended=active,
        ignored_in_a_row=ignored,
        quiet_until_s=now.mono_s + pause_min * 60,
        fault_quiet_until_s=fault_quiet,
    )
    after_s = now.mono_s - active.raised_s
    if outcome is Outcome.CORRECTED:
        after_s = max(0.0, after_s - active.clear_s)
    return state, (AlertEnded(now, active.id, active.fault, outcome, after_s),)


def _remind(
    state: PolicyState,
    reminder: ActiveReminder,
    verdict: Verdict,
    now: Instant,
    config: AlertSection,
    *,
    silent: bool,
    taken: bool,
) -> tuple[PolicyState, tuple[Event, ...]]:
    if not breaks.away(verdict):
        reminder = replace(reminder, shown_s=reminder.shown_s + verdict.covers_s)
    if taken:
        return end_reminder(state, reminder, Outcome.CORRECTED, now)
    if silent:
        return end_reminder(state, reminder, Outcome.SILENCED, now)
    if reminder.shown_s >= config.breaks.shown_s:
        return end_reminder(state, reminder, Outcome.IGNORED, now)
    return replace(state, reminder=reminder), ()


def end_reminder(
    state: PolicyState, reminder: ActiveReminder, outcome: Outcome, now: Instant
) -> tuple[PolicyState, tuple[Event, ...]]:
    """Take the break reminder away."""
    return replace(state, reminder=None), (BreakEnded(now, reminder.id, outcome),)
