"""A body projected through a camera that the estimator knows nothing of."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from posture.measure.body import (
    FACE_POINTS,
    NECK_CM,
    POSE_SIZE,
    SHOULDER_POINTS,
    TRUNK_CM,
    Dof,
    Skeleton,
    place,
)
from posture.measure.fit import FACE_ROWS, SHOULDER_ROWS
from posture.measure.rotation import angles, rotation
from posture.pose.landmarks import Face, Landmarks

_FLIP = np.diag([1.0, -1.0, -1.0])


@dataclass(frozen=True)
class Camera:
    """A webcam before a sitting person."""

    hfov_deg: float = 72.0
    elevation_deg: float = 0.0
    azimuth_deg: float = 0.0
    distance_cm: float = 65.0
    size_px: tuple[int, int] = (640, 480)


def pose(**changes: float) -> np.ndarray:
    """A pose vector from names of `Dof`, lengths in cm, angles in degrees."""
    angular = {"LEAN", "TWIST", "BEND", "NECK", "YAW", "PITCH", "ROLL"}
    vector = np.zeros(POSE_SIZE)
    for name, value in changes.items():
        vector[Dof[name]] = np.radians(value) if name in angular else value
    return vector


def shoot(body: np.ndarray, camera: Camera, t_s: float = 0.0) -> Landmarks:
    """What the models would see of a pose, without noise."""
    hip = np.array([0.0, -TRUNK_CM - NECK_CM * 0.8, -NECK_CM * 0.6])
    placed = place(body, Skeleton(hip, FACE_POINTS, SHOULDER_POINTS))
    # The camera looks at the neutral head from its elevation and azimuth.
    looks = rotation(
        np.radians(camera.azimuth_deg), np.asarray(np.radians(-camera.elevation_deg)), np.zeros(())
    )
    spot = looks @ np.array([0.0, 0.0, camera.distance_cm])
    to_viewer = looks.T
    to_camera = _FLIP @ to_viewer
    width, height = camera.size_px
    focal = width / 2 / np.tan(np.radians(camera.hfov_deg / 2))

    def pixels(points):
        seen = (points - spot) @ to_camera.T
        return focal * seen[..., :2] / seen[..., 2:] + [width / 2, height * 0.4]

    xy = np.zeros((33, 2))
    xy[FACE_ROWS] = pixels(placed.face_points)
    xy[SHOULDER_ROWS] = pixels(placed.shoulder_points)
    head = rotation(*(np.asarray(body[dof]) for dof in (Dof.YAW, Dof.PITCH, Dof.ROLL)))
    yaw, pitch, roll = angles(to_viewer @ head)
    # The mesh understates pitch, as the real one does.
    meshed = rotation(yaw, 0.77 * pitch + np.radians(2.6), roll)
    depth = float(((placed.mesh_origin - spot) @ to_camera.T)[2])
    face = Face(meshed, depth * 390 / focal, pixels(placed.eyes))
    ones = np.ones(33)
    return Landmarks(t_s, xy, np.zeros(33), ones, ones.copy(), camera.size_px, face)


def mirrored(seen: Landmarks) -> Landmarks:
    """The picture flipped left to right, as many webcam programs show it."""
    pairs = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, 12, 11]
    order = pairs + list(range(13, 33))
    xy = seen.xy_px[order].copy()
    xy[:, 0] = seen.size_px[0] - xy[:, 0]
    side = np.diag([-1.0, 1.0, 1.0])
    eyes = seen.face.eyes_px.copy()
    eyes[0] = seen.size_px[0] - eyes[0]
    return replace(
        seen, xy_px=xy, face=Face(side @ seen.face.rotation @ side, seen.face.depth, eyes)
    )


def scaled(seen: Landmarks, factor: float) -> Landmarks:
    """The same picture at another resolution."""
    size = (round(seen.size_px[0] * factor), round(seen.size_px[1] * factor))
    face = replace(seen.face, eyes_px=seen.face.eyes_px * factor)
    return replace(seen, xy_px=seen.xy_px * factor, size_px=size, face=face)
