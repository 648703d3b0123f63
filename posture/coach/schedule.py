"""An exercise laid out in time: what to do when nobody counts but the clock (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from posture.coach.exercise import Exercise
from posture.coach.movement import Side, Sides

# There and back in less is hurried for a neck (docs/counting.md).
_FASTEST_S = 3.0
# Between two holds, the least for coming back, changing sides or putting the hands anew.
_CHANGE_S = 2.0


class Doing(StrEnum):
    """What a turn asks for."""

    MOVE = "move"
    HOLD = "hold"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of an exercise.

    Attributes:
        doing: What.
        lasts_s: How long.
        side: The side; None where there is none.
        repetition: Which one, from 1, over both sides; 0 where nothing is counted.
    """

    doing: Doing
    lasts_s: float
    side: Side | None = None
    repetition: int = 0


def wanted(exercise: Exercise) -> int:
    """How many repetitions there are in all, both sides together."""
    return exercise.repetitions * (1 if exercise.sides is Sides.NONE else 2)


def sides_in_order(exercise: Exercise) -> tuple[Side | None, ...]:
    """The side of each repetition, in order."""
    times = exercise.repetitions
    match exercise.sides:
        case Sides.NONE:
            return (None,) * times
        case Sides.ALTERNATING:
            return (Side.LEFT, Side.RIGHT) * times
        case Sides.EACH:
            return (Side.LEFT,) * times + (Side.RIGHT,) * times


def schedule(exercise: Exercise) -> tuple[Turn, ...]:
    """Lay an exercise out by the clock.

    Args:
        exercise: Without parts.

    Returns:
        Its turns; one long one where nothing is counted.
    """
    sides = sides_in_order(exercise)
    if not sides:
        return (Turn(Doing.MOVE, float(exercise.seconds)),)
    each_s = exercise.seconds / len(sides)
    if exercise.hold_s:
        # What is left of a repetition's time is the way there and back.
        doing, lasts_s = Doing.HOLD, exercise.hold_s
        rest_s = max(exercise.rest_s, each_s - exercise.hold_s, _CHANGE_S)
    else:
        doing, rest_s = Doing.MOVE, exercise.rest_s
        lasts_s = max(each_s - rest_s, _FASTEST_S)
    turns: list[Turn] = []
    for number, side in enumerate(sides, start=1):
        turns.append(Turn(doing, lasts_s, side, number))
        if rest_s and number < len(sides):
            turns.append(Turn(Doing.REST, rest_s, side, number))
    return tuple(turns)
