"""Whether a frame can be measured at all, before anything is fitted."""

from __future__ import annotations

import numpy as np

from posture.pose.landmarks import Landmarks, Point, UnseenReason

# MediaPipe's own default for "visible".
_VISIBLE = 0.5
# Part of the picture's width or height that a landmark may lie outside it: the model extrapolates a
# little beyond the edge reliably, then guesses.
_MARGIN = 0.06
# Eyes to shoulders in parts of the picture's height; smaller is farther than any desk (about 2 m).
_LEAST_HEIGHT = 0.11

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
    middle = landmarks.xy_px[_SHOULDERS].mean(axis=0) - landmarks.xy_px[_EYES].mean(axis=0)
    if float(np.linalg.norm(middle)) < _LEAST_HEIGHT * size[1]:
        return UnseenReason.TOO_FAR
    return None
