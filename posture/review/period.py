"""Which days a review is about (pure)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self


class Span(StrEnum):
    """How much is looked at."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """A day, the week from Monday around it, or its month.

    Attributes:
        span: Which of them.
        first: Its first day.
        last: Its last day, however far it has come.
    """

    span: Span
    first: date
    last: date

    @classmethod
    def around(cls, day: date, span: Span) -> Self:
        """The period that a day belongs to."""
        match span:
            case Span.DAY:
                return cls(span, day, day)
            case Span.WEEK:
                monday = day - timedelta(days=day.weekday())
                return cls(span, monday, monday + timedelta(days=6))
            case Span.MONTH:
                return cls(span, day.replace(day=1), _last_of_month(day))

    @property
    def before(self) -> Period:
        """What it is compared with: the seven days before a day, the week or month before."""
        eve = self.first - timedelta(days=1)
        if self.span is Span.DAY:
            return Period(Span.WEEK, self.first - timedelta(days=7), eve)
        return Period.around(eve, self.span)

    @property
    def days(self) -> tuple[date, ...]:
        """All its days."""
        count = (self.last - self.first).days + 1
        return tuple(self.first + timedelta(days=k) for k in range(count))

    @property
    def title(self) -> str:
        """For a heading."""
        if self.span is Span.DAY:
            return f"{self.first:%A}, {self.first.day} {self.first:%B %Y}"
        if self.span is Span.MONTH:
            return f"{self.first:%B %Y}"
        return f"Week from {self.first.day} {self.first:%B} to {self.last.day} {self.last:%B %Y}"


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
