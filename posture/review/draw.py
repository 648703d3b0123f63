"""Draw landmarks and measurements on a picture, in memory."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.measure.measurement import Measurement
from posture.measure.sketch import Sketch
from posture.pose.landmarks import Landmarks, Point

_WHITE = (255, 255, 255)
_GREEN = (80, 220, 80)
_ORANGE = (40, 160, 255)
_CYAN = (230, 220, 60)
_SHADOW = (20, 20, 20)
_FONT = cv2.FONT_HERSHEY_DUPLEX
_SEEN = 0.5

Image = NDArray[np.uint8]


def draw_landmarks(image: Image, landmarks: Landmarks) -> None:
    """Mark head and shoulder landmarks that are in view.

    Args:
        image: (height, width, 3) BGR, drawn upon.
        landmarks: Of this picture.
    """
    radius = max(2, round(image.shape[1] / 260))
    for index in range(Point.RIGHT_SHOULDER + 1):
        if landmarks.visibility[index] >= _SEEN:
            _dot(image, landmarks.xy_px[index], radius, _GREEN)


def draw_sketch(image: Image, sketch: Sketch) -> None:
    """Draw C7 → tragus, the vertical through C7, and the acromion line.

    Args:
        image: (height, width, 3) BGR, drawn upon.
        sketch: The fitted body's points.
    """
    width = max(1, round(image.shape[1] / 320))
    _line(image, sketch.c7_px, sketch.above_c7_px, _WHITE, width)
    _line(image, sketch.c7_px, sketch.tragus_px, _ORANGE, width + 1)
    _line(image, sketch.acromia_px[0], sketch.acromia_px[1], _CYAN, width + 1)
    for point in (sketch.c7_px, sketch.tragus_px, *sketch.acromia_px):
        _dot(image, point, width + 2, _WHITE)


def draw_text(image: Image, lines: Sequence[str]) -> None:
    """Write lines into the upper left corner, on a darkened box.

    Args:
        image: (height, width, 3) BGR, drawn upon.
        lines: ASCII only: the font has no more. At least one.
    """
    scale = image.shape[1] / 1100
    sizes = [cv2.getTextSize(text, _FONT, scale, 1)[0] for text in lines]
    height = max(size[1] for size in sizes) + 8
    width, box = max(size[0] for size in sizes) + 16, height * len(lines) + 8
    image[:box, :width] //= 4
    for row, text in enumerate(lines, start=1):
        place = (8, row * height - 2)
        cv2.putText(image, text, place, _FONT, scale, _WHITE, 1, cv2.LINE_AA)


def describe(measurement: Measurement) -> list[str]:
    """Put the measured values in lines for `draw_text`.

    Args:
        measurement: What was measured.
    """
    head, absolute = measurement.forward_head_change_deg, measurement.forward_head_deg
    left = measurement.shoulder_elevation_left_cm
    right = measurement.shoulder_elevation_right_cm
    return [
        f"head forward {absolute.value:.0f} deg ({head.value:+.0f} +-{head.sigma:.0f})",
        f"shoulders L {left.value:+.1f}  R {right.value:+.1f} +-{left.sigma:.1f} cm",
        f"yaw {measurement.head_yaw_deg.value:+.0f}  pitch {measurement.head_pitch_deg.value:+.0f}"
        f"  roll {measurement.head_roll_deg.value:+.0f} deg",
        f"trunk {measurement.trunk_lean_change_deg.value:+.0f} deg  "
        f"eyes {measurement.eye_distance_cm.value:.0f} cm",
    ]


def _dot(image: Image, point: NDArray[np.float64], radius: int, colour: tuple[int, ...]) -> None:
    place = (round(float(point[0])), round(float(point[1])))
    cv2.circle(image, place, radius + 1, _SHADOW, -1, cv2.LINE_AA)
    cv2.circle(image, place, radius, colour, -1, cv2.LINE_AA)


def _line(
    image: Image,
    one: NDArray[np.float64],
    other: NDArray[np.float64],
    colour: tuple[int, ...],
    width: int,
) -> None:
    ends = [(round(float(p[0])), round(float(p[1]))) for p in (one, other)]
    cv2.line(image, ends[0], ends[1], _SHADOW, width + 2, cv2.LINE_AA)
    cv2.line(image, ends[0], ends[1], colour, width, cv2.LINE_AA)
