"""The seated upper body as a chain of rigid links: hip, trunk, neck, head and two clavicles.

Lengths are centimetres, angles radians. Body axes: x to the subject's left, y up, z forward, as the
person faces while calibrating. A pose is a vector of `POSE_SIZE` numbers, all zero in the
calibrated neutral; stacks of poses (…, POSE_SIZE) are computed at once.

The lengths and the points at which MediaPipe puts its landmarks were triangulated from the rendered
set's ground truth (docs/accuracy.md); those of real adults lie within a few per cent. They matter
little for changes: what a person's own neutral shows is subtracted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from posture.measure.rotation import Array, rotation


class Dof(IntEnum):
    """What the pose vector holds; every entry is a change against the neutral."""

    SIDE = 0
    """Chair to the subject's left, cm."""
    RISE = 1
    """Seat up, cm."""
    NEARER = 2
    """Chair forward, cm."""
    LEAN = 3
    """Trunk forward about the hips, rad."""
    TWIST = 4
    """Trunk turned to the left about the vertical through the hips, rad."""
    BEND = 5
    """Trunk bent to the left, rad."""
    NECK = 6
    """Neck forward about C7 against the trunk, rad: the forward head."""
    NECK_SIDE = 7
    """Head shifted to the left against C7, cm."""
    YAW = 8
    """Head, rad."""
    PITCH = 9
    """Head, rad."""
    ROLL = 10
    """Head, rad."""
    SHRUG = 11
    """Mean rise of both acromia, cm."""
    UNEVEN = 12
    """Half of the left acromion's lead over the right, cm."""
    LEFT_FORWARD = 13
    """Left shoulder brought forward, cm."""
    RIGHT_FORWARD = 14
    """Right shoulder brought forward, cm."""


POSE_SIZE = len(Dof)

NECK_CM = 18.0
"""C7 to mid-tragus."""
TRUNK_CM = 56.0
"""Mid-hip to C7."""
BIACROMIAL_CM = 39.6
"""Between the acromia."""
NEUTRAL_LEAN_RAD = float(np.radians(-3.0))
"""Trunk's inclination while sitting upright against a chair."""
NEUTRAL_FORWARD_HEAD_DEG = 37.0
"""Inclination of C7 → tragus in the neutral: the mean of healthy adults' craniovertebral angles of
50.6° (Lau 2009) and 54.7° (Carrasco-Uribarren 2023), which is 90° minus this."""
NEUTRAL_FORWARD_HEAD_SIGMA_DEG = 6.0
"""Spread of that between healthy people (the same two sources: 2.1° and 7.0°)."""
PITCH_COUPLING = 0.24
"""Radians that the tragus moves about C7 per radian of nodding: the ears lie near the nodding axis,
not on it."""

EYES = np.array([0.0, 0.1, 6.9])
"""Middle of the eye corners, from mid-tragus."""
MESH_ORIGIN = np.array([0.0, 0.0, 3.0])
"""Origin of MediaPipe's face mesh, from mid-tragus."""
FACE_POINTS = np.array(
    [
        [0.0, -2.8, 8.3],
        [1.7, 0.2, 7.3],
        [2.85, 0.2, 6.9],
        [3.9, 0.2, 6.5],
        [-1.7, 0.2, 7.3],
        [-2.85, 0.2, 6.9],
        [-3.9, 0.2, 6.5],
        [5.6, -1.05, 3.5],
        [-5.6, -1.05, 3.5],
        [2.1, -5.8, 7.0],
        [-2.1, -5.8, 7.0],
    ]
)
"""Where MediaPipe puts pose landmarks 0 to 10 (nose, eyes, ears, mouth), from mid-tragus. Its ears
lie inward of the tragus and in front of it."""
SHOULDER_POINTS = np.array([[16.8, -7.3, 7.3], [-16.8, -7.3, 7.3]])
"""Where it puts landmarks 11 and 12, from C7: below and in front of the acromion."""
SHOULDER_GAIN = 0.70
"""How much of an acromion's rise the shoulder landmark shows: it sits at the joint, which a shrug
lifts less."""

EAR_ROWS = [7, 8]
"""Rows of the ears in `FACE_POINTS`."""


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """One person in the neutral, in body axes with the camera at the origin.

    Attributes:
        hip: (3,) mid-hip, cm.
        face_points: (11, 3) the person's own landmarks from mid-tragus, cm.
        shoulder_points: (2, 3) the person's own shoulder landmarks from C7, cm.
    """

    hip: Array
    face_points: Array
    shoulder_points: Array


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A stack of poses, placed in space; points are cm in body axes.

    Attributes:
        c7: (…, 3).
        tragus: (…, 3) middle of both.
        eyes: (…, 3) middle of the eye corners.
        mesh_origin: (…, 3).
        face_points: (…, 11, 3).
        shoulder_points: (…, 2, 3).
        acromia: (…, 2, 3) left, right.
    """

    c7: Array
    tragus: Array
    eyes: Array
    mesh_origin: Array
    face_points: Array
    shoulder_points: Array
    acromia: Array


# The acromia from C7 in the neutral (the rendered set's mean; radiographs give 4 to 5 cm below C7).
_ACROMIA = np.array([[BIACROMIAL_CM / 2, -4.4, 4.5], [-BIACROMIAL_CM / 2, -4.4, 4.5]])


def neck_vector(inclination: Array) -> Array:
    """C7 → mid-tragus at an inclination from the vertical.

    Args:
        inclination: Radians, (…).

    Returns:
        (…, 3) in the trunk's own yaw, cm.
    """
    zero = np.zeros_like(inclination)
    return NECK_CM * np.stack([zero, np.cos(inclination), np.sin(inclination)], axis=-1)


def trunk_vector(lean: Array, bend: Array) -> Array:
    """Mid-hip → C7 at a lean from the vertical and a bend to the left.

    Args:
        lean: Radians, (…).
        bend: Radians, (…).

    Returns:
        (…, 3) in the trunk's own yaw, cm.
    """
    return TRUNK_CM * np.stack(
        [np.sin(bend), np.cos(lean) * np.cos(bend), np.sin(lean) * np.cos(bend)], axis=-1
    )


def place(pose: Array, skeleton: Skeleton) -> Placed:
    """Put a stack of poses in space.

    Args:
        pose: (…, POSE_SIZE).
        skeleton: Whose.

    Returns:
        Its points.
    """
    part = {dof: pose[..., dof] for dof in Dof}
    zero = np.zeros_like(part[Dof.SIDE])
    twist = rotation(part[Dof.TWIST], zero, zero)
    trunk = trunk_vector(NEUTRAL_LEAN_RAD + part[Dof.LEAN], part[Dof.BEND])
    c7 = skeleton.hip + pose[..., : Dof.LEAN] + _turn(twist, trunk)
    neck = neck_vector(np.radians(NEUTRAL_FORWARD_HEAD_DEG) + forward_head(pose))
    neck[..., 0] += part[Dof.NECK_SIDE]
    tragus = c7 + _turn(twist, neck)
    head = rotation(part[Dof.YAW], part[Dof.PITCH], part[Dof.ROLL])
    girdle = rotation(part[Dof.TWIST], part[Dof.LEAN], -part[Dof.BEND])
    rise = np.stack([part[Dof.SHRUG] + part[Dof.UNEVEN], part[Dof.SHRUG] - part[Dof.UNEVEN]], -1)
    forward = np.stack([part[Dof.LEFT_FORWARD], part[Dof.RIGHT_FORWARD]], axis=-1)
    moved = np.stack([np.zeros_like(rise), rise, forward], axis=-1)
    seen = moved * np.array([1.0, SHOULDER_GAIN, 1.0])
    return Placed(
        c7=c7,
        tragus=tragus,
        eyes=tragus + head @ EYES,
        mesh_origin=tragus + head @ MESH_ORIGIN,
        face_points=_turned_set(tragus, head, skeleton.face_points),
        shoulder_points=_turned_set(c7, girdle, skeleton.shoulder_points + seen),
        acromia=_turned_set(c7, girdle, _ACROMIA + moved),
    )


def forward_head(pose: Array) -> Array:
    """Change of the inclination of C7 → mid-tragus from the vertical.

    Args:
        pose: (…, POSE_SIZE).

    Returns:
        (…), radians.
    """
    change: Array = pose @ FORWARD_HEAD_GRADIENT
    return change


FORWARD_HEAD_GRADIENT = np.zeros(POSE_SIZE)
FORWARD_HEAD_GRADIENT[[Dof.LEAN, Dof.NECK, Dof.PITCH]] = 1.0, 1.0, PITCH_COUPLING
"""A leaning trunk carries the neck along, so it counts in full."""


def _turn(matrix: Array, vector: Array) -> Array:
    turned: Array = (matrix @ vector[..., None])[..., 0]
    return turned


def _turned_set(origin: Array, matrix: Array, points: Array) -> Array:
    placed: Array = origin[..., None, :] + points @ np.swapaxes(matrix, -1, -2)
    return placed
