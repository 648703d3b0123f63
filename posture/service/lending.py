"""One camera, two processes: the monitor lends it to a guided session.

Two locks that the system frees however a process ends: the guest holds `camera.lock` for as long as
it wants the camera, the monitor holds `camera-open.lock` for as long as its camera is open. The
guest takes the first and waits for the second; the monitor sees the first taken at its next look.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from posture.errors import CameraBusyError, PostureError
from posture.places import data_dir
from posture.service import control
from posture.service.requests import LookRequest

_log = logging.getLogger(__name__)

# The slowest pace of looking and the slowest camera to close, together.
_LETS_GO_WITHIN_S = 20.0


def _wanted() -> FileLock:
    return FileLock(data_dir() / "camera.lock", timeout=0)


def _open() -> FileLock:
    return FileLock(data_dir() / "camera-open.lock", timeout=0)


@contextmanager
def borrow_camera(within_s: float = _LETS_GO_WITHIN_S) -> Iterator[None]:
    """Have the camera to oneself; a running monitor is paused meanwhile and comes back silently.

    Args:
        within_s: How long to wait for it, seconds.

    Raises:
        CameraBusyError: Another session has it, or the monitor does not let go.
    """
    wanted, held = _wanted(), _open()
    try:
        with wanted:
            _look_now()
            held.acquire(timeout=within_s)
            try:
                yield
            finally:
                held.release()
    except Timeout as error:
        raise CameraBusyError(
            "The camera is in use by another posture session.",
            meaning="Nothing was started.",
            action="End the other session first; if there is none, `posture stop` and try again.",
        ) from error
    _look_now()


class Lent:
    """The monitor's side: whether its camera is lent, and saying that its own is open."""

    def __init__(self) -> None:
        self._held = _open()
        self._told = False

    def wanted(self) -> bool:
        """Whether a guest wants the camera, or has it."""
        try:
            with _wanted():
                return False
        except Timeout:
            return True
        except OSError as error:
            return self._cannot(error)

    def hold(self) -> bool:
        """Say that the camera is open.

        Returns:
            Whether nobody else says so.
        """
        try:
            if not self._held.is_locked:
                self._held.acquire()
        except Timeout:
            return False
        except OSError as error:
            self._cannot(error)
        return True

    def release(self) -> None:
        """Say that the camera is closed."""
        self._held.release()

    def _cannot(self, error: OSError) -> bool:
        """No descriptor or no space for a lock: a guest could not take it either."""
        if not self._told:
            _log.warning("The camera cannot be lent for now (%s).", error.strerror)
        self._told = True
        return False


def _look_now() -> None:
    """Spare both sides the wait for the monitor's next look, where one runs."""
    try:
        control.ask(LookRequest(look=True))
    except PostureError:
        return  # none runs, or it sees the lock at its next look
