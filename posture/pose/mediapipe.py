"""The only import of mediapipe: frames in, landmarks out, closed properly.

Two models look at each frame: the pose model for shoulders and ears, the face mesh for where the
head is and how it is turned. The mesh costs as much as asking the pose model for a second person,
tells of that second person too, and halves the error of the forward-head angle (docs/accuracy.md).

MediaPipe is kept small here so that another runtime could take its place: one class, two values.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import cv2
import mediapipe
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from posture.capture.frame import Frame
from posture.closing import Closing
from posture.errors import ModelError
from posture.pose.bundles import load_bundle
from posture.pose.landmarks import POINT_COUNT, Face, Landmarks, Point, Unseen
from posture.pose.native_output import held_back
from posture.pose.select import pick_face, why_nobody

# Two, so that a second person at the desk is noticed.
_FACES = 2
_EYE_CORNERS = [33, 133, 263, 362]
"""Mesh points: right outer, right inner, left outer, left inner."""


class PoseModel(Closing):
    """MediaPipe's pose and face landmarkers; use with `with`."""

    def __init__(self, variant: str, *, stills: bool = False) -> None:
        """Load the bundles.

        Args:
            variant: `lite` or `full`.
            stills: Frames have nothing to do with each other; otherwise they are a film, and each
                is searched first where the last one showed the person.

        Raises:
            ModelError: A bundle is missing, damaged, or refused by MediaPipe.
        """
        self._stills = stills
        self._last_ms = -1
        self._greeted = False
        mode = vision.RunningMode.IMAGE if stills else vision.RunningMode.VIDEO
        pose = vision.PoseLandmarkerOptions(
            base_options=_base(f"pose_landmarker_{variant}"), running_mode=mode
        )
        face = vision.FaceLandmarkerOptions(
            base_options=_base("face_landmarker"),
            running_mode=mode,
            num_faces=_FACES,
            output_facial_transformation_matrixes=True,
        )
        # MediaPipe greets on stderr while it loads; held back unless it fails, when it is part of
        # the message.
        with held_back() as said, ExitStack() as opened:
            try:
                self._pose = opened.enter_context(vision.PoseLandmarker.create_from_options(pose))
                self._face = opened.enter_context(vision.FaceLandmarker.create_from_options(face))
            except (RuntimeError, ValueError, OSError) as error:
                raise ModelError(
                    f"MediaPipe does not start: {error}. {said()}",
                    meaning="Nothing can be measured.",
                    action="Install posture again; if it stays, report it with this message.",
                ) from error
            self._opened = opened.pop_all()

    def detect(self, frame: Frame) -> Landmarks | Unseen:
        """Find the one person in a frame.

        Args:
            frame: Any size.

        Returns:
            The landmarks, or why there are none: nobody, two people, too dark, covered.
        """
        # MediaPipe wants whole milliseconds that rise strictly, whatever the source's clock does.
        self._last_ms = max(self._last_ms + 1, round(frame.t_s * 1000))
        picture = mediapipe.Image(
            image_format=mediapipe.ImageFormat.SRGB,
            data=cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB),
        )
        if self._greeted:
            bodies, faces = self._run(picture)
        else:
            # The rest of the greeting comes with the first picture that has a person in it.
            with held_back():
                bodies, faces = self._run(picture)
            self._greeted = bool(bodies.pose_landmarks)
        if not bodies.pose_landmarks:
            return why_nobody(frame.image, frame.t_s)
        points = _points(bodies.pose_landmarks[0], frame.size_px)
        eyes_px = points[[Point.LEFT_EYE, Point.RIGHT_EYE], :2].mean(axis=0)
        shoulders_px = points[[Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER], :2].mean(axis=0)
        seen = _faces(faces, frame.size_px)
        face = pick_face(seen, eyes_px, shoulders_px, frame.t_s)
        if isinstance(face, Unseen):
            return face
        return Landmarks(
            t_s=frame.t_s,
            xy_px=points[:, :2].copy(),
            z=points[:, 2].copy(),
            visibility=points[:, 3].copy(),
            presence=points[:, 4].copy(),
            size_px=frame.size_px,
            face=face,
        )

    def close(self) -> None:
        """End MediaPipe's threads. Must happen before the interpreter ends."""
        self._opened.close()

    def _run(
        self, picture: mediapipe.Image
    ) -> tuple[vision.PoseLandmarkerResult, vision.FaceLandmarkerResult]:
        if self._stills:
            return self._pose.detect(picture), self._face.detect(picture)
        return (
            self._pose.detect_for_video(picture, self._last_ms),
            self._face.detect_for_video(picture, self._last_ms),
        )


def _base(name: str) -> BaseOptions:
    return BaseOptions(model_asset_buffer=load_bundle(name))


def _points(points: list[Any], size_px: tuple[int, int]) -> np.ndarray[Any, np.dtype[np.float64]]:
    raw = np.array([(p.x, p.y, p.z, p.visibility, p.presence) for p in points], dtype=np.float64)
    if raw.shape[0] != POINT_COUNT:
        raise ModelError(
            f"The pose model gave {raw.shape[0]} points instead of {POINT_COUNT}.",
            meaning="Nothing can be measured.",
            action="Use a bundle from models/.",
        )
    raw[:, :2] *= size_px
    return raw


def _faces(result: vision.FaceLandmarkerResult, size_px: tuple[int, int]) -> list[Face]:
    faces = []
    pairs = zip(result.face_landmarks, result.facial_transformation_matrixes, strict=True)
    for points, matrix in pairs:
        corners = np.array([(points[k].x, points[k].y) for k in _EYE_CORNERS], dtype=np.float64)
        placed = np.asarray(matrix, dtype=np.float64)
        faces.append(
            Face(
                rotation=placed[:3, :3].copy(),
                depth=float(-placed[2, 3]),
                eyes_px=corners.mean(axis=0) * size_px,
            )
        )
    return faces
