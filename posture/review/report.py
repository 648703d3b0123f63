"""A day, a week or a month as one HTML file: no network, no script, good on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from posture.judge.verdict import State
from posture.log.days import first_day, read_days, read_minutes, setting_on
from posture.log.measures import Measure
from posture.log.records import Days
from posture.log.summary import Summary, each_day, sum_up, summarise
from posture.log.trends import weeks
from posture.review import sentences
from posture.review.charts import amounts, heat
from posture.review.charts.curve import curve
from posture.review.charts.svg import Chart
from posture.review.charts.timeline import timeline
from posture.review.period import Period, Span
from posture.review.words import duration, percent

ASSETS = Path(__file__).resolve().parent / "assets"
_TREND_WEEKS = 12
_SHOULDERS = (Measure.SHOULDER_LEFT, Measure.SHOULDER_RIGHT)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that stands out.

    Attributes:
        name: What it is.
        value: The number with its unit.
        note: What it is of, or empty.
    """

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a page shows.

    Attributes:
        title: Which days.
        lead: What they amount to, in sentences.
        notice: What went wrong with recording; empty when nothing did.
        figures: The numbers that stand out.
        charts: In order.
        said: Alerts: when, and what was said and followed.
        small_print: Where the numbers come from.
    """

    title: str
    lead: tuple[str, ...]
    notice: str
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    said: tuple[tuple[str, str], ...]
    small_print: tuple[str, ...]


def build(path: Path, period: Period) -> Report:
    """Read the log and put a report together.

    Args:
        path: The log.
        period: Which days.

    Raises:
        LogError: The log cannot be read.
    """
    days = read_days(path, period.first, period.last)
    summary = sum_up(days)
    if not summary.total_s:
        return _empty(path, period)
    before = summarise(path, period.before.first, period.before.last)
    lead = [sentences.headline(summary), sentences.averages(summary)]
    lead.append(sentences.comparison(summary, before, sentences.BEFORE[period.span]))
    lead.append(sentences.hours(summary))
    begins = first_day(path)
    if begins is not None and begins >= period.first:
        lead.append("Your log begins here, so there is nothing earlier to compare with.")
    if period.span is Span.DAY:
        charts = _day_charts(path, days, summary)
    else:
        charts = _charts(path, days, summary)
    return Report(
        title=period.title,
        lead=tuple(line for line in lead if line),
        notice=sentences.unseen(summary),
        figures=_figures(summary),
        charts=charts,
        said=_said(summary) if period.span is Span.DAY else (),
        small_print=_SMALL_PRINT,
    )


def render(report: Report) -> str:
    """The report as a self-contained HTML page."""
    templates = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("report.html.j2").render(report=report)


_SMALL_PRINT = (
    "Angles and heights are changes against your own calibrated neutral, measured through the "
    "camera. Only the time in which you were seen and measured is called good or not; time away, "
    "turned away or unclear is shown as such and never counted as good.",
    "Made on this machine from the log on this machine. It is no diagnosis: with pain that grows "
    "or lasts, numbness or dizziness, see a doctor.",
)


def _empty(path: Path, period: Period) -> Report:
    begins = first_day(path)
    if begins is None:
        lead = (
            "Nothing is recorded yet.",
            "Run `posture watch` and sit as you do; this page fills as the day goes on.",
        )
    elif period.last < begins:
        words = f"{begins:%A}, {begins.day} {begins:%B %Y}"
        lead = ("Nothing was recorded then.", f"Your log begins on {words}.")
    else:
        lead = (
            f"Nothing was recorded {'on' if period.span is Span.DAY else 'in'} this {period.span}.",
            "The program did not run. Days off look like this, too.",
        )
    return Report(period.title, lead, "", (), (), (), _SMALL_PRINT)


def _figures(summary: Summary) -> tuple[Figure, ...]:
    figures = []
    if summary.good_share is not None:
        seen = f"of the {duration(summary.observed_s)} you were seen"
        figures.append(Figure("Good posture", percent(summary.good_share), seen))
        figures.append(Figure("Good at a stretch", duration(summary.longest_good_s)))
    if summary.alerts:
        after_s = summary.corrected_after_s
        usual = "" if after_s is None else f"half within {duration(after_s)}"
        value = f"{summary.heeded} of {len(summary.alerts)}"
        figures.append(Figure("Alerts corrected", value, usual))
    if summary.rests:
        reminders = f"{summary.break_reminders} reminders"
        figures.append(Figure("Breaks taken", str(summary.breaks_taken), reminders))
    if summary.exercises:
        figures.append(Figure("Exercises done", str(len(summary.exercises))))
    return tuple(figures)


def _day_charts(path: Path, days: Days, summary: Summary) -> tuple[Chart, ...]:
    charts = [timeline(days)]
    minutes = read_minutes(path, days.first)
    if minutes:
        for name, title, measures, key, unit in (
            ("head", "Head forward", (Measure.FORWARD_HEAD,), "forward_head.enter_deg", "°"),
            ("shoulders", "Shoulders raised", _SHOULDERS, "raised_shoulders.enter_cm", "cm"),
        ):
            limit = setting_on(path, f"judge.{key}", days.first)
            known = float(limit) if isinstance(limit, int | float) else None
            charts.append(
                curve(name, title, days, minutes, measures=measures, limit=known, unit=unit)
            )
    charts += _amounts(summary)
    if summary.hours:
        charts.append(amounts.by_hour(summary))
    return tuple(charts)


def _charts(path: Path, days: Days, summary: Summary) -> tuple[Chart, ...]:
    charts = []
    if summary.observed_s:
        charts.append(amounts.by_day(each_day(days)))
    charts += _amounts(summary)
    if summary.hours:
        charts.append(heat.heat(summary.hours))
    lately = weeks(path, days.last - timedelta(weeks=_TREND_WEEKS), days.last)
    if sum(week.observed_s > 0 for week in lately) > 1:
        seen = [index for index, week in enumerate(lately) if week.observed_s]
        charts.append(amounts.weeks_trend(lately[seen[0] : seen[-1] + 1]))
    return tuple(charts)


def _amounts(summary: Summary) -> list[Chart]:
    charts = [amounts.time_by_state(summary)]
    if summary.by_fault and State.PRESENT in summary.by_state:
        charts.append(amounts.time_by_fault(summary))
    return charts


def _said(summary: Summary) -> tuple[tuple[str, str], ...]:
    return tuple((f"{alert.at:%H:%M}", sentences.alert(alert)) for alert in summary.alerts)
