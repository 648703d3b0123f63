"""A short clip told as a long story: scenes played back and forth for as long as the story needs.

The bundled clip is half a minute; a posture alert needs minutes of one posture. Each scene names a
stretch of the clip and how long it lasts in the story; within it the clip runs forward and
backward at its own speed, so that the picture never jumps inside a scene.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.capture.frame import Frame, NoFrame
from posture.capture.video import VideoFile
from posture.closing import Closing


@dataclass(frozen=True, slots=True)
class Scene:
    """A stretch of the clip and its length in the story.

    Attributes:
        caption: What is seen, for the person who watches the demo.
        from_s: Where the stretch begins in the clip, seconds.
        to_s: Where it ends, seconds.
        lasts_s: How long it lasts in the story, seconds.
    """

    caption: str
    from_s: float
    to_s: float
    lasts_s: float

    def clip_time_s(self, into_s: float) -> float:
        """Clip time `into_s` seconds into the scene: forward and backward in turn."""
        length_s = self.to_s - self.from_s
        if length_s <= 0:
            return self.from_s
        along_s = into_s % (2 * length_s)
        return self.from_s + min(along_s, 2 * length_s - along_s)


class Story(Closing):
    """A source that plays scenes of one clip on the story's clock."""

    def __init__(self, clip: VideoFile, scenes: tuple[Scene, ...]) -> None:
        """Read the clip into memory, as JPEG: 5 MB instead of 180.

        Args:
            clip: Short; all its frames are kept.
            scenes: In order.
        """
        self._stills: list[NDArray[np.uint8]] = []
        with clip:
            frame = clip.next(0.0)
            while isinstance(frame, Frame):
                self._stills.append(_encode(frame.image))
                frame = clip.next(frame.t_s + 0.5 / clip.fps)
        self._fps = clip.fps
        self._scenes = scenes
        self._index = 0

    @property
    def name(self) -> str:
        """What the user would call it."""
        return "the bundled clip"

    @property
    def lasts_s(self) -> float:
        """Length of the whole story, seconds."""
        return sum(scene.lasts_s for scene in self._scenes)

    def scene_at(self, t_s: float) -> Scene:
        """The scene that is on at a moment of the story."""
        start_s = 0.0
        for scene in self._scenes:
            if t_s < start_s + scene.lasts_s:
                return scene
            start_s += scene.lasts_s
        return self._scenes[-1]

    def next(self, at_s: float) -> Frame | NoFrame | None:
        """Frame of the story at `at_s`; None after its end."""
        start_s = 0.0
        for scene in self._scenes:
            if at_s < start_s + scene.lasts_s:
                clip_s = scene.clip_time_s(at_s - start_s)
                still = self._stills[min(round(clip_s * self._fps), len(self._stills) - 1)]
                frame = Frame(_decode(still), at_s, self._index)
                self._index += 1
                return frame
            start_s += scene.lasts_s
        return None

    def close(self) -> None:
        """Let go of the frames."""
        self._stills = []
        self._scenes = ()


def _encode(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    _, still = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 95])
    return np.asarray(still, dtype=np.uint8)


def _decode(still: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(still, cv2.IMREAD_COLOR), dtype=np.uint8)
