"""What a camera is to the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture, in memory only.

    Attributes:
        image: uint8 array of shape (height, width, 3), BGR as OpenCV gives it. Never written to
            disk. A camera's next picture is written over it.
        t_s: Capture time in seconds on the source's own clock; strictly increasing within a
            source, whatever the device's time stamps do.
        index: Position in the source, from 0.
    """

    image: NDArray[np.uint8]
    t_s: float
    index: int

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.shape[1], self.image.shape[0]


@dataclass(frozen=True, slots=True)
class NoFrame:
    """The source has nothing to give for now: a stalled read or a lost camera.

    Attributes:
        t_s: When this was noticed, on the clock of `Frame.t_s`.
        detail: One sentence for the user.
    """

    t_s: float
    detail: str


class Source(Protocol):
    """A camera, a video file or a stream; opened where it is made, closed by `with`."""

    @property
    def name(self) -> str:
        """What the user would call it: "camera 0", "desk.mp4"."""

    def next(self, at_s: float) -> Frame | NoFrame | None:
        """Give the first frame at or after a moment on the source's clock.

        A camera waits until then; a recording skips to it.

        Args:
            at_s: Seconds on the source's clock.

        Returns:
            The frame, or why there is none for now, or None at the end of a recording.
        """

    def close(self) -> None:
        """Release the device. Harmless when called twice."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
