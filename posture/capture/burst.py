"""A camera that is open for a moment at a time: its light is off in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from posture.capture.clock import clock_s
from posture.capture.frame import Frame, NoFrame, Source
from posture.closing import Closing
from posture.errors import PostureError

# Who looks more often than this is calibrating, and the camera stays open for it.
_STARING_S = 0.5


class Burst(Closing):
    """Opens a camera for a few looks, closes it, and opens it again later."""

    def __init__(self, open_camera: Callable[[], Source], lasts_s: float, every_s: float) -> None:
        """Open the camera for the first time.

        Args:
            open_camera: Opens it; its frames are on the monotonic clock.
            lasts_s: Seconds it stays open at least; then it closes when the next look is not due.
            every_s: Seconds from one opening to the next.

        Raises:
            PostureError: As `open_camera`.
        """
        self._open_camera = open_camera
        self._lasts_s = lasts_s
        self._every_s = every_s
        self._index = 0
        self._looked_s = 0.0
        self._opened_s = clock_s()
        self._camera: Source | None = open_camera()
        self._name = self._camera.name

    @property
    def name(self) -> str:
        """What the user would call it."""
        return self._name

    def next(self, at_s: float) -> Frame | NoFrame | None:
        """Give the first frame at or after `at_s`; that of the next opening once this one is over.

        A camera that does not open, because a call has it, is tried again at the next opening.
        """
        if at_s >= self._opened_s + self._lasts_s and at_s - self._looked_s > _STARING_S:
            self.close()
        if self._camera is None:
            time.sleep(max(0.0, max(at_s, self._opened_s + self._every_s) - clock_s()))
            self._opened_s = clock_s()
            try:
                self._camera = self._open_camera()
            except PostureError as error:
                return NoFrame(clock_s(), error.what)
        frame = self._camera.next(at_s)
        self._looked_s = clock_s()
        if isinstance(frame, Frame):
            frame = replace(frame, index=self._index)
            self._index += 1
        return frame

    def close(self) -> None:
        """Release the device."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()
