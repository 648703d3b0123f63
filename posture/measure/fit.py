"""Find the body pose that explains one frame: maximum a posteriori by Gauss-Newton.

The residuals are what was seen against what the pose would show, each in units of its noise; the
anatomical prior pulls every degree of freedom towards the calibrated neutral in units of how far
people move there. Both together give the pose and its covariance, for any camera angle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from posture.measure.body import EAR_ROWS, POSE_SIZE, Dof, Skeleton, place
from posture.measure.rotation import Array, angles
from posture.measure.view import View
from posture.pose.landmarks import Face, Landmarks, Point

FACE_ROWS = [
    Point.NOSE,
    Point.LEFT_EYE_INNER,
    Point.LEFT_EYE,
    Point.LEFT_EYE_OUTER,
    Point.RIGHT_EYE_INNER,
    Point.RIGHT_EYE,
    Point.RIGHT_EYE_OUTER,
    Point.LEFT_EAR,
    Point.RIGHT_EAR,
    Point.MOUTH_LEFT,
    Point.MOUTH_RIGHT,
]
EAR_POINTS = [Point.LEFT_EAR, Point.RIGHT_EAR]
SHOULDER_ROWS = [Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER]

_ITERATIONS = 4
# Residuals beyond this many sigmas count linearly (Huber): one landmark on a hand must not drag
# the body along.
_HUBER_SIGMAS = 2.5


@dataclass(frozen=True, slots=True)
class Noise:
    """1-sigma noise of what is seen, on the rendered set, leave-one-subject-out.

    Attributes:
        eyes_cm: Middle of the mesh's eye corners, at the head's depth.
        depth_ratio: Relative depth of the mesh.
        yaw_deg: Mesh rotation.
        pitch_deg: The same.
        roll_deg: The same.
        ear_cm: Ear landmarks of the pose model.
        face_cm: Its other face landmarks, used only when there is no mesh.
        shoulder_x_cm: Its shoulder landmarks, sideways.
        shoulder_y_cm: The same, in height.
        profile_shoulder_y_cm: The same in profile, where one shoulder hides the other.
    """

    eyes_cm: float = 0.45
    depth_ratio: float = 0.035
    yaw_deg: float = 3.0
    pitch_deg: float = 1.3
    roll_deg: float = 1.5
    ear_cm: float = 0.75
    face_cm: float = 0.75
    shoulder_x_cm: float = 0.25
    shoulder_y_cm: float = 0.2
    profile_shoulder_y_cm: float = 1.0


NOISE = Noise()

_PRIOR_SIGMA = np.zeros(POSE_SIZE)
_PRIOR_SIGMA[[Dof.SIDE, Dof.RISE, Dof.NEARER]] = 12.0, 0.6, 12.0
_PRIOR_SIGMA[[Dof.LEAN, Dof.TWIST, Dof.BEND, Dof.NECK]] = np.radians([7.5, 14.0, 3.5, 8.0])
_PRIOR_SIGMA[Dof.NECK_SIDE] = 2.5
_PRIOR_SIGMA[[Dof.YAW, Dof.PITCH, Dof.ROLL]] = np.radians([25.0, 12.0, 10.0])
_PRIOR_SIGMA[[Dof.SHRUG, Dof.UNEVEN]] = 1.8, 0.9
_PRIOR_SIGMA[[Dof.LEFT_FORWARD, Dof.RIGHT_FORWARD]] = 2.5
PRIOR_SIGMA = _PRIOR_SIGMA


@dataclass(frozen=True, slots=True, eq=False)
class MeshNeutral:
    """The face mesh in the neutral.

    Attributes:
        rotation: (3, 3) mean `Face.rotation`.
        depth: Median `Face.depth`.
        eyes_off_px: (2,) where the model puts the middle of the eyes, less where it was seen: a
            constant of the person.
    """

    rotation: Array
    depth: float
    eyes_off_px: Array


@dataclass(frozen=True, slots=True, eq=False)
class Neutral:
    """What one person's neutral looks like to one camera.

    Attributes:
        view: The camera.
        skeleton: The person.
        size_px: Picture size.
        scale_px_per_cm: Pixels per centimetre at the head.
        mesh: The face mesh; None where none was seen (a camera at the side).
    """

    view: View
    skeleton: Skeleton
    size_px: tuple[int, int]
    scale_px_per_cm: float
    mesh: MeshNeutral | None


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The pose that explains a frame best.

    Attributes:
        pose: (POSE_SIZE,).
        covariance: (POSE_SIZE, POSE_SIZE), posterior.
        misfit: Mean squared residual, in sigmas, prior included: about 1 or less when the frame is
            an ordinary pose of the calibrated person.
    """

    pose: Array
    covariance: Array
    misfit: float


def fit(landmarks: Landmarks, neutral: Neutral) -> Fit:
    """Fit the body to one frame.

    Args:
        landmarks: What was seen.
        neutral: Of the same camera, picture size and person.

    Returns:
        Pose, covariance and misfit.
    """
    see = _seer(landmarks, neutral)
    steps = np.diag(1e-4 * PRIOR_SIGMA)
    precision = np.diag(PRIOR_SIGMA**-2)
    pose = np.zeros(POSE_SIZE)
    for _ in range(_ITERATIONS):
        # Row 0 is the pose itself, the others its neighbours along each degree of freedom.
        residuals = see(pose + np.vstack([np.zeros(POSE_SIZE), steps]))
        here = residuals[0]
        jacobian = ((residuals[1:] - here) / np.diag(steps)[:, None]).T
        weight = np.minimum(1.0, _HUBER_SIGMAS / np.maximum(np.abs(here), 1e-9))
        information = jacobian.T @ (weight[:, None] * jacobian) + precision
        slope = jacobian.T @ (weight * here) + precision @ pose
        pose = pose - np.linalg.solve(information, slope)
    prior = pose / PRIOR_SIGMA
    misfit = float((weight * here) @ here + prior @ prior) / len(here)
    return Fit(pose, np.linalg.inv(information), misfit)


def _seer(landmarks: Landmarks, neutral: Neutral) -> Callable[[Array], Array]:
    """What to compare with: the mesh where there is one, else the pose model's own face points."""
    if landmarks.face is not None and neutral.mesh is not None:
        return partial(
            _mesh_residuals,
            face=landmarks.face,
            mesh=neutral.mesh,
            landmarks=landmarks,
            neutral=neutral,
        )
    return partial(_pose_only_residuals, landmarks=landmarks, neutral=neutral)


def _mesh_residuals(
    poses: Array, face: Face, mesh: MeshNeutral, landmarks: Landmarks, neutral: Neutral
) -> Array:
    placed = place(poses, neutral.skeleton)
    view, scale = neutral.view, neutral.scale_px_per_cm
    eyes = view.project(placed.eyes) - mesh.eyes_off_px - face.eyes_px
    ears = view.project(placed.face_points[:, EAR_ROWS]) - landmarks.xy_px[EAR_POINTS]
    depth = view.depth(placed.mesh_origin)
    at_rest = view.depth(place(np.zeros(POSE_SIZE), neutral.skeleton).mesh_origin)
    farther = np.log(depth / at_rest) - np.log(face.depth / mesh.depth)
    turned = angles(view.body_to_viewer.T @ face.rotation @ mesh.rotation.T @ view.body_to_viewer)
    head = poses[:, [Dof.YAW, Dof.PITCH, Dof.ROLL]] - turned
    noise = np.radians([NOISE.yaw_deg, NOISE.pitch_deg, NOISE.roll_deg])
    return np.hstack(
        [
            eyes / (NOISE.eyes_cm * scale),
            _flat(ears) / (NOISE.ear_cm * scale),
            _shoulders(placed.shoulder_points, landmarks, neutral, NOISE.shoulder_y_cm),
            farther[:, None] / NOISE.depth_ratio,
            head / noise,
        ]
    )


def _pose_only_residuals(poses: Array, landmarks: Landmarks, neutral: Neutral) -> Array:
    placed = place(poses, neutral.skeleton)
    face = neutral.view.project(placed.face_points) - landmarks.xy_px[FACE_ROWS]
    return np.hstack(
        [
            _flat(face) / (NOISE.face_cm * neutral.scale_px_per_cm),
            _shoulders(placed.shoulder_points, landmarks, neutral, NOISE.profile_shoulder_y_cm),
        ]
    )


def _shoulders(points: Array, landmarks: Landmarks, neutral: Neutral, y_cm: float) -> Array:
    off = neutral.view.project(points) - landmarks.xy_px[SHOULDER_ROWS]
    noise = np.array([NOISE.shoulder_x_cm, y_cm]) * neutral.scale_px_per_cm
    return _flat(off / noise)


def _flat(points: Array) -> Array:
    return points.reshape(len(points), -1)
