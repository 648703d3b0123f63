"""The `posture` command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from posture import __version__
from posture.cli import (
    autostart,
    background,
    config,
    control,
    dashboard,
    doctor,
    exchange,
    exercise,
    measure,
    review,
    tray,
    watch,
)
from posture.cli.problems import missing_library, report
from posture.errors import PostureError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A private posture monitor: it measures your forward-head angle and your shoulders, "
    "and offers one exercise for the fault it saw. No picture is kept or sent.",
)
app.add_typer(config.app, name="config")
app.add_typer(autostart.app, name="service")
watch.register(app)
measure.register(app)
control.register(app)
exercise.register(app)
background.register(app)
review.register(app)
exchange.register(app)
doctor.register(app)
dashboard.register(app)
tray.register(app)


@app.callback(invoke_without_command=True)
def main(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Handle options that belong to no command."""
    if version:
        typer.echo(f"posture {__version__}")
        raise typer.Exit


def run() -> None:
    """Run the command line; every kind of problem has its own exit code."""
    try:
        app()
    except PostureError as problem:
        sys.exit(report(problem))
    except ImportError as error:
        library = missing_library(error)
        if library is None:
            raise
        sys.exit(report(library))
