"""Days in the terminal: how the time adds up, what was wrong, what was said and done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from posture.judge.verdict import State
from posture.log.hours import Hour
from posture.log.summary import Summary
from posture.review import sentences
from posture.review.period import Period, Span
from posture.review.words import FAULT_WORDS, STATE_WORDS, duration

_BAR = 30


def print_summary(
    summary: Summary,
    console: Console,
    *,
    before: Summary | None = None,
    by_day: Sequence[Summary] = (),
    span: Span = Span.DAY,
) -> None:
    """Print a day, a week or a month.

    Args:
        summary: From `summarise`.
        console: Where to.
        before: What it is compared with.
        by_day: The days of a week or month, each by itself.
        span: Which of them it is.
    """
    title = Period(span, summary.first, summary.last).title
    console.print(Text(title, style="bold"))
    if not summary.total_s:
        console.print(f"Nothing was recorded {'on' if span is Span.DAY else 'in'} this {span}.")
        return
    console.print(sentences.headline(summary))
    _print_lines(
        console,
        sentences.averages(summary),
        sentences.comparison(summary, before, sentences.BEFORE[span]) if before is not None else "",
        sentences.unseen(summary),
    )
    console.print(_times(summary))
    if span is Span.DAY:
        if summary.best_hour is not None:
            console.print(_hours(summary.hours))
    else:
        console.print(_days(by_day))
    _print_lines(console, sentences.hours(summary), sentences.alerts(summary))
    if span is Span.DAY:
        for alert in summary.alerts:
            console.print(f"  {alert.at:%H:%M}  {sentences.alert(alert)}", highlight=False)
    _print_lines(console, sentences.breaks(summary), sentences.exercises(summary))


def print_nothing_yet(console: Console) -> None:
    """Print what an empty log says."""
    console.print("Nothing is recorded yet. `posture watch` begins; come back in an hour or so.")


def print_no_such_day(console: Console, day: date, first: date) -> None:
    """Print where the log begins, to somebody who asks for a time before."""
    console.print(f"The log begins on {first:%A}, {first.day} {first:%B %Y}; {day} lies before.")


def _print_lines(console: Console, *lines: str) -> None:
    for line in lines:
        if line:
            console.print(line)


def _times(summary: Summary) -> Table:
    rows = [("good posture", summary.good_s, "green")]
    rows += [
        (FAULT_WORDS[fault], seconds, "yellow")
        for fault, seconds in sorted(summary.by_fault.items(), key=lambda item: -item[1])
    ]
    rows += [
        (STATE_WORDS[state], seconds, "dim")
        for state, seconds in sorted(summary.by_state.items(), key=lambda item: -item[1])
        if state is not State.PRESENT
    ]
    table = _bars()
    for label, seconds, style in rows:
        table.add_row(label, duration(seconds), _bar(seconds / summary.total_s, style))
    return table


def _hours(hours: Sequence[Hour]) -> Table:
    table = _bars()
    for hour in hours:
        label = sentences.hour_words(hour, weekday=False)
        share = Text(f"{100 * hour.good_share:.0f} % good")
        table.add_row(label, share, _bar(hour.good_s / 3600, "green", hour.observed_s / 3600))
    return table


def _days(days: Sequence[Summary]) -> Table:
    longest_s = max((day.observed_s for day in days), default=0.0)
    table = _bars()
    for day in days:
        if not day.total_s:
            continue
        share = day.good_share
        good = "not seen" if share is None else f"{100 * share:.0f} % good"
        bar = Text("")
        if longest_s:
            bar = _bar(day.good_s / longest_s, "green", day.observed_s / longest_s)
        table.add_row(f"{day.first:%a} {day.first.day} {day.first:%b}", good, bar)
    return table


def _bars() -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column(min_width=22)
    table.add_column(justify="right")
    table.add_column()
    return table


def _bar(share: float, style: str, of: float = 0.0) -> Text:
    """A bar, and what is left of the whole in light shade."""
    width = max(1 if share else 0, round(_BAR * share))
    rest = max(0, round(_BAR * of) - width)
    return Text("█" * width, style=style).append("░" * rest, style="dim")
