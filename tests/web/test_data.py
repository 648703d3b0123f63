"""About my data: what is shown is there, what is deleted is gone."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta

import pytest

from posture.log.contents import contents
from posture.places import log_path
from posture.service.instance import only_one


@pytest.fixture
def log(environment, recorded):
    shutil.copy(recorded, log_path())
    return log_path()


def test_it_says_what_is_stored_where_and_for_how_long(page, url, log, today):
    page.goto(f"{url}data")
    text = page.locator("main").inner_text()
    assert str(log.parent) in text
    assert "11 days" in text
    assert str(today - timedelta(days=29)) in text
    assert "400 days" in text
    assert "No picture is kept" in text


def test_deleting_asks_once_more_and_then_really_deletes(page, url, log, today):
    keep_from = today - timedelta(days=10)
    old = str(today - timedelta(days=27)).encode()
    assert old in log.read_bytes()
    page.goto(f"{url}data")
    page.get_by_label("Days before").fill(str(keep_from))
    page.get_by_role("button", name="Delete these").click()
    assert "These are 6 days" in page.get_by_role("alert").inner_text()
    assert len(contents(log).days) == 11
    page.get_by_role("button", name="Delete for good").click()
    assert "6 days are gone" in page.get_by_role("status").inner_text()
    assert min(contents(log).days) >= keep_from
    assert all(old not in file.read_bytes() for file in log.parent.glob("log.sqlite3*"))


def test_everything_can_be_deleted(page, url, log):
    page.goto(f"{url}data")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Delete for good").click()
    assert contents(log).days == ()
    assert page.get_by_text("Nothing yet.").is_visible()


def test_nothing_is_deleted_from_under_a_running_monitor(page, url, log):
    page.goto(f"{url}data")
    page.get_by_role("button", name="Delete everything").click()
    with only_one():
        page.get_by_role("button", name="Delete for good").click()
        assert "already running" in page.get_by_role("alert").inner_text()
    assert len(contents(log).days) == 11


def test_the_whole_log_can_be_taken_along(page, url, log):
    answer = page.request.get(f"{url}data/posture.json")
    assert "attachment" in answer.headers["content-disposition"]
    assert json.loads(answer.text())
    days = page.request.get(f"{url}data/posture-days.csv").text().splitlines()
    assert len(days) == 1 + 11
