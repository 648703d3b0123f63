"""From keyframes to the joints at every moment: easing, and hands that travel in arcs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from posture.coach.mannequin.data import Figure
from posture.coach.mannequin.skeleton import (
    FOREARM_CM,
    SIDES,
    UPPER_ARM_CM,
    Joint,
    arm,
    body,
    direction,
)
from posture.coach.mannequin.stance import Arm, ArmPointing, Leg, Shoulder, Stance

Array = NDArray[np.float64]

_EASING_STEPS = 6
_SPINE = ("pelvis", "waist", "chest", "neck", "head")
_SCALARS = ("head_glide_cm", "grow_cm", "gaze_turn", "belly_cm", "chair_cm", "screen_cm", "press")
_HANGING = ArmPointing(upper=(4, 60), fore=(8, 0))
_STRAIGHT = Leg(thigh=(0, 0), shin=(0, 0))


@dataclass(frozen=True, slots=True)
class Moment:
    """The person at a moment.

    Attributes:
        at_s: Seconds from the start.
        joints: Every joint and point, by name.
        angles: Every joint's value, by name.
    """

    at_s: float
    joints: dict[str, Joint]
    angles: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Key:
    """A keyframe ready to be mixed: values, and each arm's reach (3,) and pole (3,)."""

    angles: dict[str, float]
    arms: dict[str, tuple[Array, Array]]


def moments(figure: Figure, pose: Stance) -> list[Moment]:
    """The whole movement, from the start back to the start.

    Args:
        figure: The figure.
        pose: The pose it starts from.

    Returns:
        Moments in order; the last is the first again.
    """
    keys = [_key(frame.over(pose)) for frame in figure.keyframes]
    at_s = 0.0
    track = [_moment(at_s, keys[0])]
    for number, frame in enumerate(figure.keyframes):
        if frame.hold_s:
            at_s += frame.hold_s
            track.append(_moment(at_s, keys[number]))
        following = (number + 1) % len(keys)
        move_s = figure.keyframes[following].move_s
        if len(keys) > 1:
            for step in range(1, _EASING_STEPS + 1):
                share = step / _EASING_STEPS
                eased = (1 - np.cos(np.pi * share)) / 2
                mixed = _mix(keys[number], keys[following], eased)
                track.append(_moment(at_s + move_s * share, mixed))
            at_s += move_s
    return track


def still_moments(figure: Figure, pose: Stance) -> tuple[list[Moment], Moment]:
    """The way from the start to the end that a still figure shows, and the end."""
    keys = [_key(frame.over(pose)) for frame in figure.keyframes[: figure.end + 1]]
    way = [_moment(0.0, keys[0])]
    for one, other in pairwise(keys):
        way += [_moment(0.0, _mix(one, other, share)) for share in np.linspace(0, 1, 7)[1:]]
    return way, way[-1]


def point_names() -> set[str]:
    """The names of all joints and points; those with sides also without the side."""
    joints = _moment(0.0, _key(Stance())).joints
    return {*joints, *(name.removesuffix("_left") for name in joints)}


def _key(stance: Stance) -> _Key:
    angles = _flat(stance)
    joints = body(angles)
    arms = {}
    for side, spec in (("left", stance.arm_left), ("right", stance.arm_right)):
        arms[side] = _reach(spec or _HANGING, joints, side)
    return _Key(angles, arms)


def _flat(stance: Stance) -> dict[str, float]:
    x, y, z = stance.pelvis or (0, 91, 0)
    flat = {"pelvis_x": x, "pelvis_y": y, "pelvis_z": z}
    for joint in _SPINE:
        for axis in ("turn", "bend", "roll"):
            flat[f"{joint}_{axis}"] = getattr(stance, f"{joint}_{axis}") or 0.0
    for name in _SCALARS:
        flat[name] = getattr(stance, name) or 0.0
    for side in SIDES:
        leg: Leg = getattr(stance, f"leg_{side}") or _STRAIGHT
        for bone in ("thigh", "shin", "foot"):
            flat[f"{bone}_{side}_lift"], flat[f"{bone}_{side}_out"] = getattr(leg, bone)
        shoulder: Shoulder = getattr(stance, f"shoulder_{side}") or Shoulder()
        flat[f"shoulder_{side}_rise_cm"] = shoulder.rise_cm
        flat[f"shoulder_{side}_forward_cm"] = shoulder.forward_cm
    return flat


def _reach(spec: Arm, joints: dict[str, Joint], side: str) -> tuple[Array, Array]:
    chest, shoulder = joints["chest"].turn, joints[f"shoulder_{side}"].at
    if isinstance(spec, ArmPointing):
        upper = chest @ direction(spec.upper, side)
        fore = chest @ direction(spec.fore, side)
        reach = UPPER_ARM_CM * upper + FOREARM_CM * fore
        # A straight arm has no elbow to point; it bends downwards as soon as it bends.
        return reach, upper + 0.01 * chest @ np.array((0.0, -1.0, -0.7))
    x, y, z = spec.shift
    point = joints.get(f"{spec.to}_{side}") or joints[spec.to]
    reach = point.point((SIDES[side] * x, y, z)) - shoulder
    return reach, chest @ direction(spec.elbow, side)


def _mix(one: _Key, other: _Key, share: float) -> _Key:
    angles = {
        name: (1 - share) * one.angles[name] + share * other.angles[name] for name in one.angles
    }
    arms = {}
    for side in SIDES:
        reach, pole = one.arms[side]
        to_reach, to_pole = other.arms[side]
        arms[side] = (_swing(reach, to_reach, share), (1 - share) * pole + share * to_pole)
    return _Key(angles, arms)


def _swing(one: Array, other: Array, share: float) -> Array:
    """Between two reaches: the direction turns evenly, the length grows evenly."""
    long, longer = float(np.linalg.norm(one)), float(np.linalg.norm(other))
    angle = float(np.arccos(np.clip(one @ other / (long * longer), -1, 1)))
    if angle < 1e-3:
        return (1 - share) * one + share * other
    turned: Array = (
        np.sin((1 - share) * angle) * one / long + np.sin(share * angle) * other / longer
    ) / np.sin(angle)
    return turned * ((1 - share) * long + share * longer)


def _moment(at_s: float, key: _Key) -> Moment:
    joints = body(key.angles)
    for side, (reach, pole) in key.arms.items():
        joints |= arm(joints[f"shoulder_{side}"].at, reach, pole, side)
    return Moment(at_s, joints, key.angles)
