"""Whether a frame can be measured at all, before anything is fitted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posture.pose.landmarks import Landmarks, Point, UnseenReason

# MediaPipe's own default for "visible".
_VISIBLE = 0.5
# Part of the picture's width or height that a landmark may lie outside it: the model extrapolates a
# little beyond the edge reliably, then guesses.
_MARGIN = 0.06
# Extent of face and shoulders in parts of the picture's height; smaller is farther than any desk
# (about 2 m).
_LEAST_EXTENT = 0.18

_EYES = [Point.LEFT_EYE, Point.RIGHT_EYE]
_SHOULDERS = [Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER]


def why_not_measurable(landmarks: Landmarks) -> UnseenReason | None:
    """Say why a frame cannot be measured.

    Args:
        landmarks: One person's.

    Returns:
        The reason, or None when it can.
    """
    size = np.array(landmarks.size_px)
    needed = landmarks.xy_px[[Point.NOSE, *_SHOULDERS]] / size
    if bool(((needed < -_MARGIN) | (needed > 1 + _MARGIN)).any()):
        return UnseenReason.OUT_OF_FRAME
    # One shoulder hides behind the other in profile; both hide behind a monitor or a coat.
    if float(landmarks.visibility[_SHOULDERS].max()) < _VISIBLE:
        return UnseenReason.OCCLUDED
    if float(landmarks.visibility[_EYES].max()) < _VISIBLE:
        return UnseenReason.TURNED_AWAY
    if extent_px(landmarks.xy_px[: Point.RIGHT_SHOULDER + 1]) < _LEAST_EXTENT * size[1]:
        return UnseenReason.TOO_FAR
    return None


def extent_px(points: NDArray[np.float64]) -> float:
    """Diagonal of the box around face and shoulders: it vanishes in no view and no posture.

    Args:
        points: (n, 2), pixels.
    """
    return float(np.linalg.norm(points.max(axis=0) - points.min(axis=0)))
