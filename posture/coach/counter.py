"""Counts the repetitions of one set, and times its holds, look by look.

A repetition is a way out to the goal and most of the way back. How far out a person is is judged
against a middle that follows slowly, so that a chair that rolls or a back that sinks counts for
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from statistics import median

import numpy as np

from posture.coach.excursion import BACK, Excursion, crossing, follow, let_go
from posture.coach.movement import Aim, Movement, Side, Sides, Tally
from posture.coach.own_range import goal_of, own_range
from posture.coach.reading import OF_THE_HEAD, RULES, Reading, Rule, read
from posture.coach.signals import Signal
from posture.pose.landmarks import Unseen, UnseenReason

# A hold may fall short by what timing may be off.
_HOLD_SLACK_S = 0.3
# Fewer looks than this are no movement but a wrong look.
_LEAST_LOOKS = 3
# Not seen for longer than the first, the tally says so; than the second, the way is lost.
_UNSEEN_S = 0.7
_LOST_S = 3.0
# A face that turned out of sight is taken to be held there for at most this long past the hold.
_AWAY_S = 6.0
_AWAY_FROM = 0.6
_AWAY = 1.2
_TURNING = (Movement.TURN, Movement.CHIN_ARC)
# Out for this long past twice the hold, a person has sat down differently.
_SETTLED_S = 10.0

# The middle: where the person is in the first moments, then followed: soon where it is near, hardly
# where it may be a small movement, and in between on the far side of a movement that goes one way.
_OPENING_S = 0.7
_OPENING_LOOKS = 3
_NEAR = 0.15
_NEAR_S = 5.0
_OFF_S = 25.0
_BEHIND_S = 8.0
# The head's middle is looked for within this part of the goal around the calibrated one.
_MIDDLE_REACH = 0.5
# The head of an isometric press stays within this.
_STILL_DEG = 8.0


@dataclass(frozen=True, slots=True)
class Counter:
    """What counting one set remembers.

    Attributes:
        aim: What is asked for.
        goal: How far out counts, in the movement's unit.
        tally: What was seen so far.
        middle: The person's middle, in the movement's unit; None while it is looked for.
        opening: Readings of the first moments, of which the middle is made.
        opened_s: Time of the first of them.
        value: Smoothed reading.
        t_s: Time of the last look that showed something.
        way: The way out just now; None in the middle.
        peaks: How far each way out went, in the movement's unit.
        short: How many of them missed the goal.
        head_deg: Yaw, pitch and roll when the last press began.
    """

    aim: Aim
    goal: float
    tally: Tally
    middle: float | None = None
    opening: tuple[float, ...] = ()
    opened_s: float = 0.0
    value: float = 0.0
    t_s: float = float("-inf")
    way: Excursion | None = None
    peaks: tuple[float, ...] = ()
    short: int = 0
    head_deg: tuple[float, float, float] = field(default=(0.0, 0.0, 0.0))

    @property
    def rule(self) -> Rule:
        """How this movement is counted."""
        return RULES[self.aim.movement]


def begin(aim: Aim) -> Counter:
    """Start a set.

    Args:
        aim: What is asked for.

    Returns:
        The counter before its first look.
    """
    hands = aim.movement is Movement.HANDS_AT_HEAD
    return Counter(aim, goal_of(aim), Tally(own_range=aim.own_range), middle=0.0 if hands else None)


def count(counter: Counter, signal: Signal, now_s: float) -> tuple[Counter, Tally]:
    """Take one look.

    Args:
        counter: What the last call returned.
        signal: The look; one that was taken before only grows older.
        now_s: Time now, on the clock of `Signal.t_s`.

    Returns:
        The counter, and what was seen of the set so far.
    """
    if signal.t_s > counter.t_s:
        counter = _look(counter, signal)
    tally = replace(counter.tally, seen=now_s - counter.t_s <= _UNSEEN_S)
    return replace(counter, tally=tally), tally


def _look(counter: Counter, signal: Signal) -> Counter:
    reading = _turned_away(counter, signal) or read(counter.aim, signal, counter.goal)
    if isinstance(reading, Unseen):
        return counter
    if counter.middle is None:
        return _open(counter, reading.value, signal.t_s)
    if counter.aim.movement is Movement.HANDS_AT_HEAD:
        counter, reading = _still(counter, signal, reading)
    gap_s = signal.t_s - counter.t_s
    share = 1.0 - float(np.exp(-gap_s / counter.rule.smoothing_s))
    value = counter.value + share * (reading.value - counter.value)
    before = counter
    counter = replace(counter, value=value, t_s=signal.t_s)
    counter = _lost(counter) if gap_s > _LOST_S else _move(before, counter, stray=reading.stray)
    return replace(counter, tally=_now(counter))


def _turned_away(counter: Counter, signal: Signal) -> Reading | None:
    """A face that is lost while it turns is at the goal: landmarks end at about 60°."""
    way, middle = counter.way, counter.middle
    if counter.aim.movement not in _TURNING or way is None or middle is None or way.void:
        return None
    if not signal.face_lost or way.out < _AWAY_FROM or way.out < way.back:
        return None
    if isinstance(signal.body, Unseen):
        if signal.body.reason is not UnseenReason.TURNED_AWAY:
            return None
    elif way.sign * (signal.body.yaw_deg - middle) < BACK * counter.goal:
        # Covered, not turned away.
        return None
    if signal.t_s - way.began_s > counter.aim.hold_s + _AWAY_S:
        return None
    return Reading(middle + way.sign * counter.goal * max(_AWAY, way.out), stray=False)


def _open(counter: Counter, value: float, t_s: float) -> Counter:
    """Look for the middle in the first moments."""
    opened_s = counter.opened_s if counter.opening else t_s
    opening = (*counter.opening, value)
    counter = replace(counter, opening=opening, opened_s=opened_s, t_s=t_s, value=value)
    if t_s - opened_s < _OPENING_S or len(opening) < _OPENING_LOOKS:
        return counter
    middle = median(opening)
    if counter.aim.movement in OF_THE_HEAD:
        reach = _MIDDLE_REACH * counter.goal
        middle = max(-reach, min(reach, middle))
    return replace(counter, middle=middle)


def _still(counter: Counter, signal: Signal, reading: Reading) -> tuple[Counter, Reading]:
    """A press is one while the head stays where it was when the hand came.

    A hand before the face hides how the head is turned: that time is believed.
    """
    if isinstance(signal.body, Unseen) or signal.face_lost:
        return counter, reading
    head = (signal.body.yaw_deg, signal.body.pitch_deg, signal.body.roll_deg)
    if counter.way is None or counter.way.entered_s is None:
        return replace(counter, head_deg=head), reading
    moved = max(abs(now - then) for now, then in zip(head, counter.head_deg, strict=True))
    return counter, replace(reading, stray=moved > _STILL_DEG)


def _offset(counter: Counter) -> float:
    """Parts of the goal from the middle, to the left where there are sides."""
    middle = counter.middle if counter.middle is not None else counter.value
    return (counter.value - middle) / counter.goal


def _lost(counter: Counter) -> Counter:
    """After a long gap: what is out now began unseen."""
    offset = _offset(counter)
    sign = -1 if counter.rule.two_sided and offset < 0 else 1
    if offset * sign < BACK:
        return replace(counter, way=None)
    return replace(
        counter, way=Excursion(counter.t_s, sign, 1.0, counter.t_s, offset * sign, void=True)
    )


def _move(before: Counter, counter: Counter, *, stray: bool) -> Counter:
    """Take one smoothed reading.

    Args:
        before: The counter with the last look's value.
        counter: The same with this look's.
        stray: Whether another movement prevails.
    """
    offset, t_s = _offset(counter), counter.t_s
    if counter.way is not None:
        way = follow(counter.way, offset * counter.way.sign, t_s, stray=stray)
        if not way.returned:
            return _stay(replace(counter, way=way))
        counter = _finish(counter, way)
    sign = -1 if counter.rule.two_sided and offset < 0 else 1
    out = offset * sign
    if out < BACK:
        return _follow_middle(counter, out, t_s - before.t_s)
    was = _offset(before) * sign
    began_s = crossing(was, before.t_s, out, t_s, BACK)
    way = Excursion(began_s, sign, counter.rule.reached, before.t_s, was)
    return replace(counter, way=follow(way, out, t_s, stray=stray))


def _stay(counter: Counter) -> Counter:
    """Out for very long is a new way of sitting."""
    way = counter.way
    if way is None or counter.aim.movement is Movement.HANDS_AT_HEAD:
        return counter
    if way.t_s - way.began_s <= _SETTLED_S + 2 * counter.aim.hold_s:
        return counter
    return replace(counter, way=None, middle=counter.value)


def _follow_middle(counter: Counter, out: float, dt_s: float) -> Counter:
    if counter.middle is None or counter.aim.movement is Movement.HANDS_AT_HEAD:
        return counter
    slow_s = _OFF_S
    if abs(out) < _NEAR:
        slow_s = _NEAR_S
    elif not counter.rule.two_sided and out < 0:
        slow_s = _BEHIND_S
    share = 1.0 - float(np.exp(-dt_s / slow_s))
    return replace(counter, middle=counter.middle + share * (counter.value - counter.middle))


def _finish(counter: Counter, way: Excursion) -> Counter:
    """Back in the middle: take stock of the way."""
    way = let_go(way)
    counter = replace(counter, way=None)
    if way.void or way.looks < _LEAST_LOOKS:
        return counter
    counter = _widen(counter, way.peak)
    if not way.reached:
        return counter
    aim, tally = counter.aim, counter.tally
    if aim.hold_s > 0:
        tally = replace(tally, held_s=(*tally.held_s, way.held_s))
    if aim.hold_s == 0 or way.held_s >= aim.hold_s - _HOLD_SLACK_S:
        moving_s = way.t_s - way.began_s - (way.held_s if aim.hold_s > 0 else 0.0)
        tally = replace(_add(tally, counter, way.sign), too_fast=moving_s < counter.rule.quick_s)
    return replace(counter, tally=tally)


def _widen(counter: Counter, peak: float) -> Counter:
    """Learn of the person's own range."""
    aim = counter.aim
    if aim.movement is Movement.HANDS_AT_HEAD or peak * counter.goal < counter.rule.floor:
        return counter
    peaks, short = (
        (*counter.peaks, peak * counter.goal),
        counter.short + (peak < counter.rule.reached),
    )
    tally = replace(counter.tally, own_range=own_range(aim.own_range, peaks, short))
    return replace(counter, peaks=peaks, short=short, tally=tally)


def _add(tally: Tally, counter: Counter, sign: int) -> Tally:
    match _side(counter, sign):
        case Side.LEFT:
            return replace(tally, left=tally.left + 1)
        case Side.RIGHT:
            return replace(tally, right=tally.right + 1)
        case None:
            return replace(tally, middle=tally.middle + 1)


def _side(counter: Counter, sign: int) -> Side | None:
    if counter.aim.sides is Sides.NONE or not counter.rule.two_sided:
        return None
    return Side.LEFT if sign > 0 else Side.RIGHT


def _now(counter: Counter) -> Tally:
    """The tally with what is going on just now."""
    way = counter.way
    if way is None:
        offset = _offset(counter)
        reach = abs(offset) if counter.rule.two_sided else max(0.0, offset)
        return replace(counter.tally, reach=reach, side=None, holding_s=0.0)
    return replace(
        counter.tally,
        reach=way.out,
        side=_side(counter, way.sign),
        holding_s=0.0 if way.void else way.holding_s,
    )
