"""`posture tray`: the icon, in a process of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from posture.service.tray.follow import Follower


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(tray)


def tray(context: typer.Context) -> None:
    """Show an icon in the tray for as long as a monitor runs; `posture start` does it by itself."""
    from filelock import FileLock, Timeout

    from posture.places import data_dir
    from posture.service.tray.follow import Follower

    commands = context.find_root().command
    follower = Follower(frozenset(getattr(commands, "commands", {})))
    try:
        with FileLock(data_dir() / "tray.lock", timeout=0):
            _show(follower)
    except Timeout as error:
        typer.echo("The icon is already there.")
        raise typer.Exit from error


def _show(follower: Follower) -> None:
    # A plain string, so that the type checker looks at every system's branch.
    platform: str = sys.platform
    if platform == "linux":
        from posture.service.tray.notifier_item import show_icon
    else:
        from posture.service.tray.pystray_icon import show_icon
    show_icon(follower)
