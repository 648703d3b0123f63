"""When the camera rests, and how it comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from homes import CLIP

from posture.capture.clock import clock_s
from posture.capture.frame import Frame, NoFrame
from posture.capture.looped import LoopedFile
from posture.capture.resting import Opener, RestingCamera
from posture.capture.retry import Backoff
from posture.config.load import load_config
from posture.errors import CameraBusyError
from posture.instant import Instant
from posture.judge.memory import PolicyState
from posture.judge.persist import dump, load
from posture.judge.quiet import UNTIL_TAKEN_BACK, parse_snooze
from posture.service.manners import Rest, why_rest
from posture.service.requests import PauseRequest, SnoozeRequest, obey

SERVICE = load_config().service
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(hours: float = 0.0) -> Instant:
    return Instant(hours * 3600, MONDAY + timedelta(hours=hours))


def rest(now: Instant, pause=None, *, locked=False, lent=False, **service):
    section = SERVICE.model_copy(update=service)
    return why_rest(pause, now, section, locked=locked, lent=lent)


def test_the_camera_is_wanted_unless_something_speaks_against_it():
    assert rest(at()) is None
    assert rest(at(), locked=True) is Rest.LOCKED
    assert rest(at(), lent=True) is Rest.LENT
    assert rest(at(), parse_snooze("15m", at())) is Rest.PAUSED


def test_a_pause_ends_by_itself_and_one_without_an_end_does_not():
    pause = parse_snooze("2h", at())
    assert rest(at(1.9), pause) is Rest.PAUSED
    assert rest(at(2.0), pause) is None
    assert rest(at(900), UNTIL_TAKEN_BACK) is Rest.PAUSED


@pytest.mark.parametrize(
    ("hour", "wanted"), [(-0.1, False), (0.0, True), (3.4, True), (3.5, False), (24.0, False)]
)
def test_outside_the_working_hours_the_camera_is_closed(hour, wanted):
    found = rest(at(hour), hours=("09:00-12:30",), days=("mon",))
    assert found is (None if wanted else Rest.OFF_HOURS)


def test_a_pause_survives_a_restart_with_its_end():
    state = PolicyState(pause=parse_snooze("2h", at()))
    # Another boot: the monotonic clock begins at zero, an hour later.
    again = Instant(5.0, MONDAY + timedelta(hours=1))
    pause = load(dump(state, at()), again).pause
    assert rest(again, pause) is Rest.PAUSED
    assert rest(Instant(3700.0, MONDAY + timedelta(hours=2.1)), pause) is None


def test_a_request_that_makes_no_sense_any_more_changes_nothing_and_ends_nothing():
    asked = [PauseRequest("until 09:00"), PauseRequest("soon"), SnoozeRequest("15m")]
    late = Instant(60.0, MONDAY + timedelta(minutes=1))
    state, _ = obey(PolicyState(), asked, late, load_config().alert)
    assert state.pause is None
    assert state.snooze is not None


def test_a_resting_camera_is_closed_and_waits_silently_for_another_program():
    busy = False

    def open_it():
        if busy:
            raise CameraBusyError("camera 0 is in use by zoom.", meaning="", action="")
        return LoopedFile(CLIP)

    with RestingCamera(Opener("camera 0", open_it, Backoff(0.1, 0.2))) as camera:
        assert not camera.is_open
        assert isinstance(camera.next(0.0), Frame)
        camera.rest()
        assert not camera.is_open
        assert isinstance(camera.next(0.0), NoFrame)
        busy = True
        camera.work()
        refused = camera.next(0.0)
        assert isinstance(refused, NoFrame)
        assert "in use by zoom" in refused.detail
        busy = False
        seen = camera.next(0.0)
        assert isinstance(seen, NoFrame)  # not before the pause is over
        assert isinstance(camera.next(clock_s() + 0.15), Frame)
