"""When a camera is open that is open for a moment at a time (pure): its light is off in between."""

from __future__ import annotations

from dataclasses import dataclass

# Who looks more often than this is calibrating, and the camera stays open for it.
_STARING_S = 0.5


@dataclass(frozen=True, slots=True)
class Bursts:
    """The rhythm.

    Attributes:
        lasts_s: Seconds a burst lasts, less where no further look is due within it.
        every_s: Seconds from one opening to the next.
    """

    lasts_s: float
    every_s: float

    def is_over(self, opened_s: float, now_s: float, at_s: float) -> bool:
        """Whether the camera closes until the next look.

        Args:
            opened_s: When it was opened.
            now_s: The present moment.
            at_s: When the next look is due.
        """
        return at_s >= opened_s + self.lasts_s and at_s - now_s > _STARING_S

    def begins_s(self, opened_s: float, at_s: float) -> float:
        """When a closed camera is opened for a look.

        Args:
            opened_s: When it was opened last.
            at_s: When the look would be due.
        """
        return max(at_s, opened_s + self.every_s)
