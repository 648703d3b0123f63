"""The judge: hysteresis, dwell, and what unseen time is not."""

import pytest
from judge_streams import ABSENT, DARK, FORWARD, GOOD, LIMITS, Session, measured

from posture.config.judge import AngleFault
from posture.judge.monitor import Signals
from posture.judge.verdict import Fault, State
from posture.pose.landmarks import Unseen, UnseenReason


def dwelt(session: Session) -> set[Fault]:
    return {fault.fault for fault in session.verdicts[-1].faults if fault.dwelt}


def test_a_held_fault_dwells_after_its_dwell_and_not_before() -> None:
    session = Session()
    session.hold(FORWARD, 59.5)
    assert dwelt(session) == set()
    session.hold(FORWARD, 1.0)
    assert dwelt(session) == {Fault.FORWARD_HEAD}
    (fault,) = session.verdicts[-1].faults
    assert fault.by.value == pytest.approx(15.0)


def test_glances_at_the_keyboard_never_add_up() -> None:
    session = Session()
    for _ in range(120):
        session.hold(measured(forward_head=25.0), 4.0)
        session.hold(GOOD, 6.0)
        assert dwelt(session) == set()


def test_a_short_recovery_is_forgiven_and_a_real_one_is_not() -> None:
    forgiven, reset = Session(), Session()
    for session, recovery_s in ((forgiven, 5.0), (reset, 10.0)):
        session.hold(FORWARD, 50.0)
        session.hold(GOOD, recovery_s)
        session.hold(FORWARD, 25.0)
    assert dwelt(forgiven) == {Fault.FORWARD_HEAD}
    assert dwelt(reset) == set()


def test_a_value_that_straddles_the_limit_changes_nothing() -> None:
    session = Session()
    straddling = measured(sigma=3.0, forward_head=12.0)
    session.hold(straddling, 300.0)
    assert session.verdicts[-1].is_good
    session.hold(FORWARD, 5.0)
    session.hold(straddling, 5.0)
    assert session.verdicts[-1].faults


def test_one_wild_frame_does_not_make_a_minute_of_fault() -> None:
    session = Session()
    session.step(measured(forward_head=40.0))
    session.hold(measured(forward_head=8.5), 300.0)
    assert dwelt(session) == set()


@pytest.mark.parametrize("sigma", [0.5, 2.0, 5.0, 20.0])
def test_a_fault_can_be_corrected_however_unsure_the_estimate(sigma: float) -> None:
    for fault, poor in (("forward_head", 60.0), ("left", 60.0), ("tilt", -60.0), ("roll", 60.0)):
        session = Session()
        session.hold(measured(sigma=0.1, **{fault: poor}), 5.0)
        assert session.verdicts[-1].faults
        session.step(measured(sigma=sigma))
        assert session.verdicts[-1].is_good


def test_the_side_of_a_tilt_is_its_sign() -> None:
    session = Session()
    session.hold(measured(roll=-15.0), 5.0)
    (fault,) = session.verdicts[-1].faults
    assert (fault.fault, fault.by.value) == (Fault.HEAD_TILT, pytest.approx(-15.0))


def test_too_near_is_told_as_centimetres_beyond_the_limit() -> None:
    session = Session()
    session.hold(measured(distance=33.0), 70.0)
    (fault,) = session.verdicts[-1].faults
    assert (fault.fault, fault.dwelt) == (Fault.TOO_NEAR, True)
    assert fault.by.value == pytest.approx(7.0)


def test_the_worst_fault_comes_first_whatever_its_unit() -> None:
    session = Session()
    session.hold(measured(sigma=0.2, forward_head=12.0, left=5.0, right=5.0), 5.0)
    faults = [fault.fault for fault in session.verdicts[-1].faults]
    assert faults == [Fault.RAISED_SHOULDERS, Fault.FORWARD_HEAD]


def test_short_unobserved_time_neither_counts_nor_resets_and_a_minute_resets() -> None:
    short, long = Session(), Session()
    for session, unseen_s in ((short, 50.0), (long, 61.0)):
        session.hold(FORWARD, 40.0)
        session.hold(DARK, unseen_s)
        session.hold(FORWARD, 15.0)
        assert dwelt(session) == set()
        session.hold(FORWARD, 6.0)
    assert dwelt(short) == {Fault.FORWARD_HEAD}
    assert dwelt(long) == set()


def test_a_good_posture_held_for_half_an_hour_is_static_and_a_seat_shift_ends_it() -> None:
    session = Session()
    session.hold(GOOD, 31 * 60.0)
    (fault,) = session.verdicts[-1].faults
    assert (fault.fault, fault.dwelt) == (Fault.STATIC_SITTING, True)
    session.hold(measured(lean=10.0), 6.0)
    assert session.verdicts[-1].is_good


@pytest.mark.parametrize("reason", UnseenReason)
def test_every_reason_for_not_seeing_has_a_state_that_is_never_good(reason: UnseenReason) -> None:
    session = Session()
    session.step(Unseen(0.0, reason))
    verdict = session.verdicts[-1]
    assert verdict.reason is reason
    assert verdict.state not in {State.PRESENT, State.PAUSED, State.ASLEEP}
    assert not verdict.is_good


def test_suspend_is_sleep_and_a_pause_without_looking_is_a_pause() -> None:
    session = Session()
    session.hold(GOOD, 5.0)
    session.step(GOOD, dt_s=8 * 3600.0)
    asleep = session.verdicts[-1]
    assert (asleep.state, asleep.covers_s, asleep.is_good) == (State.ASLEEP, 8 * 3600.0, False)
    session.step(ABSENT, signals=Signals(paused=True))
    session.step(GOOD, dt_s=3600.0)
    assert session.verdicts[-1].state is State.PAUSED
    session.step(GOOD)
    assert session.verdicts[-1].is_good


def test_a_locked_screen_is_asleep_whatever_the_camera_sees() -> None:
    session = Session()
    session.hold(GOOD, 5.0, signals=Signals(asleep=True))
    assert {verdict.state for verdict in session.verdicts} == {State.ASLEEP}


def test_a_clock_that_goes_back_is_refused() -> None:
    session = Session()
    session.step(GOOD)
    with pytest.raises(ValueError, match="went back"):
        session.step(GOOD, dt_s=-1.0)


def test_a_fault_switched_off_is_not_judged() -> None:
    session = Session()
    off = session.judge.forward_head.model_copy(update={"enabled": False})
    session.judge = session.judge.model_copy(update={"forward_head": off})
    session.hold(FORWARD, 120.0)
    assert session.verdicts[-1].is_good


def test_limits_without_hysteresis_are_refused() -> None:
    with pytest.raises(ValueError, match="hysteresis"):
        AngleFault(enabled=True, enter_deg=10, leave_deg=10, dwell_s=60)


def test_relaxing_moves_both_limits_outwards_for_every_fault() -> None:
    relaxed = LIMITS.relaxed(dict.fromkeys(Fault, 10.0))
    for before, after in zip(LIMITS.faults, relaxed.faults, strict=True):
        assert after.enter > before.enter
        assert after.enter - after.leave == pytest.approx(before.enter - before.leave)
    assert relaxed.still.after_s == pytest.approx(LIMITS.still.after_s * 1.1)
