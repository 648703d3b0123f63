"""What each movement is read from, and how it is told from others."""

from __future__ import annotations

from dataclasses import dataclass

from posture.coach.movement import Aim, Movement, Sides
from posture.coach.signals import Body, Signal
from posture.pose.landmarks import Unseen


@dataclass(frozen=True, slots=True)
class Rule:
    """How a movement is counted; lengths and angles in the movement's unit.

    Attributes:
        floor: Smallest goal, however little a person moves: what typing, talking and noise stay
            below (docs/counting.md).
        smoothing_s: Time constant against noise; larger for movements that are small against it.
        quick_s: Beyond the middle for less than this, holding not included, is too fast for a neck.
        two_sided: Whether both directions count; otherwise only the positive one does.
        reached: Part of the goal from which on it is reached: measuring is that unsure (1 to 2 of
            25 degrees, 0.6 of 2.5 cm: docs/accuracy.md), and nobody is to be pushed.
    """

    floor: float
    smoothing_s: float
    quick_s: float
    two_sided: bool
    reached: float = 0.92


# A turn out and back in 1.5 s is beyond 40 % of the goal for about 1 s.
RULES = {
    Movement.TURN: Rule(floor=20.0, smoothing_s=0.08, quick_s=1.0, two_sided=True),
    Movement.TILT: Rule(floor=12.0, smoothing_s=0.08, quick_s=1.0, two_sided=True),
    Movement.NOD: Rule(floor=28.0, smoothing_s=0.08, quick_s=1.0, two_sided=False),
    Movement.CHIN_ARC: Rule(floor=12.0, smoothing_s=0.08, quick_s=0.5, two_sided=True),
    Movement.TUCK: Rule(floor=3.0, smoothing_s=0.3, quick_s=0.6, two_sided=False),
    Movement.SHRUG: Rule(2.0, 0.3, 0.6, two_sided=False, reached=0.8),
    Movement.SHOULDER_ROLL: Rule(2.0, 0.5, 0.6, two_sided=False, reached=0.8),
    Movement.SQUEEZE: Rule(floor=1.5, smoothing_s=0.3, quick_s=0.6, two_sided=False),
    Movement.HANDS_AT_HEAD: Rule(floor=0.5, smoothing_s=0.08, quick_s=0.0, two_sided=True),
}

OF_THE_HEAD = (Movement.TURN, Movement.TILT, Movement.NOD, Movement.CHIN_ARC)
"""Movements of the head alone."""

# A tilt of an uneven neck turns and nods a little, too.
_TILT_SLACK_DEG = 5.0
# Head down this far against the calibrated neutral and the chin is near the collar-bones. Bowing by
# 20° is only 12 to 17° from there for who sits with the head up by some degrees.
_CHIN_DOWN_DEG = 10.0
# A chin arc is read from the turn, unless the tilt is larger by this: taking whichever is larger
# jumps from one to the other near the middle, where sitting a little tilted decides.
_ARC_TILT_DEG = 12.0
# A tuck that the head tips with, or the trunk leans with, is another movement.
_TUCK_PITCH_DEG = 12.0
_TUCK_LEAN_DEG = 6.0
# Shoulders of a shrug rise together.
_SHRUG_UNEVEN_CM = 2.5
_SQUEEZE_RISE_CM = 1.5
# A hand at this many times the distance that is asked for is away.
_AWAY = 2.5
# Nearer than asked is no better, but lets a press begin firmly.
_MOST_NEAR = 1.2


@dataclass(frozen=True, slots=True)
class Reading:
    """One look as one movement sees it.

    Attributes:
        value: How far out, in the movement's unit; positive to the subject's left where there are
            sides.
        stray: Whether another movement prevails, so that this look is no part of a repetition.
    """

    value: float
    stray: bool


def read(aim: Aim, signal: Signal, goal: float) -> Reading | Unseen:
    """Read a movement off one look.

    Args:
        aim: What is asked for.
        signal: The look.
        goal: What is aimed at in the end, in the movement's unit.

    Returns:
        The reading, or why there is none.
    """
    if aim.movement is Movement.HANDS_AT_HEAD:
        return _hands(signal, goal, sided=aim.sides is not Sides.NONE)
    if isinstance(signal.body, Unseen):
        return signal.body
    see = _of_head if aim.movement in OF_THE_HEAD else _of_trunk
    return see(aim.movement, signal.body)


def _of_head(movement: Movement, body: Body) -> Reading:
    yaw, pitch, roll = body.yaw_deg, body.pitch_deg, body.roll_deg
    match movement:
        case Movement.TURN:
            return Reading(yaw, stray=max(abs(pitch), abs(roll)) > abs(yaw))
        case Movement.TILT:
            return Reading(-roll, stray=max(abs(yaw), abs(pitch)) > abs(roll) + _TILT_SLACK_DEG)
        case Movement.NOD:
            return Reading(pitch, stray=max(abs(yaw), abs(roll)) > abs(pitch))
        case _:
            # A chin carried along the collar-bones shows as a turn or as a tilt.
            tilted = abs(roll) > abs(yaw) + _ARC_TILT_DEG
            return Reading(roll if tilted else yaw, stray=pitch < _CHIN_DOWN_DEG)


def _of_trunk(movement: Movement, body: Body) -> Reading:
    rise_cm = (body.left_rise_cm + body.right_rise_cm) / 2
    match movement:
        case Movement.TUCK:
            tipped = abs(body.pitch_deg) > _TUCK_PITCH_DEG or abs(body.lean_deg) > _TUCK_LEAN_DEG
            return Reading(-body.neck_deg, stray=tipped)
        case Movement.SQUEEZE:
            return Reading(-body.forward_cm, stray=rise_cm > _SQUEEZE_RISE_CM)
        case _:
            # A roll looks uneven to a camera at the side.
            uneven_cm = abs(body.left_rise_cm - body.right_rise_cm)
            shrug = movement is Movement.SHRUG
            return Reading(rise_cm, stray=shrug and uneven_cm > max(_SHRUG_UNEVEN_CM, rise_cm))


def _hands(signal: Signal, goal: float, *, sided: bool) -> Reading | Unseen:
    """The goal where a palm is as near as asked, nothing at two and a half times that distance."""
    left, right = signal.left_hand, signal.right_hand
    if isinstance(left, Unseen):
        return left
    if isinstance(right, Unseen):
        return right
    off = min(left, right, _AWAY * goal)
    near = min(_MOST_NEAR * goal, (_AWAY * goal - off) / (_AWAY - 1))
    return Reading(-near if sided and right < left else near, stray=False)
