"""From joint angles to where every joint is: a chain of frames from the pelvis outward.

Lengths are those of an adult of 1.70 m with a slightly larger head, in centimetres; axes as in
`measure.rotation`: x to the person's left, y up, z ahead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from posture.coach.mannequin.stance import Direction
from posture.measure.rotation import rotation

Array = NDArray[np.float64]

SIDES = {"left": 1.0, "right": -1.0}
UPPER_ARM_CM = 26.0
FOREARM_CM = 30.0  # to the middle of the hand
_WRIST = 23.0 / FOREARM_CM
_THIGH_CM = 41.0
_SHIN_CM = 42.0
_FOOT_CM = 13.0

# Points of the body that hands, props and arrows name: the joint they hang on, and the shift from
# it; those of `_PAIRED` stand there for the left side, and mirrored for the right one.
_SINGLE = {
    "crown": ("head", (0, 13.5, -1)),
    "nose": ("head", (0, -1.5, 13)),
    "chin": ("head", (0, -13, 6)),
    "face": ("head", (0, 0, 11)),
    "occiput": ("head", (0, 1, -12)),
    "breastbone": ("chest", (0, 6, 13)),
    "upper_back": ("chest", (0, 6, -10)),
}
_PAIRED = {
    "forehead": ("head", (4.5, 5, 14)),
    "temple": ("head", (14.5, 4, 3)),
    "back_of_head": ("head", (4, 2, -14.5)),
    "skull_base": ("head", (4.5, -6, -12)),
    "ear": ("head", (13.5, -1, 1)),
    "crown_side": ("head", (5, 14.5, 0)),
    "nape": ("neck", (5, 6, -7.5)),
    "shoulder_top": ("chest", (11, 21.5, 1)),
    "seat": ("pelvis", (18, -9, 2)),
}


class Joint(NamedTuple):
    """A place with its axes.

    Attributes:
        at: Centimetres (3,).
        turn: Its axes as columns (3, 3).
    """

    at: Array
    turn: Array

    def point(self, shift: tuple[float, float, float]) -> Array:
        """A point fixed to the joint, in the room."""
        moved: Array = self.at + self.turn @ np.array(shift, dtype=np.float64)
        return moved

    def then(self, shift: tuple[float, float, float], turned: Array | None = None) -> Joint:
        """The next joint: shifted along these axes, then turned about them."""
        return Joint(self.point(shift), self.turn if turned is None else self.turn @ turned)


def direction(pointing: Direction, side: str) -> Array:
    """The unit vector of a limb's direction, mirrored for the right side."""
    lift, out = np.radians(pointing)
    return np.array(
        (np.sin(lift) * np.sin(out) * SIDES[side], -np.cos(lift), np.sin(lift) * np.cos(out))
    )


def body(angles: Mapping[str, float]) -> dict[str, Joint]:
    """Trunk, head, legs and shoulders, with the points that hang on them.

    Args:
        angles: Every joint's value by name, as `motion` flattens it.

    Returns:
        Joints and points by name; `world` is the middle of the floor.
    """

    def turned(name: str) -> Array:
        turn, bend, roll = (
            np.radians(angles[f"{name}_{axis}"]) for axis in ("turn", "bend", "roll")
        )
        return rotation(turn, bend, roll)

    world = Joint(np.zeros(3), np.eye(3))
    joints = {
        "world": world,
        "chair": world.then((0, 0, angles["chair_cm"])),
        "screen": world.then((0, angles["screen_cm"], 0)),
    }
    joints["pelvis"] = world.then(
        (angles["pelvis_x"], angles["pelvis_y"], angles["pelvis_z"]), turned("pelvis")
    )
    joints["waist"] = joints["pelvis"].then((0, 11, 0), turned("waist"))
    joints["chest"] = joints["waist"].then((0, 16, 0), turned("chest"))
    joints["neck"] = joints["chest"].then((0, 19, -1), turned("neck"))
    skull = joints["neck"].then(
        (0, 9.5 + angles["grow_cm"], 1 + angles["head_glide_cm"]), turned("head")
    )
    joints["skull"] = skull
    joints["head"] = skull.then((0, 10, 2))
    for side, sign in SIDES.items():
        joints |= _leg(joints["pelvis"], angles, side)
        joints[f"shoulder_{side}"] = joints["chest"].then(
            (
                sign * 16.5,
                15.5 + angles[f"shoulder_{side}_rise_cm"],
                angles[f"shoulder_{side}_forward_cm"],
            )
        )
        # A shoulder that is drawn back takes its blade towards the spine.
        blade_cm = 9.5 + 0.9 * angles[f"shoulder_{side}_forward_cm"]
        joints[f"blade_{side}"] = joints["chest"].then(
            (sign * blade_cm, 5 + angles[f"shoulder_{side}_rise_cm"], -9)
        )
        for name, (joint, (x, y, z)) in _PAIRED.items():
            joints[f"{name}_{side}"] = joints[joint].then((sign * x, y, z))
    joints["belly"] = joints["waist"].then((0, 1, 11 + angles["belly_cm"]))
    for name, (joint, shift) in _SINGLE.items():
        joints[name] = joints[joint].then(shift)
    joints["above_crown"] = Joint(joints["crown"].at + np.array((0.0, 40.0, 0.0)), world.turn)
    return joints


def _leg(pelvis: Joint, angles: Mapping[str, float], side: str) -> dict[str, Joint]:
    level = np.eye(3)

    def pointing(bone: str) -> Array:
        return direction((angles[f"{bone}_{side}_lift"], angles[f"{bone}_{side}_out"]), side)

    hip = pelvis.point((SIDES[side] * 8.5, -4, 0))
    knee = hip + _THIGH_CM * pointing("thigh")
    ankle = knee + _SHIN_CM * pointing("shin")
    toes = ankle + _FOOT_CM * pointing("foot")
    places = {"hip": hip, "knee": knee, "thigh": (hip + knee) / 2, "ankle": ankle, "toes": toes}
    return {f"{name}_{side}": Joint(at, level) for name, at in places.items()}


def arm(shoulder: Array, reach: Array, pole: Array, side: str) -> dict[str, Joint]:
    """Elbow, wrist and hand of an arm whose hand is at a place.

    Args:
        shoulder: Where it begins (3,).
        reach: From there to the middle of the hand (3,).
        pole: Which way the elbow points (3,).
        side: `left` or `right`.

    Returns:
        The joints by name.
    """
    longest = 0.998 * (UPPER_ARM_CM + FOREARM_CM)
    distance = max(float(np.linalg.norm(reach)), 6.0)
    along = reach / max(float(np.linalg.norm(reach)), 1e-6)
    distance = min(distance, longest)
    # The triangle of upper arm, forearm and reach: how far along and how far aside the elbow is.
    ahead = (UPPER_ARM_CM**2 - FOREARM_CM**2 + distance**2) / (2 * distance)
    aside = np.sqrt(max(UPPER_ARM_CM**2 - ahead**2, 0.0))
    sideways = pole - (pole @ along) * along
    sideways = sideways / max(float(np.linalg.norm(sideways)), 1e-6)
    elbow = shoulder + ahead * along + aside * sideways
    hand = shoulder + distance * along
    wrist = elbow + _WRIST * (hand - elbow)
    level = np.eye(3)
    return {
        f"elbow_{side}": Joint(elbow, level),
        f"wrist_{side}": Joint(wrist, level),
        f"hand_{side}": Joint(hand, level),
    }
