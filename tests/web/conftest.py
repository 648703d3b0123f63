"""The dashboard, served for real, and Debian's Chromium looking at it."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import sync_playwright

from benchmarks.office import record_office
from posture.places import log_path
from posture.web.dashboard import dashboard
from posture.web.server import LocalServer

CHROMIUM = "/usr/bin/chromium"
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Days of the last month, with a full last week; short ones, so that they are quickly made.
_DAYS_AGO = (29, 27, 22, 20, 15, 13, 8, 6, 5, 2, 1)
_HOURS = 1.5


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A user of their own: no log, no config."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSTURE_DATA_DIR", str(home / "data"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        yield home


@pytest.fixture(scope="session")
def today():
    return datetime.now().astimezone().date()


@pytest.fixture(scope="session")
def recorded(tmp_path_factory, today):
    """A made-up month; copied, never changed."""
    path = tmp_path_factory.mktemp("month") / "log.sqlite3"
    days = tuple(today - timedelta(days=ago) for ago in _DAYS_AGO)
    record_office(path, days, hours=_HOURS, look_s=14.0)
    return path


@pytest.fixture(scope="module")
def month(environment, recorded, today):
    """The same in this user's folder; yields its last day."""
    shutil.copy(recorded, log_path())
    return today - timedelta(days=_DAYS_AGO[-1])


@pytest.fixture(scope="module")
def url(environment):
    with LocalServer(dashboard()) as server:
        yield server.url


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A fresh page; a request to anywhere but this machine, or an error in a script, fails."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    foreign, errors = [], []
    opened.on("request", lambda request: foreign.append(request.url))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(_complaint(message)))
    yield opened
    context.close()
    assert [each for each in foreign if not each.startswith("http://127.0.0.1:")] == []
    assert [each for each in errors if each] == []


def _complaint(message):
    """What a page complains of; answers such as 409 are noted there, too, and are wanted."""
    wanted = "the server responded with a status of 4" in message.text
    return "" if message.type not in {"error", "warning"} or wanted else message.text
