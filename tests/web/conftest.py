"""The dashboard, served for real, and Debian's Chromium looking at it."""

from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright

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


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A user of their own: no log, no config."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSTURE_DATA_DIR", str(home / "data"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        yield home


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
    opened.on(
        "request",
        lambda request: (
            foreign.append(request.url)
            if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:"))
            else None
        ),
    )
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and "status of 4" not in message.text
            else None
        ),
    )
    yield opened
    context.close()
    assert foreign == []
    assert errors == []
