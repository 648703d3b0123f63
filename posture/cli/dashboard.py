"""`posture dashboard`: the local page."""

from __future__ import annotations

import signal
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(dashboard)


def dashboard(
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="0 takes any free one.")
    ] = None,
    *,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Print the link and open no browser.")
    ] = False,
) -> None:
    """Look at your days in the browser: served to this machine alone, until Ctrl-C."""
    from posture.cli.watch import interrupt
    from posture.config.load import load_config
    from posture.places import log_path
    from posture.web.practice import practice
    from posture.web.serve import serve

    # SIGINT too: a shell starts background jobs with it ignored.
    for way_out in (signal.SIGINT, signal.SIGTERM):
        signal.signal(way_out, interrupt)
    pages = practice(load_config, log_path())
    serve(pages, typer.echo, port=_port(port), open_browser=not no_open)


def _port(asked: int | None) -> int:
    from posture.cli.problems import report
    from posture.config.load import load_config
    from posture.errors import ConfigError

    if asked is not None:
        return asked
    try:
        return load_config().review.port
    except ConfigError as problem:
        # The settings page shows it, too, and the other pages do not depend on it.
        report(problem)
        return 0
