"""Serve the local page for as long as a command runs."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable

from posture.coach.exercise import Exercise
from posture.service.coaching import Reason
from posture.web.dashboard import dashboard
from posture.web.pages.exercise import Practice, exercise_routes
from posture.web.server import LocalServer


def serve(
    pages: Practice,
    say: Callable[[str], None],
    *,
    port: int = 0,
    path: str = "",
    open_browser: bool = True,
    first: tuple[list[Exercise], Reason] | None = None,
) -> None:
    """Serve the dashboard until Ctrl-C.

    Args:
        pages: What its exercise pages work with.
        say: Tells the person in the terminal.
        port: 0 for any free one.
        path: Which page to open.
        open_browser: Whether to open the browser; the link is printed in any case.
        first: A session to begin with, and why.

    Raises:
        PortTakenError: Another program has that port.
    """
    with LocalServer(dashboard(exercise_routes(pages)), port) as server:
        say(f"On this page, for this machine and you alone (Ctrl-C ends it):\n{server.url}{path}")
        # Before the session: a browser begun later would inherit the guard of the process that
        # sees pictures, and have no network.
        if open_browser:
            webbrowser.open(server.once(path))
        if first is not None:
            pages.live.begin(*first)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pages.live.end()
            say("Closed.")
