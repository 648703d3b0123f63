"""Where to draw what was measured, in pixels of the frame (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posture.measure.body import NECK_CM, place
from posture.measure.fit import Fit, Neutral
from posture.measure.rotation import Array


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """Points of the fitted body.

    Attributes:
        c7_px: (2,).
        tragus_px: (2,) middle of both.
        above_c7_px: (2,) straight above C7, a neck's length up: the vertical.
        acromia_px: (2, 2) left, right.
    """

    c7_px: Array
    tragus_px: Array
    above_c7_px: Array
    acromia_px: Array


def sketch(fitted: Fit, neutral: Neutral) -> Sketch:
    """Project the fitted body.

    Args:
        fitted: The frame's fit.
        neutral: What it was fitted with.

    Returns:
        Where its points are seen.
    """
    placed = place(fitted.pose, neutral.skeleton)
    above = placed.c7 + np.array([0.0, NECK_CM, 0.0])
    project = neutral.view.project
    return Sketch(
        c7_px=project(placed.c7),
        tragus_px=project(placed.tragus),
        above_c7_px=project(above),
        acromia_px=project(placed.acromia),
    )
