"""A day's summary in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from posture.judge.verdict import State, Unit
from posture.log.days import LoggedAlert
from posture.log.measures import Measure
from posture.log.summary import Summary
from posture.review.words import FAULT_WORDS, STATE_WORDS, duration

_BAR = 30
_OUTCOMES = {
    None: "still shown",
    "corrected": "corrected",
    "ignored": "not followed",
    "snoozed": "snoozed",
    "wrong": "called wrong",
    "unseen": "you left",
    "silenced": "silenced",
}


def print_day(summary: Summary, console: Console) -> None:
    """Print a day: how the time adds up, what was wrong, what was said.

    Args:
        summary: From `summarise`.
        console: Where to.
    """
    console.print(Text(f"{summary.first:%A, %d %B %Y}", style="bold"))
    if not summary.total_s:
        console.print("Nothing was recorded on this day.")
        return
    observed = summary.observed_s
    share = f"{100 * summary.good_s / observed:.0f} %" if observed else "–"
    console.print(
        f"Seen for {duration(observed)} of {duration(summary.total_s)}; "
        f"{share} of that in good posture, {duration(summary.longest_good_s)} at a stretch."
    )
    if summary.shoulders_cm is not None:
        head_deg = summary.means[Measure.FORWARD_HEAD]
        console.print(
            f"On average the head was {head_deg:+.0f}° and the shoulders "
            f"{summary.shoulders_cm:+.1f} cm from your own neutral."
        )
    console.print(_times(summary))
    for alert in summary.alerts:
        console.print(_alert(alert))
    if not summary.alerts:
        console.print("No alerts.")
    if summary.breaks_taken or summary.break_reminders:
        console.print(
            f"Breaks taken: {summary.breaks_taken}; reminders: {summary.break_reminders}."
        )


def _times(summary: Summary) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column(min_width=22)
    table.add_column(justify="right")
    table.add_column()
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
    for label, seconds, style in rows:
        bar = "█" * max(1 if seconds else 0, round(_BAR * seconds / summary.total_s))
        table.add_row(label, duration(seconds), Text(bar, style=style))
    return table


def _alert(alert: LoggedAlert) -> str:
    followed = _OUTCOMES[alert.outcome]
    if alert.outcome == "corrected" and alert.after_s is not None:
        followed += f" after {duration(alert.after_s)}"
    return (
        f"{alert.at:%H:%M:%S}  {FAULT_WORDS[alert.fault]}, "
        f"{_amount(alert)} for {duration(alert.for_s)}: {followed}"
    )


def _amount(alert: LoggedAlert) -> str:
    gap = "" if alert.unit == Unit.DEG else " "
    return f"{alert.by:+.0f}{gap}{alert.unit}"
