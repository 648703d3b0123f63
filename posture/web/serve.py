"""The local page of `posture exercise --web`."""

from __future__ import annotations

import time
import webbrowser
from collections.abc import Callable, Sequence
from datetime import datetime

from posture.coach.catalogue import load_catalogue
from posture.coach.exercise import Exercise
from posture.coach.warnings import load_warnings
from posture.config.schema import Config
from posture.log import exercises as log
from posture.service.coaching import LATELY, Order, Reason, guide, suited
from posture.service.exercising import SessionView
from posture.web.live_session import LiveSession
from posture.web.pages.exercise import Practice, exercise_routes
from posture.web.server import LocalServer
from posture.web.site import site


def practice(config: Config, order: Order) -> Practice:
    """What the exercise pages need.

    Args:
        config: Settings.
        order: The first session, or one with an empty plan; its log, its camera and its reason
            serve every later one.
    """

    def run(plan: Sequence[Exercise], view: SessionView, speak: Callable[[str], None]) -> str:
        reason = order.reason if tuple(plan) == tuple(order.plan) else Reason()
        wanted = Order(plan, reason, order.log, order.source, as_camera=order.as_camera)
        return guide(config, wanted, view, speak).notice

    def switched_off() -> list[Exercise]:
        worse = log.switched_off(order.log)
        return [exercise for exercise in load_catalogue().exercise if exercise.id in worse]

    return Practice(
        live=LiveSession(run),
        catalogue=lambda: suited(config, order.log),
        lately=lambda: log.lately(order.log, LATELY),
        switched_off=switched_off,
        turn_on=lambda name: log.turn_on(order.log, name, datetime.now().astimezone()),
        warnings=load_warnings(),
    )


def serve_exercises(config: Config, order: Order, say: Callable[[str], None]) -> None:
    """Serve the exercise pages until Ctrl-C, and open them.

    Args:
        config: Settings.
        order: The session to begin with; with an empty plan the person chooses on the page.
        say: Tells the person in the terminal.
    """
    pages = practice(config, order)
    with LocalServer(site(exercise_routes(pages))) as server:
        url = server.url + ("session" if order.plan else "exercise")
        say(f"The session is on this page, for this machine only (Ctrl-C ends it):\n{url}")
        # Before the session: a browser begun later would inherit the guard of the process that
        # sees pictures, and have no network.
        webbrowser.open(url)
        if order.plan:
            pages.live.begin(order.plan)
        try:
            while True:
                time.sleep(1.0)
        except KeyboardInterrupt:
            pages.live.end()
