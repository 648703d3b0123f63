"""The icon as pixels (pure): one shape for each mark, so that nobody needs the colour."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from posture.service.words import Mark

Rgb = tuple[int, int, int]

# Mid tones: seen on a light panel and on a dark one.
_COLOURS: dict[Mark, Rgb] = {
    Mark.GOOD: (46, 160, 67),
    Mark.FAULT: (219, 154, 4),
    Mark.ALERT: (215, 58, 73),
    Mark.UNSEEN: (128, 134, 142),
    Mark.CALIBRATING: (47, 129, 200),
    Mark.OFF: (128, 134, 142),
}
_SAMPLES = 4


def _disc(x: float, y: float, radius: float) -> bool:
    return x * x + y * y <= radius * radius


def _triangle(x: float, y: float) -> bool:
    # Y grows downwards; the tip is at the top.
    return -0.85 <= y <= 0.75 and abs(x) <= 0.57 * (y + 0.85)


_SHAPES: dict[Mark, Callable[[float, float], bool]] = {
    Mark.GOOD: lambda x, y: _disc(x, y, 0.85),
    Mark.FAULT: _triangle,
    Mark.ALERT: lambda x, y: max(abs(x), abs(y)) <= 0.75,
    Mark.UNSEEN: lambda x, y: _disc(x, y, 0.85) and not _disc(x, y, 0.55),
    Mark.CALIBRATING: lambda x, y: (
        (_disc(x, y, 0.85) and not _disc(x, y, 0.65)) or _disc(x, y, 0.3)
    ),
    Mark.OFF: lambda x, y: abs(y) <= 0.8 and 0.2 <= abs(x) <= 0.6,
}


@cache
def argb(mark: Mark, size_px: int) -> bytes:
    """Draw a mark.

    Args:
        mark: Which.
        size_px: Width and height.

    Returns:
        `size_px` rows of `size_px` pixels of four bytes: alpha, red, green, blue.
    """
    colour = bytes(_COLOURS[mark])
    return b"".join(
        bytes([_cover(mark, column, row, size_px)]) + colour
        for row in range(size_px)
        for column in range(size_px)
    )


def _cover(mark: Mark, column: int, row: int, size_px: int) -> int:
    """How much of a pixel the shape covers, 0 to 255."""
    inside = _SHAPES[mark]
    fine_px = size_px * _SAMPLES
    hits = sum(
        inside(
            (2 * (column * _SAMPLES + i) + 1) / fine_px - 1,
            (2 * (row * _SAMPLES + j) + 1) / fine_px - 1,
        )
        for i in range(_SAMPLES)
        for j in range(_SAMPLES)
    )
    return round(255 * hits / _SAMPLES**2)
