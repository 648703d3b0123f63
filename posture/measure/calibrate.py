"""From some seconds of sitting upright to a baseline, or a reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from posture.measure.baseline import Baseline
from posture.measure.body import Dof
from posture.measure.fit import FACE_ROWS, SHOULDER_ROWS, fit
from posture.measure.population import population_neutral
from posture.measure.quality import extent_px, why_not_measurable
from posture.measure.rotation import Array, mean_rotation
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
# Trunk against head, as seen with the average body. On the rendered set people who face the screen
# show up to 16° of it in a single frame, those who turn the head by 27 to 42° show 13 to 28°: eight
# of ten are refused.
_MOST_TWIST_DEG = 17.5


class Refusal(StrEnum):
    """Why a calibration was refused; the value is the sentence for the user."""

    TOO_FEW = "you were not in the picture long enough"
    NOT_SEEN = "head and shoulders were not seen well enough in most pictures"
    MOVED = "you moved"
    TURNED = "your head was turned against your shoulders"
    CAMERA_CHANGED = "the picture changed its size meanwhile"


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
    return _settle(frames)


def restlessness(seen: Sequence[Landmarks | Unseen]) -> tuple[float, float] | None:
    """How much a person who is being calibrated has moved.

    Args:
        seen: Everything the pose stage gave so far.

    Returns:
        Spread of the head and of the shoulders, each in parts of what is allowed: above 1 the
        calibration would be refused. None before there is enough to tell.
    """
    frames = [look for look in seen if isinstance(look, Landmarks)]
    frames = [look for look in frames if why_not_measurable(look) is None]
    if len(frames) < _LEAST_FRAMES:
        return None
    points = np.array([look.xy_px[FACE_ROWS + SHOULDER_ROWS] for look in frames])
    head, shoulders = _sway(points, np.median(points, axis=0)) / _MOST_SWAY
    return float(head), float(shoulders)


def _settle(frames: Sequence[Landmarks]) -> Baseline | Refusal:
    """Make a baseline of frames that can all be measured, if they show one upright posture."""
    points = np.array([look.xy_px[FACE_ROWS + SHOULDER_ROWS] for look in frames])
    median = np.median(points, axis=0)
    sways = _sway(points, median)
    if bool((sways > _MOST_SWAY).any()):
        return Refusal.MOVED
    if _twist_deg(frames, median) > _MOST_TWIST_DEG:
        return Refusal.TURNED
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


def _sway(points: Array, median: Array) -> Array:
    """Spread of the head's and of the shoulders' centre, in parts of their extent."""
    centre = np.stack([points[:, :-2].mean(axis=1), points[:, -2:].mean(axis=1)], axis=1)
    off = np.linalg.norm(centre - np.median(centre, axis=0), axis=-1)
    sway: Array = _MAD_TO_SIGMA * np.median(off, axis=0) / extent_px(median)
    return sway


def _twist_deg(frames: Sequence[Landmarks], median: Array) -> float:
    """How far the trunk is turned against the head, degrees, in the frame nearest to the median."""
    off = [float(np.abs(look.xy_px[FACE_ROWS + SHOULDER_ROWS] - median).sum()) for look in frames]
    typical = frames[int(np.argmin(off))]
    fitted = fit(typical, population_neutral(typical))
    return abs(float(np.degrees(fitted.pose[Dof.TWIST])))
