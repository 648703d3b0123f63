"""`posture service`: start at login, or no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(no_args_is_help=True, help="Start the monitor at login, or no longer.")

Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


@app.command()
def install(*, yes: Yes = False) -> None:
    """Start the monitor whenever you log in; shows what it writes and runs, and asks."""
    from posture.service import autostart

    wanted = autostart.plan()
    typer.echo(f"Writes {wanted.path}:\n")
    typer.echo(wanted.content.decode("utf-16" if wanted.content[:2] == b"\xff\xfe" else "utf-8"))
    _show(wanted.after_writing)
    if not yes:
        typer.confirm("Go on?", abort=True)
    autostart.install(wanted)
    typer.echo("Done: it starts when you log in. To start it now: posture start")


@app.command()
def uninstall(*, yes: Yes = False) -> None:
    """Start it at login no longer; a running monitor goes on."""
    from posture.service import autostart

    wanted = autostart.plan()
    if not wanted.path.exists():
        typer.echo("It is not installed.")
        return
    _show(wanted.before_removing)
    typer.echo(f"Removes {wanted.path}")
    _show(wanted.after_removing)
    if not yes:
        typer.confirm("Go on?", abort=True)
    autostart.uninstall(wanted)
    typer.echo("Done: it starts at login no longer.")


@app.command()
def status() -> None:
    """Say whether it starts at login; exit code 1 when it does not."""
    from posture.service import autostart

    wanted = autostart.plan()
    if not autostart.is_installed(wanted):
        typer.echo("It does not start at login. To change that: posture service install")
        raise typer.Exit(1)
    typer.echo(f"It starts at login ({wanted.path}).")


def _show(commands: Sequence[Sequence[str]]) -> None:
    from posture.service import autostart

    for command in commands:
        typer.echo(f"Runs   {autostart.shown(command)}")
