"""The dashboard: all its pages put together, for a command to serve."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import Route

from posture.web.pages import calibrate, data, day, now, settings, trends
from posture.web.site import site
from posture.web.watching import Watcher


def dashboard(more: Sequence[Route] = ()) -> Starlette:
    """The application.

    Args:
        more: Routes of further pages.

    Returns:
        The site, to be put behind a `Guard`. It reads the user's log and config anew for every
        page, and asks the running monitor only while a page is open that shows it.
    """
    watcher = Watcher()
    return site(
        [
            *now.routes(watcher),
            *day.routes(),
            *trends.routes(),
            *calibrate.routes(watcher),
            *settings.routes(),
            *data.routes(),
            *more,
        ]
    )
