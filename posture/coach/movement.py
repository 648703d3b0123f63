"""What the camera can count of an exercise: the movements, what is aimed at, what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Movement(StrEnum):
    """A movement that landmarks show."""

    TURN = "turn"
    """Head to the side: yaw, degrees."""
    TILT = "tilt"
    """Ear towards the shoulder: roll, degrees."""
    NOD = "nod"
    """Chin down: pitch, degrees."""
    CHIN_ARC = "chin_arc"
    """Chin along the collar-bones: swings from side to side with the head down, degrees."""
    TUCK = "tuck"
    """Head straight back: fall of the forward-head angle, degrees."""
    SHRUG = "shrug"
    """Both shoulders up: mean rise of the acromia, centimetres."""
    SHOULDER_ROLL = "shoulder_roll"
    """Shoulders round: rise of the acromia with a forward and a backward half, centimetres."""
    SQUEEZE = "squeeze"
    """Shoulder blades together: both shoulders drawn back, centimetres."""
    HANDS_AT_HEAD = "hands_at_head"
    """A hand at forehead, temple or back of the head, the head still: hand lengths from the ear."""


class Sides(StrEnum):
    """How an exercise takes the two sides."""

    NONE = "none"
    """There are none, or both at once."""
    ALTERNATING = "alternating"
    """One after the other, in turn."""
    EACH = "each"
    """All repetitions on one side, then on the other."""


class Side(StrEnum):
    """The subject's own side."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Aim:
    """What one set of an exercise asks for.

    Attributes:
        movement: What is counted.
        target: How far, in the movement's unit; a comfortable goal, never a must.
        hold_s: How long to stay there; 0 for moving through.
        sides: How the sides are taken.
        own_range: The person's own comfortable range so far; None when it is not known yet.
    """

    movement: Movement
    target: float
    hold_s: float
    sides: Sides
    own_range: float | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What was seen of a set so far.

    Attributes:
        seen: Whether the person can be followed just now.
        middle: Whole repetitions of a movement without sides.
        left: Whole repetitions to the subject's left.
        right: The same to the right.
        reach: How far the movement is just now, 1 at the goal.
        side: The side it is on just now; None in the middle.
        holding_s: How long it is being held just now; 0 when it is not.
        held_s: Lengths of the finished holds, in order.
        too_fast: Whether the last repetition was faster than is good for a neck.
        own_range: The comfortable range seen, in the movement's unit; None before the first.
    """

    seen: bool = False
    middle: int = 0
    left: int = 0
    right: int = 0
    reach: float = 0.0
    side: Side | None = None
    holding_s: float = 0.0
    held_s: tuple[float, ...] = ()
    too_fast: bool = False
    own_range: float | None = None

    @property
    def repetitions(self) -> int:
        """All whole repetitions."""
        return self.middle + self.left + self.right
