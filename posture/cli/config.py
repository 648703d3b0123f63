"""`posture config`: where the settings are, what they are, whether they hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Where the settings are, and whether they hold.")


@app.command()
def path() -> None:
    """Print where your own config file is looked for."""
    from posture.places import user_config_path

    typer.echo(user_config_path())


@app.command()
def show() -> None:
    """Print the default config: every key with unit, range and meaning."""
    from posture.config.load import default_path

    typer.echo(default_path().read_text(encoding="utf-8"), nl=False)


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A config file; yours by default.")] = None,
) -> None:
    """Say whether your config and your exercises hold; every problem is named with its place."""
    from posture.coach.catalogue import load_catalogue
    from posture.config.load import load_config
    from posture.places import own_exercises_path, user_config_path

    load_config(file)
    where = file or user_config_path()
    typer.echo(f"{where} holds." if where.exists() else f"There is no {where}: defaults apply.")
    load_catalogue()
    if own_exercises_path().exists():
        typer.echo(f"{own_exercises_path()} holds.")
