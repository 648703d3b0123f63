"""`posture exercise`: a guided session, in the terminal or in the browser."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from posture.cli.warning_signs import print_signs
from posture.cli.watch import AsCameraOption, ConfigOption, SourceOption
from posture.coach.comfort import Comfort
from posture.judge.verdict import Fault

if TYPE_CHECKING:
    from posture.coach.exercise import Catalogue, Exercise
    from posture.coach.session import Outcome
    from posture.config.schema import Config
    from posture.service.coaching import Order

_COMFORT_WORDS = {
    Comfort.BETTER: "better afterwards",
    Comfort.SAME: "no different",
    Comfort.WORSE: "worse, so it is not offered again (--turn-on brings it back)",
}
_LONGEST_MIN = 30
_MINUTES = re.compile(r"^(\d{1,2})\s*(m|min)?$")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(exercise)


def exercise(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Which one; --list shows all.")
    ] = None,
    *,
    for_fault: Annotated[
        Fault | None, typer.Option("--for", help="The best answer to this fault.")
    ] = None,
    routine: Annotated[
        str | None, typer.Option("--routine", help="A routine of so many minutes: 5m.")
    ] = None,
    web: Annotated[bool, typer.Option("--web", help="In the browser, with a figure.")] = False,
    aloud: Annotated[bool, typer.Option("--aloud", help="With the system's voice.")] = False,
    source: SourceOption = None,
    as_camera: AsCameraOption = False,
    no_camera: Annotated[
        bool, typer.Option("--no-camera", help="Timed, not counted: the camera stays off.")
    ] = False,
    config: ConfigOption = None,
    show_list: Annotated[bool, typer.Option("--list", help="List the exercises.")] = False,
    turn_on: Annotated[
        str | None, typer.Option("--turn-on", help='Offer one again that "worse" switched off.')
    ] = None,
    when_to_stop: Annotated[
        bool, typer.Option("--when-to-stop", help="When to stop, and when to see a doctor.")
    ] = False,
) -> None:
    """Guide through an exercise: steps, holds, rests; the camera counts what it can see."""
    from posture.config.load import load_config
    from posture.places import log_path
    from posture.service import coaching

    console = Console()
    if when_to_stop:
        print_signs(console)
        return
    if turn_on is not None:
        _turn_on(turn_on)
        return
    settings = load_config(config)
    catalogue = coaching.suited(settings, log_path())
    if show_list:
        _print_list(console, catalogue)
        return
    plan = _plan(catalogue, name, for_fault, routine, may_wait=web)
    reason = coaching.Reason(for_fault, routine)
    looks_through = None if no_camera else source or settings.capture.source
    if web:
        from posture.web.practice import practice
        from posture.web.serve import serve

        pages = practice(
            lambda: load_config(config), log_path(), lambda _: looks_through, as_camera=as_camera
        )
        first = (plan, reason) if plan else None
        serve(pages, typer.echo, path="session" if plan else "exercise", first=first)
    else:
        _ask_about_pain(console, settings)
        order = coaching.Order(plan, reason, log_path(), looks_through, as_camera=as_camera)
        _in_terminal(console, settings, order, aloud=aloud)


def _plan(
    catalogue: Catalogue,
    name: str | None,
    fault: Fault | None,
    routine: str | None,
    *,
    may_wait: bool,
) -> list[Exercise]:
    """What the arguments ask for; nothing where the person may choose on the page."""
    from posture.coach import choose
    from posture.log.exercises import lately
    from posture.places import log_path
    from posture.service.clock import LiveClock
    from posture.service.coaching import LATELY

    done = lately(log_path(), LATELY)
    if routine is not None:
        return choose.routine(catalogue, 60.0 * _minutes(routine), done)
    if name is not None:
        return choose.expand(catalogue, _named(catalogue, name))
    if fault is None and may_wait:
        return []
    wish = fault or Fault.STATIC_SITTING
    occasion = choose.Occasion(wish, 0.0, LiveClock().now().local.hour, done)
    try:
        return choose.expand(catalogue, choose.choose(catalogue, occasion))
    except LookupError as error:
        from posture.errors import UsageError

        raise UsageError(
            "None of the exercises that answer this suits you now.",
            meaning="Nothing was started.",
            action="`posture exercise --list` shows what is left; --turn-on brings one back.",
        ) from error


def _minutes(text: str) -> int:
    from posture.errors import UsageError

    found = _MINUTES.match(text)
    if found is None or not 1 <= int(found[1]) <= _LONGEST_MIN:
        raise UsageError(
            f"{text!r} is no length for a routine.",
            meaning="Nothing was started.",
            action=f"Give whole minutes from 1 to {_LONGEST_MIN}: --routine 5m.",
        )
    return int(found[1])


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


def _in_terminal(console: Console, settings: Config, order: Order, *, aloud: bool) -> None:
    from posture.cli.session_view import SessionScreen
    from posture.coach.warnings import load_warnings, session_lines
    from posture.service.coaching import guide
    from posture.service.voice import Voice

    lines = session_lines(load_warnings(), settings.coach)
    with Voice() as voice:
        if aloud and not voice.is_there:
            console.print("This system has no voice that the program knows; it stays silent.")
        with SessionScreen(console, lines) as screen:
            report = guide(settings, order, screen, voice.say if aloud else _silent)
    names = {exercise.id: exercise.name for exercise in order.plan}
    for outcome in report.outcomes:
        console.print(f"{names[outcome.exercise]}: {_result(outcome)}")
    if report.notice:
        console.print(report.notice)


def _result(outcome: Outcome) -> str:
    words = f"{outcome.seconds:.0f} s"
    if outcome.asked and outcome.seen is not None:
        words += f", {outcome.seen} of {outcome.asked} seen"
    if not outcome.verified:
        words += ", timed"
    if outcome.stopped_early:
        words += ", stopped early"
    if outcome.comfort is not None:
        words += f"; felt {_COMFORT_WORDS[outcome.comfort]}"
    return words


def _ask_about_pain(console: Console, settings: Config) -> None:
    """Before the very first session: the whole list, and a question."""
    from posture.coach.warnings import load_warnings
    from posture.errors import UsageError
    from posture.service.welcome import remember_shown, was_shown

    if not sys.stdin.isatty() or was_shown("exercise"):
        return
    remember_shown("exercise")
    print_signs(console)
    console.print()
    careful = settings.coach.pain_now or settings.coach.doctor_diagnosed
    if not careful and typer.confirm("Do neck, shoulder or arm hurt right now?", default=False):
        raise UsageError(
            load_warnings().pain_now,
            meaning="Nothing was started.",
            action="If none of the signs above fits you, write `pain_now = true` into the [coach] "
            "table of your settings: then only easy movement is offered.",
        )


def _print_list(console: Console, catalogue: Catalogue) -> None:
    from posture.review.words import FAULT_WORDS

    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("id", "what", "takes", "for", "counted"):
        # The id is what one types.
        table.add_column(heading, no_wrap=heading in {"id", "takes"})
    for each in catalogue.exercise:
        faults = ", ".join(FAULT_WORDS[fault] for fault in each.faults)
        takes = f"{each.seconds} s" if each.seconds < 120 else f"{each.seconds / 60:.0f} min"
        table.add_row(each.id, each.name, takes, faults, "yes" if each.verify else "")
    console.print(table)


def _turn_on(name: str) -> None:
    from datetime import datetime

    from posture.coach.catalogue import load_catalogue
    from posture.log.exercises import turn_on
    from posture.places import log_path

    known = _named(load_catalogue(), name)
    turn_on(log_path(), known.id, datetime.now().astimezone())
    typer.echo(f"{known.name} is offered again.")


def _silent(_words: str) -> None:
    """No voice was asked for."""
