"""`posture start`, `stop`, `status`, `pause`, `resume`: the monitor in the background."""

from __future__ import annotations

from typing import Annotated

import typer

from posture.cli.watch import ConfigOption, ProfileOption, SourceOption


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(start)
    app.command()(stop)
    app.command()(status)
    app.command()(pause)
    app.command()(resume)


def start(
    source: SourceOption = None,
    config: ConfigOption = None,
    profile: ProfileOption = None,
    *,
    as_camera: Annotated[
        bool, typer.Option("--as-camera", help="Play a video file in real time, over and over.")
    ] = False,
    recalibrate: Annotated[
        bool, typer.Option("--recalibrate", help="Calibrate anew before monitoring.")
    ] = False,
) -> None:
    """Monitor in the background; ends with `posture stop`, not with the terminal."""
    from rich.console import Console

    from posture.cli.warning_signs import print_signs_once
    from posture.service import background

    print_signs_once(Console())
    arguments = [*_given("--source", source), *_given("--profile", profile)]
    arguments += _given("--config", str(config.absolute()) if config is not None else None)
    arguments += ["--as-camera"] * as_camera + ["--recalibrate"] * recalibrate
    try:
        told = background.start(arguments)
    except background.StartFailedError as failed:
        typer.echo(failed.said.strip() or "The monitor ended without a word.", err=True)
        raise typer.Exit(failed.exit_code or 1) from failed
    typer.echo(f"Monitoring in the background (process {told.pid}, {told.camera}).")
    if told.calibrating is not None:
        typer.echo("It calibrates first: sit upright and relaxed for a moment.")
    if told.paused is not None:
        typer.echo(f"The camera is paused {told.paused.text}; `posture resume` opens it.")


def stop() -> None:
    """End the monitor in the background; returns when everything is written."""
    from posture.service import background

    background.stop()
    typer.echo("Stopped.")


def status(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="For scripts; null: not running.")
    ] = False,
) -> None:
    """Say how the running monitor is. Exit code 0 when one runs, 51 when none does."""
    from posture.errors import NotRunningError
    from posture.service import background
    from posture.service.status import STATUS

    told = background.status()
    if as_json:
        typer.echo(STATUS.dump_json(told, indent=2).decode())
    elif told is None:
        typer.echo("No posture monitor is running. `posture start` starts one.")
    else:
        from rich.console import Console

        from posture.cli.status import print_status

        print_status(told, Console(highlight=False))
    if told is None:
        raise typer.Exit(NotRunningError.exit_code)


def pause(
    how_long: Annotated[
        list[str] | None,
        typer.Argument(help="15m, 2h, until 14:00, until tomorrow; else until you resume."),
    ] = None,
) -> None:
    """Close the camera for a while; the monitor waits and opens it again by itself."""
    from posture.judge.quiet import parse_snooze
    from posture.service import background
    from posture.service.clock import LiveClock
    from posture.service.requests import PauseRequest

    text = " ".join(how_long or [])
    until = parse_snooze(text, LiveClock().now()).text if text else "until you resume"
    background.ask(PauseRequest(text))
    closed = background.wait_for(lambda status: not status.camera_on)
    typer.echo(f"Paused {until}. The camera is {'off' if closed else 'still closing'}.")


def resume() -> None:
    """End a pause: open the camera and go on."""
    from posture.service import background
    from posture.service.requests import ResumeRequest

    background.ask(ResumeRequest(resume=True))
    background.wait_for(lambda status: status.paused is None)
    typer.echo("Monitoring again.")


def _given(option: str, value: str | None) -> list[str]:
    return [] if value is None else [option, value]
