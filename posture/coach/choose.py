"""Which exercise answers a fault, and which ones make a routine (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from posture.coach.exercise import Catalogue, Exercise, Kind, Region, Where
from posture.judge.verdict import Fault

_EVENING_FROM = 17
_CALMING = frozenset({Kind.RELAXATION, Kind.BREATHING, Kind.STRETCH, Kind.MASSAGE})
_WAKING = frozenset({Kind.MOBILITY, Kind.CUE, Kind.ISOMETRIC})
# Twice as far as what is called a fault at all.
_SEVERE = 1.0
# What was offered two turns ago is worth two weights less, four turns ago one.
_STEPS_BACK = 4.0
# An alert's answer is short: people do 30 to 60 seconds, and longer ones less often every week
# (Andersen 2008: taking part fell from 54 % to 35 % within a year).
_QUICK_S = 60
# A routine is for doing something: tips to read have no place in it.
_IN_ROUTINE = frozenset(Kind) - {Kind.HABIT, Kind.CUE}
_REGIONS = (Region.NECK, Region.SHOULDERS, Region.UPPER_BACK, Region.WHOLE_BODY)
# To read the steps and change position between two exercises.
_BETWEEN_S = 8


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an exercise is wanted for.

    Attributes:
        fault: What was seen.
        severity: How far beyond its limit, as a share of the limit: 0 at it, 1 at twice.
        hour: Local hour of the day, 0 to 23.
        lately: Ids offered or done lately, oldest first.
        most_s: The time there is, seconds.
    """

    fault: Fault
    severity: float
    hour: int
    lately: Sequence[str] = ()
    most_s: float = 120.0


def choose(catalogue: Catalogue, occasion: Occasion) -> Exercise:
    """Pick the best answer to a fault.

    The best answer comes first, the short one before the long one, and what suits the time of day.
    What was offered lately steps back, so that the day varies; nothing comes twice running. A
    fault far beyond its limit asks for more than a reminder: then cues step back.

    Args:
        catalogue: What the person can do.
        occasion: What for.

    Returns:
        A desk exercise for the fault.

    Raises:
        LookupError: The catalogue has none for this fault.
    """
    fitting = [
        exercise
        for exercise in catalogue.exercise
        if occasion.fault in exercise.faults and exercise.where is Where.DESK
    ]
    if not fitting:
        raise LookupError(f"no desk exercise answers {occasion.fault}")
    last = occasion.lately[-1] if occasion.lately else None
    fitting = [exercise for exercise in fitting if exercise.id != last] or fitting
    in_time = [exercise for exercise in fitting if exercise.seconds <= occasion.most_s]
    candidates = in_time or [min(fitting, key=lambda exercise: exercise.seconds)]
    return max(
        candidates,
        key=lambda exercise: (_worth(exercise, occasion), -exercise.seconds, exercise.id),
    )


def routine(catalogue: Catalogue, most_s: float, lately: Sequence[str] = ()) -> list[Exercise]:
    """Put a routine together that goes through the regions of the body in turn.

    Args:
        catalogue: What the person can do.
        most_s: The time there is, seconds.
        lately: Ids done lately, oldest first; they step back.

    Returns:
        Exercises in the order to do them, easy movement before effort; at least one.

    Raises:
        LookupError: Nothing fits into the time.
    """
    last_turn = {exercise_id: turn for turn, exercise_id in enumerate(lately)}
    waiting = {
        region: sorted(
            (
                exercise
                for exercise in catalogue.exercise
                if exercise.region is region
                and exercise.kind in _IN_ROUTINE
                and exercise.where is not Where.LYING
                and not exercise.parts
            ),
            key=lambda exercise: (
                last_turn.get(exercise.id, -1),
                -max(exercise.faults.values(), default=0),
                exercise.seconds,
            ),
        )
        for region in _REGIONS
    }
    chosen: list[Exercise] = []
    left_s = most_s
    for region in cycle(_REGIONS):
        if not any(waiting.values()):
            break
        fits = [e for e in waiting[region] if e.seconds + _BETWEEN_S <= left_s]
        # What does not fit now will not fit later: the time only gets less.
        waiting[region] = fits[1:]
        if fits:
            chosen.append(fits[0])
            left_s -= fits[0].seconds + _BETWEEN_S
    if not chosen:
        raise LookupError(f"no exercise fits into {most_s:.0f} s")
    return sorted(chosen, key=lambda exercise: exercise.effort)


def expand(catalogue: Catalogue, exercise: Exercise) -> list[Exercise]:
    """The exercises that one is made of.

    Args:
        catalogue: Where its parts are.
        exercise: Any.

    Returns:
        Its parts in order; itself where it has none.
    """
    by_id = {each.id: each for each in catalogue.exercise}
    return [by_id[part] for part in exercise.parts] or [exercise]


def _worth(exercise: Exercise, occasion: Occasion) -> float:
    """How good an answer it is: its weight, and halves of a weight for what suits the moment."""
    worth = float(exercise.faults[occasion.fault])
    suits = _CALMING if occasion.hour >= _EVENING_FROM else _WAKING
    worth += 0.25 * (exercise.kind in suits)
    worth += 0.5 * (exercise.seconds <= _QUICK_S)
    if occasion.severity >= _SEVERE:
        worth -= 1.0 * (exercise.kind is Kind.CUE)
    if exercise.id in occasion.lately:
        turns_ago = 1 + list(reversed(occasion.lately)).index(exercise.id)
        worth -= _STEPS_BACK / turns_ago
    return worth
