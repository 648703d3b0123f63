"""One person's calibrated neutral, and the body that is placed before the camera from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posture.measure.body import (
    EAR_ROWS,
    EYES,
    FACE_POINTS,
    MESH_ORIGIN,
    NEUTRAL_FORWARD_HEAD_DEG,
    NEUTRAL_LEAN_RAD,
    SHOULDER_POINTS,
    Skeleton,
    neck_vector,
    trunk_vector,
)
from posture.measure.fit import MeshNeutral, Neutral
from posture.measure.headpose import head_from_mesh, head_from_points
from posture.measure.rotation import Array
from posture.measure.view import View, view_of_head


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """A person's calibrated neutral before one camera.

    Attributes:
        landmarks_px: (13, 2) median of face (11) and shoulder (2) landmarks, pixels.
        size_px: Picture size.
        mesh_rotation: (3, 3) mean face rotation; None where no mesh was seen.
        mesh_depth: Its median depth; 0 where none was seen.
        mesh_eyes_px: (2,) its median middle of the eyes; zeros where none was seen.
        frames: Frames it was made from.
        sway: Spread of head and shoulders, in parts of their extent.
    """

    landmarks_px: Array
    size_px: tuple[int, int]
    mesh_rotation: Array | None
    mesh_depth: float
    mesh_eyes_px: Array
    frames: int
    sway: float


def neutral_of(baseline: Baseline) -> Neutral:
    """Place the calibrated person before the camera.

    Args:
        baseline: From `calibrate`.

    Returns:
        What `fit` compares frames with; the same baseline always gives the same.
    """
    rotation, depth_cm = _head(baseline)
    view = view_of_head(rotation, baseline.size_px)
    face_px, shoulder_px = baseline.landmarks_px[:-2], baseline.landmarks_px[-2:]
    tragus = _tragus(baseline, view, depth_cm)
    c7 = tragus - neck_vector(np.asarray(np.radians(NEUTRAL_FORWARD_HEAD_DEG)))
    hip = c7 - trunk_vector(np.asarray(NEUTRAL_LEAN_RAD), np.zeros(()))
    # The template's depth and the person's own pixels: residuals are zero in the neutral.
    face = view.lift(face_px, view.depth(tragus + FACE_POINTS)) - tragus
    shoulders = view.lift(shoulder_px, view.depth(c7 + SHOULDER_POINTS)) - c7
    mesh = None
    if baseline.mesh_rotation is not None:
        eyes_off_px = view.project(tragus + EYES) - baseline.mesh_eyes_px
        mesh = MeshNeutral(baseline.mesh_rotation, baseline.mesh_depth, eyes_off_px)
    return Neutral(
        view=view,
        skeleton=Skeleton(hip, face, shoulders),
        size_px=baseline.size_px,
        scale_px_per_cm=view.focal_px / depth_cm,
        mesh=mesh,
    )


def _head(baseline: Baseline) -> tuple[Array, float]:
    """Rotation of the head into viewer's axes, and its depth in cm."""
    if baseline.mesh_rotation is None:
        return head_from_points(baseline.landmarks_px[:-2], baseline.size_px)
    return head_from_mesh(baseline.mesh_rotation, baseline.mesh_depth, baseline.size_px)


def _tragus(baseline: Baseline, view: View, depth_cm: float) -> Array:
    """Mid-tragus in body axes, from where the eyes (or the ears) are seen."""
    if baseline.mesh_rotation is not None:
        depth = depth_cm + view.depth(EYES - MESH_ORIGIN)
        from_eyes: Array = view.lift(baseline.mesh_eyes_px[None], np.array([depth]))[0] - EYES
        return from_eyes
    ears = baseline.landmarks_px[EAR_ROWS].mean(axis=0)
    middle = FACE_POINTS[EAR_ROWS].mean(axis=0)
    depth = depth_cm + view.depth(middle)
    from_ears: Array = view.lift(ears[None], np.array([depth]))[0] - middle
    return from_ears
