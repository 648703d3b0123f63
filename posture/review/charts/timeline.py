"""A day along the clock: what state it was, what was said and done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from posture.judge.verdict import Fault, State
from posture.log.records import Days, LoggedInterval
from posture.review import sentences
from posture.review.charts import svg
from posture.review.charts.clock import Clock, clock_of, hour_axis, seconds_of_day
from posture.review.charts.svg import Chart, Table
from posture.review.words import FAULT_WORDS, STATE_WORDS, duration

_LANE_PX = 20
_LABELS_PX = 132
# Shorter stretches than this are drawn that wide, so that none is lost.
_LEAST_PX = 1.2


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
            middle = y + _LANE_PX / 2
            drawn.append(svg.line(clock.left, middle, clock.right, middle, "grid"))
            drawn += [_mark(clock.x(at), middle, kind, says) for at, kind, says in marks]
            y += pitch
        bottom = y - (14 if narrow else 2)
        return bottom + 22, (*hour_axis(clock, bottom), *drawn)

    rows = tuple((f"{i.began:%H:%M:%S}", duration(i.seconds), _what(i)) for i in days.intervals)
    says = "Every stretch of the day in its lane; what was not seen is shown as such."
    table = Table(("From", "For", "What"), rows)
    return svg.chart("timeline", "The day", says, draw, table)


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
    end = clock.at_s(seconds_of_day(interval.began) + interval.seconds)
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
