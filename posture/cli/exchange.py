"""`posture export` and `posture import`: the log for other programs and other machines."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ExportFormat(StrEnum):
    """What an export is written as."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    ACTIVITYWATCH = "activitywatch"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("export")(export)
    app.command("import")(import_)


def export(
    kind: Annotated[
        ExportFormat, typer.Option("--format", help="json can be imported again.")
    ] = ExportFormat.JSON,
    first: Annotated[
        str | None, typer.Option("--from", help="First day; the log's first by default.")
    ] = None,
    last: Annotated[str, typer.Option("--to", help="Last day.")] = "today",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="A file; for csv and parquet a folder, one file a table."),
    ] = None,
) -> None:
    """Write the log out: every table, or an ActivityWatch bucket."""
    from posture.cli.review import day_of
    from posture.log.days import first_day
    from posture.log.exchange import export_log, to_json
    from posture.places import log_path
    from posture.review.export import activitywatch, write_tables

    path = log_path()
    end = day_of(last)
    begin = day_of(first) if first is not None else first_day(path) or end
    document = export_log(path, begin, end)
    if kind in {ExportFormat.CSV, ExportFormat.PARQUET}:
        folder = out or Path(f"posture-{begin}-{end}")
        files = write_tables(document, folder, kind)
        typer.echo(f"{len(files)} tables from {begin} to {end}, in {folder}")
        return
    if kind is ExportFormat.ACTIVITYWATCH:
        import platform

        content = activitywatch(document, platform.node())
    else:
        content = to_json(document)
    if out is None:
        typer.echo(content)
        return
    write_own(out, content)
    typer.echo(f"{begin} to {end}, in {out}")


def import_(
    file: Annotated[Path, typer.Argument(help="From posture export --format json.")],
) -> None:
    """Take an export in; what is there already is not doubled."""
    from posture.errors import UsageError
    from posture.log.exchange import from_json
    from posture.log.importing import import_log
    from posture.places import log_path

    try:
        document = from_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{file} cannot be read as JSON ({error}).",
            meaning="Nothing was changed.",
            action="Give a file that `posture export --format json` wrote.",
        ) from error
    brought = import_log(log_path(), document)
    typer.echo(
        f"{brought.added} rows are new, {brought.updated} were brought up to date, "
        f"{brought.known} were here already."
    )


def write_own(path: Path, content: str) -> None:
    """Write a file of the user's record, readable by the user alone.

    Args:
        path: Where to; an older file is replaced.
        content: Its text.

    Raises:
        UsageError: It cannot be written.
    """
    from posture.errors import UsageError

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}).",
            meaning="The log itself is as it was.",
            action="Give a path in a folder that exists.",
        ) from error
