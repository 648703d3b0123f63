"""What holds for any stream: gaps, noise, suspends, clock jumps, answers in any order."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from judge_streams import ALERT, JUDGE, Session, measured

from posture.judge import answers, persist
from posture.judge.events import (
    AlertEnded,
    AlertRaised,
    BreakDue,
    BreakEnded,
    SnoozeEnded,
)
from posture.judge.limits import amount, limits_from
from posture.judge.monitor import AWAKE, Signals
from posture.judge.quiet import parse_snooze, quiet_now
from posture.judge.verdict import Fault, State
from posture.pose.landmarks import Unseen, UnseenReason

postures = st.builds(
    measured,
    sigma=st.floats(0.1, 4.0),
    forward_head=st.sampled_from([-5.0, 3.0, 8.5, 11.0, 15.0, 35.0]),
    left=st.sampled_from([0.0, 1.5, 5.0]),
    right=st.sampled_from([0.0, 5.0]),
    roll=st.sampled_from([0.0, -14.0]),
    distance=st.sampled_from([65.0, 35.0]),
)
unseen = st.builds(Unseen, st.just(0.0), st.sampled_from(UnseenReason))
lengths_s = st.sampled_from([0.4, 3.0, 9.0, 30.0, 70.0, 200.0, 400.0])
steps_s = st.sampled_from([0.3, 1.0, 4.0])


# Pauses so short and budgets so small that a random day runs into them.
TIGHT = type(ALERT).model_validate(
    ALERT.model_dump()
    | {
        "spacing_min": 2,
        "same_fault_min": 3,
        "ignored_min": 2,
        "max_per_hour": 2,
        "max_per_day": 3,
    }
)


class AnyDay(RuleBasedStateMachine):
    """A person, a camera, two clocks and a system that do what they like."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(alert=TIGHT)

    def _hold(self, observation, for_s, dt_s, signals=AWAKE, *, dnd=False) -> None:
        for _ in range(max(1, round(for_s / dt_s))):
            snoozed = self.session.policy.snooze is not None
            events = self.session.step(observation, dt_s, signals, do_not_disturb=dnd)
            woke = any(isinstance(event, SnoozeEnded) for event in events)
            if any(isinstance(event, AlertRaised | BreakDue) for event in events):
                assert not dnd
                assert not snoozed or woke
                assert not quiet_now(self.session.now, self.session.alert)
                assert self.session.verdicts[-1].state is State.PRESENT

    @rule(posture=postures, for_s=lengths_s, dt_s=steps_s)
    def sit(self, posture, for_s, dt_s) -> None:
        self._hold(posture, for_s, dt_s)

    @rule(one=postures, other=postures, times=st.integers(2, 40), dt_s=steps_s)
    def fidget(self, one, other, times, dt_s) -> None:
        for _ in range(times):
            self._hold(one, dt_s, dt_s)
            self._hold(other, 2 * dt_s, dt_s)

    @rule(why=unseen, for_s=lengths_s, dt_s=steps_s)
    def vanish(self, why, for_s, dt_s) -> None:
        self._hold(why, for_s, dt_s)

    @rule(posture=postures, for_s=lengths_s, dnd=st.booleans())
    def pause_lock_or_present(self, posture, for_s, dnd) -> None:
        signals = AWAKE if dnd else Signals(paused=for_s > 5, asleep=for_s > 50)
        self._hold(posture, for_s, 1.0, signals, dnd=dnd)

    @rule(posture=postures, gap_s=st.sampled_from([14.0, 16.0, 600.0, 40000.0]))
    def suspend(self, posture, gap_s) -> None:
        self._hold(posture, gap_s, gap_s)

    @rule(hours=st.integers(-30, 30))
    def set_the_wall_clock(self, hours) -> None:
        self.session.wall_offset += timedelta(hours=hours)

    @rule(text=st.sampled_from(["5m", "1h", "until tomorrow"]))
    def snooze(self, text) -> None:
        now = self.session.now
        asked = parse_snooze(text, now)
        self.session.kept(answers.snooze(self.session.policy, asked, now, TIGHT))

    @rule()
    def unsnooze(self) -> None:
        self.session.kept(answers.unsnooze(self.session.policy, self.session.now))

    @rule()
    def that_was_wrong(self) -> None:
        raised = self.session.of(AlertRaised)
        if raised:
            now = self.session.now
            self.session.kept(answers.wrong(self.session.policy, raised[-1].id, now, TIGHT))

    @rule(fault=st.sampled_from(Fault))
    def undo(self, fault) -> None:
        self.session.kept(answers.restore(self.session.policy, fault, self.session.now))

    @rule()
    def restart_the_policy(self) -> None:
        kept = persist.dump(self.session.policy, self.session.now)
        self.session.policy = persist.load(kept, self.session.now)

    @invariant()
    def the_spans_tile_the_elapsed_time(self) -> None:
        verdicts = self.session.verdicts
        assert all(after.since_s == before.t_s for before, after in pairwise(verdicts))
        if verdicts:
            elapsed_s = verdicts[-1].t_s - verdicts[0].t_s
            assert sum(v.covers_s for v in verdicts) == pytest.approx(elapsed_s)

    @invariant()
    def unobserved_time_is_neither_good_nor_bad(self) -> None:
        for verdict in self.session.verdicts:
            if verdict.state is not State.PRESENT:
                assert not verdict.is_good
                assert not verdict.faults
                assert verdict.measurement is None
            else:
                assert verdict.covers_s <= JUDGE.asleep_gap_s

    @invariant()
    def nothing_is_observed_twice_or_invented(self) -> None:
        observed_s = sum(v.covers_s for v in self.session.verdicts if v.state is State.PRESENT)
        assert self.session.policy.sitting.sitting_s <= observed_s + 1e-6
        for verdict in self.session.verdicts[-1:]:
            assert all(fault.observed_s <= observed_s + 1e-6 for fault in verdict.faults)

    @invariant()
    def no_alert_before_its_dwell(self) -> None:
        for alert in self.session.of(AlertRaised):
            assert poor_s(self.session, alert) >= dwell_s(alert.fault) - 1e-6

    @invariant()
    def the_budgets_hold(self) -> None:
        raised = self.session.of(AlertRaised)
        times = [event.at.mono_s for event in raised]
        assert all(b - a >= 3600 for a, b in zip(times, times[TIGHT.max_per_hour :], strict=False))
        days = [event.at.local.date() for event in raised]
        assert all(days.count(day) <= TIGHT.max_per_day for day in days)

    @invariant()
    def one_thing_at_a_time_and_a_pause_after_it(self) -> None:
        shown, free_from_s = None, float("-inf")
        for event in self.session.events:
            if isinstance(event, AlertRaised | BreakDue):
                assert shown is None
                assert event.at.mono_s >= free_from_s
                shown = event.id
                free_from_s = event.at.mono_s + TIGHT.spacing_min * 60
            elif isinstance(event, AlertEnded | BreakEnded) and event.id == shown:
                shown = None
                if isinstance(event, AlertEnded):
                    free_from_s = event.at.mono_s + TIGHT.spacing_min * 60


def dwell_s(fault: Fault) -> float:
    if fault is Fault.STATIC_SITTING:
        return JUDGE.static_sitting.after_min * 60
    return getattr(JUDGE, fault.value).dwell_s


def poor_s(session: Session, alert: AlertRaised) -> float:
    """Observed seconds with the fault possibly on, back to the last real recovery or long gap.

    Counted from the measurements and the limits alone, generously: straddling counts as poor.
    """
    limits = limits_from(JUDGE)
    poor = recovered = unobserved = 0.0
    for verdict in reversed([v for v in session.verdicts if v.t_s <= alert.at.mono_s]):
        if verdict.measurement is None:
            unobserved += verdict.covers_s
            if unobserved >= limits.unobserved_reset_s:
                break
            continue
        unobserved = 0.0
        if alert.fault is Fault.STATIC_SITTING:
            poor += verdict.covers_s
            continue
        limit = next(limit for limit in limits.faults if limit.fault is alert.fault)
        if limit.ends(amount(alert.fault, verdict.measurement), limits.straddle_sigmas):
            recovered += verdict.covers_s
            if recovered >= limits.recovered_s:
                break
        else:
            poor, recovered = poor + verdict.covers_s, 0.0
    return poor


AnyDay.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyDay = AnyDay.TestCase


@settings(max_examples=40, deadline=None)
@given(
    spells=st.lists(
        st.tuples(postures | unseen, lengths_s, steps_s, st.sampled_from([0.0, 20.0, 3000.0])),
        min_size=2,
        max_size=12,
    ),
    cut=st.floats(0, 1),
)
def test_two_halves_with_a_restart_between_them_equal_the_whole(spells, cut) -> None:
    steps = [
        (observation, gap_s if first and gap_s else dt_s)
        for observation, for_s, dt_s, gap_s in spells
        for first in [True] + [False] * round(for_s / dt_s)
    ]
    whole, halves = Session(), Session()
    for observation, dt_s in steps:
        whole.step(observation, dt_s)
    at = round(cut * len(steps))
    for observation, dt_s in steps[:at]:
        halves.step(observation, dt_s)
    second = Session(
        mono_s=halves.mono_s,
        monitor=halves.monitor,
        policy=persist.load(persist.dump(halves.policy, halves.now), halves.now),
    )
    for observation, dt_s in steps[at:]:
        second.step(observation, dt_s)
    assert halves.verdicts + second.verdicts == whole.verdicts
    assert halves.events + second.events == whole.events
    assert second.policy == whole.policy


def test_a_reboot_keeps_the_budget_and_the_snooze_on_a_new_clock() -> None:
    session = Session()
    session.hold(measured(forward_head=15.0), 61.0)
    now = session.now
    session.kept(answers.snooze(session.policy, parse_snooze("1h", now), now, ALERT))
    kept = persist.dump(session.policy, now)
    rebooted = Session(start=now.local + timedelta(minutes=30))
    rebooted.policy = persist.load(kept, rebooted.now)
    rebooted.hold(measured(forward_head=15.0), 29 * 60.0)
    assert not rebooted.events
    rebooted.hold(measured(forward_head=15.0), 70.0)
    assert [type(event) for event in rebooted.events] == [SnoozeEnded, AlertRaised]


def test_a_damaged_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid JSON"):
        persist.load(b"{", Session().now)
