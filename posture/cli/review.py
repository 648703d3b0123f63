"""`posture today` and `posture log`: the record, shown to its owner, and deleted when asked to."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from posture.cli.day_or_command import DayOrCommand
from posture.review.period import Period, Span

JsonOption = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="As CSV, one line a day.")]
WeekOption = Annotated[bool, typer.Option("--week", help="The week around that day.")]
MonthOption = Annotated[bool, typer.Option("--month", help="The month around that day.")]

log = typer.Typer(
    cls=DayOrCommand,
    no_args_is_help=False,
    help="Show a day, a week or a month: posture log [DATE | --week | --month]. Or delete them.",
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(today)
    app.command()(report)
    app.add_typer(log, name="log")


def today(*, as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """Show today so far."""
    _show(Period.around(_today(), Span.DAY), as_json=as_json, as_csv=as_csv)


def report(
    day: Annotated[str, typer.Argument(help="2026-03-02, today, yesterday.")] = "today",
    *,
    one_day: Annotated[bool, typer.Option("--day", help="That day; the default.")] = False,
    week: WeekOption = False,
    month: MonthOption = False,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write it.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Write a day, a week or a month as one HTML file, to look at, print or keep."""
    from posture.cli.exchange import write_own
    from posture.places import log_path
    from posture.review.report import build, render

    period = Period.around(day_of(day), span_of(day=one_day, week=week, month=month))
    path = out or Path(f"posture-{period.span}-{period.first}.html")
    write_own(path, render(build(log_path(), period)))
    typer.echo(f"Written: {path}")
    if open_:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


@log.command("show")
def show(
    day: Annotated[str, typer.Argument(help="2026-03-02, today, yesterday.")] = "today",
    *,
    week: WeekOption = False,
    month: MonthOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show a day, a week or a month; `show` may be left out."""
    period = Period.around(day_of(day), span_of(week=week, month=month))
    _show(period, as_json=as_json, as_csv=as_csv)


@log.command()
def wipe(
    before: Annotated[
        str | None, typer.Option("--before", help="Delete the days before this one.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Delete everything.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete days for good, from every file of the log. Stop the monitor first."""
    from posture.errors import UsageError
    from posture.log.wipe import set_aside
    from posture.places import log_path
    from posture.service.deleting import delete_days

    if everything == (before is not None):
        raise UsageError(
            "Say what to delete.",
            meaning="Nothing was deleted.",
            action="Give either --before DATE or --all.",
        )
    first = None if before is None else day_of(before)
    what = "everything in the log" if first is None else f"every day before {first}"
    if not yes:
        typer.confirm(f"Delete {what}, for good?", abort=True)
    path = log_path()
    deleted = delete_days(path, first)
    gone = deleted.log
    typer.echo(
        f"Deleted {gone.days} days ({gone.rows} rows): overwritten, and the files are "
        f"{_mb(gone.bytes_after)} now, {_mb(gone.bytes_before)} before."
    )
    if deleted.landmarks_bytes:
        typer.echo(f"Landmarks deleted: {_mb(deleted.landmarks_bytes)}.")
    for aside in set_aside(path):
        typer.echo(f"A log that was damaged is still there: {aside} (--all deletes it, too).")


def day_of(text: str) -> date:
    """A day as the user writes it.

    Args:
        text: An ISO date, `today` or `yesterday`.

    Raises:
        UsageError: It is none of them.
    """
    from datetime import timedelta

    from posture.errors import UsageError
    from posture.log.days import day_from

    if text in {"today", "yesterday"}:
        return _today() - timedelta(days=int(text == "yesterday"))
    try:
        return day_from(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no day.",
            meaning="Nothing was done.",
            action="Write it as 2026-03-02, or today, or yesterday.",
        ) from error


def span_of(*, week: bool, month: bool, day: bool = False) -> Span:
    """What the options ask for; a day when none was given.

    Raises:
        UsageError: More than one was given.
    """
    from posture.errors import UsageError

    if day + week + month > 1:
        raise UsageError(
            "A day, a week or a month: one of them.",
            meaning="Nothing was done.",
            action="Leave the others out.",
        )
    if week:
        return Span.WEEK
    return Span.MONTH if month else Span.DAY


def _show(period: Period, *, as_json: bool, as_csv: bool) -> None:
    from posture.log.days import first_day, read_days
    from posture.log.summary import each_day, sum_up, summarise
    from posture.places import log_path
    from posture.review import record, terminal

    path = log_path()
    days = read_days(path, period.first, period.last)
    summary, by_day = sum_up(days), each_day(days)
    if as_json or as_csv:
        content = record.as_json(summary, by_day) if as_json else record.as_csv(by_day)
        typer.echo(content, nl=as_json)
        return
    console = Console()
    begins = first_day(path)
    if begins is None:
        terminal.print_nothing_yet(console)
    elif period.last < begins:
        terminal.print_no_such_day(console, period.last, begins)
    else:
        before = summarise(path, period.before.first, period.before.last)
        terminal.print_summary(summary, console, before=before, by_day=by_day, span=period.span)
        if begins == period.first == period.last:
            console.print("This is the first day of your log; later ones are compared with it.")


def _today() -> date:
    return datetime.now().astimezone().date()


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
