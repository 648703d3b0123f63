"""A logged day as numbers for the page's charts and rows for its tables (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from posture.judge.limits import Limits
from posture.judge.verdict import Fault, State
from posture.log.measures import Measure, Spread
from posture.log.records import Days, LoggedInterval, LoggedMinute
from posture.log.summary import Summary
from posture.review import sentences
from posture.review.words import FAULT_WORDS, STATE_WORDS, duration

_GOOD, _FAULT = "good", "fault"


@dataclass(frozen=True, slots=True)
class Curve:
    """A measured quantity over the day.

    Attributes:
        id: For the script.
        title: For the reader.
        unit: Of its values.
        measures: Whose mean it is.
        fault: Whose limits are drawn beside it.
        sign: −1 where the limit counts downwards.
    """

    id: str
    title: str
    unit: str
    measures: tuple[Measure, ...]
    fault: Fault
    sign: int = 1


CURVES = (
    Curve("head", "Head forward", "°", (Measure.FORWARD_HEAD,), Fault.FORWARD_HEAD),
    Curve(
        "shoulders",
        "Shoulders up",
        "cm",
        (Measure.SHOULDER_LEFT, Measure.SHOULDER_RIGHT),
        Fault.RAISED_SHOULDERS,
    ),
    Curve("lean", "Trunk forward", "°", (Measure.LEAN,), Fault.SLUMP),
    Curve("tilt", "Shoulder line", "°", (Measure.SHOULDER_TILT,), Fault.UNEVEN_SHOULDERS),
    Curve("distance", "Eyes to camera", "cm", (Measure.DISTANCE,), Fault.TOO_NEAR, -1),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of minutes.

    Attributes:
        kind: What it is drawn as.
        words: What it is called.
        time: Hours, minutes and seconds.
        percent: Of the time the program ran.
    """

    kind: str
    words: str
    time: str
    percent: float


def rows(summary: Summary) -> list[Row]:
    """Every second of the day once: the times add up to the one that the program ran.

    Args:
        summary: Of the day.
    """
    times = [
        (_GOOD, "good posture", summary.good_s),
        (_FAULT, "something to correct", summary.observed_s - summary.good_s),
        *(
            (str(state), STATE_WORDS[state], summary.by_state.get(state, 0.0))
            for state in State
            if state is not State.PRESENT
        ),
    ]
    found: list[Row] = []
    so_far_s = 0.0
    for kind, words, seconds in times:
        # The sum is rounded and not the times, so that what is shown adds up, too.
        whole_s = round(so_far_s + seconds) - round(so_far_s)
        so_far_s += seconds
        if seconds > 0:
            found.append(Row(kind, words, _clock(whole_s), 100 * seconds / summary.total_s))
    return found


def total(summary: Summary) -> str:
    """How long the program ran: the sum of the rows."""
    return _clock(round(summary.total_s))


def fault_rows(summary: Summary) -> list[Row]:
    """Time in each fault; several may hold at once, so these do not add up.

    Args:
        summary: Of the day.
    """
    by_time = sorted(summary.by_fault.items(), key=lambda item: -item[1])
    return [
        Row(_FAULT, FAULT_WORDS[fault], _clock(round(seconds)), 100 * seconds / summary.total_s)
        for fault, seconds in by_time
    ]


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def chart(
    days: Days, minutes: Sequence[LoggedMinute], limits: Limits, names: Mapping[str, str]
) -> dict[str, object]:
    """What the script draws; times are seconds since 1970.

    Args:
        days: One day.
        minutes: Its minutes.
        limits: Those of that day.
        names: Of exercises, by id.
    """
    faults = [fault for fault in Fault if any(fault in each.faults for each in days.intervals)]
    return {
        "offsets": _offsets(days.intervals),
        "lanes": [{"id": fault, "title": FAULT_WORDS[fault]} for fault in faults],
        "kinds": {
            _GOOD: "good posture",
            _FAULT: "something to correct",
            **{str(state): STATE_WORDS[state] for state in State if state is not State.PRESENT},
        },
        "spans": [
            [
                round(each.began.timestamp(), 1),
                round(each.began.timestamp() + each.seconds, 1),
                _kind(each),
                list(each.faults),
            ]
            for each in days.intervals
        ],
        "minutes": [round(minute.at.timestamp()) for minute in minutes],
        "curves": [
            {
                "id": curve.id,
                "title": curve.title,
                "unit": curve.unit,
                **_values(curve, minutes),
                **_limits(curve, limits),
            }
            for curve in CURVES
        ],
        "marks": [[round(at.timestamp()), kind, words] for at, kind, words in moments(days, names)],
    }


def _kind(interval: LoggedInterval) -> str:
    if interval.state is not State.PRESENT:
        return str(interval.state)
    return _GOOD if interval.is_good else _FAULT


def _offsets(intervals: Sequence[LoggedInterval]) -> list[tuple[int, int]]:
    """From when which offset to UTC held: two on the day on which the clocks change."""
    offsets: list[tuple[int, int]] = []
    for interval in intervals:
        offset = interval.began.utcoffset()
        offset_s = round(offset.total_seconds()) if offset is not None else 0
        if not offsets or offsets[-1][1] != offset_s:
            offsets.append((round(interval.began.timestamp()), offset_s))
    return offsets


def _values(curve: Curve, minutes: Iterable[LoggedMinute]) -> Mapping[str, object]:
    means: list[float | None] = []
    sigmas: list[float | None] = []
    for minute in minutes:
        spreads = [minute.spreads[each] for each in curve.measures if each in minute.spreads]
        means.append(_mean(spreads, lambda spread: spread.mean))
        sigmas.append(_mean(spreads, lambda spread: spread.sigma))
    return {"means": means, "sigmas": sigmas}


def _mean(spreads: Sequence[Spread], part: Callable[[Spread], float]) -> float | None:
    return round(sum(map(part, spreads)) / len(spreads), 2) if spreads else None


def _limits(curve: Curve, limits: Limits) -> Mapping[str, object]:
    limit = next((each for each in limits.faults if each.fault is curve.fault), None)
    if limit is None:
        return {"begins": None, "ends": None}
    return {"begins": curve.sign * limit.enter, "ends": curve.sign * limit.leave}


def moments(days: Days, names: Mapping[str, str]) -> list[tuple[datetime, str, str]]:
    """What was said and done, in order: when, what kind of moment, in words.

    Args:
        days: Of which days.
        names: Of exercises, by id.
    """
    return sorted(_moments(days, names))


def _moments(days: Days, names: Mapping[str, str]) -> Iterator[tuple[datetime, str, str]]:
    for alert in days.alerts:
        yield alert.at, "alert", f"Alert: {sentences.alert(alert)}"
    for rest in days.rests:
        sat = duration(rest.sitting_s)
        if rest.taken:
            yield rest.at, "break", f"Break taken after {sat} of sitting"
        else:
            yield rest.at, "reminder", f"Reminder of a break after {sat} of sitting"
    for done in days.exercises:
        name = names.get(done.exercise, done.exercise)
        yield done.at, "exercise", f"Exercise: {name}, {duration(done.seconds)}"
