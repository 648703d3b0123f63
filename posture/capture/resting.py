"""A camera that rests: closed for a while, its light off, and opened again without a word."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from posture.capture.burst import Bursts
from posture.capture.clock import clock_s
from posture.capture.frame import Frame, NoFrame, Source
from posture.capture.retry import Backoff
from posture.closing import Closing
from posture.errors import PostureError


@dataclass(frozen=True, slots=True)
class Opener:
    """How to open a camera.

    Attributes:
        name: What the user would call it.
        open: Opens it, or raises a `PostureError`.
        backoff: Pauses between attempts, when it does not open again after a rest.
        end: Lets go of what opening needs; called once, after the last opening.
    """

    name: str
    open: Callable[[], Source]
    backoff: Backoff
    end: Callable[[], None] = lambda: None


class RestingCamera(Closing):
    """A live source that is open only while it is wanted; it begins closed.

    Attributes:
        bursts: When it is open while it works; None keeps it open.
    """

    def __init__(self, opener: Opener, bursts: Bursts | None = None) -> None:
        """Remember how to open the camera.

        Args:
            opener: Called whenever it is wanted again.
            bursts: When it is open while it works; None keeps it open.
        """
        self.bursts = bursts
        self._opener = opener
        self._backoff = opener.backoff
        self._source: Source | None = None
        self._resting = False
        self._opened_s = -math.inf
        self._retry_at_s = 0.0
        self._why_not = ""
        self._wake = threading.Event()

    @property
    def name(self) -> str:
        """What the user would call it."""
        return self._opener.name

    @property
    def is_open(self) -> bool:
        """Whether the device is held."""
        return self._source is not None

    def open(self) -> Source:
        """Open it now, if it is not.

        Returns:
            What gives the pictures.

        Raises:
            PostureError: One of the camera errors, or `SourceUnreadableError`.
        """
        self._resting = False
        if self._source is None:
            self._source = self._opener.open()
            self._opened_s = clock_s()
            self._backoff = self._opener.backoff
        return self._source

    def rest(self) -> None:
        """Close it until `work`."""
        self._resting = True
        self._release()

    def work(self) -> None:
        """Open it again when the next picture is asked for."""
        if self._resting:
            self._resting = False
            self._backoff, self._retry_at_s = self._opener.backoff, 0.0

    def reopen(self, opener: Opener) -> None:
        """Close it, and open it in another way when the next picture is asked for.

        Args:
            opener: The new way.
        """
        self.close()
        self._opener = opener
        self._backoff, self._retry_at_s = opener.backoff, 0.0

    def wake(self) -> None:
        """Cut the current wait short, from another thread."""
        self._wake.set()

    def next(self, at_s: float) -> Frame | NoFrame | None:
        """Wait until `at_s` on the monotonic clock or a call of `wake`, then look.

        In bursts the wait goes on until the next one begins; a call of `wake` begins it at once.
        """
        self._wake.wait(max(0.0, self._due_s(at_s) - clock_s()))
        self._wake.clear()
        now_s = clock_s()
        if self._resting:
            return NoFrame(now_s, f"{self.name} is closed for now.")
        if self._source is None and now_s < self._retry_at_s:
            return NoFrame(now_s, self._why_not)
        try:
            return self.open().next(now_s)
        except PostureError as error:
            # A file that has gone, a process that has ended: opened again as after a rest.
            self._release()
            return self._not_yet(error)

    def close(self) -> None:
        """Let go of the device, for good."""
        self._release()
        self._opener.end()

    def _due_s(self, at_s: float) -> float:
        """When to look; a camera whose burst is over closes until then."""
        if self.bursts is None or self._resting:
            return at_s
        if self._source is not None:
            if not self.bursts.is_over(self._opened_s, clock_s(), at_s):
                return at_s
            self._release()
        return self.bursts.begins_s(self._opened_s, at_s)

    def _release(self) -> None:
        if self._source is not None:
            self._source.close()
            self._source = None

    def _not_yet(self, error: PostureError) -> NoFrame:
        pause_s, self._backoff = self._backoff.next_pause()
        now_s = clock_s()
        self._retry_at_s = now_s + pause_s
        self._why_not = error.what
        return NoFrame(now_s, error.what)
