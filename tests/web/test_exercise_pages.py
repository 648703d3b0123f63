"""The guided session in the browser, with a video as the camera."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe

from posture.coach.catalogue import load_catalogue


@pytest.fixture(scope="module")
def at(tmp_path_factory, shrug_clip):
    """The address of the exercise pages of a real process, and the log it writes.

    Of its own, because a process that has loaded the models can open no internet socket any more.
    """
    home = tmp_path_factory.mktemp("exercise-home")
    kept = ("PATH", "LANG", "COVERAGE")
    env = {key: value for key, value in os.environ.items() if key.startswith(kept)}
    env |= {"HOME": str(home), "POSTURE_DATA_DIR": str(home / "data"), "BROWSER": "true"}
    command = [sys.executable, "-m", "posture", "exercise", "--web", "--as-camera"]
    with subprocess.Popen(
        [*command, "--source", str(shrug_clip)], env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        process.stdout.readline()
        yield process.stdout.readline().strip().removesuffix("exercise"), home / "data/log.sqlite3"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def begin(page):
    """Begin the exercise of this page; the first time, nothing hurts."""
    page.click("text=Begin")
    if "Before the first session" in page.inner_text("h1"):
        page.click("text=No, begin")
    page.wait_for_selector("#session")


def serious(page):
    found = Axe().run(page).response["violations"]
    return [
        (each["id"], each["help"]) for each in found if each["impact"] in {"serious", "critical"}
    ]


def test_every_exercise_has_a_page_with_figure_steps_and_when_to_stop(page, at):
    url, _ = at
    page.goto(f"{url}exercise")
    shown = page.locator(".exercises h3 a")
    assert shown.count() == len(load_catalogue().exercise)
    page.goto(f"{url}exercise/chin-tuck")
    assert page.locator(".figure .moving svg title").count() == 1
    assert "double chin" in page.inner_text(".steps")
    page.click("summary")
    assert "emergency number" in page.inner_text("details")


def test_the_pages_are_accessible_in_light_and_dark(chromium, at):
    url, _ = at
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        page = context.new_page()
        for path in ("exercise?for=slump", "exercise/neck-turns", "session"):
            page.goto(url + path)
            assert serious(page) == [], (scheme, path)
        context.close()


def test_less_motion_shows_a_figure_that_stands_still(chromium, at):
    url, _ = at
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{url}exercise/neck-turns")
    assert page.locator(".figure .still").is_visible()
    assert not page.locator(".figure .moving").is_visible()
    context.close()


def test_a_narrow_window_needs_no_sideways_scrolling(chromium, at):
    url, _ = at
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    for path in ("exercise", "exercise/isometric-forehead-press"):
        page.goto(url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_before_the_first_session_pain_is_asked_and_leads_to_the_signs(page, at):
    url, _ = at
    page.goto(f"{url}exercise/chin-tuck")
    page.click("text=Begin")
    assert "Any neck complaint of a child" in page.inner_text("main")
    page.click("button:has-text('Yes')")
    assert "no stretching and no strength" in page.inner_text(".notice")
    page.goto(f"{url}session")
    assert "No session is running" in page.inner_text("main")


def test_a_session_from_its_first_step_to_the_log(page, at):
    url, log = at
    page.goto(f"{url}exercise/shoulder-shrug-drop")
    begin(page)
    page.wait_for_selector("#headline:has-text('Get ready')")
    assert serious(page) == []
    page.wait_for_selector("#headline:has-text('Hold, and keep breathing')", timeout=60_000)
    page.wait_for_selector("#headline:has-text('Let go and rest')", timeout=20_000)
    assert page.inner_text("#count") == "1 of 5"
    page.click("text=Pause")
    page.wait_for_selector("#headline:has-text('Paused')")
    page.click("text=Go on")
    page.wait_for_selector("#count:has-text('2 of 5')", timeout=40_000)
    page.click("text=Stop")
    page.wait_for_selector("text=More exercises")
    with sqlite3.connect(log) as connection:
        rows = connection.execute("SELECT exercise, asked, seen, stopped_early FROM exercise")
        assert rows.fetchall() == [("shoulder-shrug-drop", 5, 2, 1)]


def test_what_made_it_worse_is_switched_off_until_turned_on(page, at):
    url, _ = at
    page.goto(f"{url}exercise/thread-cue")
    begin(page)
    page.click("text=Begin now")
    page.wait_for_selector("#go", state="hidden")
    page.click("#controls >> text=Skip")
    page.click("text=Worse")
    page.wait_for_selector("text=More exercises")
    page.goto(f"{url}exercise")
    assert page.locator(".exercises >> text=Crown on a thread").count() == 0
    page.click("text=Offer it again")
    assert page.locator(".exercises >> text=Crown on a thread").count() == 1
