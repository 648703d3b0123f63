"""Arrows: the way a point goes, and where a push goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from posture.coach.mannequin.data import Arrow
from posture.coach.mannequin.motion import Moment
from posture.coach.mannequin.shape import View

Array = NDArray[np.float64]

_HEAD = 11.0  # length of the arrow's head, drawing units
_PUSH_CM = 9.0


def way(arrow: Arrow, moments: Sequence[Moment], view: View) -> Array:
    """Line of an arrow along the way of its point.

    Args:
        arrow: The arrow.
        moments: The way's moments.
        view: Where it is seen from.

    Returns:
        Points in drawing units (n, 2), the last at the arrow's tip.
    """
    shift = np.array((arrow.shift[0], -arrow.shift[1])) * view.scale
    points = np.stack([view.place(moment.joints[arrow.follow].at) for moment in moments]) + shift
    return _lengthened(points, arrow.at_least * view.scale)


def push(arrow: Arrow, towards: tuple[float, float], moment: Moment, view: View) -> Array:
    """Line of an arrow that pushes against its point.

    Args:
        arrow: The arrow.
        towards: Where it pushes, right and up.
        moment: When.
        view: Where it is seen from.

    Returns:
        Start and tip in drawing units (2, 2).
    """
    shift = np.array((arrow.shift[0], -arrow.shift[1])) * view.scale
    tip = view.place(moment.joints[arrow.follow].at) + shift
    along = np.array((towards[0], -towards[1])) / np.hypot(*towards)
    return np.stack((tip - along * _PUSH_CM * view.scale, tip))


def head(line: Array) -> Array:
    """The arrow's head: its two wings and the tip between (3, 2)."""
    tip = line[-1]
    back = line[-2] - tip if len(line) == 2 else line[-3] - tip
    back = back / max(float(np.linalg.norm(back)), 1e-6) * _HEAD
    across = np.array((-back[1], back[0])) * 0.62
    return np.stack((tip + back * 0.8 + across, tip, tip + back * 0.8 - across))


def _lengthened(points: Array, at_least: float) -> Array:
    """Points blown up about their middle until they are long enough to be seen."""
    length = float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())
    if length >= at_least or length < 1e-6:
        return points
    middle = (points[0] + points[-1]) / 2
    longer: Array = middle + (points - middle) * (at_least / length)
    return longer
