"""From some seconds of sitting upright to a baseline, or a reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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
from posture.measure.fit import FACE_ROWS, SHOULDER_ROWS, MeshNeutral, Neutral
from posture.measure.headpose import head_from_mesh, head_from_points
from posture.measure.quality import extent_px, why_not_measurable
from posture.measure.rotation import Array, mean_rotation
from posture.measure.view import View, view_of_head
from posture.pose.landmarks import Landmarks, Unseen

_LEAST_FRAMES = 5
# A frame of a person who sits upright is measurable nearly always; fewer than this share and
# something is wrong with light, place or camera.
_LEAST_SEEN_SHARE = 0.6
_MESH_SHARE = 0.6
# Spread (1.4826 · median absolute deviation) of head and shoulders, in parts of their extent (some
# 40 cm), above which the person moved. The rendered set's natural sway stays below 0.04; the
# shoulder landmarks of a profile jump up to 0.08 by themselves.
_MOST_SWAY = np.array([0.06, 0.12])
_MAD_TO_SIGMA = 1.4826


class Refusal(StrEnum):
    """Why a calibration was refused; the value is the sentence for the user."""

    TOO_FEW = "you were not in the picture long enough"
    NOT_SEEN = "head and shoulders were not seen well enough in most pictures"
    MOVED = "you moved"
    CAMERA_CHANGED = "the picture changed its size meanwhile"


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


def calibrate(seen: Sequence[Landmarks | Unseen]) -> Baseline | Refusal:
    """Make a baseline of a person who sits upright.

    Args:
        seen: Everything the pose stage gave during calibration, in order.

    Returns:
        The baseline, or why there is none.
    """
    frames = [look for look in seen if isinstance(look, Landmarks)]
    frames = [look for look in frames if why_not_measurable(look) is None]
    if len(seen) < _LEAST_FRAMES:
        return Refusal.TOO_FEW
    if len(frames) < max(_LEAST_FRAMES, _LEAST_SEEN_SHARE * len(seen)):
        return Refusal.NOT_SEEN
    if len({look.size_px for look in frames}) > 1:
        return Refusal.CAMERA_CHANGED
    points = np.array([look.xy_px[FACE_ROWS + SHOULDER_ROWS] for look in frames])
    median = np.median(points, axis=0)
    sways = _sway(points, median)
    if bool((sways > _MOST_SWAY).any()):
        return Refusal.MOVED
    sway = float(sways.max())
    faces = [look.face for look in frames if look.face is not None]
    if len(faces) < _MESH_SHARE * len(frames):
        return Baseline(median, frames[0].size_px, None, 0.0, np.zeros(2), len(frames), sway)
    return Baseline(
        landmarks_px=median,
        size_px=frames[0].size_px,
        mesh_rotation=mean_rotation(np.array([face.rotation for face in faces])),
        mesh_depth=float(np.median([face.depth for face in faces])),
        mesh_eyes_px=np.median([face.eyes_px for face in faces], axis=0),
        frames=len(frames),
        sway=sway,
    )


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


def _sway(points: Array, median: Array) -> Array:
    """Spread of the head's and of the shoulders' centre, in parts of their extent."""
    centre = np.stack([points[:, :-2].mean(axis=1), points[:, -2:].mean(axis=1)], axis=1)
    off = np.linalg.norm(centre - np.median(centre, axis=0), axis=-1)
    sway: Array = _MAD_TO_SIGMA * np.median(off, axis=0) / extent_px(median)
    return sway
