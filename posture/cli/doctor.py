"""`posture doctor`: what is in order, what is not, what helps."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from posture.cli.watch import ConfigOption, SourceOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from posture.config.schema import Config
    from posture.service.doctor.finding import Finding

# Shape and word carry the grade; colour only repeats it.
_MARKS = {"good": ("✓", "green"), "note": ("!", "yellow"), "bad": ("✗", "red")}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(doctor)


def doctor(
    config: ConfigOption = None,
    source: SourceOption = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
    report_to: Annotated[
        Path | None,
        typer.Option("--report", help="Write what a bug report needs to this file; no secrets."),
    ] = None,
) -> None:
    """Look at cameras, models, desktop, disk, log, guard; exit code 1 when something is wrong."""
    from pydantic import TypeAdapter

    from posture.service.doctor.finding import Finding
    from posture.service.doctor.report import exit_code, report

    console = Console(highlight=False)
    findings: list[Finding] = []
    settings, held = _settings(config, source)
    for finding in chain([held], _look(settings)):
        findings.append(finding)
        if not as_json:
            _print(finding, console)
    if as_json:
        typer.echo(TypeAdapter(list[Finding]).dump_json(findings, indent=2).decode())
    if report_to is not None:
        report_to.write_text(report(findings, settings), encoding="utf-8")
        typer.echo(f"\nThe report is in {report_to}; read it before you send it.", err=as_json)
    raise typer.Exit(exit_code(findings))


def _settings(config: Path | None, source: str | None) -> tuple[Config | None, Finding]:
    from posture.config.load import load_config
    from posture.errors import ConfigError
    from posture.places import user_config_path
    from posture.service.doctor.finding import good, problem

    where = config or user_config_path()
    try:
        settings = load_config(config)
    except ConfigError as error:
        return None, problem("settings", error)
    if source is not None:
        capture = settings.capture.model_copy(update={"source": source})
        settings = settings.model_copy(update={"capture": capture})
    words = f"{where} holds." if where.exists() else f"There is no {where}: defaults apply."
    return settings, good("settings", words)


def _look(settings: Config | None) -> Iterator[Finding]:
    from posture.service.doctor.cameras import cameras
    from posture.service.doctor.desktop import desktop
    from posture.service.doctor.machine import machine

    if settings is not None:
        yield from cameras(settings.capture)
    yield from machine()
    yield from desktop()


def _print(finding: Finding, console: Console) -> None:
    mark, style = _MARKS[finding.grade]
    line = Table.grid(padding=(0, 1))
    line.add_column(width=1)
    line.add_column(width=14)
    line.add_column()
    words = Text(finding.words)
    line.add_row(Text(mark, style), Text(finding.about, "bold"), words)
    console.print(line)
    if finding.fix:
        console.print(Padding(Text(f"→ {finding.fix}", "cyan"), (0, 0, 0, 17)))
