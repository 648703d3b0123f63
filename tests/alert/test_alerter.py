"""All channels as one: louder by steps, and everything gone when it ends."""

from __future__ import annotations

import importlib.util
import io
from dataclasses import replace

import pytest
from conftest import Screen, wait_until
from test_desktop import CONFIG, at, raised_alert

from posture.alert.alerter import Alerter
from posture.judge.events import AlertEnded, AlertEscalated, BreakDue, Escalation, Outcome
from posture.judge.verdict import Fault


def config(**changed: object):
    return type(CONFIG).model_validate(CONFIG.model_dump() | changed)


needs_tk = pytest.mark.skipif(
    importlib.util.find_spec("_tkinter") is None, reason="needs Tk: apt-get install python3-tk"
)


@needs_tk
def test_the_border_comes_with_its_step_and_goes_with_the_correction(screen: Screen) -> None:
    stream = io.StringIO()
    chosen = config(channel="terminal", escalation=("notification", "overlay"))
    _, event = raised_alert()
    with Alerter(chosen, stream) as alerter:
        alerter.perform(event)
        assert "Your head has come forward" in stream.getvalue()
        assert not screen.picture().any()
        alerter.perform(AlertEscalated(at(61.0), event.id, Escalation.OVERLAY))
        assert wait_until(lambda: screen.picture().any())
        ended = AlertEnded(at(70.0), event.id, Fault.FORWARD_HEAD, Outcome.CORRECTED, 65.0)
        alerter.perform(ended)
        assert not screen.picture().any()


@needs_tk
def test_the_end_of_the_program_takes_the_border_along(screen: Screen) -> None:
    _, event = raised_alert()
    with Alerter(config(channel="none", escalation=("overlay",))) as alerter:
        alerter.perform(replace(event, escalation=Escalation.OVERLAY))
        assert wait_until(lambda: screen.picture().any())
    assert not screen.picture().any()


def test_a_quiet_alert_says_nothing_but_a_break_still_does() -> None:
    stream = io.StringIO()
    _, event = raised_alert()
    quiet = replace(event, escalation=Escalation.QUIET)
    with Alerter(config(channel="terminal", escalation=("quiet",)), stream) as alerter:
        alerter.perform(quiet)
        assert stream.getvalue() == ""
        alerter.perform(BreakDue(at(3000.0), "b", 3000.0))
    assert stream.getvalue().startswith("Time for a break. You have been sitting for 50 min.")
