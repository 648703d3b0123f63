"""Where the calibrated head is and how it is turned: from the mesh, in profile from landmarks."""

from __future__ import annotations

import numpy as np

from posture.measure.body import FACE_POINTS
from posture.measure.rotation import Array, angles, rotation
from posture.measure.view import focal_px

PITCH_GAIN = 0.77
"""MediaPipe's mesh understates how far a face is pitched against the camera: on the rendered set
the true pitch is (seen − 2.6°) / 0.77, the same for all subjects (leave-one-subject-out)."""
_PITCH_OFFSET_RAD = float(np.radians(2.6))
# The mesh's depths are for its own assumed camera, 63° from top to bottom.
_MESH_VFOV_DEG = 63.0

_NOISE_PX = 2.0
_START_CM = 65.0
_START_YAWS_RAD = (-1.2, -0.6, 0.0, 0.6, 1.2)
# A calibrated head is held about level: what keeps a profile's weak pitch and roll from wandering.
_LEVEL_SIGMA_RAD = 0.25
_CAMERA_TO_VIEWER = np.diag([1.0, -1.0, -1.0])


def head_from_mesh(
    mesh_rotation: Array, depth: float, size_px: tuple[int, int]
) -> tuple[Array, float]:
    """Correct the mesh's rotation and turn its depth into centimetres.

    Args:
        mesh_rotation: (3, 3) mean `Face.rotation`.
        depth: `Face.depth`.
        size_px: Width and height, pixels.

    Returns:
        Rotation of the head into viewer's axes, and depth for the assumed focal length, cm.
    """
    yaw, pitch, roll = angles(mesh_rotation)
    corrected = (pitch - _PITCH_OFFSET_RAD) / PITCH_GAIN
    mesh_focal_px = size_px[1] / 2 / float(np.tan(np.radians(_MESH_VFOV_DEG / 2)))
    return rotation(yaw, corrected, roll), depth * focal_px(size_px) / mesh_focal_px


def head_from_points(face_px: Array, size_px: tuple[int, int]) -> tuple[Array, float]:
    """Fit the head template to the pose model's face landmarks (perspective-n-point).

    Args:
        face_px: (11, 2), pixels.
        size_px: Width and height, pixels.

    Returns:
        As `head_from_mesh`.
    """
    # 38 MB that only a calibration in profile needs.
    from scipy.optimize import least_squares

    focal = focal_px(size_px)
    centre = np.array(size_px) / 2

    def residuals(guess: Array) -> Array:
        turned = rotation(*(np.asarray(angle) for angle in guess[3:]))
        seen = FACE_POINTS @ (_CAMERA_TO_VIEWER @ turned).T + guess[:3]
        off = focal * seen[:, :2] / seen[:, 2:] + centre - face_px
        return np.concatenate([off.ravel() / _NOISE_PX, guess[4:] / _LEVEL_SIGMA_RAD])

    fits = [
        least_squares(residuals, np.array([0.0, 0.0, _START_CM, yaw, 0.0, 0.0]), method="lm")
        for yaw in _START_YAWS_RAD
    ]
    best = min(fits, key=lambda result: float(result.cost)).x
    return rotation(*(np.asarray(angle) for angle in best[3:])), float(best[2])
