"""What `config/figures.toml` may say: windows, poses, props and figures."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from posture.coach.mannequin.stance import Keyframe, Stance, Strict

Part = Literal[
    "head",
    "neck",
    "torso",
    "arm_left",
    "arm_right",
    "hand_left",
    "hand_right",
    "leg_left",
    "leg_right",
    "foot_left",
    "foot_right",
]


class Piece(Strict):
    """A piece of a prop: the tight cover of some balls.

    Attributes:
        balls: Point that each hangs on (`world` for the room), shift from it, radius.
        tone: How it is coloured.
    """

    balls: tuple[tuple[str, float, float, float, Annotated[float, Field(gt=0)]], ...] = Field(
        min_length=1
    )
    tone: Literal["furniture", "edge", "thing", "screen", "accent"] = "furniture"


class Prop(Strict):
    """Furniture or a thing in the hand.

    Attributes:
        front: Whether it is drawn before the person.
        pieces: What it is made of.
    """

    front: bool = False
    pieces: tuple[Piece, ...] = Field(min_length=1)


class Window(Strict):
    """The square part of the room that is drawn, in centimetres.

    Attributes:
        across: Middle, to the drawing's right.
        up: Middle, from the floor.
        size: Side length.
    """

    across: float = 0
    up: float
    size: float = Field(ge=40, le=300)


class Arrow(Strict):
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


class Figure(Strict):
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


class Figures(Strict):
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
            missing = [key for key in figure.props if key not in self.prop]
            missing += [figure.window] if figure.window not in self.window else []
            missing += [figure.pose] if figure.pose not in self.pose else []
            wrong += [f"{name}: there is no {key}" for key in missing]
            if figure.end >= len(figure.keyframes):
                wrong.append(f"{name}: there is no keyframe {figure.end}")
        wrong += [
            f"{n}: there is no figure {to}" for n, to in self.alias.items() if to not in self.figure
        ]
        wrong += [f"{name}: both figure and alias" for name in self.alias if name in self.figure]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self
