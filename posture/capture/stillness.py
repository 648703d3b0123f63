"""How much of the picture has moved (pure): where nothing has, nobody need look again.

Pictures are compared as small grey ones, cell by cell. The mean over a cell takes the sensor's
noise out; an edge that moves by one pixel changes its cells by a tenth of its contrast.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_CELLS = (80, 60)
# Of 255. Noise of 5 levels a pixel is 0.6 in a cell of 64 pixels; seven times that is no noise.
_CHANGED_LEVELS = 4.0


def thumbnail(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A small grey picture to compare with a later one.

    Args:
        image: uint8 (height, width, 3).

    Returns:
        (60, 80), levels of 0 to 255.
    """
    # Of a large picture every second or third pixel will do: 64 of them make up a cell.
    stride = max(1, image.shape[1] // (8 * _CELLS[0]))
    small = cv2.resize(image[::stride, ::stride], _CELLS, interpolation=cv2.INTER_AREA)
    return np.asarray(small.mean(axis=2), dtype=np.float32)


def change_percent(before: NDArray[np.float32], now: NDArray[np.float32]) -> float:
    """Part of the picture that differs from an earlier one by more than noise.

    Args:
        before: Its thumbnail.
        now: This one's.

    Returns:
        0 to 100.
    """
    return 100.0 * float((np.abs(now - before) > _CHANGED_LEVELS).mean())
