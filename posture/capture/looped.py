"""A video file as if it were a camera: in real time, over and over.

For trying the monitor without a camera, and for the tests that need the real process to live for
minutes.
"""

from __future__ import annotations

import time
from pathlib import Path

from posture.capture.clock import clock_s
from posture.capture.frame import Frame, NoFrame
from posture.capture.video import VideoFile
from posture.closing import Closing


class LoopedFile(Closing):
    """Plays a file on the monotonic clock and starts it again at its end."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Args:
            path: Anything OpenCV decodes.

        Raises:
            SourceUnreadableError: Missing, or nothing OpenCV can decode.
        """
        self._path = path
        self._video = VideoFile(path)
        self._began_s = clock_s()
        self._index = 0

    @property
    def name(self) -> str:
        """File name."""
        return self._path.name

    def next(self, at_s: float) -> Frame | NoFrame | None:
        """Wait until `at_s` on the monotonic clock, then give the frame that is on."""
        time.sleep(max(0.0, at_s - clock_s()))
        now_s = clock_s()
        seen = self._video.next(now_s - self._began_s)
        if not isinstance(seen, Frame):
            self._video.close()
            self._video = VideoFile(self._path)
            self._began_s = now_s
            seen = self._video.next(0.0)
        if not isinstance(seen, Frame):
            return NoFrame(now_s, f"{self.name} gives no pictures.")
        frame = Frame(seen.image, now_s, self._index)
        self._index += 1
        return frame

    def close(self) -> None:
        """Release the decoder."""
        self._video.close()
