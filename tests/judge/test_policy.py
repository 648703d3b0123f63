"""The policy: rarely, one thing at a time, and never against somebody's wish."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from judge_streams import (
    ABSENT,
    ALERT,
    DARK,
    FORWARD,
    GOOD,
    SHRUG,
    Session,
    measured,
    seconds_since_start,
)

from posture.errors import UsageError
from posture.instant import Instant
from posture.judge import answers
from posture.judge.events import (
    AlertEnded,
    AlertEscalated,
    AlertRaised,
    BreakDue,
    BreakEnded,
    BreakTaken,
    Escalation,
    LimitRelaxed,
    Outcome,
    SnoozeEnded,
)
from posture.judge.monitor import Signals
from posture.judge.quiet import parse_snooze
from posture.judge.verdict import Fault, Unit
from posture.pose.landmarks import Unseen, UnseenReason


def alert_config(**changed: object):
    return type(ALERT).model_validate(ALERT.model_dump() | changed)


def test_the_film_raises_one_alert_for_the_head_and_one_for_the_shoulders() -> None:
    session = Session()
    session.hold(GOOD, 180.0)
    session.hold(FORWARD, 150.0)
    session.hold(GOOD, 100.0)
    session.hold(measured(forward_head=20.0), 4.0)
    session.hold(GOOD, 60.0)
    session.hold(SHRUG, 240.0)
    session.hold(GOOD, 60.0)
    session.hold(ABSENT, 120.0)
    session.hold(GOOD, 120.0)
    head, shoulders = session.of(AlertRaised)
    assert (head.fault, head.unit, head.for_s) == (Fault.FORWARD_HEAD, Unit.DEG, 60.0)
    assert (shoulders.fault, shoulders.unit) == (Fault.RAISED_SHOULDERS, Unit.CM)
    assert shoulders.by.value == pytest.approx(4.0)
    first, second = session.of(AlertEnded)
    assert (first.outcome, second.outcome) == (Outcome.CORRECTED, Outcome.CORRECTED)
    assert first.after_s == pytest.approx(90.0, abs=1.0)


def test_ignored_alerts_come_ever_more_rarely_and_a_heeded_one_ends_that() -> None:
    session = Session(alert=alert_config(breaks={**ALERT.breaks.model_dump(), "enabled": False}))
    session.hold(FORWARD, 3 * 3600.0)
    raised = list(seconds_since_start(session.of(AlertRaised)))
    pauses_min = [(b - a - ALERT.ignored_after_s) / 60 for a, b in pairwise(raised)]
    assert pauses_min == pytest.approx([10, 20, 40, 60], abs=0.1)
    session.hold(ABSENT, 70 * 60.0)
    session.hold(FORWARD, 61.0)
    session.hold(GOOD, 10.0)
    assert session.of(AlertEnded)[-1].outcome is Outcome.CORRECTED
    assert session.policy.ignored_in_a_row == 0


def test_a_day_of_slouching_with_corrections_stays_within_both_budgets() -> None:
    session = Session()
    for _ in range(60):
        session.hold(FORWARD, 70.0, dt_s=1.0)
        session.hold(GOOD, 300.0, dt_s=1.0)
    raised = session.of(AlertRaised)
    assert len(raised) == ALERT.max_per_day
    times = list(seconds_since_start(raised))
    assert all(b - a >= 3600 for a, b in zip(times, times[3:], strict=False))


def test_a_new_day_has_a_new_budget_but_the_hour_goes_on_over_midnight() -> None:
    config = alert_config(max_per_day=1, max_per_hour=2, same_fault_min=1, spacing_min=1)
    session = Session(alert=config, start=datetime(2026, 3, 3, 23, 50, tzinfo=UTC))
    for _ in range(8):
        session.hold(FORWARD, 70.0)
        session.hold(GOOD, 80.0)
    assert [event.at.local.day for event in session.of(AlertRaised)] == [3, 4]


def test_an_alert_gets_louder_only_by_the_steps_of_the_config() -> None:
    session = Session(alert=alert_config(escalation=("quiet", "notification", "sound")))
    session.hold(FORWARD, 300.0)
    (raised,) = session.of(AlertRaised)
    assert raised.escalation is Escalation.QUIET
    steps = [event.escalation for event in session.of(AlertEscalated)]
    assert steps == [Escalation.NOTIFICATION, Escalation.SOUND]


@pytest.mark.parametrize(
    ("signals", "observation", "outcome"),
    [
        (Signals(paused=True), GOOD, Outcome.SILENCED),
        (Signals(asleep=True), GOOD, Outcome.UNSEEN),
        (Signals(), Unseen(0.0, UnseenReason.CAMERA_LOST), Outcome.UNSEEN),
    ],
)
def test_an_alert_ends_at_once_when_paused_asleep_or_the_camera_is_lost(
    signals, observation, outcome
) -> None:
    session = Session()
    session.hold(FORWARD, 61.0)
    session.step(observation, signals=signals)
    (ended,) = session.of(AlertEnded)
    assert ended.outcome is outcome


def test_an_alert_ends_when_the_person_has_left_and_that_is_not_thanked() -> None:
    session = Session()
    session.hold(FORWARD, 61.0)
    session.hold(ABSENT, 61.0)
    (ended,) = session.of(AlertEnded)
    assert ended.outcome is Outcome.UNSEEN


def test_do_not_disturb_quiet_hours_and_days_off_are_silent_but_not_forgotten() -> None:
    at_nine = Session()
    at_nine.hold(FORWARD, 120.0, do_not_disturb=True)
    assert not at_nine.events
    at_nine.step(FORWARD)
    assert at_nine.of(AlertRaised)
    for config in (
        alert_config(quiet_hours=["20:00-09:05"]),
        alert_config(working_days=["mon", "wed"]),
    ):
        session = Session(alert=config)
        session.hold(FORWARD, 240.0)
        assert not session.events
    session = Session(alert=alert_config(quiet_hours=["20:00-09:05"]))
    session.hold(FORWARD, 301.0)
    assert session.of(AlertRaised)


def test_a_snooze_takes_the_alert_away_and_ends_by_itself() -> None:
    session = Session()
    session.hold(FORWARD, 61.0)
    asked = parse_snooze("15m", session.now)
    session.kept(answers.snooze(session.policy, asked, session.now, ALERT))
    assert session.of(AlertEnded)[0].outcome is Outcome.SNOOZED
    session.hold(FORWARD, 15 * 60.0 - 1)
    assert len(session.of(AlertRaised)) == 1
    session.hold(FORWARD, 3.0)
    assert session.of(SnoozeEnded)
    assert len(session.of(AlertRaised)) == 2


def test_that_was_wrong_relaxes_within_bounds_and_can_be_undone() -> None:
    session = Session()
    for _ in range(8):
        session.hold(measured(forward_head=30.0), 61.0)
        alert_id = session.of(AlertRaised)[-1].id
        session.kept(answers.wrong(session.policy, alert_id, session.now, ALERT))
        session.kept(answers.wrong(session.policy, alert_id, session.now, ALERT))
        session.hold(ABSENT, 3600.0, dt_s=10.0)
    percents = [event.percent for event in session.of(LimitRelaxed)]
    assert percents == [10, 20, 30, 40, 50]
    session.hold(measured(forward_head=14.5), 120.0)
    assert session.verdicts[-1].is_good
    session.kept(answers.restore(session.policy, Fault.FORWARD_HEAD, session.now))
    session.hold(measured(forward_head=14.5), 1.0)
    assert not session.verdicts[-1].is_good


def test_that_was_wrong_counts_even_if_the_alert_has_just_gone() -> None:
    session = Session()
    session.hold(FORWARD, 61.0)
    session.hold(GOOD, 6.0)
    (raised,) = session.of(AlertRaised)
    session.kept(answers.wrong(session.policy, raised.id, session.now, ALERT))
    assert session.policy.relaxed_percent == {Fault.FORWARD_HEAD: 10}
    assert [event.outcome for event in session.of(AlertEnded)] == [
        Outcome.CORRECTED,
        Outcome.WRONG,
    ]


def moving(session: Session, for_s: float) -> None:
    """Sit well and shift in the seat now and then."""
    for _ in range(round(for_s / 60)):
        session.hold(GOOD, 50.0, dt_s=1.0)
        session.hold(measured(lean=12.0), 10.0, dt_s=1.0)


def test_a_break_is_suggested_after_fifty_minutes_and_walking_away_is_taking_it() -> None:
    session = Session()
    moving(session, 51 * 60)
    (due,) = session.of(BreakDue)
    assert due.sitting_s == pytest.approx(3000, abs=2)
    session.hold(ABSENT, 200.0)
    (ended,) = session.of(BreakEnded)
    assert ended.outcome is Outcome.CORRECTED
    (taken,) = session.of(BreakTaken)
    assert taken.sitting_s == pytest.approx(51 * 60, abs=2)
    moving(session, 49 * 60)
    assert len(session.of(BreakDue)) == 1


def test_time_in_the_dark_is_neither_sitting_nor_a_break() -> None:
    session = Session()
    moving(session, 40 * 60)
    session.hold(DARK, 10 * 60.0)
    assert not session.of(BreakDue, BreakTaken)
    moving(session, 11 * 60)
    assert session.of(BreakDue)


def test_a_night_asleep_is_one_break_and_no_sitting() -> None:
    session = Session()
    moving(session, 45 * 60)
    session.step(GOOD, dt_s=10 * 3600.0)
    assert len(session.of(BreakTaken)) == 1
    moving(session, 49 * 60)
    assert not session.of(BreakDue)


def test_a_break_waits_for_the_alert_and_an_alert_for_the_break() -> None:
    session = Session()
    moving(session, 49 * 60)
    session.hold(FORWARD, 150.0)
    assert session.of(AlertRaised)
    assert not session.of(BreakDue)
    session.hold(GOOD, 190.0)
    assert session.of(BreakDue)
    session.hold(SHRUG, 119.0)
    assert len(session.of(AlertRaised)) == 1
    session.hold(SHRUG, 70.0)
    assert session.of(BreakEnded)[0].outcome is Outcome.IGNORED
    assert len(session.of(AlertRaised)) == 2


def test_setting_the_wall_clock_changes_no_duration() -> None:
    session = Session()
    asked = parse_snooze("15m", session.now)
    session.kept(answers.snooze(session.policy, asked, session.now, ALERT))
    session.hold(FORWARD, 100.0)
    session.wall_offset = timedelta(hours=5)
    session.hold(FORWARD, 100.0)
    session.wall_offset = timedelta(hours=-5)
    session.hold(FORWARD, 690.0)
    assert not session.of(AlertRaised, SnoozeEnded)
    assert sum(verdict.covers_s for verdict in session.verdicts) == pytest.approx(889.5)


def test_until_is_wall_time_even_across_a_change_to_daylight_saving() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = Instant(0.0, datetime(2026, 3, 29, 1, 30, tzinfo=berlin))
    asked = parse_snooze("until 09:00", before)
    # Seven and a half hours on the wall are six and a half in fact.
    in_fact = before.local.astimezone(UTC) + timedelta(hours=6, minutes=29)
    assert not asked.over(Instant(0.0, in_fact.astimezone(berlin)))
    assert asked.over(Instant(0.0, (in_fact + timedelta(minutes=1)).astimezone(berlin)))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("15m", 0.25),
        ("2h", 2),
        ("1h30m", 1.5),
        ("90 min", 1.5),
        ("until 14:00", 5),
        ("until tomorrow", 15),
    ],
)
def test_what_can_be_said_to_snooze(text: str, hours: float) -> None:
    start = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    asked = parse_snooze(text, Instant(0.0, start))
    for off_s, over in ((-1, False), (0, True)):
        after_s = hours * 3600 + off_s
        assert asked.over(Instant(after_s, start + timedelta(seconds=after_s))) is over


@pytest.mark.parametrize("text", ["", "soon", "0m", "25h", "until 24:00", "until 8:55", "-5m", "m"])
def test_what_cannot_be_understood_snoozes_nothing_and_says_so(text: str) -> None:
    with pytest.raises(UsageError, match="Nothing was changed"):
        parse_snooze(text, Instant(0.0, datetime(2026, 3, 3, 9, 0, tzinfo=UTC)))
