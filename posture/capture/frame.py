"""What a camera is to the rest of the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture, in memory only.

    Attributes:
        image: uint8 array of shape (height, width, 3), BGR as OpenCV gives it; read-only by
            convention. It is never written to disk.
        t_s: Capture time in seconds on the source's monotonic clock; strictly increasing within
            a source whatever the device's own time stamps do.
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
    """The source had nothing to give: a stalled read or a lost camera.

    Attributes:
        t_s: When this was noticed, on the same clock as `Frame.t_s`.
        detail: One sentence for the user.
    """

    t_s: float
    detail: str


class Source(Protocol):
    """A camera, a video file or a stream; opened and closed with `with`."""

    def frames(self) -> Iterator[Frame | NoFrame]:
        """Yield frames until the source ends; a camera never ends by itself."""

    def close(self) -> None:
        """Release the device. Harmless when called twice."""
