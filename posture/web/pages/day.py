"""Day: what was seen from the first minute to the last, and what was said."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from posture.coach.catalogue import load_catalogue
from posture.config.judge import JudgeSection
from posture.config.load import load_config
from posture.judge.limits import Limits, limits_from
from posture.judge.verdict import Fault
from posture.log.days import day_from, first_day, read_days, read_minutes, setting_on
from posture.log.summary import Summary, sum_up, summarise
from posture.log.wipe import set_aside
from posture.places import log_path
from posture.review import sentences
from posture.review.period import Period, Span
from posture.web.day_view import chart, fault_rows, moments, rows, total
from posture.web.site import page


def routes() -> list[Route]:
    """The routes of this page."""
    return [Route("/day", _show), Route("/day/chart", _chart)]


# Not `async`: reading the log waits for the disk, so each runs in a thread of its own.
def _show(request: Request) -> Response:
    today = datetime.now().astimezone().date()
    path = log_path()
    first = first_day(path)
    wish = request.query_params.get("date", "")
    day = _day(wish) or today
    days = read_days(path, day)
    summary = sum_up(days)
    period = Period.around(day, Span.DAY)
    before = summarise(path, period.before.first, period.before.last)
    return page(
        request,
        "day.html",
        misread=bool(wish) and _day(wish) is None,
        day=day,
        title=period.title,
        today=today,
        earlier=day - timedelta(days=1) if first is not None and day > first else None,
        later=day + timedelta(days=1) if day < today else None,
        first=first,
        summary=summary,
        said=_sentences(summary, before),
        rows=rows(summary),
        total=total(summary),
        fault_rows=fault_rows(summary),
        moments=moments(days, _names()),
        damaged=[aside.name for aside in set_aside(path)],
    )


def _chart(request: Request) -> Response:
    day = _day(request.query_params.get("date", ""))
    if day is None:
        return JSONResponse({"problem": "no such day"}, 400)
    path = log_path()
    content = chart(read_days(path, day), read_minutes(path, day, day), _limits_on(day), _names())
    return JSONResponse(content)


def _day(text: str) -> date | None:
    try:
        return day_from(text)
    except ValueError:
        return None


def _names() -> dict[str, str]:
    return {exercise.id: exercise.name for exercise in load_catalogue().exercise}


def _sentences(summary: Summary, before: Summary) -> list[str]:
    said = [
        sentences.headline(summary),
        sentences.averages(summary),
        sentences.comparison(summary, before, "the seven days before"),
        sentences.hours(summary),
        sentences.alerts(summary),
        sentences.breaks(summary),
        sentences.exercises(summary),
        sentences.unseen(summary),
    ]
    return [sentence for sentence in said if sentence]


def _limits_on(day: date) -> Limits:
    """The limits of that day, as far as the log knows them."""
    path, judge = log_path(), load_config().judge
    relaxed: dict[Fault, float] = {}
    for fault in Fault:
        judge = judge.model_copy(update={fault: _section_on(judge, fault, day)})
        percent = setting_on(path, f"relaxed_percent.{fault}", day)
        if isinstance(percent, int | float):
            relaxed[fault] = float(percent)
    return limits_from(judge).relaxed(relaxed)


def _section_on(judge: JudgeSection, fault: Fault, day: date) -> object:
    section = getattr(judge, fault)
    then = {
        name: setting_on(log_path(), f"judge.{fault}.{name}", day)
        for name in type(section).model_fields
        if name.startswith(("enter_", "leave_"))
    }
    return section.model_copy(update={name: value for name, value in then.items() if value})
