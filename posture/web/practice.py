"""What the exercise pages work with, on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from posture.coach.catalogue import load_catalogue
from posture.coach.exercise import Exercise
from posture.coach.warnings import load_warnings, session_lines
from posture.config.schema import Config
from posture.log import exercises as log
from posture.service.coaching import LATELY, Order, Reason, guide, suited
from posture.service.exercising import SessionView
from posture.web.live_session import LiveSession
from posture.web.pages.exercise import Practice


def practice(
    config: Callable[[], Config],
    log_path: Path,
    source: Callable[[Config], str | None] = lambda config: config.capture.source,
    *,
    as_camera: bool = False,
) -> Practice:
    """Put it together.

    Args:
        config: Reads the settings; asked anew for every page and session.
        log_path: Where outcomes go.
        source: What to look through; None to let the clock lead.
        as_camera: Play a video file as if it were a camera.
    """

    def run(
        plan: Sequence[Exercise],
        reason: Reason,
        view: SessionView,
        speak: Callable[[str], None],
    ) -> str:
        settings = config()
        order = Order(plan, reason, log_path, source(settings), as_camera=as_camera)
        return guide(settings, order, view, speak).notice

    def switched_off() -> list[Exercise]:
        worse = log.switched_off(log_path)
        return [exercise for exercise in load_catalogue().exercise if exercise.id in worse]

    signs = load_warnings()
    return Practice(
        live=LiveSession(run),
        catalogue=lambda: suited(config(), log_path),
        lately=lambda: log.lately(log_path, LATELY),
        switched_off=switched_off,
        turn_on=lambda name: log.turn_on(log_path, name, datetime.now().astimezone()),
        warnings=signs,
        cautions=lambda: session_lines(signs, config().coach),
    )
