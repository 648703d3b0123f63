"""The notification on a real session bus with a real service on a virtual screen."""

from __future__ import annotations

import io
import queue
import subprocess
import sys
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Screen, dunst_running, wait_until

from posture.alert.alerter import Alerter
from posture.alert.channel import SNOOZE_BUTTON, Action, Answer
from posture.alert.desktop import DesktopChannel
from posture.alert.message import Exercise, Prompt
from posture.config.alert import AlertSection
from posture.instant import Instant
from posture.judge import answers, policy
from posture.judge.events import AlertEnded, AlertRaised, SnoozeStarted
from posture.judge.memory import PolicyState
from posture.judge.quiet import parse_snooze
from posture.judge.verdict import ActiveFault, Fault, State, Unit, Verdict
from posture.measure.measurement import Estimate

CONFIG = AlertSection(
    **tomllib.loads((Path(__file__).parents[2] / "config" / "default.toml").read_text("utf-8"))[
        "alert"
    ]
)
CHIN_TUCK = Exercise("Chin tuck", "Draw your chin straight back, as if away from a candle.", 30)
# Middles of the three buttons, as shares of the notification's width, and their row.
BUTTONS = {Action.SHOW_EXERCISE: 0.31, Action.SNOOZE: 0.55, Action.WRONG: 0.79}
ROW_FROM_BOTTOM_PX = 26

WINDOW = "Notification"


def at(mono_s: float) -> Instant:
    return Instant(mono_s, datetime(2026, 3, 3, 9, 0, tzinfo=UTC))


def verdict(t_s: float, *, poor: bool, covers_s: float = 1.0) -> Verdict:
    fault = ActiveFault(Fault.FORWARD_HEAD, Estimate(16.0, 2.0), Unit.DEG, 62.0, dwelt=True)
    faults = (fault,) if poor else ()
    return Verdict(t_s, State.PRESENT, None, faults, None, t_s - covers_s)


def raised_alert() -> tuple[PolicyState, AlertRaised]:
    state, (event,) = policy.step(PolicyState(), verdict(1.0, poor=True), at(1.0), CONFIG)
    assert isinstance(event, AlertRaised)
    return state, event


def press(screen: Screen, action: Action) -> None:
    left, top, width, height = screen.window(WINDOW)
    screen.click(left + round(BUTTONS[action] * width), top + height - ROW_FROM_BOTTOM_PX)


@pytest.mark.usefixtures("notification_service")
def test_a_pressed_snooze_comes_back_takes_effect_and_takes_the_notification_away(
    screen: Screen,
) -> None:
    state, event = raised_alert()
    with Alerter(CONFIG) as alerter:
        alerter.perform(event, CHIN_TUCK)
        assert wait_until(lambda: screen.window(WINDOW))
        time.sleep(0.3)
        screen.picture("alert.png")
        press(screen, Action.SNOOZE)
        got: list[Answer] = []
        assert wait_until(lambda: got.extend(alerter.answers()) or got)
        assert got == [Answer(event.id, Action.SNOOZE)]
        state, events = answers.snooze(state, parse_snooze(SNOOZE_BUTTON, at(5.0)), at(5.0), CONFIG)
        assert [type(e) for e in events] == [AlertEnded, SnoozeStarted]
        for following in events:
            alerter.perform(following)
        assert wait_until(lambda: screen.window(WINDOW) is None)
        state, later = policy.step(state, verdict(600.0, poor=True), at(600.0), CONFIG)
        assert later == ()


@pytest.mark.usefixtures("notification_service")
@pytest.mark.parametrize("action", [Action.SHOW_EXERCISE, Action.WRONG])
def test_every_button_brings_its_own_answer(screen: Screen, action: Action) -> None:
    _, event = raised_alert()
    with Alerter(CONFIG) as alerter:
        alerter.perform(event, CHIN_TUCK)
        assert wait_until(lambda: screen.window(WINDOW))
        time.sleep(0.3)
        press(screen, action)
        got: list[Answer] = []
        assert wait_until(lambda: got.extend(alerter.answers()) or got)
        assert got == [Answer(event.id, action)]


@pytest.mark.usefixtures("notification_service")
def test_a_correction_withdraws_the_notification(screen: Screen) -> None:
    state, event = raised_alert()
    with Alerter(CONFIG) as alerter:
        alerter.perform(event, CHIN_TUCK)
        assert wait_until(lambda: screen.window(WINDOW))
        _, events = policy.step(state, verdict(7.0, poor=False, covers_s=6.0), at(7.0), CONFIG)
        for following in events:
            alerter.perform(following)
        assert wait_until(lambda: screen.window(WINDOW) is None)


@pytest.mark.usefixtures("notification_service")
def test_a_new_prompt_replaces_the_old_one_and_the_end_takes_it_along(screen: Screen) -> None:
    channel = DesktopChannel(queue.SimpleQueue(), fallback=pytest.fail)
    for number in range(4):
        channel.show(Prompt(str(number), f"Number {number}", "", judged=True, has_exercise=False))
    assert wait_until(lambda: screen.window(WINDOW))
    time.sleep(0.5)
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", f"^{WINDOW}$"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert len(found) == 1
    channel.close()
    channel.close()
    assert wait_until(lambda: screen.window(WINDOW) is None)


def test_without_a_service_the_alert_is_a_line_in_the_terminal(monkeypatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    stream = io.StringIO()
    _, event = raised_alert()
    with Alerter(CONFIG, stream) as alerter:
        alerter.perform(event, CHIN_TUCK)
        assert wait_until(stream.getvalue)
    assert stream.getvalue() == (
        "Your head has come forward. About 15° forward of your own neutral, for 1 min. "
        "Chin tuck (30 s): Draw your chin straight back, as if away from a candle.\n"
    )


def test_a_service_that_ends_costs_no_alert_and_the_next_one_is_shown_again(
    screen: Screen, bus: str
) -> None:
    missed: list[Prompt] = []
    channel = DesktopChannel(queue.SimpleQueue(), fallback=missed.append)

    def show(number: str) -> None:
        channel.show(Prompt(number, "Title", "", judged=True, has_exercise=False))

    with dunst_running():
        show("1")
        assert wait_until(lambda: screen.window("Dunst"))
    # The bus may start another one by itself.
    show("2")
    assert wait_until(lambda: missed or screen.window("Dunst") or screen.window(WINDOW), 8)
    with dunst_running():
        show("3")
        assert wait_until(lambda: screen.window("Dunst") or screen.window(WINDOW), 8)
        channel.close()
        assert wait_until(lambda: not (screen.window("Dunst") or screen.window(WINDOW)), 8)


HANGING_SERVICE = """
import asyncio
from dbus_fast.aio import MessageBus
async def main():
    bus = await MessageBus().connect()
    bus.add_message_handler(lambda message: message.destination == "org.freedesktop.Notifications")
    await bus.request_name("org.freedesktop.Notifications")
    print("ready", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


@pytest.mark.usefixtures("bus")
def test_a_service_that_hangs_delays_nobody_and_the_line_appears() -> None:
    service = subprocess.Popen(
        [sys.executable, "-c", HANGING_SERVICE], stdout=subprocess.PIPE, text=True
    )
    assert service.stdout.readline() == "ready\n"
    shown: list[Prompt] = []
    channel = DesktopChannel(queue.SimpleQueue(), fallback=shown.append)
    began_s = time.monotonic()
    channel.show(Prompt("1", "Title", "", judged=True, has_exercise=False))
    channel.withdraw("1")
    assert time.monotonic() - began_s < 0.5
    assert wait_until(lambda: shown, within_s=8)
    channel.close()
    service.terminate()
    service.wait()
    service.stdout.close()
