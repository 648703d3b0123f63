"""Who is measured, and why nobody is (pure)."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.pose.landmarks import Landmarks, Point, Unseen, UnseenReason

# A second person at least this large beside the first sits at the same desk; a smaller one is
# behind it and is ignored. Two people shoulder to shoulder differ by less than a third in size.
_SAME_DESK_RATIO = 0.5
# Two detections whose faces lie closer than this part of the shoulder width are one person twice.
_SAME_PERSON_RATIO = 0.5
# An empty room whose mean brightness (0..255) is below this is too dark to tell whether somebody
# sits there. A covered lens gives a flat picture at any brightness: the bundled clip's empty room
# varies by a fifth of its mean, whatever the light.
_DARK_MEAN = 20.0
_FLAT_RATIO = 0.08
_FLAT_LEAST = 1.5
_THUMBNAIL_PX = (40, 30)

_FACE = [Point.NOSE, Point.LEFT_EYE, Point.RIGHT_EYE, Point.LEFT_EAR, Point.RIGHT_EAR]


def select_person(people: Sequence[Landmarks]) -> Landmarks | None:
    """The one person at the desk.

    Args:
        people: All detections in one frame, at least one.

    Returns:
        The nearest person's landmarks; None when two sit at the desk.
    """
    ordered = sorted(people, key=_size_px, reverse=True)
    first = ordered[0]
    for other in ordered[1:]:
        apart_px = float(np.linalg.norm(_face(other) - _face(first)))
        if apart_px < _SAME_PERSON_RATIO * _size_px(first):
            continue
        if _size_px(other) >= _SAME_DESK_RATIO * _size_px(first):
            return None
    return first


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


def _face(person: Landmarks) -> NDArray[np.float64]:
    centre: NDArray[np.float64] = person.xy_px[_FACE].mean(axis=0)
    return centre


def _size_px(person: Landmarks) -> float:
    """Extent of face and shoulders; shoulder width alone vanishes in a side view."""
    points = person.xy_px[[*_FACE, Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER]]
    return float(np.linalg.norm(points.max(axis=0) - points.min(axis=0)))
