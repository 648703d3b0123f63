"""Which hours of the week go well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from posture.log.hours import Hour
from posture.review.charts import svg
from posture.review.charts.svg import Chart, Table
from posture.review.words import duration, percent, weekday_name

_LEFT_PX = 38
_FIELD_PX = 28
_TICK_PX = 24
# Shades; the number in the field says it exactly.
_STEPS = 5


def heat(hours: Sequence[Hour]) -> Chart:
    """Share of good posture by weekday and hour; the number stands in every field.

    Args:
        hours: From `heat_map` or a summary; at least one.
    """
    known = {(hour.weekday, hour.hour): hour for hour in hours}
    weekdays = range(max(4, *(h.weekday for h in hours)) + 1)
    names = range(min(h.hour for h in hours), max(h.hour for h in hours) + 1)

    def draw(_prefix: str, width: int) -> tuple[int, Iterable[Markup]]:
        field_w = (width - _LEFT_PX - 2) / len(names)
        bottom = 2 + len(weekdays) * _FIELD_PX
        drawn: list[Markup] = []
        for weekday in weekdays:
            y = 2 + weekday * _FIELD_PX
            words = weekday_name(weekday)[:3]
            drawn.append(svg.text(_LEFT_PX - 8, y + 18, words, anchor="end"))
            for column, name in enumerate(names):
                x = _LEFT_PX + column * field_w
                drawn += _field(known.get((weekday, name)), x, y, field_w)
        every = 1 if field_w > _TICK_PX else 2
        for column, name in list(enumerate(names))[::every]:
            x = _LEFT_PX + (column + 0.5) * field_w
            drawn.append(svg.text(x, bottom + 16, f"{name}", anchor="middle", kind="tick"))
        return bottom + 22, drawn

    rows = tuple(
        (weekday_name(h.weekday), f"{h.hour}:00", duration(h.observed_s), percent(h.good_share))
        for h in hours
    )
    says = "Percent of the time seen that was good: the stronger the colour, the more."
    table = Table(("Day", "Hour", "Seen", "Good posture"), rows)
    return svg.chart("heat", "Hours of the week", says, draw, table)


def _field(hour: Hour | None, x: float, y: float, width: float) -> list[Markup]:
    size = (x + 1, y + 1, width - 2, _FIELD_PX - 2)
    if hour is None:
        return [svg.box(*size, "lane")]
    step = min(_STEPS - 1, int(hour.good_share * _STEPS))
    says = (
        f"{weekday_name(hour.weekday)} {hour.hour}:00, "
        f"{percent(hour.good_share)} of {duration(hour.observed_s)}"
    )
    share = f"{100 * hour.good_share:.0f}"
    return [
        svg.box(*size, f"heat heat-{step}", title=says),
        svg.text(x + width / 2, y + 18, share, anchor="middle"),
    ]
