"""`posture snooze` and `posture limits`: what one asks of the monitor, running or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posture.judge.verdict import Fault

if TYPE_CHECKING:
    from posture.service.requests import Request


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(snooze)
    app.command()(limits)


def snooze(
    how_long: Annotated[
        list[str] | None, typer.Argument(help="15m, 2h, until 14:00, until tomorrow; or off.")
    ] = None,
) -> None:
    """Be silent for a while; monitoring and the log go on."""
    from posture.judge.quiet import parse_snooze
    from posture.service import requests
    from posture.service.clock import LiveClock

    text = " ".join(how_long or ["15m"])
    if text == "off":
        _ask(requests.SnoozeRequest(""))
        typer.echo("Alerts are on again.")
        return
    now = LiveClock().now()
    asked = parse_snooze(text, now)
    _ask(requests.SnoozeRequest(text))
    typer.echo(f"No alerts {asked.text}.")


def limits(
    restore: Annotated[
        Fault | None, typer.Option("--restore", help='Undo what "that was wrong" relaxed.')
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="A config file.")] = None,
) -> None:
    """Show the limits in force, with what your answers have relaxed; or undo that."""
    from posture.config.load import load_config
    from posture.judge.limits import limits_from
    from posture.review.words import FAULT_WORDS, duration
    from posture.service import memory, requests
    from posture.service.clock import LiveClock

    if restore is not None:
        _ask(requests.RestoreRequest(restore))
        typer.echo(f"The limit for {FAULT_WORDS[restore]!r} is as in the config again.")
        return
    settings = load_config(config)
    now = LiveClock().now()
    relaxed = memory.recall(memory.memory_path(), now).relaxed_percent
    for limit in limits_from(settings.judge).relaxed(relaxed).faults:
        percent = relaxed.get(limit.fault, 0.0)
        note = f"  (relaxed by {percent:.0f} %: --restore {limit.fault})" if percent else ""
        typer.echo(
            f"{FAULT_WORDS[limit.fault]:22}begins at {abs(limit.enter):5.1f} {limit.unit}, ends at "
            f"{abs(limit.leave):5.1f} {limit.unit}, alert after {duration(limit.dwell_s)}{note}"
        )


def _ask(request: Request) -> None:
    """Ask the running monitor, or change what the next one will remember."""
    from posture.config.load import load_config
    from posture.errors import AlreadyRunningError
    from posture.service import background, instance, memory, requests
    from posture.service.clock import LiveClock

    try:
        with instance.only_one():
            now = LiveClock().now()
            path = memory.memory_path()
            state, _ = requests.obey(memory.recall(path, now), [request], now, load_config().alert)
            memory.keep(path, state, now)
    except AlreadyRunningError:
        background.ask(request)
