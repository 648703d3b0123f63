"""Every page on a made-up month: by screen reader, in the dark, on a telephone, with large text."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from monitor import Answers

from posture.service.control import Control
from posture.service.status import CalibrationPhase

PAGES = ("", "day", "trends", "calibrate", "settings/judge", "settings/alert", "data")


@pytest.fixture(scope="module")
def monitor(environment):
    answers = Answers()
    answers.slouch()
    answers.calibrating = CalibrationPhase(True, 6.0, "you moved", (0.3, 1.2))
    with Control(lambda: None, answers.live, lambda: None) as opened:
        yield opened


def show(page, url, month, path):
    page.goto(f"{url}{path}" + (f"?date={month}" if path == "day" else ""))
    if path == "day":
        page.locator("#curve canvas").wait_for()
    if path in {"", "calibrate"}:
        page.locator("#figure svg").wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_serious_barrier_in_light_and_dark(page, url, month, monitor, path):
    show(page, url, month, path)
    assert page.locator("h1").count() == 1
    assert page.locator("nav a[aria-current]").count() == 1
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        serious = [
            (each["id"], [node["html"][:120] for node in each["nodes"]][:3])
            for each in found
            if each["impact"] in {"serious", "critical"}
        ]
        assert serious == [], scheme


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_telephone_and_twice_the_text(page, url, month, monitor, path):
    page.set_viewport_size({"width": 360, "height": 740})
    show(page, url, month, path)
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 360
    page.set_viewport_size({"width": 720, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(width) <= 720


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("day", "Nothing has been recorded yet"),
        ("trends", "Nothing has been recorded yet"),
        ("data", "Nothing yet."),
        ("settings/judge", "Head forward"),
    ],
)
def test_the_first_day_is_no_blank_page(page, url, tmp_path, monkeypatch, *, path, said):
    monkeypatch.setenv("POSTURE_DATA_DIR", str(tmp_path))
    page.goto(f"{url}{path}")
    assert page.get_by_text(said).first.is_visible()


def test_a_log_that_cannot_be_read_is_said_in_words(page, url, tmp_path, monkeypatch):
    monkeypatch.setenv("POSTURE_DATA_DIR", str(tmp_path))
    (tmp_path / "log.sqlite3").write_bytes(b"this is no database, however long it is" * 100)
    for path in ("day", "trends", "data"):
        answer = page.request.get(f"{url}{path}")
        assert answer.status == 503
        assert "cannot be read" in answer.text()
        assert "Settings" in answer.text()  # the menu is there
