"""One day along the clock: what state it was, and where the head and the shoulders were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from posture.judge.verdict import Fault, State
from posture.log.days import Days, LoggedInterval, LoggedMinute
from posture.log.measures import Measure, Spread
from posture.review import sentences
from posture.review.charts import svg
from posture.review.charts.svg import Chart, Table
from posture.review.words import FAULT_WORDS, STATE_WORDS, duration

_HOUR_S = 3600
_MINUTE_S = 60
# Where minutes are further apart, the line breaks: nothing is drawn that was not seen.
_GAP_S = 150
_TICK_PX = 46
_LANE_PX = 20
_EDGE_PX = 16
_LABELS_PX = 132
# Shorter stretches than this are drawn that wide, so that none is lost.
_LEAST_PX = 1.2


@dataclass(frozen=True, slots=True)
class Clock:
    """The part of the day that a chart shows, from one whole hour to another.

    Attributes:
        first_h: First hour.
        last_h: Last hour.
        left: Where the first lies, pixels.
        right: Where the last lies, pixels.
    """

    first_h: int
    last_h: int
    left: float
    right: float

    def x(self, at: datetime) -> float:
        """Where a moment lies."""
        return self.at_s(_seconds(at))

    def at_s(self, seconds: float) -> float:
        """Where a moment lies, given as seconds since midnight."""
        share = (seconds / _HOUR_S - self.first_h) / (self.last_h - self.first_h)
        return self.left + (self.right - self.left) * share

    def ticks(self) -> list[int]:
        """Hours to write out, far enough apart to read."""
        every = 1
        while (self.right - self.left) * every / (self.last_h - self.first_h) < _TICK_PX:
            every += 1
        return [hour for hour in range(self.first_h, self.last_h + 1) if hour % every == 0]


def clock_of(days: Days, left: float, right: float) -> Clock:
    """The hours of a day in which the program ran."""
    begins = [_seconds(interval.began) for interval in days.intervals]
    ends = [_seconds(interval.began) + interval.seconds for interval in days.intervals]
    first_h = int(min(begins) // _HOUR_S)
    last_h = min(24, int(-(-max(ends) // _HOUR_S)))
    return Clock(first_h, max(last_h, first_h + 1), left, right)


def timeline(days: Days) -> Chart:
    """States and faults along the clock, each in a lane of its own, with what was said and done.

    Args:
        days: One day with at least one interval.
    """
    lanes = _lanes(days.intervals)

    def draw(_prefix: str, width: int) -> tuple[int, Iterable[Markup]]:
        narrow = svg.is_narrow(width)
        clock = clock_of(days, 0 if narrow else _LABELS_PX, width - 2)
        pitch = _LANE_PX + (18 if narrow else 6)
        drawn: list[Markup] = []
        y = 18 if narrow else 4
        for name, kind, intervals in lanes:
            drawn.append(_lane_label(name, y, narrow=narrow))
            drawn.append(svg.box(clock.left, y, clock.right - clock.left, _LANE_PX, "lane"))
            drawn += [_stretch(clock, interval, y, kind, name) for interval in intervals]
            y += pitch
        for name, marks in _marks(days):
            drawn.append(_lane_label(name, y, narrow=narrow))
            drawn.append(line_at(clock, y + _LANE_PX / 2))
            drawn += [_mark(clock.x(at), y + _LANE_PX / 2, kind, says) for at, kind, says in marks]
            y += pitch
        bottom = y - (14 if narrow else 2)
        return bottom + 22, (*hour_axis(clock, bottom), *drawn)

    rows = tuple((f"{i.began:%H:%M:%S}", duration(i.seconds), _what(i)) for i in days.intervals)
    says = "Every stretch of the day in its lane; what was not seen is shown as such."
    table = Table(("From", "For", "What"), rows)
    return svg.chart("timeline", "The day", says, draw, table)


def curve(
    name: str,
    title: str,
    days: Days,
    minutes: Sequence[LoggedMinute],
    *,
    measures: tuple[Measure, ...],
    limit: float | None,
    unit: str,
) -> Chart:
    """A measure minute by minute, with the band of eight tenths of each minute, and the limit.

    Args:
        name: As in `Chart`.
        title: As in `Chart`.
        days: One day, for its hours.
        minutes: Its minutes; at least one.
        measures: The mean of these is shown.
        limit: Where the fault begins; None leaves it out.
        unit: `°` or `cm`.
    """
    points = [(minute, mean_of(minute, measures)) for minute in minutes]
    low = min(0.0, *(spread.p10 for _, spread in points))
    high = max(limit or 0.0, *(spread.p90 for _, spread in points))
    step = svg.nice_step(high - low, 6)
    low, high = step * (low // step), step * -(-high // step)
    gap = "" if unit == "°" else " "

    def draw(_prefix: str, width: int) -> tuple[int, Iterable[Markup]]:
        height = 190 if svg.is_narrow(width) else 220
        clock = clock_of(days, 34, width - 2)

        def y(value: float) -> float:
            return 12 + (height - 40) * (high - value) / (high - low)

        drawn: list[Markup] = [*hour_axis(clock, height - 24)]
        value = low
        while value <= high + step / 2:
            drawn.append(svg.line(clock.left, y(value), clock.right, y(value), "grid"))
            drawn.append(svg.text(28, y(value) + 4, f"{value:g}", anchor="end", kind="tick"))
            value += step
        drawn.append(svg.line(clock.left, y(0), clock.right, y(0), "zero"))
        for run in _runs(points):
            xs = [clock.x(minute.at) for minute, _ in run]
            # A minute is as wide as a minute, also when it stands alone.
            xs.append(clock.at_s(_seconds(run[-1][0].at) + _MINUTE_S))
            spreads = [*(spread for _, spread in run), run[-1][1]]
            upper = [(x, y(spread.p90)) for x, spread in zip(xs, spreads, strict=True)]
            lower = [(x, y(spread.p10)) for x, spread in zip(xs, spreads, strict=True)]
            means = [(x, y(spread.mean)) for x, spread in zip(xs, spreads, strict=True)]
            drawn.append(svg.path([*upper, *reversed(lower)], "band", closed=True))
            drawn.append(svg.path(means, "curve"))
        drawn.append(svg.text(clock.left + 4, y(0) + 14, "your neutral", kind="note"))
        if limit is not None:
            drawn.append(svg.line(clock.left, y(limit), clock.right, y(limit), "limit"))
            words = f"limit {limit:g}{gap}{unit}"
            drawn.append(svg.text(clock.right, y(limit) - 4, words, anchor="end", kind="note"))
        return height, drawn

    sigma = sum(spread.sigma for _, spread in points) / len(points)
    says = (
        f"Line: mean of each minute. Band: eight tenths of its looks. A single look is sure to "
        f"about ±{sigma:.1f}{gap}{unit}. Where the line breaks, nothing was measured."
    )
    rows = tuple(
        (f"{minute.at:%H:%M}", *(f"{v:+.1f}" for v in (spread.mean, spread.p10, spread.p90)))
        for minute, spread in points[::10]
    )
    head = ("At", f"Mean ({unit})", "A tenth below", "A tenth above")
    return svg.chart(name, title, says, draw, Table(head, rows))


def mean_of(minute: LoggedMinute, measures: tuple[Measure, ...]) -> Spread:
    """The mean spread of some measures of a minute."""
    spreads = [minute.spreads[measure] for measure in measures]
    count = len(spreads)
    return Spread(
        *(
            sum(getattr(spread, part) for spread in spreads) / count
            for part in ("mean", "sigma", "p10", "p90")
        )
    )


def hour_axis(clock: Clock, bottom: float) -> Iterable[Markup]:
    """Vertical lines and names of the hours."""
    for hour in clock.ticks():
        x = clock.at_s(hour * _HOUR_S)
        yield svg.line(x, 0, x, bottom, "grid")
        anchor = "middle"
        if hour == clock.first_h and clock.left < _EDGE_PX:
            anchor = "start"
        elif hour == clock.last_h:
            anchor = "end"
        yield svg.text(x, bottom + 16, f"{hour}:00", anchor=anchor, kind="tick")


def line_at(clock: Clock, y: float) -> Markup:
    """A thin line across the hours."""
    return svg.line(clock.left, y, clock.right, y, "grid")


def _seconds(at: datetime) -> float:
    return at.hour * _HOUR_S + at.minute * _MINUTE_S + at.second + at.microsecond / 1e6


def _lanes(
    intervals: Sequence[LoggedInterval],
) -> list[tuple[str, str, list[LoggedInterval]]]:
    lanes = [("good posture", "good", [i for i in intervals if i.is_good])]
    for fault in Fault:
        lanes.append((FAULT_WORDS[fault], "fault", [i for i in intervals if fault in i.faults]))
    for state in State:
        if state is not State.PRESENT:
            lanes.append((STATE_WORDS[state], "unseen", [i for i in intervals if i.state is state]))
    return [lane for lane in lanes if lane[2]]


def _marks(days: Days) -> list[tuple[str, list[tuple[datetime, str, str]]]]:
    alerts = [
        (alert.at, "alert", f"{alert.at:%H:%M} {sentences.alert(alert)}") for alert in days.alerts
    ]
    did = [(done.at, "did", f"{done.at:%H:%M} {done.exercise}") for done in days.exercises]
    breaks = [
        (rest.at, "rest", f"{rest.at:%H:%M} break after {duration(rest.sitting_s)} of sitting")
        for rest in days.rests
        if rest.taken
    ]
    lanes = [("alerts", alerts), ("exercises", did), ("breaks", breaks)]
    return [lane for lane in lanes if lane[1]]


def _lane_label(name: str, y: float, *, narrow: bool) -> Markup:
    if narrow:
        return svg.text(0, y - 4, name)
    return svg.text(_LABELS_PX - 10, y + _LANE_PX - 6, name, anchor="end")


def _stretch(clock: Clock, interval: LoggedInterval, y: float, kind: str, name: str) -> Markup:
    x = clock.x(interval.began)
    end = clock.at_s(_seconds(interval.began) + interval.seconds)
    says = f"{interval.began:%H:%M} {name} for {duration(interval.seconds)}"
    return svg.box(x, y, max(end - x, _LEAST_PX), _LANE_PX, kind, title=says)


def _mark(x: float, y: float, kind: str, says: str) -> Markup:
    title = svg.element("title", says)
    if kind == "rest":
        return svg.element("circle", title, cx=x, cy=y, r=5, class_=f"mark {kind}")
    sides = {
        "alert": ((x, y - 7), (x + 6.5, y + 5), (x - 6.5, y + 5)),
        "did": ((x, y - 7), (x + 6, y), (x, y + 7), (x - 6, y)),
    }[kind]
    points = " ".join(f"{px:.1f},{py:.1f}" for px, py in sides)
    return svg.element("polygon", title, points=points, class_=f"mark {kind}")


def _what(interval: LoggedInterval) -> str:
    if interval.state is not State.PRESENT:
        return STATE_WORDS[interval.state]
    return ", ".join(FAULT_WORDS[fault] for fault in interval.faults) or "good posture"


def _runs(
    points: Sequence[tuple[LoggedMinute, Spread]],
) -> list[list[tuple[LoggedMinute, Spread]]]:
    """The points cut where minutes are missing."""
    runs: list[list[tuple[LoggedMinute, Spread]]] = []
    for point in points:
        if runs and _seconds(point[0].at) - _seconds(runs[-1][-1][0].at) <= _GAP_S:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs
