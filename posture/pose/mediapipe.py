"""The only import of mediapipe: frames in, landmarks out, closed properly.

MediaPipe is kept small here so that another runtime could take its place: one class, two values.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import cv2
import mediapipe
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from posture.capture.frame import Frame
from posture.errors import ModelError
from posture.pose.bundles import load_bundle
from posture.pose.landmarks import POINT_COUNT, Landmarks, Unseen, UnseenReason
from posture.pose.native_output import held_back
from posture.pose.select import select_person, why_nobody

# Two, so that a second person at the desk is seen at all; costs 7 ms a look (17 ms against 10).
_PEOPLE = 2


class PoseModel:
    """MediaPipe's PoseLandmarker in video mode; use with `with`."""

    def __init__(self, variant: str) -> None:
        """Load a bundle.

        Args:
            variant: `lite` or `full`.

        Raises:
            ModelError: The bundle is missing, damaged, or refused by MediaPipe.
        """
        content = load_bundle(variant)
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=content),
            running_mode=vision.RunningMode.VIDEO,
            num_poses=_PEOPLE,
        )
        self._last_ms = -1
        self._greeted = False
        # MediaPipe greets on stderr while it loads; held back unless it fails, when it is part of
        # the message.
        with held_back() as said:
            try:
                self._landmarker = vision.PoseLandmarker.create_from_options(options)
            except (RuntimeError, ValueError, OSError) as error:
                raise ModelError(
                    f"MediaPipe does not start: {error}. {said()}",
                    meaning="Nothing can be measured.",
                    action="Install posture again; `posture doctor` shows what is installed.",
                ) from error

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
        result = self._run(picture)
        people = [_landmarks(points, frame.t_s, frame.size_px) for points in result.pose_landmarks]
        if not people:
            return why_nobody(frame.image, frame.t_s)
        person = select_person(people)
        return person if person is not None else Unseen(frame.t_s, UnseenReason.TWO_PEOPLE)

    def _run(self, picture: mediapipe.Image) -> vision.PoseLandmarkerResult:
        if self._greeted:
            return self._landmarker.detect_for_video(picture, self._last_ms)
        # The rest of the greeting comes with the first picture that has a person in it.
        with held_back():
            result = self._landmarker.detect_for_video(picture, self._last_ms)
        self._greeted = bool(result.pose_landmarks)
        return result

    def close(self) -> None:
        """End MediaPipe's threads. Must happen before the interpreter ends."""
        self._landmarker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _landmarks(points: list[Any], t_s: float, size_px: tuple[int, int]) -> Landmarks:
    raw = np.array([(p.x, p.y, p.z, p.visibility, p.presence) for p in points], dtype=np.float64)
    if raw.shape[0] != POINT_COUNT:
        raise ModelError(
            f"The pose model gave {raw.shape[0]} points instead of {POINT_COUNT}.",
            meaning="Nothing can be measured.",
            action="Use a bundle from models/.",
        )
    return Landmarks(
        t_s=t_s,
        xy_px=raw[:, :2] * np.array(size_px, dtype=np.float64),
        z=raw[:, 2].copy(),
        visibility=raw[:, 3].copy(),
        presence=raw[:, 4].copy(),
        size_px=size_px,
    )
