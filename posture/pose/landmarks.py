"""Pose landmarks as values, and the reasons why there may be none.

Image axes: x to the right of the picture, y down, in pixels of the frame as captured (not
mirrored). "Left" and "right" are the subject's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray


class Point(IntEnum):
    """Indices of the MediaPipe pose landmarks that sitting at a desk shows."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_HIP = 23
    RIGHT_HIP = 24


POINT_COUNT = 33


class UnseenReason(StrEnum):
    """Why there is no measurement. None of these is ever logged as good posture."""

    ABSENT = "absent"
    TURNED_AWAY = "turned_away"
    OCCLUDED = "occluded"
    TOO_DARK = "too_dark"
    COVERED = "covered"
    OUT_OF_FRAME = "out_of_frame"
    TOO_FAR = "too_far"
    TWO_PEOPLE = "two_people"
    UNCALIBRATED = "uncalibrated"
    CALIBRATION_STALE = "calibration_stale"
    IMPLAUSIBLE = "implausible"
    CAMERA_LOST = "camera_lost"


@dataclass(frozen=True, slots=True)
class Unseen:
    """Not knowing, as a value.

    Attributes:
        t_s: Time of the frame (or of its absence), seconds.
        reason: Why nothing could be measured.
    """

    t_s: float
    reason: UnseenReason


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """How the face mesh lies before the camera.

    Attributes:
        rotation: float64 (3, 3), turns the head's axes (x to its left, y up, z forward) into the
            viewer's (x right, y up, z towards the viewer).
        depth: Distance along the camera's axis in MediaPipe's units; only ratios count, since the
            camera's focal length behind it is assumed.
        eyes_px: float64 (2,), middle of the four eye corners, pixels.
    """

    rotation: NDArray[np.float64]
    depth: float
    eyes_px: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """One person's 33 pose landmarks in one frame.

    Attributes:
        t_s: Time of the frame, seconds.
        xy_px: float64 (33, 2), pixels; may lie outside the picture.
        z: float64 (33,), MediaPipe's depth relative to the hips, in units of picture width,
            negative towards the camera; weak for a seated upper body.
        visibility: float64 (33,), 0..1, probability of being in view and not covered.
        presence: float64 (33,), 0..1, probability of lying inside the picture.
        size_px: Width and height of the frame, pixels.
        face: The face mesh's position where a face is seen; None in profile or when covered.
    """

    t_s: float
    xy_px: NDArray[np.float64]
    z: NDArray[np.float64]
    visibility: NDArray[np.float64]
    presence: NDArray[np.float64]
    size_px: tuple[int, int]
    face: Face | None = None

    def __post_init__(self) -> None:
        if self.xy_px.shape != (POINT_COUNT, 2):
            raise ValueError(f"xy_px has shape {self.xy_px.shape}, not ({POINT_COUNT}, 2)")
        for name in ("z", "visibility", "presence"):
            if getattr(self, name).shape != (POINT_COUNT,):
                raise ValueError(f"{name} must have shape ({POINT_COUNT},)")
        for array in (self.xy_px, self.z, self.visibility, self.presence):
            array.flags.writeable = False
