"""Eyes, ears, nose and mouth: what shows where the head looks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from posture.coach.mannequin.motion import Moment
from posture.coach.mannequin.shape import Hull, View, outline
from posture.coach.mannequin.skeleton import SIDES
from posture.measure.rotation import rotation

Array = NDArray[np.float64]

EAR: Mapping[str, Hull] = {
    side: (("head", sign * 11.2, 1.2, -0.8, 2.9), ("head", sign * 10.6, -2.4, -0.4, 1.9))
    for side, sign in SIDES.items()
}
_EYE = (5.0, 1.8, 7.8)
_NOSE = ((0.0, 1.6, 10.2), (0.0, -3.2, 13.2), (0.0, -4.6, 10.2))
_MOUTH = (
    (-4.4, -7.2, 6.6),
    (-2.3, -8.5, 8.6),
    (0.0, -8.9, 9.4),
    (2.3, -8.5, 8.6),
    (4.4, -7.2, 6.6),
)


def line(points: tuple[tuple[float, float, float], ...], moment: Moment, view: View) -> Array:
    """Points of the head in drawing units (n, 2)."""
    return np.stack([view.place(moment.joints["head"].point(point)) for point in points])


def nose(moment: Moment, view: View) -> Array:
    """The ridge and underside of the nose (3, 2)."""
    return line(_NOSE, moment, view)


def mouth(moment: Moment, view: View) -> Array:
    """The mouth from corner to corner (5, 2)."""
    return line(_MOUTH, moment, view)


def eye(side: str, moment: Moment, view: View) -> Array:
    """Middle of an eye (2,)."""
    return view.place(_eye_point(side, moment))


def ear(side: str, moment: Moment, view: View) -> Array:
    """Outline of an ear."""
    return outline(EAR[side], moment, view)


def eye_shows(side: str, moment: Moment, view: View) -> float:
    """How much of an eye is on the near half of the head, 0 to 1."""
    return _shows(_eye_point(side, moment), moment, view, behind_cm=0.8)


def ear_shows(side: str, moment: Moment, view: View) -> float:
    """How much of an ear is before the head rather than beside it, 0 to 1."""
    x = SIDES[side] * 11.2
    return _shows(moment.joints["head"].point((x, 0, -0.8)), moment, view, behind_cm=2.0)


def nose_shows(moment: Moment, view: View) -> float:
    """How much the nose stands out from the face rather than from its outline, 0 to 1."""
    return _shows(moment.joints["nose"].at, moment, view, behind_cm=3.0)


def _eye_point(side: str, moment: Moment) -> Array:
    x, y, z = _EYE
    gaze = rotation(np.radians(moment.angles["gaze_turn"]), np.array(0.0), np.array(0.0))
    x, y, z = gaze @ np.array((SIDES[side] * x, y, z))
    return moment.joints["head"].point((x, y, z))


def _shows(point: Array, moment: Moment, view: View, *, behind_cm: float) -> float:
    """0 until a point is `behind_cm` nearer than the head's middle, 1 from 2 cm further on."""
    depth = view.depth(point) - view.depth(moment.joints["head"].at)
    return float(np.clip((depth - behind_cm) / 2, 0, 1))
