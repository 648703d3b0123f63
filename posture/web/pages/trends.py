"""Trends: weeks, hours of the week, what followed the alerts, before and after exercises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from posture.coach.catalogue import load_catalogue
from posture.log import effects as after
from posture.log import trends
from posture.log.days import first_day
from posture.places import log_path
from posture.review.charts.amounts import weeks_trend
from posture.review.charts.heat import heat
from posture.review.report import ASSETS
from posture.review.words import FAULT_WORDS, duration
from posture.web.site import page

_SPANS = {4: "4 weeks", 12: "12 weeks", 52: "A year"}
_USUAL = 12
_SOON_S = 60


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What followed the alerts about one fault, for reading.

    Attributes:
        words: The fault.
        alerts: How many.
        percent: Of these, corrected.
        soon: Percent corrected within a minute.
        usual: Median time to the correction.
    """

    words: str
    alerts: int
    percent: float
    soon: float
    usual: str


@dataclass(frozen=True, slots=True)
class Change:
    """A quantity before and after an exercise, for a line with two ends.

    Attributes:
        before: Mean before.
        after: Mean after.
        unit: Of both.
        x_before: Where it lies on a line of 100.
        x_after: The same.
        x_neutral: Where the person's own neutral lies.
    """

    before: float
    after: float
    unit: str
    x_before: float
    x_after: float
    x_neutral: float

    @property
    def reads(self) -> str:
        """In words."""
        return f"{self.before:+.1f} → {self.after:+.1f}{self.unit}".replace("-", "−")


def routes() -> list[Route]:
    """The routes of this page."""
    return [Route("/trends", _show), Route("/trends/charts.css", _style)]


async def _style(_request: Request) -> Response:
    return FileResponse(ASSETS / "charts.css")


def _show(request: Request) -> Response:
    wish = request.query_params.get("weeks", "")
    count = int(wish) if wish.isdecimal() and int(wish) in _SPANS else _USUAL
    path, today = log_path(), datetime.now().astimezone().date()
    first = today - timedelta(weeks=count - 1, days=today.weekday())
    begins = first_day(path)
    weeks = trends.weeks(path, max(first, begins) if begins is not None else first, today)
    hours = trends.heat_map(path, first, today)
    seen = any(week.observed_s for week in weeks)
    return page(
        request,
        "trends.html",
        count=count,
        spans=_SPANS,
        begins=begins,
        weeks=weeks,
        weeks_chart=weeks_trend(weeks) if seen else None,
        heat_chart=heat(hours) if hours else None,
        effects=[_effect(each) for each in after.effects(path, first, today)],
        around=_around(after.around_exercises(path, first, today)),
        names={exercise.id: exercise.name for exercise in load_catalogue().exercise},
    )


def _effect(effect: after.Effect) -> EffectRow:
    corrected = len(effect.after_s)
    soon = sum(after_s <= _SOON_S for after_s in effect.after_s)
    return EffectRow(
        words=FAULT_WORDS[effect.fault],
        alerts=effect.alerts,
        percent=100 * corrected / effect.alerts,
        soon=100 * soon / effect.alerts,
        usual="–" if effect.median_s is None else duration(effect.median_s),
    )


def _around(
    compared: Sequence[after.AroundExercise],
) -> list[tuple[after.AroundExercise, Change, Change]]:
    heads = [(each.head_before_deg, each.head_after_deg) for each in compared]
    shoulders = [(each.shoulders_before_cm, each.shoulders_after_cm) for each in compared]
    return list(zip(compared, _changes(heads, "°"), _changes(shoulders, " cm"), strict=True))


def _changes(pairs: Sequence[tuple[float, float]], unit: str) -> list[Change]:
    """All on one scale that holds the neutral, so that rows can be compared."""
    values = [0.0, *(value for pair in pairs for value in pair)]
    low, high = min(values), max(values)
    scale = 90 / (high - low or 1.0)

    def x(value: float) -> float:
        return 5 + scale * (value - low)

    return [Change(a, b, unit, x(a), x(b), x(0.0)) for a, b in pairs]
