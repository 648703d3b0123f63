"""Whose face it is, and why nobody is measured (pure)."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.pose.landmarks import Face, Unseen, UnseenReason

# A second face at most this much farther away sits at the same desk; one farther off is somebody
# in the background and is ignored. Shoulder to shoulder the depths differ by a third at the most.
_SAME_DESK_RATIO = 1.8
# A face farther than this from the pose model's eyes, in parts of the eye-to-shoulder distance, is
# not the face of the person whose shoulders were found.
_OWN_FACE_RATIO = 0.6
# An empty room whose mean brightness (0..255) is below this is too dark to tell whether somebody
# sits there. A covered lens gives a flat picture at any brightness; the rendered set's empty rooms
# vary by 8 to 28 % of their mean, a bare wall least.
_DARK_MEAN = 20.0
_FLAT_RATIO = 0.03
_FLAT_LEAST = 1.5
_THUMBNAIL_PX = (40, 30)


def pick_face(
    faces: Sequence[Face],
    eyes_px: NDArray[np.float64],
    shoulders_px: NDArray[np.float64],
    t_s: float,
) -> Face | Unseen | None:
    """The measured person's face among those seen.

    Args:
        faces: All faces in the frame.
        eyes_px: (2,) where the pose model sees the middle of the person's eyes.
        shoulders_px: (2,) where it sees the middle of the shoulders.
        t_s: Time of the frame.

    Returns:
        The person's face; None when it is not seen; two people where another one is at the desk;
        implausible where the two models look at different places.
    """
    if not faces:
        return None
    ordered = sorted(faces, key=lambda face: float(np.linalg.norm(face.eyes_px - eyes_px)))
    own, others = ordered[0], ordered[1:]
    reach_px = _OWN_FACE_RATIO * float(np.linalg.norm(shoulders_px - eyes_px))
    if float(np.linalg.norm(own.eyes_px - eyes_px)) > reach_px:
        # Somebody on the way out of the picture, or two people of whom each model saw one.
        return Unseen(t_s, UnseenReason.IMPLAUSIBLE)
    if any(other.depth < _SAME_DESK_RATIO * own.depth for other in others):
        return Unseen(t_s, UnseenReason.TWO_PEOPLE)
    return own


def why_nobody(image: NDArray[np.uint8], t_s: float) -> Unseen:
    """Why a picture shows nobody.

    Args:
        image: uint8 (height, width, 3).
        t_s: Time of the frame.

    Returns:
        Covered when the picture is flat, too dark when it is dark, otherwise absent.
    """
    # Averaging over areas takes the sensor's noise out, which is strongest in the dark.
    grey = cv2.resize(image, _THUMBNAIL_PX, interpolation=cv2.INTER_AREA).mean(axis=2)
    brightness = float(grey.mean())
    if float(grey.std()) < max(_FLAT_LEAST, _FLAT_RATIO * brightness):
        return Unseen(t_s, UnseenReason.COVERED)
    if brightness < _DARK_MEAN:
        return Unseen(t_s, UnseenReason.TOO_DARK)
    return Unseen(t_s, UnseenReason.ABSENT)
