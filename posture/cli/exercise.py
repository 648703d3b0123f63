"""`posture exercise`: a guided session, in the terminal or in the browser."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from posture.judge.verdict import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from posture.coach.exercise import Catalogue, Exercise
    from posture.coach.warnings import WarningSigns
    from posture.config.schema import Config
    from posture.service.coaching import Reason

_MINUTES = re.compile(r"^(\d{1,2})\s*(m|min)?$")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(exercise)


def exercise(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Which one; --list shows all.")
    ] = None,
    for_fault: Annotated[
        Fault | None, typer.Option("--for", help="The best answer to this fault.")
    ] = None,
    routine: Annotated[
        str | None, typer.Option("--routine", help="A routine of so many minutes: 5m.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", help="Camera index, device, video file or stream URL."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="A config file instead of your own.")
    ] = None,
    turn_on: Annotated[
        str | None, typer.Option("--turn-on", help='Offer one again that "worse" switched off.')
    ] = None,
    *,
    web: Annotated[bool, typer.Option("--web", help="In the browser, with a figure.")] = False,
    aloud: Annotated[bool, typer.Option("--aloud", help="With the system's voice.")] = False,
    no_camera: Annotated[
        bool, typer.Option("--no-camera", help="Timed, not counted: the camera stays off.")
    ] = False,
    as_camera: Annotated[
        bool, typer.Option("--as-camera", help="Play a video file in real time, over and over.")
    ] = False,
    show_list: Annotated[bool, typer.Option("--list", help="List the exercises.")] = False,
    when_to_stop: Annotated[
        bool, typer.Option("--when-to-stop", help="When to stop, and when to see a doctor.")
    ] = False,
) -> None:
    """Guide through an exercise: steps, holds, rests; the camera counts what it can see."""
    from posture.coach.warnings import load_warnings
    from posture.config.load import load_config
    from posture.service import coaching
    from posture.service.session import log_path

    console = Console()
    signs = load_warnings()
    if when_to_stop:
        _print_signs(console, signs)
        return
    settings = load_config(config)
    if turn_on is not None:
        _turn_on(turn_on)
        return
    catalogue = coaching.suited(settings, log_path())
    if show_list:
        _print_list(console, catalogue)
        return
    if name is None and for_fault is None and routine is None and web:
        plan, reason = [], coaching.Reason()
    else:
        plan, reason = _plan(settings, catalogue, name, for_fault, routine)
    looks_through = None if no_camera else source or settings.capture.source
    if web:
        _in_browser(settings, plan, reason, looks_through, as_camera=as_camera)
        return
    _greet(console, signs, settings)
    _in_terminal(
        console, settings, plan, reason, looks_through, signs, as_camera=as_camera, aloud=aloud
    )


def _plan(
    settings: Config,
    catalogue: Catalogue,
    name: str | None,
    fault: Fault | None,
    minutes: str | None,
) -> tuple[list[Exercise], Reason]:
    from posture.coach.choose import Occasion, choose, expand, routine
    from posture.errors import UsageError
    from posture.log.exercises import lately
    from posture.service.clock import LiveClock
    from posture.service.coaching import LATELY, Reason
    from posture.service.session import log_path

    done = lately(log_path(), LATELY)
    if minutes is not None:
        found = _MINUTES.match(minutes)
        if found is None or not 1 <= int(found[1]) <= 30:
            raise UsageError(
                f"{minutes!r} is no length for a routine.",
                meaning="Nothing was started.",
                action="Give whole minutes from 1 to 30: --routine 5m.",
            )
        return routine(catalogue, int(found[1]) * 60.0, done), Reason(routine=f"{found[1]} min")
    if name is not None:
        return expand(catalogue, _named(catalogue, name)), Reason(fault=fault)
    wish = fault or Fault.STATIC_SITTING
    hour = LiveClock().now().local.hour
    chosen = choose(catalogue, Occasion(wish, 1.0, hour, done))
    return expand(catalogue, chosen), Reason(fault=fault)


def _named(catalogue: Catalogue, name: str) -> Exercise:
    import difflib

    from posture.errors import UsageError

    by_id = {each.id: each for each in catalogue.exercise}
    if name in by_id:
        return by_id[name]
    near = difflib.get_close_matches(name, by_id, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UsageError(
        f"There is no exercise {name!r} that you can do now.{hint}",
        meaning="Nothing was started.",
        action="`posture exercise --list` shows them all; --turn-on brings one back.",
    )


def _in_terminal(
    console: Console,
    settings: Config,
    plan: Sequence[Exercise],
    reason: Reason,
    source: str | None,
    signs: WarningSigns,
    *,
    as_camera: bool,
    aloud: bool,
) -> None:
    from posture.cli.session_view import SessionScreen
    from posture.coach.warnings import session_lines
    from posture.service.coaching import guide
    from posture.service.session import log_path
    from posture.service.voice import Voice

    with Voice() as voice:
        speak = voice.say if aloud else _silent
        if aloud and not voice.is_there:
            console.print("This system has no voice that the program knows; it stays silent.")
        try:
            with SessionScreen(console, session_lines(signs, settings.coach)) as screen:
                notice = guide(
                    settings,
                    log_path(),
                    plan,
                    reason,
                    screen,
                    speak,
                    source=source,
                    as_camera=as_camera,
                )
        except KeyboardInterrupt:
            console.print("Stopped.")
            return
    for line in screen.summary():
        console.print(line)
    if notice:
        console.print(notice)


def _in_browser(
    settings: Config,
    plan: Sequence[Exercise],
    reason: Reason,
    source: str | None,
    *,
    as_camera: bool,
) -> None:
    from posture.web.serve import serve_exercises

    serve_exercises(settings, plan, reason, source, as_camera=as_camera, say=typer.echo)


def _greet(console: Console, signs: WarningSigns, settings: Config) -> None:
    """Before the very first session: the whole list, and a question."""
    from posture.errors import UsageError
    from posture.service.welcome import first_time

    with first_time("exercise") as is_first:
        if not is_first or not sys.stdin.isatty():
            return
        _print_signs(console, signs)
        console.print()
        if not settings.coach.pain_now and typer.confirm(
            "Do neck, shoulder or arm hurt right now?", default=False
        ):
            raise UsageError(
                signs.pain_now,
                meaning="Nothing was started.",
                action="If none of the signs above fits you, set `pain_now = true` in the [coach] "
                "table of your config: then only easy movement is offered.",
            )


def _print_signs(console: Console, signs: WarningSigns) -> None:
    from posture.coach.warnings import warning_lines

    console.print("When to stop", style="bold")
    console.print(signs.session)
    for line in warning_lines(signs):
        is_heading = line.endswith(":")
        console.print(f"\n{line}" if is_heading else line, style="bold" if is_heading else "")


def _print_list(console: Console, catalogue: Catalogue) -> None:
    from posture.review.words import FAULT_WORDS

    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("id", "what", "takes", "for", "counted"):
        table.add_column(heading)
    for each in catalogue.exercise:
        faults = ", ".join(FAULT_WORDS[fault] for fault in each.faults)
        takes = f"{each.seconds} s" if each.seconds < 120 else f"{each.seconds / 60:.0f} min"
        table.add_row(each.id, each.name, takes, faults, "by the camera" if each.verify else "")
    console.print(table)


def _turn_on(name: str) -> None:
    from datetime import datetime

    from posture.coach.catalogue import load_catalogue
    from posture.log.exercises import turn_on
    from posture.service.session import log_path

    known = _named(load_catalogue(), name)
    turn_on(log_path(), known.id, datetime.now().astimezone())
    typer.echo(f"{known.name} is offered again.")


def _silent(_words: str) -> None:
    """No voice was asked for."""
