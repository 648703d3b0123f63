"""The lock that only one monitor of a user holds; the system frees it however the process ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from posture.errors import AlreadyRunningError, PostureError
from posture.places import data_dir
from posture.service import control


def _lock() -> FileLock:
    return FileLock(data_dir() / "monitor.lock", timeout=0)


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the lock.

    Raises:
        AlreadyRunningError: Another monitor holds it; the message says which.
    """
    lock = _lock()
    try:
        lock.acquire()
    except Timeout as error:
        raise AlreadyRunningError(
            f"A posture monitor of yours is already running{_which()}.",
            meaning="A second one would count everything twice.",
            action="`posture status` asks it how it is; `posture stop` ends it.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def is_running() -> bool:
    """Whether a monitor holds the lock; one that was killed does not."""
    try:
        with _lock():
            return False
    except Timeout:
        return True


def ends_within(within_s: float) -> bool:
    """Wait for the running monitor to end.

    Args:
        within_s: How long at most, seconds.

    Returns:
        Whether none runs any more.
    """
    try:
        with _lock().acquire(timeout=within_s):
            return True
    except Timeout:
        return False


def _which() -> str:
    try:
        status = control.ask_status()
    except PostureError:
        return " (it does not answer at the moment)"
    if status is None:
        return " (it is just starting)"
    return f" (process {status.pid}, since {status.since:%H:%M})"
