"""About my data: what is stored, where, for how long; taking it along, deleting it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from posture.config.load import load_config
from posture.errors import ConfigError, PostureError
from posture.log.contents import contents
from posture.log.days import first_day
from posture.log.exchange import export_log
from posture.log.summary import summarise
from posture.places import data_dir, log_dir, log_path, user_config_path
from posture.review.record import as_csv
from posture.service.deleting import delete_days
from posture.web.form import read_form
from posture.web.site import page, root_of

# First match counts.
_HOLDS = (
    ("log.sqlite3.damaged", "A log that was damaged and set aside."),
    ("log.sqlite3", "The log: angles, minutes, alerts, breaks, exercises."),
    ("landmarks.sqlite3", "Landmarks, because you switched them on: points, no picture."),
    ("calibrations", "Your own neutral: the median of landmarks, no picture."),
    ("policy.json", "What the alerts remember: pauses, and what you called wrong."),
    ("logs", "The program's own log: starts and problems, no measurement."),
    ("run", "Exists only while the monitor runs."),
)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    size: str
    holds: str


def routes() -> list[Route]:
    """The routes of this page."""
    return [
        Route("/data", _show),
        Route("/data/posture.json", _json),
        Route("/data/posture-days.csv", _csv),
        Route("/data/wipe", _wipe, methods=["POST"]),
    ]


def _show(request: Request) -> Response:
    gone = request.query_params.get("deleted", "")
    return _page(request, gone=gone if gone.isdecimal() else "")


def _page(request: Request, status: int = 200, **said: object) -> Response:
    there = contents(log_path())
    files = list(_files())
    shown: dict[str, object] = {"gone": "", "problem": None, "confirm": None, **said}
    return page(
        request,
        "data.html",
        status,
        files=files,
        folder=data_dir(),
        total=_size(sum(path.stat().st_size for path in _paths())),
        contents=there,
        keep_days=_keep_days(),
        config=user_config_path(),
        today=_today(),
        **shown,
    )


def _json(_request: Request) -> Response:
    first = first_day(log_path()) or _today()
    document = export_log(log_path(), first, _today())
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return _download(text, "application/json", "json")


def _csv(_request: Request) -> Response:
    days = contents(log_path()).days
    text = as_csv([summarise(log_path(), day) for day in days])
    return _download(text, "text/csv; charset=utf-8", "csv")


def _download(text: str, media_type: str, ending: str) -> Response:
    name = f"posture-{_today()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=media_type, headers=headers)


async def _wipe(request: Request) -> Response:
    form = await read_form(request)
    return await run_in_threadpool(_wiped, request, {name: each[0] for name, each in form.items()})


def _wiped(request: Request, form: dict[str, str]) -> Response:
    everything = form.get("what") == "all"
    try:
        before = None if everything else date.fromisoformat(form.get("before", ""))
    except ValueError:
        return _page(request, 422, problem="Nothing was deleted: choose a date first.")
    days = contents(log_path()).before(before)
    if form.get("sure") != "yes":
        confirm = {"before": before, "days": days}
        return _page(request, 200, confirm=confirm)
    try:
        delete_days(log_path(), before)
    except PostureError as problem:
        return _page(request, 409, problem=f"{problem.what} {problem.meaning} {problem.action}")
    return RedirectResponse(f"{root_of(request)}/data?deleted={days}", 303)


def _keep_days() -> int | None:
    try:
        return load_config().log.keep_days
    except ConfigError:
        return None  # the settings page says what is wrong


def _today() -> date:
    return datetime.now().astimezone().date()


def _paths() -> Iterator[Path]:
    folders = {data_dir(), log_dir()}
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


def _files() -> Iterator[_File]:
    for path in sorted(set(_paths())):
        name = path.relative_to(data_dir() if path.is_relative_to(data_dir()) else log_dir().parent)
        holds = next((words for start, words in _HOLDS if str(name).startswith(start)), "")
        yield _File(path, _size(path.stat().st_size), holds or "Belongs to the program.")


def _size(size: int) -> str:
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB" if size >= 1000 else f"{size} B"
    return f"{size / 1_000_000:.1f} MB"
