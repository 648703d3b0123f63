"""An annotated video of a recorded clip. Only `posture demo` writes one, when asked to."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import cv2

from posture.capture.frame import Frame
from posture.errors import UsageError
from posture.judge.verdict import State
from posture.measure.estimate import fit_frame
from posture.measure.fit import Fit
from posture.measure.sketch import sketch
from posture.pose.landmarks import Landmarks
from posture.review.draw import describe, draw_landmarks, draw_sketch, draw_text
from posture.review.words import FAULT_WORDS, STATE_WORDS
from posture.service.run import Look, View

# One look is a second of the story and a twelfth of one in the video.
_FPS = 12


class AnnotatedVideo:
    """A view that writes what it sees and passes it on."""

    def __init__(self, path: Path, view: View) -> None:
        """Prepare the file.

        Args:
            path: An .mp4 or .avi.
            view: Who else watches.
        """
        self._path = path
        self._view = view
        self._writer: cv2.VideoWriter | None = None

    def looked(self, look: Look) -> None:
        """Write one look."""
        self._view.looked(look)
        if not isinstance(look.frame, Frame):
            return
        image = look.frame.image.copy()
        lines = [_headline(look)]
        if isinstance(look.seen, Landmarks):
            draw_landmarks(image, look.seen)
            if look.neutral is not None:
                fitted = fit_frame(look.seen, look.neutral)
                if isinstance(fitted, Fit):
                    draw_sketch(image, sketch(fitted, look.neutral))
        if look.verdict.measurement is not None:
            lines += describe(look.verdict.measurement)
        draw_text(image, lines)
        self._open(look.frame.size_px).write(image)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._writer is not None:
            self._writer.release()

    def _open(self, size_px: tuple[int, int]) -> cv2.VideoWriter:
        if self._writer is None:
            fourcc = cv2.VideoWriter.fourcc(*"mp4v")
            self._writer = cv2.VideoWriter(str(self._path), fourcc, _FPS, size_px)
            if not self._writer.isOpened():
                raise UsageError(
                    f"{self._path} cannot be written as a video.",
                    meaning="The demo was not started.",
                    action="Give a path that ends in .mp4, in a folder that exists.",
                )
        return self._writer


def _headline(look: Look) -> str:
    time = f"{look.now.local:%H:%M:%S}"
    if look.calibrating is not None:
        return f"{time}  calibrating"
    verdict = look.verdict
    if verdict.state is not State.PRESENT:
        return f"{time}  {STATE_WORDS[verdict.state]}"
    if not verdict.faults:
        return f"{time}  good"
    return f"{time}  " + ", ".join(FAULT_WORDS[fault.fault] for fault in verdict.faults)
