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
    import threading
    import webbrowser

    from posture.cli.watch import interrupt
    from posture.web.dashboard import dashboard as pages
    from posture.web.server import LocalServer

    signal.signal(signal.SIGTERM, interrupt)
    with LocalServer(pages(), _port(port)) as server:
        typer.echo(f"Your dashboard: {server.url}")
        typer.echo("The link is for you alone. Ctrl-C ends it.")
        if not no_open:
            webbrowser.open(server.url)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("Closed.")


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
