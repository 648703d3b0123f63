"""How much of what: time by state, by fault, by hour, by day and by week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from markupsafe import Markup

from posture.judge.verdict import State
from posture.log.summary import Summary
from posture.log.trends import Week
from posture.review.charts import svg
from posture.review.charts.svg import Chart, Table
from posture.review.words import FAULT_WORDS, STATE_WORDS, duration, percent

_ROW_PX = 30
_BAR_PX = 16
_LABELS_PX = 132
_VALUE_PX = 78
_LETTER_PX = 7
_HOUR_S = 3600


def time_by_state(summary: Summary) -> Chart:
    """All the time the program ran, by what was seen; the parts add up.

    Args:
        summary: With any time.
    """
    poor_s = summary.observed_s - summary.good_s
    parts = [("good posture", summary.good_s, "good"), ("posture to correct", poor_s, "hatch")]
    parts += [
        (STATE_WORDS[state], seconds, "unseen")
        for state, seconds in sorted(summary.by_state.items(), key=lambda item: -item[1])
        if state is not State.PRESENT
    ]
    parts = [part for part in parts if part[1] > 0]
    total = ("the program ran", duration(summary.total_s), "100 %")
    rows = tuple(
        (name, duration(seconds), f"{100 * seconds / summary.total_s:.0f} %")
        for name, seconds, _ in parts
    )
    says = f"The parts add up to the {duration(summary.total_s)} that the program ran."
    table = Table(("What", "Time", "Share"), rows, total)
    return _bars("states", "Where the time went", says, parts, table)


def time_by_fault(summary: Summary) -> Chart:
    """Time in each fault; several may hold at once.

    Args:
        summary: With any fault.
    """
    ranked = sorted(summary.by_fault.items(), key=lambda item: -item[1])
    parts = [(FAULT_WORDS[fault], seconds, "hatch") for fault, seconds in ranked]
    rows = tuple(
        (name, duration(seconds), f"{100 * seconds / summary.observed_s:.0f} %")
        for name, seconds, _ in parts
    )
    says = "Several may hold at once, so these do not add up."
    table = Table(("What", "Time", "Of the time seen"), rows)
    return _bars("faults", "What there was to correct", says, parts, table)


def by_hour(summary: Summary) -> Chart:
    """Minutes seen in each hour of a day, good and not.

    Args:
        summary: Of one day, with observed time.
    """
    hours = {hour.hour: hour for hour in summary.hours}
    names = range(min(hours), max(hours) + 1)
    columns = [
        (f"{name}", hours[name].good_s, hours[name].observed_s)
        if name in hours
        else (f"{name}", 0.0, 0.0)
        for name in names
    ]
    rows = tuple(
        (
            f"{h.hour}:00–{h.hour + 1}:00",
            duration(h.observed_s),
            duration(h.good_s),
            percent(h.good_share),
        )
        for h in summary.hours
    )
    table = Table(("Hour", "Seen", "Good posture", "Share"), rows)
    return _columns("hours", "Hour by hour", columns, _HOUR_S, table)


def by_day(days: Sequence[Summary]) -> Chart:
    """Time seen on each day of a week or a month, good and not.

    Args:
        days: In order, with any observed time.
    """
    few = len(days) <= 7
    columns = [
        (f"{day.first:%a}" if few else f"{day.first.day}", day.good_s, day.observed_s)
        for day in days
    ]
    rows = tuple(
        (
            f"{day.first:%A} {day.first.day} {day.first:%B}",
            duration(day.total_s),
            duration(day.observed_s),
            duration(day.good_s),
            "–" if day.good_share is None else percent(day.good_share),
            f"{day.heeded} of {len(day.alerts)}",
        )
        for day in days
        if day.total_s
    )
    most_s = max(day.observed_s for day in days)
    head = ("Day", "Ran", "Seen", "Good posture", "Share", "Alerts corrected")
    return _columns("days", "Day by day", columns, most_s, Table(head, rows))


def weeks_trend(weeks: Sequence[Week]) -> Chart:
    """Time seen in each week, good and not.

    Args:
        weeks: Oldest first, with any observed time.
    """
    columns = [
        (f"{week.monday.day} {week.monday:%b}", week.good_s, week.observed_s) for week in weeks
    ]
    rows = tuple(
        (
            f"{week.monday.day} {week.monday:%B %Y}",
            duration(week.observed_s),
            "–" if week.good_share is None else percent(week.good_share),
            f"{week.corrected} of {week.alerts}",
            "–" if week.corrected_after_s is None else duration(week.corrected_after_s),
            str(week.exercises),
        )
        for week in weeks
    )
    most_s = max(week.observed_s for week in weeks)
    head = ("Week from", "Seen", "Good posture", "Alerts corrected", "Usually after", "Exercises")
    return _columns("weeks", "Week by week", columns, most_s, Table(head, rows))


def _bars(
    name: str,
    title: str,
    says: str,
    parts: Sequence[tuple[str, float, str]],
    table: Table,
) -> Chart:
    most_s = max(seconds for _, seconds, _ in parts)

    def draw(prefix: str, width: int) -> tuple[int, Iterable[Markup]]:
        narrow = svg.is_narrow(width)
        left = 0 if narrow else _LABELS_PX
        pitch = _ROW_PX + (14 if narrow else 0)
        scale = (width - left - _VALUE_PX) / most_s
        drawn: list[Markup] = [svg.hatch(prefix)]
        for row, (label, seconds, kind) in enumerate(parts):
            y = row * pitch + (20 if narrow else 6)
            drawn.append(
                svg.text(0, y - 5, label)
                if narrow
                else svg.text(left - 10, y + 13, label, anchor="end")
            )
            length = max(2.0, seconds * scale)
            drawn.append(
                svg.hatched(prefix, left, y, length, _BAR_PX, title=label)
                if kind == "hatch"
                else svg.box(left, y, length, _BAR_PX, kind, title=label)
            )
            drawn.append(svg.text(left + length + 8, y + 13, duration(seconds), kind="value"))
        return len(parts) * pitch + 6, drawn

    return svg.chart(name, title, says, draw, table)


def _columns(
    name: str,
    title: str,
    parts: Sequence[tuple[str, float, float]],
    most_s: float,
    table: Table,
) -> Chart:
    height = 150

    def draw(prefix: str, width: int) -> tuple[int, Iterable[Markup]]:
        pitch = (width - 4) / len(parts)
        thick = min(46.0, pitch * 0.72)
        every = ceil((_LETTER_PX * max(len(label) for label, _, _ in parts) + 6) / pitch)
        drawn: list[Markup] = [svg.hatch(prefix)]
        drawn.append(svg.line(0, height, width, height, "zero"))
        for index, (label, good_s, seen_s) in enumerate(parts):
            middle = 2 + (index + 0.5) * pitch
            x = middle - thick / 2
            good = (height - 24) * good_s / most_s
            seen = (height - 24) * seen_s / most_s
            words = f"{label}: {duration(good_s)} good of {duration(seen_s)} seen"
            if seen_s:
                drawn.append(svg.hatched(prefix, x, height - seen, thick, seen - good, title=words))
                drawn.append(svg.box(x, height - good, thick, good, "good", title=words))
                if pitch > 30:
                    share = f"{100 * good_s / seen_s:.0f} %"
                    drawn.append(
                        svg.text(middle, height - seen - 6, share, anchor="middle", kind="value")
                    )
            if index % every == 0:
                drawn.append(svg.text(middle, height + 17, label, anchor="middle", kind="tick"))
        return height + 24, drawn

    says = "Filled: good posture. Striped: posture to correct."
    return svg.chart(name, title, says, draw, table)
