"""One way out of the middle and back, followed look by look.

Distances are in parts of the goal: 1 is what was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

BACK = 0.4
"""Nearer to the middle than this is back; farther is out."""
_SHAKE = 0.17
"""A hold goes on this much below where it began: breathing and tremor do not end it."""

# Somebody who went far comes back far enough when half of that way is done.
_HALFWAY = 0.5
_MOST_BACK = 0.55
# A dip out of the hold, by a tremor or a wrong look, that does not end it.
_DIP_S = 0.6


@dataclass(frozen=True, slots=True)
class Excursion:
    """A way out, so far.

    Attributes:
        began_s: When the middle was left.
        sign: To which side, +1 or -1.
        reached_at: From where on the goal is reached.
        t_s: Time of the last look.
        out: How far out it was then.
        peak: How far out it has been.
        looks: How many looks it was seen in.
        strays: In how many of those at the goal another movement prevailed.
        at_goal: In how many it was at the goal.
        entered_s: Since when it is being held; None while it is not.
        left_s: When the hold was left, as far as that lasts; None while it is not.
        held_s: Longest finished hold.
        nearly: Whether the last look was back, which one look alone does not decide.
        returned: Whether it is over.
        void: It began unseen or went astray, and counts for nothing.
    """

    began_s: float
    sign: int
    reached_at: float
    t_s: float
    out: float
    peak: float = 0.0
    looks: int = 0
    strays: int = 0
    at_goal: int = 0
    entered_s: float | None = None
    left_s: float | None = None
    held_s: float = 0.0
    nearly: bool = False
    returned: bool = False
    void: bool = False

    @property
    def back(self) -> float:
        """How near to the middle ends it."""
        return max(BACK, min(_HALFWAY * self.peak, _MOST_BACK))

    @property
    def stay(self) -> float:
        """How far out a hold goes on."""
        return self.reached_at - _SHAKE

    @property
    def reached(self) -> bool:
        """Whether the goal was reached, by this movement and no other."""
        return self.at_goal > 0 and 2 * self.strays <= self.at_goal

    @property
    def holding_s(self) -> float:
        """How long it is being held just now."""
        return 0.0 if self.entered_s is None else self.t_s - self.entered_s


def follow(way: Excursion, out: float, t_s: float, *, stray: bool) -> Excursion:
    """Take one look.

    Args:
        way: So far.
        out: How far out it is, to its own side.
        t_s: When.
        stray: Whether another movement prevails.

    Returns:
        The same, one look later.
    """
    after = replace(
        way,
        t_s=t_s,
        out=out,
        peak=max(way.peak, out),
        looks=way.looks + 1,
        nearly=out < way.back,
        returned=out < -BACK or (way.nearly and out < way.back),
        at_goal=way.at_goal + (out >= way.reached_at),
        strays=way.strays + (out >= way.reached_at and stray),
    )
    if way.entered_s is None:
        if out < way.reached_at:
            return after
        return replace(
            after, entered_s=crossing(way.out, way.t_s, out, t_s, way.reached_at), left_s=None
        )
    if out >= way.stay:
        if way.left_s is None or t_s - way.left_s <= _DIP_S:
            return replace(after, left_s=None)
        ended = let_go(way)
        return replace(ended, t_s=t_s, out=out, entered_s=t_s) if out >= way.reached_at else after
    left_s = way.left_s
    if left_s is None:
        left_s = crossing(way.out, way.t_s, out, t_s, way.stay)
    after = replace(after, left_s=left_s)
    return let_go(after) if t_s - left_s > _DIP_S else after


def let_go(way: Excursion) -> Excursion:
    """End the hold, if there is one.

    Args:
        way: So far.

    Returns:
        The same, with the hold finished where it was left.
    """
    if way.entered_s is None:
        return way
    left_s = way.t_s if way.left_s is None else way.left_s
    held_s = max(way.held_s, left_s - way.entered_s)
    return replace(way, entered_s=None, left_s=None, held_s=held_s)


def crossing(before: float, before_s: float, after: float, after_s: float, level: float) -> float:
    """When a level was crossed between two looks, on a straight line.

    Args:
        before: Distance at the first look.
        before_s: Its time.
        after: Distance at the second.
        after_s: Its time.
        level: The level.

    Returns:
        Seconds; the second look's time where the level does not lie between.
    """
    if before == after:
        return after_s
    share = (level - before) / (after - before)
    return before_s + share * (after_s - before_s) if 0 <= share <= 1 else after_s
