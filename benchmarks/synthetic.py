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
from posture.measure.rotation import Array, angles, rotation
from posture.pose.landmarks import POINT_COUNT, Face, Landmarks, Point

_FLIP = np.diag([1.0, -1.0, -1.0])


@dataclass(frozen=True)
class Camera:
    """A webcam before a sitting person."""

    hfov_deg: float = 72.0
    elevation_deg: float = 0.0
    azimuth_deg: float = 0.0
    distance_cm: float = 65.0
    size_px: tuple[int, int] = (640, 480)


@dataclass(frozen=True)
class Person:
    """How a body differs from the estimator's.

    Attributes:
        size: Of the whole body.
        pitch_gain: Share of a nod that the face mesh shows.
    """

    size: float = 1.0
    pitch_gain: float = 0.77


AVERAGE = Person()
ARM_ROWS = [
    Point.LEFT_ELBOW,
    Point.RIGHT_ELBOW,
    Point.LEFT_WRIST,
    Point.RIGHT_WRIST,
    Point.LEFT_INDEX,
    Point.RIGHT_INDEX,
]


@dataclass(frozen=True)
class Arms:
    """Where elbows, wrists and index knuckles are.

    Attributes:
        points: (6, 3) from mid-tragus in body axes, cm, in the order of `ARM_ROWS`.
        visibility: (6,).
    """

    points: Array
    visibility: Array


def pose(**changes: float) -> Array:
    """A pose vector from names of `Dof`, lengths in cm, angles in degrees."""
    angular = {"LEAN", "TWIST", "BEND", "NECK", "YAW", "PITCH", "ROLL"}
    vector = np.zeros(POSE_SIZE)
    for name, value in changes.items():
        vector[Dof[name]] = np.radians(value) if name in angular else value
    return vector


def shoot(
    body: Array,
    camera: Camera,
    t_s: float = 0.0,
    person: Person = AVERAGE,
    arms: Arms | None = None,
) -> Landmarks:
    """What the models would see of a pose, without noise.

    Args:
        body: (POSE_SIZE,) pose vector.
        camera: The camera.
        t_s: Time of the frame.
        person: Whose body.
        arms: Where the arms are; None leaves their landmarks in the picture's corner.
    """
    hip = person.size * np.array([0.0, -TRUNK_CM - NECK_CM * 0.8, -NECK_CM * 0.6])
    skeleton = Skeleton(hip, person.size * FACE_POINTS, person.size * SHOULDER_POINTS)
    placed = place(body, skeleton)
    # The camera looks at the neutral head from its elevation and azimuth.
    looks = rotation(
        np.radians(camera.azimuth_deg), np.asarray(np.radians(-camera.elevation_deg)), np.zeros(())
    )
    spot = looks @ np.array([0.0, 0.0, camera.distance_cm])
    to_viewer = looks.T
    to_camera = _FLIP @ to_viewer
    width, height = camera.size_px
    focal = width / 2 / np.tan(np.radians(camera.hfov_deg / 2))

    def pixels(points: Array) -> Array:
        seen = (points - spot) @ to_camera.T
        px: Array = focal * seen[..., :2] / seen[..., 2:] + [width / 2, height * 0.4]
        return px

    xy = np.zeros((POINT_COUNT, 2))
    xy[FACE_ROWS] = pixels(placed.face_points)
    xy[SHOULDER_ROWS] = pixels(placed.shoulder_points)
    visibility = np.ones(POINT_COUNT)
    if arms is not None:
        xy[ARM_ROWS] = pixels(placed.tragus + person.size * arms.points)
        visibility[ARM_ROWS] = arms.visibility
    head = rotation(*(np.asarray(body[dof]) for dof in (Dof.YAW, Dof.PITCH, Dof.ROLL)))
    yaw, pitch, roll = angles(to_viewer @ head)
    # The mesh understates pitch, as the real one does.
    meshed = rotation(yaw, person.pitch_gain * pitch + np.radians(2.6), roll)
    depth = float(((placed.mesh_origin - spot) @ to_camera.T)[2])
    face = Face(meshed, depth * 390 / focal, pixels(placed.eyes))
    ones = np.ones(POINT_COUNT)
    return Landmarks(t_s, xy, np.zeros(POINT_COUNT), visibility, ones, camera.size_px, face)


def mirrored(seen: Landmarks) -> Landmarks:
    """The picture flipped left to right, as many webcam programs show it."""
    pairs = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, 12, 11]
    order = pairs + list(range(13, 33))
    xy = seen.xy_px[order].copy()
    xy[:, 0] = seen.size_px[0] - xy[:, 0]
    side = np.diag([-1.0, 1.0, 1.0])
    assert seen.face is not None
    eyes = seen.face.eyes_px.copy()
    eyes[0] = seen.size_px[0] - eyes[0]
    return replace(
        seen, xy_px=xy, face=Face(side @ seen.face.rotation @ side, seen.face.depth, eyes)
    )


def scaled(seen: Landmarks, factor: float) -> Landmarks:
    """The same picture at another resolution."""
    size = (round(seen.size_px[0] * factor), round(seen.size_px[1] * factor))
    assert seen.face is not None
    face = replace(seen.face, eyes_px=seen.face.eyes_px * factor)
    return replace(seen, xy_px=seen.xy_px * factor, size_px=size, face=face)
