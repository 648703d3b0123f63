"""Goals that suit the person: comfortable, yet never so small that typing counts."""

from __future__ import annotations

from statistics import median

from posture.coach.movement import Aim, Movement
from posture.coach.reading import RULES

_OWN_SHARE = 0.6
"""Goal as a share of the person's own comfortable range."""
# A range is lowered slowly, and only by a set that fell short: who stops at the goal shows no more.
_LOWERED_SHARE = 0.25


def goal_of(aim: Aim) -> float:
    """How far out counts.

    Args:
        aim: What is asked for.

    Returns:
        The catalogue's target or 60 % of the person's own range, whichever is less; not below the
        movement's floor. A hand is at the head or not: nothing to adapt.
    """
    if aim.own_range is None or aim.movement is Movement.HANDS_AT_HEAD:
        return aim.target
    floor = min(RULES[aim.movement].floor, aim.target)
    return max(floor, min(aim.target, _OWN_SHARE * aim.own_range))


def own_range(before: float | None, peaks: tuple[float, ...], short: int) -> float | None:
    """The person's comfortable range after some ways out.

    Args:
        before: What was known before the set.
        peaks: How far each way out went.
        short: How many of them missed the goal.

    Returns:
        The range, in the unit of its arguments; None while nothing is known.
    """
    if not peaks:
        return before
    usual = median(peaks)
    if before is None or usual >= before:
        return usual
    fell_short = 2 * short > len(peaks)
    return before + _LOWERED_SHARE * (usual - before) if fell_short else before
