"""Now: the state, the angles against their limits, and a figure drawn from landmarks."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from posture.service.control import ask
from posture.service.requests import (
    CalibrateRequest,
    PauseRequest,
    ResumeRequest,
    SnoozeRequest,
)
from posture.service.requests import (
    Request as Wish,
)
from posture.web.form import read_form
from posture.web.now_view import moment
from posture.web.site import page, root_of
from posture.web.watching import Watcher

_WISHES: Mapping[str, Wish] = {
    "snooze": SnoozeRequest("15m"),
    "speak": SnoozeRequest(""),
    "pause": PauseRequest(""),
    "resume": ResumeRequest(resume=True),
    "calibrate": CalibrateRequest(calibrate=True),
}
# After how long an unchanged picture is sent again, so that a closed page is noticed.
_STILL_THERE = 20


def routes(watcher: Watcher) -> list[Route]:
    """The routes of this page.

    Args:
        watcher: Asks the monitor.
    """

    async def show(request: Request) -> Response:
        return page(request, "now.html", now=moment(await watcher.newest()))

    async def events(_request: Request) -> Response:
        return StreamingResponse(_moments(watcher), media_type="text/event-stream")

    return [
        Route("/", show),
        Route("/now/events", events),
        Route("/now/ask", _ask, methods=["POST"]),
    ]


async def _ask(request: Request) -> Response:
    wish = _WISHES.get((await read_form(request)).get("wish", [""])[0])
    if wish is None:
        return page(request, "missing.html", 400)
    await run_in_threadpool(ask, wish)
    back = "calibrate#t-live" if isinstance(wish, CalibrateRequest) else ""
    return RedirectResponse(f"{root_of(request)}/{back}", 303)


async def _moments(watcher: Watcher) -> AsyncIterator[str]:
    before, unchanged = "", 0
    async for seen in watcher.looks():
        text = json.dumps(moment(seen).content(), ensure_ascii=False, default=str)
        unchanged = unchanged + 1 if text == before else 0
        if unchanged % _STILL_THERE == 0:
            before = text
            yield f"data: {text}\n\n"
