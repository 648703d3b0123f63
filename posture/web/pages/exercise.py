"""The exercises, one exercise, and the guided session."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from posture.coach.choose import expand, routine
from posture.coach.exercise import Catalogue, Exercise, Kind
from posture.coach.figure import figure_names, figure_svg
from posture.coach.session import Command
from posture.coach.warnings import WarningSigns
from posture.judge.verdict import Fault
from posture.review.words import FAULT_WORDS
from posture.service.coaching import Reason
from posture.service.welcome import remember_shown, was_shown
from posture.web.live_session import LiveSession
from posture.web.site import page

_EVERY_S = 0.2
_ROUTINES_MIN = (2, 5, 10)
KIND_WORDS = {
    Kind.MOBILITY: "Movement",
    Kind.ISOMETRIC: "Press and hold",
    Kind.STRENGTH: "Strength",
    Kind.STRETCH: "Stretch",
    Kind.RELAXATION: "Relaxation",
    Kind.BREATHING: "Breathing",
    Kind.MASSAGE: "Self-massage",
    Kind.CUE: "Reminder",
    Kind.HABIT: "Habit",
}


@dataclass(frozen=True, slots=True)
class Practice:
    """What the exercise pages work with.

    Attributes:
        live: The session.
        catalogue: What this person can do now; read anew for every page.
        lately: Ids done lately.
        switched_off: Exercises that "worse" has switched off.
        turn_on: Offers one of them again.
        warnings: When to stop, when to see a doctor.
        cautions: What stands above every session of this person.
    """

    live: LiveSession
    catalogue: Callable[[], Catalogue]
    lately: Callable[[], Sequence[str]]
    switched_off: Callable[[], Sequence[Exercise]]
    turn_on: Callable[[str], None]
    warnings: WarningSigns
    cautions: Callable[[], Sequence[str]]


def exercise_routes(practice: Practice) -> list[Route]:
    """The routes of these pages.

    Args:
        practice: What they show and do.
    """
    pages = _Pages(practice)
    return [
        Route("/exercise", pages.overview),
        Route("/exercise/on", pages.turn_on, methods=["POST"]),
        Route("/exercise/{id}", pages.one),
        Route("/session", pages.session),
        Route("/session", pages.begin, methods=["POST"]),
        Route("/session/do", pages.do, methods=["POST"]),
        Route("/session/events", pages.events),
    ]


class _Pages:
    def __init__(self, practice: Practice) -> None:
        self._practice = practice

    async def overview(self, request: Request) -> Response:
        catalogue = self._practice.catalogue()
        wish = request.query_params.get("for", "")
        fault = Fault(wish) if wish in set(Fault) else None
        shown = [
            exercise for exercise in catalogue.exercise if fault is None or fault in exercise.faults
        ]
        if fault is not None:
            shown.sort(key=lambda exercise: -exercise.faults[fault])
        groups: dict[str, list[Exercise]] = {}
        for exercise in shown:
            group = "Best first" if fault is not None else KIND_WORDS[exercise.kind]
            groups.setdefault(group, []).append(exercise)
        return page(
            request,
            "exercises.html",
            groups=groups,
            fault=fault,
            faults=[(each, FAULT_WORDS[each]) for each in Fault],
            routines=_ROUTINES_MIN,
            figure=_figure,
            off=self._practice.switched_off(),
            warnings=self._practice.warnings,
        )

    async def one(self, request: Request) -> Response:
        exercise = self._find(request.path_params["id"])
        if exercise is None:
            return page(request, "missing.html", 404)
        return page(
            request,
            "exercise.html",
            exercise=exercise,
            parts=expand(self._practice.catalogue(), exercise) if exercise.parts else [],
            kind=KIND_WORDS[exercise.kind],
            figure=_figure,
            warnings=self._practice.warnings,
        )

    async def begin(self, request: Request) -> Response:
        form = await request.form()
        if not was_shown("exercise"):
            if form.get("hurts") != "no":
                wish = [(key, str(value)) for key, value in form.items() if key != "hurts"]
                hurts = form.get("hurts") == "yes"
                warnings = self._practice.warnings
                return page(request, "before.html", wish=wish, hurts=hurts, warnings=warnings)
            remember_shown("exercise")
        catalogue = self._practice.catalogue()
        if "routine" in form:
            minutes = int(str(form["routine"])) if str(form["routine"]).isdigit() else 0
            if minutes not in _ROUTINES_MIN:
                return page(request, "missing.html", 400)
            plan = routine(catalogue, minutes * 60.0, self._practice.lately())
            reason = Reason(routine=f"{minutes} min")
        else:
            exercise = self._find(str(form.get("exercise", "")))
            if exercise is None:
                return page(request, "missing.html", 400)
            plan, reason = expand(catalogue, exercise), Reason()
        self._practice.live.begin(plan, reason)
        return RedirectResponse(f"{request.scope['root_path']}/session", 303)

    async def session(self, request: Request) -> Response:
        live = self._practice.live
        return page(
            request,
            "session.html",
            plan=live.plan,
            running=live.running,
            figure=_figure,
            warnings=self._practice.warnings,
            cautions=self._practice.cautions(),
        )

    async def do(self, request: Request) -> Response:
        wish = str((await request.form()).get("command", ""))
        if wish not in set(Command):
            return Response(status_code=400)
        self._practice.live.tell(Command(wish))
        return Response(status_code=204)

    async def turn_on(self, request: Request) -> Response:
        self._practice.turn_on(str((await request.form()).get("exercise", "")))
        return RedirectResponse(f"{request.scope['root_path']}/exercise", 303)

    async def events(self, request: Request) -> Response:
        return StreamingResponse(
            _moments(self._practice.live, request), media_type="text/event-stream"
        )

    def _find(self, name: str) -> Exercise | None:
        known = self._practice.catalogue().exercise
        return next((exercise for exercise in known if exercise.id == name), None)


def _figure(name: str, *, still: bool) -> str:
    """The drawing of an exercise; one of the user's own has none."""
    return figure_svg(name, still=still) if name in figure_names() else ""


async def _moments(live: LiveSession, request: Request) -> AsyncIterator[str]:
    before = ""
    while not await request.is_disconnected():
        moment = json.dumps(_moment(live))
        if moment != before:
            before = moment
            yield f"data: {moment}\n\n"
        if not live.running:
            return
        await asyncio.sleep(_EVERY_S)


def _moment(live: LiveSession) -> dict[str, object]:
    now = live.showing
    moment: dict[str, object] = {
        "running": live.running,
        "problem": live.problem if not live.running else "",
        "words": [live.words.number, live.words.text],
    }
    if now is not None:
        moment |= {
            "number": now.number,
            "phase": now.phase,
            "headline": "Paused" if now.paused else now.headline,
            "side": now.side,
            "done": now.done,
            "wanted": now.wanted,
            "left_s": None if now.left_s is None else round(now.left_s, 1),
            "lasts_s": now.lasts_s,
            "reach": None if now.reach is None else round(now.reach, 2),
            "note": now.note,
            "paused": now.paused,
            "asks_comfort": now.asks_comfort,
        }
    return moment
