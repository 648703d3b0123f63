"""Now and Calibrate: a monitor's moments on the page, over the real socket and the real stream."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from monitor import Answers
from plain import ask
from playwright.sync_api import expect

from posture.service.control import Control
from posture.service.requests import CalibrateRequest, SnoozeRequest
from posture.service.status import CalibrationPhase


@pytest.fixture
def answers(environment):
    return Answers()


@pytest.fixture
def monitor(answers):
    with Control(lambda: None, answers.live, lambda: None) as opened:
        yield opened


def test_without_a_monitor_it_says_so_and_how_to_start_one(page, url):
    page.goto(url)
    expect(page.get_by_role("status")).to_have_text("No monitor is running")
    assert page.get_by_text("posture start").is_visible()
    page.goto(f"{url}calibrate")
    assert page.get_by_text("posture start").is_visible()
    assert not page.get_by_role("button", name="Begin").is_visible()


def test_what_the_monitor_sees_is_shown_as_it_comes(page, url, monitor, answers):
    page.goto(url)
    expect(page.get_by_role("status")).to_have_text("Good posture")
    head = page.get_by_role("row", name="Head forward")
    expect(head).to_contain_text("+2.0° ± 1.5")
    expect(head).to_contain_text("above 10°")
    expect(page.get_by_role("row", name="Shoulders up")).to_contain_text("−0.2 cm ± 0.6")
    expect(page.locator("#figure svg ellipse")).to_have_count(1)
    answers.slouch()
    expect(page.get_by_role("status")).to_have_text("Head forward")
    expect(page.locator("#detail")).to_have_text("13° on average, for 1 min.")
    assert page.locator("img, canvas, video").count() == 0


def test_a_monitor_that_starts_later_is_noticed(page, url, answers):
    page.goto(url)
    expect(page.get_by_role("status")).to_have_text("No monitor is running")
    with Control(lambda: None, answers.live, lambda: None):
        expect(page.get_by_role("status")).to_have_text("Good posture")
    expect(page.get_by_role("status")).to_have_text("No monitor is running")


def test_nothing_is_asked_when_no_page_is_open(page, url, monitor, answers):
    page.goto(url)
    expect(page.get_by_role("status")).to_have_text("Good posture")
    page.goto(f"{url}data")  # a page that shows nothing of the monitor
    time.sleep(1.2)  # the connection that was left is noticed
    before = answers.asked
    time.sleep(2.0)
    assert answers.asked == before


def test_many_requests_at_once_are_one_question(url, monitor, answers):
    began = time.monotonic()
    with ThreadPoolExecutor(40) as pool:
        statuses = pool.map(lambda _: ask(url, "")[0].status, range(200))
        assert set(statuses) == {200}
    assert answers.asked <= (time.monotonic() - began) / 0.45 + 2


def test_a_calibration_is_guided_to_its_end(page, url, monitor, answers):
    page.goto(f"{url}calibrate")
    page.get_by_role("button", name="Begin").click()
    deadline = time.monotonic() + 5
    while not (taken := monitor.take()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert taken == [CalibrateRequest(calibrate=True)]
    phase = page.locator("#phase")
    answers.calibrating = CalibrationPhase(began=False, left_s=10, refused="", moved=None)
    expect(phase).to_have_text("Waiting until you are seen")
    answers.calibrating = CalibrationPhase(began=True, left_s=6.2, refused="", moved=(0.2, 1.4))
    expect(page.locator("#countdown")).to_have_text("7 s")
    expect(page.locator("#moved")).to_contain_text("20 %")
    expect(page.locator("#moved")).to_contain_text("▲ 140 %")
    answers.calibrating = CalibrationPhase(began=True, left_s=9, refused="you moved", moved=None)
    expect(page.get_by_role("alert")).to_contain_text("Not taken: you moved.")
    answers.calibrating = None
    expect(phase).to_have_text(re.compile("^Calibrated"))


def test_silence_can_be_asked_for_without_script(chromium, url, monitor):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    assert page.locator("#headline").inner_text() == "Good posture"
    page.get_by_role("button", name="No alerts for 15 min").click()
    assert monitor.take() == [SnoozeRequest("15m")]
    context.close()
