"""What `config/figures.toml` may say: poses, props, figures; every joint with its limits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from posture.errors import ConfigError
from posture.resources import bundled

Direction = tuple[
    Annotated[float, Field(ge=-120, le=200)], Annotated[float, Field(ge=-180, le=180)]
]
"""Where a limb points: degrees up from hanging (90 level ahead), degrees outward from straight ahead."""
Vector = tuple[float, float, float]
"""Centimetres to the body's left, up and ahead; for a limb the first is outward."""
Part = Literal[
    "head", "neck", "torso", "arm_left", "arm_right", "hand_left", "hand_right", "leg_left", "leg_right", "foot_left", "foot_right"
]  # fmt: skip

MAX_EXTENSION_DEG = 20
"""How far back neck and head together may go: past it, turning loads the neck's joints."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ArmPointing(_Strict):
    """An arm by its two directions, as seen from the chest.

    Attributes:
        upper: The upper arm's direction.
        fore: The forearm's direction.
    """

    upper: Direction
    fore: Direction


class ArmTouching(_Strict):
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


class Leg(_Strict):
    """A leg by its directions in the room.

    Attributes:
        thigh: From hip to knee.
        shin: From knee to ankle.
        foot: From heel to toes.
    """

    thigh: Direction
    shin: Direction
    foot: Direction = (88, 8)


class Shoulder(_Strict):
    """Where a shoulder is on the chest.

    Attributes:
        rise_cm: Upwards.
        forward_cm: Forwards.
    """

    rise_cm: float = Field(default=0, ge=-3, le=8)
    forward_cm: float = Field(default=0, ge=-6, le=6)


class Stance(_Strict):
    """The joints that a pose or a keyframe sets; the rest stays as it is below.

    Angles are degrees: `bend` is forwards, `turn` to the person's left, `roll` to the person's right.
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
    def _both_sides(cls, content: Any) -> Any:
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


class Piece(_Strict):
    """A piece of a prop: the tight cover of some balls.

    Attributes:
        balls: Point that each hangs on (`world` for the room), shift from it, radius.
        tone: How it is coloured.
    """

    balls: tuple[tuple[str, float, float, float, Annotated[float, Field(gt=0)]], ...] = Field(
        min_length=1
    )
    tone: Literal["furniture", "edge", "thing", "screen", "accent"] = "furniture"


class Prop(_Strict):
    """Furniture or a thing in the hand.

    Attributes:
        front: Whether it is drawn before the person.
        pieces: What it is made of.
    """

    front: bool = False
    pieces: tuple[Piece, ...] = Field(min_length=1)


class Window(_Strict):
    """The square part of the room that is drawn, in centimetres.

    Attributes:
        across: Middle, to the drawing's right.
        up: Middle, from the floor.
        size: Side length.
    """

    across: float = 0
    up: float
    size: float = Field(ge=40, le=300)


class Arrow(_Strict):
    """An arrow of the way that a point goes, or of a push.

    Attributes:
        follow: The point.
        shift: How far the arrow is from it, to the drawing's right and up.
        push: Where a push goes, to the drawing's right and up; absent for an arrow of a way.
        at_least: Shortest length of the arrow of a way.
    """

    follow: str
    shift: tuple[float, float] = (0, 0)
    push: tuple[float, float] | None = None
    at_least: float = Field(default=9, ge=3)


class Figure(_Strict):
    """One figure.

    Attributes:
        title: What it shows, for those who do not see it.
        view: Where from.
        window: What part of the room, by name.
        pose: What it starts from, by name.
        props: Furniture and things, by name, from the back.
        accent: The moving parts.
        behind: Parts that are drawn before all others.
        arrows: Arrows.
        end: The keyframe that the still figure shows, counted from 0.
        keyframes: The movement; the first is the start.
    """

    title: str = Field(min_length=10)
    view: Literal["front", "side", "back"]
    window: str
    pose: str
    props: tuple[str, ...] = ()
    accent: tuple[Part, ...] = ()
    behind: tuple[Part, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    end: int = Field(default=1, ge=0)
    keyframes: tuple[Keyframe, ...] = Field(min_length=1)


class Figures(_Strict):
    """The whole file.

    Attributes:
        window: Windows by name.
        pose: Poses by name.
        prop: Props by name.
        figure: Figures by exercise id.
        alias: Exercise ids that another's figure serves.
    """

    window: dict[str, Window]
    pose: dict[str, Stance]
    prop: dict[str, Prop]
    figure: dict[str, Figure]
    alias: dict[str, str]

    @model_validator(mode="after")
    def _names_exist(self) -> Figures:
        wrong = []
        for name, figure in self.figure.items():
            named = {figure.window: self.window, figure.pose: self.pose}
            named |= dict.fromkeys(figure.props, self.prop)
            wrong += [
                f"{name}: there is no {key}" for key, there in named.items() if key not in there
            ]
            if figure.end >= len(figure.keyframes):
                wrong.append(f"{name}: there is no keyframe {figure.end}")
        wrong += [
            f"{n}: there is no figure {to}" for n, to in self.alias.items() if to not in self.figure
        ]
        wrong += [f"{name}: both figure and alias" for name in self.alias if name in self.figure]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self


def load_figures(path: Path) -> Figures:
    """Read a file of figures.

    Args:
        path: The file.

    Returns:
        The checked figures.

    Raises:
        ConfigError: With every problem of the file, naming the figure and the key.
    """
    try:
        return Figures.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, [str(error)]) from error
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, d['loc']))}: {d['msg']}" for d in error.errors()]
        raise _wrong(path, problems) from error


@lru_cache(maxsize=1)
def bundled_figures() -> Figures:
    """The program's own figures."""
    return load_figures(bundled("config") / "figures.toml")


def _wrong(path: Path, problems: list[str]) -> ConfigError:
    return ConfigError(
        f"The figure file {path} does not hold:\n" + "\n".join(f"  {p}" for p in problems) + "\n",
        meaning="Exercises cannot be drawn.",
        action="Correct the file, or install the program anew.",
    )
