"""A recorded file, at its own time."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from posture.capture.frame import Frame, NoFrame
from posture.closing import Closing
from posture.errors import SourceUnreadableError

# A container that states no rate, or a nonsensical one, is played at this one.
_FALLBACK_FPS = 30.0
_CREDIBLE_FPS = (0.1, 1000.0)


class VideoFile(Closing):
    """A video file as a source; its time stamps count, not the wall clock."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Args:
            path: Anything OpenCV decodes.

        Raises:
            SourceUnreadableError: Missing, or nothing OpenCV can decode.
        """
        self._path = path
        if not path.is_file():
            raise SourceUnreadableError(
                f"There is no file {path}.",
                meaning="Nothing was measured.",
                action="Check the path given as source.",
            )
        self._video = cv2.VideoCapture(str(path))
        if not self._video.isOpened() or not self._video.grab():
            self._video.release()
            raise SourceUnreadableError(
                f"{path.name} cannot be decoded as a video.",
                meaning="Nothing was measured.",
                action="Play it in a video player; if it plays there, convert it to MP4 (H.264).",
            )
        fps = float(self._video.get(cv2.CAP_PROP_FPS))
        self._fps = fps if _CREDIBLE_FPS[0] <= fps <= _CREDIBLE_FPS[1] else _FALLBACK_FPS
        self._index = 0
        self._t_s = self._stamp(previous_s=None)

    @property
    def name(self) -> str:
        """File name."""
        return self._path.name

    @property
    def fps(self) -> float:
        """Frames per second as stated by the file, or a fallback of 30."""
        return self._fps

    def next(self, at_s: float) -> Frame | NoFrame | None:
        """Skip to the first frame at or after `at_s`; None at the end of the file."""
        if not self._video.isOpened():
            return None
        while self._t_s < at_s:
            if not self._video.grab():
                self.close()
                return None
            self._index += 1
            self._t_s = self._stamp(previous_s=self._t_s)
        ok, image = self._video.retrieve()
        if not ok:
            self.close()
            return None
        return Frame(np.asarray(image, dtype=np.uint8), self._t_s, self._index)

    def close(self) -> None:
        """Release the decoder."""
        self._video.release()

    def _stamp(self, previous_s: float | None) -> float:
        """Time of the frame just grabbed: the file's stamp where credible, else its rate."""
        step_s = 1.0 / self._fps
        if previous_s is None:
            return 0.0
        stamped_s = float(self._video.get(cv2.CAP_PROP_POS_MSEC)) / 1000.0
        # Stamps that stand still, run back or leap are a damaged or edited file's.
        if previous_s < stamped_s <= previous_s + max(5.0, 10 * step_s):
            return stamped_s
        return previous_s + step_s
