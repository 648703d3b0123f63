"""Calibrate: a guide through it while the running monitor does it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from posture.log.calibrations import last_calibration
from posture.places import log_path
from posture.web.now_view import moment
from posture.web.site import page
from posture.web.watching import Watcher


def routes(watcher: Watcher) -> list[Route]:
    """The routes of this page.

    Args:
        watcher: Asks the monitor.
    """

    async def show(request: Request) -> Response:
        now = moment(await watcher.newest())
        return page(request, "calibrate.html", now=now, last=last_calibration(log_path()))

    return [Route("/calibrate", show)]
