"""A live camera or stream: read in a thread of its own, so that a stalled driver stalls nobody.

The thread grabs without decoding, as fast as the device delivers, which keeps the driver's queue
fresh and costs next to nothing; a picture is decoded only when the monitor asks for one.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.capture.address import Address, SourceKind
from posture.capture.clock import clock_s
from posture.capture.diagnosis import explain, gather
from posture.capture.frame import Frame, NoFrame
from posture.capture.retry import Backoff
from posture.closing import Closing
from posture.errors import PostureError, SourceUnreadableError

_OPEN_TIMEOUT_MS = 10_000
_LETS_GO_WITHIN_S = 1.0
# A device that hangs while it is opened or read keeps its thread; another thread would only hang
# behind it.
_stuck: dict[Address, _Reader] = {}


@dataclass(frozen=True, slots=True)
class CameraFormat:
    """What to ask of the camera; zeros leave it as it was.

    Attributes:
        width_px: Width, or 0.
        height_px: Height, or 0.
        fps: Frames per second, or 0.
    """

    width_px: int
    height_px: int
    fps: float


class _Reader(threading.Thread):
    """Opens one device and grabs from it until told to stop or the device fails."""

    def __init__(self, address: Address, asked: CameraFormat, stall_s: float) -> None:
        super().__init__(name="camera", daemon=True)
        self._address = address
        self._asked = asked
        self._stall_s = stall_s
        self._opened = False
        self._changed = threading.Condition()
        self._wanted = False
        self._image: NDArray[np.uint8] | None = None
        # Every picture is written over the one before, so that none lies about in freed memory.
        self._buffer: cv2.typing.MatLike | None = None
        self._failed = False
        self._stopping = False

    def run(self) -> None:
        video = _open_capture(self._address, self._asked, self._stall_s)
        with self._changed:
            self._opened, self._failed = True, video is None
            self._changed.notify_all()
        if video is not None:
            self._grab(video)

    def _grab(self, video: cv2.VideoCapture) -> None:
        while True:
            ok = video.grab()
            with self._changed:
                wanted, stopping = self._wanted, self._stopping
            image = None
            if ok and wanted and not stopping:
                ok, image = video.retrieve(self._buffer)
            with self._changed:
                if not ok or stopping:
                    self._failed = not stopping
                    self._changed.notify_all()
                    break
                if image is not None and image.size:
                    self._buffer = image
                    self._image = np.asarray(image, dtype=np.uint8)
                    self._wanted = False
                    self._changed.notify_all()
        # Released here and nowhere else: releasing from another thread during a grab crashes.
        video.release()

    def wait_open(self, timeout_s: float) -> bool:
        """Whether the device opens in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._opened, timeout_s)
            return self._opened and not self._failed

    def read(self, timeout_s: float) -> NDArray[np.uint8] | None:
        """The next picture, or None when the device stalls or fails."""
        with self._changed:
            self._image, self._wanted = None, True
            self._changed.wait_for(lambda: self._image is not None or self._failed, timeout_s)
            return self._image

    def stop(self, within_s: float = 0.0) -> None:
        """End the thread as soon as the driver lets go of it.

        Args:
            within_s: How long to wait for that.
        """
        with self._changed:
            self._stopping = True
        self.join(within_s)
        if self.is_alive():
            _stuck[self._address] = self


class Camera(Closing):
    """A camera or stream that is opened again, with growing pauses, whenever it is lost."""

    def __init__(
        self, address: Address, asked: CameraFormat, stall_s: float, backoff: Backoff
    ) -> None:
        """Open the device.

        Args:
            address: An index, a device path or a stream.
            asked: Format to ask for; zeros ask for nothing.
            stall_s: Seconds without a frame after which the device counts as lost.
            backoff: Pauses between attempts to reopen it.

        Raises:
            NoCameraError, CameraMissingError, CameraPermissionError, CameraBusyError,
            SourceUnreadableError: It does not open or gives no first frame.
        """
        self._address = address
        self._asked = asked
        self._stall_s = stall_s
        self._backoff = backoff
        self._index = 0
        self._last_s = -1.0
        self._retry_at_s = 0.0
        self._why_lost = ""
        self._reader: _Reader | None = self._open()

    @property
    def name(self) -> str:
        """What the user would call it."""
        return self._address.name

    def next(self, at_s: float) -> Frame | NoFrame | None:
        """Wait until `at_s` on the monotonic clock, then give a fresh frame or say why not."""
        time.sleep(max(0.0, at_s - clock_s()))
        if self._reader is None:
            if clock_s() < self._retry_at_s:
                return NoFrame(clock_s(), self._why_lost)
            try:
                self._reader = self._open()
            except PostureError as error:
                return self._lost(error.what)
            self._backoff = self._backoff.reset()
        image = self._reader.read(self._stall_s)
        if image is None:
            self._reader.stop()
            self._reader = None
            return self._lost(f"{self.name} gives no more pictures.")
        self._last_s = max(clock_s(), self._last_s + 1e-6)
        frame = Frame(image, self._last_s, self._index)
        self._index += 1
        return frame

    def close(self) -> None:
        """Stop reading; the device is released as soon as the driver lets go of the thread."""
        if self._reader is not None:
            self._reader.stop(_LETS_GO_WITHIN_S)
            self._reader = None

    def _lost(self, detail: str) -> NoFrame:
        pause_s, self._backoff = self._backoff.next_pause()
        now_s = clock_s()
        self._retry_at_s = now_s + pause_s
        self._why_lost = f"{detail} Next attempt in {pause_s:.0f} s."
        return NoFrame(now_s, self._why_lost)

    def _open(self) -> _Reader:
        before = _stuck.get(self._address)
        if before is not None and before.is_alive():
            raise self._why_not()
        reader = _Reader(self._address, self._asked, self._stall_s)
        reader.start()
        # A busy V4L2 device opens, but gives nothing.
        if not reader.wait_open(_OPEN_TIMEOUT_MS / 1000) or reader.read(self._stall_s) is None:
            reader.stop()
            raise self._why_not()
        return reader

    def _why_not(self) -> PostureError:
        if self._address.kind is SourceKind.STREAM:
            return SourceUnreadableError(
                f"The stream {self._address.text} gives no pictures.",
                meaning="Nothing is being measured.",
                action="Open the address in a video player on this machine; check that the "
                "camera is on and the address is whole.",
            )
        return explain(gather(self._address))


def _open_capture(address: Address, asked: CameraFormat, stall_s: float) -> cv2.VideoCapture | None:
    if address.kind is SourceKind.INDEX:
        video = cv2.VideoCapture(int(address.text))
    elif address.kind is SourceKind.STREAM:
        video = cv2.VideoCapture(
            address.text,
            cv2.CAP_FFMPEG,
            [
                cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
                _OPEN_TIMEOUT_MS,
                # By then it counts as lost, and the thread is wanted for the next attempt.
                cv2.CAP_PROP_READ_TIMEOUT_MSEC,
                round(stall_s * 1000),
            ],
        )
    else:
        video = cv2.VideoCapture(address.text, cv2.CAP_V4L2)
    if not video.isOpened():
        video.release()
        return None
    if asked.width_px and asked.height_px:
        video.set(cv2.CAP_PROP_FRAME_WIDTH, asked.width_px)
        video.set(cv2.CAP_PROP_FRAME_HEIGHT, asked.height_px)
    if asked.fps:
        video.set(cv2.CAP_PROP_FPS, asked.fps)
    return video
