"""Rotations of a head or trunk about its own axes, in stacks.

Body axes: x to the subject's left, y up, z forward. Yaw turns to the subject's left, pitch nods
down, roll lifts the left ear; yaw is applied last.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def rotation(yaw: Array, pitch: Array, roll: Array) -> Array:
    """Rotation matrices from three angles.

    Args:
        yaw: Radians, any shape (…).
        pitch: Radians, the same shape.
        roll: Radians, the same shape.

    Returns:
        Matrices (…, 3, 3) that turn body axes.
    """
    cy, sy = np.cos(yaw), np.sin(yaw)
    cp, sp = np.cos(pitch), np.sin(pitch)
    cr, sr = np.cos(roll), np.sin(roll)
    # The product Ry(yaw) · Rx(pitch) · Rz(roll), written out: it is the fit's inner loop.
    rows = (
        (cy * cr + sy * sp * sr, -cy * sr + sy * sp * cr, sy * cp),
        (cp * sr, cp * cr, -sp),
        (-sy * cr + cy * sp * sr, sy * sr + cy * sp * cr, cy * cp),
    )
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def angles(matrix: Array) -> Array:
    """Yaw, pitch and roll of rotation matrices.

    Args:
        matrix: (…, 3, 3).

    Returns:
        (…, 3), radians.
    """
    yaw = np.arctan2(matrix[..., 0, 2], matrix[..., 2, 2])
    pitch = np.arcsin(np.clip(-matrix[..., 1, 2], -1.0, 1.0))
    roll = np.arctan2(matrix[..., 1, 0], matrix[..., 1, 1])
    return np.stack([yaw, pitch, roll], axis=-1)


def mean_rotation(matrices: Array) -> Array:
    """The rotation nearest to the mean of several (chordal L2 mean).

    Args:
        matrices: (n, 3, 3).

    Returns:
        (3, 3).
    """
    left, _, right = np.linalg.svd(matrices.mean(axis=0))
    proper = np.diag([1.0, 1.0, float(np.linalg.det(left @ right))])
    mean: Array = left @ proper @ right
    return mean
