"""A measure along the clock of a day: mean, spread, limit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from posture.log.measures import Measure, Spread
from posture.log.records import Days, LoggedMinute
from posture.review.charts import svg
from posture.review.charts.clock import clock_of, hour_axis, seconds_of_day
from posture.review.charts.svg import Chart, Table

_MINUTE_S = 60
# Where minutes are further apart, the line breaks: nothing is drawn that was not seen.
_GAP_S = 150


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
            xs.append(clock.at_s(seconds_of_day(run[-1][0].at) + _MINUTE_S))
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


def _runs(
    points: Sequence[tuple[LoggedMinute, Spread]],
) -> list[list[tuple[LoggedMinute, Spread]]]:
    """The points cut where minutes are missing."""
    runs: list[list[tuple[LoggedMinute, Spread]]] = []
    for point in points:
        if runs and seconds_of_day(point[0].at) - seconds_of_day(runs[-1][-1][0].at) <= _GAP_S:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs
