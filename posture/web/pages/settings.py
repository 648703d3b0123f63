"""Settings: every key with unit, range and meaning; saved into the user's own file."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from posture.config.edit import Value, version_of, with_changes, write
from posture.config.load import Problem, default_path, over_defaults
from posture.config.schema import Config
from posture.config.settings import Table, tables
from posture.places import log_path, user_config_path
from posture.review.words import FAULT_WORDS
from posture.web.form import read_form
from posture.web.settings_form import Form, blocks, changes
from posture.web.site import page, root_of
from posture.web.tried import Tried, try_on_last_week

# The order of the sub-pages; a section that is not named here follows under its own name.
_GROUPS = {
    "judge": "Limits",
    "alert": "Alerts",
    "capture": "Camera",
    "measure": "Calibration",
    "coach": "Exercises",
    "log": "Log",
    "pose": "Model",
    "service": "Background",
    "review": "This page",
}
_TITLES = {
    **{f"judge.{fault}": words.capitalize() for fault, words in FAULT_WORDS.items()},
    "judge": "For all of these",
    "alert": "When, and how often",
    "alert.mqtt": "MQTT",
    "alert.overlay": "Border around the screen",
}


# Whose values decide when an alert is given.
_TRIED = ("judge", "alert")
_TRYING = asyncio.Lock()


def routes() -> list[Route]:
    """The routes of these pages."""
    return [
        Route("/settings", _first),
        Route("/settings/{group}", _show),
        Route("/settings/{group}", _save, methods=["POST"]),
        Route("/settings/{group}/try", _try, methods=["POST"]),
    ]


async def _first(request: Request) -> Response:
    return RedirectResponse(f"{root_of(request)}/settings/judge", 303)


async def _show(request: Request) -> Response:
    return _Page(request).show()


async def _save(request: Request) -> Response:
    return _Page(request).save(await read_form(request))


async def _try(request: Request) -> Response:
    form = await read_form(request)
    # Seconds of computing: one at a time, in a thread, so that the other pages stay quick.
    async with _TRYING:
        return await run_in_threadpool(_Page(request).tried, form)


class _Page:
    def __init__(self, request: Request) -> None:
        self._request = request
        self._group = str(request.path_params["group"])
        self._path = user_config_path()
        self._text = _read(self._path)

    def show(self) -> Response:
        config = self._config()
        if not self._tables:
            return page(self._request, "missing.html", 404)
        if not isinstance(config, Config):
            return self._broken(config)
        return self._form(config)

    def save(self, form: Form) -> Response:
        config = self._config()
        if not self._tables:
            return page(self._request, "missing.html", 404)
        if not isinstance(config, Config):
            return self._broken(config)
        wanted, text, fresh = self._changed(config, form)
        if not isinstance(fresh, Config):
            return self._form(config, form, fresh, status=422)
        if form.get("version", [""])[0] != version_of(self._text):
            return self._form(config, form, stale=sorted(wanted), status=409)
        if wanted:
            write(self._path, text)
        return RedirectResponse(f"{self._request.url.path}?saved={len(wanted)}", 303)

    def tried(self, form: Form) -> Response:
        """Say what the form's values would have meant, without saving them."""
        config = self._config()
        if not self._tables:
            return page(self._request, "missing.html", 404)
        if not isinstance(config, Config):
            return self._broken(config)
        _, _, fresh = self._changed(config, form)
        scripted = "application/json" in self._request.headers.get("accept", "")
        if not isinstance(fresh, Config):
            if scripted:
                return JSONResponse({"sentence": fresh[0].text, "by_fault": {}}, 422)
            return self._form(config, form, fresh, status=422)
        today = datetime.now().astimezone().date()
        tried = try_on_last_week(log_path(), today, config, fresh)
        if scripted:
            return JSONResponse({"sentence": tried.sentence, "by_fault": tried.by_fault})
        return self._form(config, form, tried=tried)

    def _changed(
        self, config: Config, form: Form
    ) -> tuple[dict[str, Value], str, Config | list[Problem]]:
        """What the form changes, the file with it, and the config of that or why there is none."""
        wanted, problems = changes(self._tables, form, config)
        text = with_changes(self._text, wanted)
        fresh = over_defaults(text)
        if problems or not isinstance(fresh, Config):
            return wanted, text, [*problems, *([] if isinstance(fresh, Config) else fresh)]
        return wanted, text, fresh

    @property
    def _tables(self) -> list[Table]:
        own = [table for table in _all_tables() if table.name.split(".")[0] == self._group]
        # What holds for all faults at once is the rarest to change: last.
        return sorted(own, key=lambda table: table.name == "judge")

    def _config(self) -> Config | list[Problem]:
        try:
            return over_defaults(self._text)
        except tomllib.TOMLDecodeError as error:
            return [Problem(0, "", f"this is not valid TOML: {error}")]

    def _form(
        self,
        config: Config,
        form: Form | None = None,
        problems: Sequence[Problem] = (),
        *,
        stale: Sequence[str] = (),
        tried: Tried | None = None,
        status: int = 200,
    ) -> Response:
        default = over_defaults("")
        if not isinstance(default, Config):
            raise TypeError("the default config does not hold")
        shown = blocks(self._tables, _TITLES, config, default, form=form, problems=problems)
        names = {block.table.name: block.title for block in shown} | {
            entry.setting.key: f"{block.title}: {entry.setting.label.lower()}"
            for block in shown
            for entry in block.entries
        }
        return page(
            self._request,
            "settings.html",
            status,
            names=names,
            group=self._group,
            groups=_groups(),
            blocks=shown,
            problems=problems,
            stale=stale,
            conflict=status == 409,
            tried=tried,
            can_try=self._group in _TRIED,
            version=version_of(self._text),
            path=self._path,
            saved=self._request.query_params.get("saved", ""),
        )

    def _broken(self, problems: list[Problem]) -> Response:
        return page(self._request, "settings_broken.html", 409, path=self._path, problems=problems)


def _all_tables() -> tuple[Table, ...]:
    return tables(default_path().read_text(encoding="utf-8"))


def _groups() -> list[tuple[str, str]]:
    there = dict.fromkeys(table.name.split(".")[0] for table in _all_tables())
    named = {group: title for group, title in _GROUPS.items() if group in there}
    return list(
        {**named, **{group: named.get(group, group.capitalize()) for group in there}}.items()
    )


def _read(path: Path) -> str:
    # Not `read_text`: it would change the line ends.
    return path.read_bytes().decode("utf-8", errors="replace") if path.exists() else ""
