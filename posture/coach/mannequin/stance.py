"""Joints as the file of figures gives them: a stance and a keyframe, with every joint's limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Direction = tuple[
    Annotated[float, Field(ge=-120, le=200)], Annotated[float, Field(ge=-180, le=180)]
]
"""Where a limb points: degrees up from hanging, degrees outward from straight ahead."""
Vector = tuple[float, float, float]
"""Centimetres to the body's left, up and ahead; for a limb the first is outward."""
MAX_EXTENSION_DEG = 20
"""How far back neck and head together may go: past it, turning loads the neck's joints."""


class Strict(BaseModel):
    """What does not change and takes no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ArmPointing(Strict):
    """An arm by its two directions, as seen from the chest.

    Attributes:
        upper: The upper arm's direction.
        fore: The forearm's direction.
    """

    upper: Direction
    fore: Direction


class ArmTouching(Strict):
    """An arm by what the hand touches; its joints' angles follow.

    Attributes:
        to: The point that the hand is at; its side's own where there are two.
        shift: How far the hand is from that point.
        elbow: Where the elbow points.
    """

    to: str
    shift: Vector = (0, 0, 0)
    elbow: Direction = (30, 60)


Arm = ArmPointing | ArmTouching


class Leg(Strict):
    """A leg by its directions in the room.

    Attributes:
        thigh: From hip to knee.
        shin: From knee to ankle.
        foot: From heel to toes.
    """

    thigh: Direction
    shin: Direction
    foot: Direction = (88, 8)


class Shoulder(Strict):
    """Where a shoulder is on the chest.

    Attributes:
        rise_cm: Upwards.
        forward_cm: Forwards.
    """

    rise_cm: float = Field(default=0, ge=-3, le=8)
    forward_cm: float = Field(default=0, ge=-6, le=6)


class Stance(Strict):
    """The joints that a pose or a keyframe sets; the rest stays as it is below.

    Angles are degrees: `bend` is forwards, `turn` to the person's left, `roll` to the right.
    """

    pelvis: Vector | None = None
    pelvis_bend: float | None = Field(default=None, ge=-100, le=120)
    pelvis_turn: float | None = Field(default=None, ge=-90, le=90)
    pelvis_roll: float | None = Field(default=None, ge=-30, le=30)
    waist_bend: float | None = Field(default=None, ge=-20, le=60)
    waist_turn: float | None = Field(default=None, ge=-35, le=35)
    waist_roll: float | None = Field(default=None, ge=-25, le=25)
    chest_bend: float | None = Field(default=None, ge=-25, le=40)
    chest_turn: float | None = Field(default=None, ge=-35, le=35)
    chest_roll: float | None = Field(default=None, ge=-20, le=20)
    neck_bend: float | None = Field(default=None, ge=-MAX_EXTENSION_DEG, le=50)
    neck_turn: float | None = Field(default=None, ge=-30, le=30)
    neck_roll: float | None = Field(default=None, ge=-25, le=25)
    head_bend: float | None = Field(default=None, ge=-MAX_EXTENSION_DEG, le=40)
    head_turn: float | None = Field(default=None, ge=-65, le=65)
    head_roll: float | None = Field(default=None, ge=-30, le=30)
    head_glide_cm: float | None = Field(default=None, ge=-4, le=7)
    grow_cm: float | None = Field(default=None, ge=-3, le=4)
    gaze_turn: float | None = Field(default=None, ge=-25, le=25)
    belly_cm: float | None = Field(default=None, ge=-2, le=5)
    chair_cm: float | None = Field(default=None, ge=-60, le=60)
    screen_cm: float | None = Field(default=None, ge=-40, le=40)
    press: float | None = Field(default=None, ge=0, le=1)
    shoulder_left: Shoulder | None = None
    shoulder_right: Shoulder | None = None
    arm_left: Arm | None = None
    arm_right: Arm | None = None
    leg_left: Leg | None = None
    leg_right: Leg | None = None

    @model_validator(mode="before")
    @classmethod
    def _both_sides(cls, content: object) -> object:
        """`arms`, `legs` and `shoulders` set both."""
        if not isinstance(content, Mapping):
            return content
        spread = dict(content)
        for limb in ("arm", "leg", "shoulder"):
            if f"{limb}s" in spread:
                both = spread.pop(f"{limb}s")
                spread = {f"{limb}_left": both, f"{limb}_right": both} | spread
        return spread

    @model_validator(mode="after")
    def _extension(self) -> Stance:
        if (self.neck_bend or 0) + (self.head_bend or 0) < -MAX_EXTENSION_DEG:
            raise ValueError(f"neck and head go back more than {MAX_EXTENSION_DEG}°")
        return self

    def over(self, below: Stance) -> Stance:
        """This stance with the other's joints where it sets none."""
        values = {name: getattr(below, name) for name in below.model_fields_set}
        values |= {name: getattr(self, name) for name in self.model_fields_set}
        return Stance(**{name: values[name] for name in Stance.model_fields if name in values})


class Keyframe(Stance):
    """A stance with its times.

    Attributes:
        move_s: Seconds to get here from the one before; the first is returned to from the last.
        hold_s: Seconds to stay.
    """

    move_s: float = Field(default=1.5, ge=0.4, le=8)
    hold_s: float = Field(default=0.6, ge=0, le=10)
