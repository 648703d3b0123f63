"""Other programs' rules, re-implemented from their descriptions, and our own closed form.

Each is a function from the landmarks of the calibration frames and of one frame to a number that
grows with the head coming forward. All work on the pose model's landmarks alone, as those programs
do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from posture.measure.body import NECK_CM, NEUTRAL_FORWARD_HEAD_DEG
from posture.pose.landmarks import Landmarks, Point

Rule = Callable[[Sequence[Landmarks], Landmarks], float]

_EYE_GAP_CM = 5.7
_SHOULDER_GAP_CM = 33.6


def nose_height(calibration: Sequence[Landmarks], frame: Landmarks) -> float:
    """Drop of the nose in parts of the picture's height."""
    return float((frame.xy_px[0, 1] - _median(calibration, _nose_px)) / frame.size_px[1])


def nose_or_face(calibration: Sequence[Landmarks], frame: Landmarks) -> float:
    """Nose drop over 5 % of the height, or face width grown over 5 %: the larger in its limit."""
    growth = _face_px(frame) / _median(calibration, _face_px) - 1
    return max(nose_height(calibration, frame), growth) / 0.05


def eye_gap_by_shoulders(calibration: Sequence[Landmarks], frame: Landmarks) -> float:
    """Growth of the eye gap over the shoulder width."""
    return _eyes_by_shoulders(frame) / _median(calibration, _eyes_by_shoulders) - 1


def raw_z_angle(calibration: Sequence[Landmarks], frame: Landmarks) -> float:
    """Change of the ear–shoulder angle from the vertical, out of the model's own depth, degrees."""
    return _z_angle_deg(frame) - _median(calibration, _z_angle_deg)


def closed_form(calibration: Sequence[Landmarks], frame: Landmarks) -> float:
    """Two equations for one angle: the head nears, and it sinks, against the shoulders; degrees.

    A neck of known length that turns by δ about C7 brings the head nearer by L·cos θ·δ and lower by
    L·sin θ·δ. Depths come from sizes (eye gap, shoulder width), heights from pixels, both weighed
    by their noise; the camera is taken as level.
    """
    focal = frame.size_px[0] * 0.74
    head_cm = focal * _EYE_GAP_CM / _median(calibration, _eye_px)
    nearer = head_cm * (1 - _median(calibration, _eye_px) / _eye_px(frame))
    shoulders_cm = focal * _SHOULDER_GAP_CM / _median(calibration, _shoulder_px)
    nearer -= shoulders_cm * (1 - _median(calibration, _shoulder_px) / _shoulder_px(frame))
    lower = _median(calibration, _gap_cm) - _gap_cm(frame)
    theta = np.radians(NEUTRAL_FORWARD_HEAD_DEG)
    along, down = NECK_CM * np.cos(theta), NECK_CM * np.sin(theta)
    # Noise of the two: 3 % of a depth of 65 cm, and half a centimetre.
    weight_near, weight_low = 2.0**-2, 0.5**-2
    change = (weight_near * along * nearer + weight_low * down * lower) / (
        weight_near * along**2 + weight_low * down**2
    )
    return float(np.degrees(change))


RULES: dict[str, Rule] = {
    "closed form": closed_form,
    "nose height": nose_height,
    "nose or face width": nose_or_face,
    "eye gap / shoulders": eye_gap_by_shoulders,
    "raw z angle": raw_z_angle,
}


def _median(frames: Sequence[Landmarks], quantity: Callable[[Landmarks], float]) -> float:
    return float(np.median([quantity(frame) for frame in frames]))


def _between(frame: Landmarks, one: Point, other: Point) -> float:
    return float(np.linalg.norm(frame.xy_px[one] - frame.xy_px[other]))


def _nose_px(frame: Landmarks) -> float:
    return float(frame.xy_px[Point.NOSE, 1])


def _face_px(frame: Landmarks) -> float:
    return _between(frame, Point.LEFT_EAR, Point.RIGHT_EAR)


def _eye_px(frame: Landmarks) -> float:
    return max(_between(frame, Point.LEFT_EYE, Point.RIGHT_EYE), 1.0)


def _shoulder_px(frame: Landmarks) -> float:
    return max(_between(frame, Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER), 1.0)


def _eyes_by_shoulders(frame: Landmarks) -> float:
    return _eye_px(frame) / _shoulder_px(frame)


def _gap_cm(frame: Landmarks) -> float:
    """Height of the ears above the shoulders, at the shoulders' scale."""
    ears = frame.xy_px[[Point.LEFT_EAR, Point.RIGHT_EAR], 1].mean()
    shoulders = frame.xy_px[[Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER], 1].mean()
    return float(shoulders - ears) * _SHOULDER_GAP_CM / _shoulder_px(frame)


def _z_angle_deg(frame: Landmarks) -> float:
    points: NDArray[np.float64] = np.column_stack([frame.xy_px[:, 1], frame.z * frame.size_px[0]])
    ears = points[[Point.LEFT_EAR, Point.RIGHT_EAR]].mean(axis=0)
    shoulders = points[[Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER]].mean(axis=0)
    down, forward = shoulders[0] - ears[0], shoulders[1] - ears[1]
    return float(np.degrees(np.arctan2(forward, down)))
