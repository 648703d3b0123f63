"""What other settings would have said last week, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from posture.config.schema import Config
from posture.judge.verdict import Fault
from posture.log.summary import summarise
from posture.review.what_if import what_if
from posture.review.words import FAULT_WORDS


@dataclass(frozen=True, slots=True)
class Tried:
    """Settings tried on last week.

    Attributes:
        sentence: All alerts together.
        by_fault: A sentence for each fault whose number would be another.
    """

    sentence: str
    by_fault: Mapping[str, str]


def try_on_last_week(path: Path, today: date, saved: Config, tried: Config) -> Tried:
    """Judge the seven days before today again, with both.

    Args:
        path: The log.
        today: Local date.
        saved: The settings in force.
        tried: Others.

    Raises:
        LogError: The log cannot be read.
    """
    first, last = today - timedelta(days=7), today - timedelta(days=1)
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    before = _alerts(path, first, last, saved, stamp)
    after = _alerts(path, first, last, tried, stamp)
    days = f"{first.day} {first:%B} to {last.day} {last:%B}"
    if before is None or after is None:
        return Tried(f"Nothing was recorded in the last seven days ({days}) to try this on.", {})
    sentence = (
        f"Last week ({days}) you would have had {_number(sum(after.values()))}; "
        f"with what is saved, {sum(before.values())}. Alerts share one budget, so what is said of "
        "one fault leaves less for the others."
    )
    return Tried(
        sentence,
        {
            str(fault): f"Last week: {_number(after.get(fault, 0))} about {FAULT_WORDS[fault]}; "
            f"with what is saved, {before.get(fault, 0)}."
            for fault in Fault
            if after.get(fault, 0) != before.get(fault, 0)
        },
    )


# A replay takes a second; while one types, the saved settings and the log stay the same.
@lru_cache(maxsize=8)
def _alerts(
    path: Path, first: date, last: date, config: Config, _stamp: int
) -> Mapping[Fault, int] | None:
    if not summarise(path, first, last).observed_s:
        return None
    return what_if(path, first, last, config)


def _number(count: int) -> str:
    return "1 alert" if count == 1 else f"{count or 'no'} alerts"
