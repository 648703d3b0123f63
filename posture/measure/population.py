"""A neutral for somebody who was never calibrated: the average body where the head is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from posture.measure.baseline import Baseline, neutral_of
from posture.measure.body import FACE_POINTS, SHOULDER_POINTS, Skeleton
from posture.measure.fit import FACE_ROWS, SHOULDER_ROWS, Neutral
from posture.pose.landmarks import Landmarks


def population_neutral(landmarks: Landmarks) -> Neutral:
    """Put the average body behind one frame's head.

    The head is taken as level and facing the desk, so what the shoulders show against the average
    body is read as posture. The person's own build is part of the error.

    Args:
        landmarks: One frame.

    Returns:
        A neutral to fit that frame with.
    """
    face = landmarks.face
    own = neutral_of(
        Baseline(
            landmarks_px=landmarks.xy_px[FACE_ROWS + SHOULDER_ROWS],
            size_px=landmarks.size_px,
            mesh_rotation=face.rotation if face is not None else None,
            mesh_depth=face.depth if face is not None else 0.0,
            mesh_eyes_px=face.eyes_px if face is not None else np.zeros(2),
            frames=1,
            sway=0.0,
        )
    )
    return replace(own, skeleton=Skeleton(own.skeleton.hip, FACE_POINTS, SHOULDER_POINTS))
