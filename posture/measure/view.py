"""The camera as the measure stage sees it: a pinhole of assumed focal length without roll.

Camera axes: x right, y down, z away from the camera. "Viewer's" axes are those of `Face.rotation`:
x right, y up, z towards the viewer. A webcam's focal length is unknown; distances scale with the
assumed one, changes of angles hardly do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posture.measure.rotation import Array, angles, rotation

ASSUMED_HFOV_DEG = 68.0
"""Webcams lie between 55° and 90°; built-in ones around 65 to 75°."""

# Its own inverse.
_VIEWER_TO_CAMERA = np.diag([1.0, -1.0, -1.0])

# How sure we are, before looking, that a person who sits upright for calibration holds the head
# level, and how far a camera is pitched; a camera stands level from side to side.
_HEAD_PITCH_SIGMA_RAD = float(np.radians(5.0))
_HEAD_ROLL_SIGMA_RAD = float(np.radians(3.0))
_CAMERA_PITCH_SIGMA_RAD = float(np.radians(15.0))
_CAMERA_PITCHES_RAD = np.radians(np.arange(-50.0, 50.1, 0.5))


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A camera and the direction in which the calibrated person faces it.

    Attributes:
        focal_px: Focal length in pixels.
        centre_px: (2,) principal point, pixels.
        rotation: (3, 3) body axes → camera axes.
    """

    focal_px: float
    centre_px: Array
    rotation: Array

    @property
    def body_to_viewer(self) -> Array:
        """(3, 3) body axes → viewer's axes."""
        turned: Array = _VIEWER_TO_CAMERA @ self.rotation
        return turned

    def project(self, points: Array) -> Array:
        """Pixels of points.

        Args:
            points: (…, 3) body axes, camera at the origin, cm.

        Returns:
            (…, 2), pixels.
        """
        seen = points @ self.rotation.T
        pixels: Array = self.focal_px * seen[..., :2] / seen[..., 2:] + self.centre_px
        return pixels

    def depth(self, points: Array) -> Array:
        """Distance along the camera's axis of points (…, 3), cm."""
        along: Array = points @ self.rotation[2]
        return along

    def lift(self, pixels: Array, depth_cm: Array) -> Array:
        """Points in body axes that are seen at pixels, at given depths.

        Args:
            pixels: (n, 2).
            depth_cm: (n,).

        Returns:
            (n, 3), cm.
        """
        rays = np.column_stack([(pixels - self.centre_px) / self.focal_px, np.ones(len(pixels))])
        points: Array = (rays * depth_cm[:, None]) @ self.rotation
        return points


def focal_px(size_px: tuple[int, int]) -> float:
    """Assumed focal length for a picture size, pixels."""
    return size_px[0] / 2 / float(np.tan(np.radians(ASSUMED_HFOV_DEG / 2)))


def view_of_head(head_to_viewer: Array, size_px: tuple[int, int]) -> View:
    """The camera from how a level, upright head is seen by it.

    A pitched camera and a pitched head look alike from the front, a rolled head and a pitched
    camera from the side; the priors above share out what is seen.

    Args:
        head_to_viewer: (3, 3) as in `Face.rotation`, of the calibrated head.
        size_px: Width and height, pixels.

    Returns:
        The view whose body axes are level and face as the head does.
    """
    zero = np.zeros_like(_CAMERA_PITCHES_RAD)
    tilts = rotation(zero, _CAMERA_PITCHES_RAD, zero)
    heads = angles(np.swapaxes(tilts, -1, -2) @ head_to_viewer)
    cost = (
        (heads[:, 1] / _HEAD_PITCH_SIGMA_RAD) ** 2
        + (heads[:, 2] / _HEAD_ROLL_SIGMA_RAD) ** 2
        + (_CAMERA_PITCHES_RAD / _CAMERA_PITCH_SIGMA_RAD) ** 2
    )
    best = int(np.argmin(cost))
    facing = np.asarray(heads[best, 0])
    body_to_viewer = tilts[best] @ rotation(facing, np.zeros(()), np.zeros(()))
    width, height = size_px
    return View(
        focal_px(size_px), np.array([width / 2, height / 2]), _VIEWER_TO_CAMERA @ body_to_viewer
    )
