"""Start the monitor so that it outlives its terminal, and end it from another one."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from posture.errors import NotAnsweringError, NotRunningError
from posture.places import log_dir
from posture.service import control, instance
from posture.service.detached import detached
from posture.service.requests import Request, StopRequest
from posture.service.status import Status

# Loading the models takes 2 s here; a slow disk and a camera that needs 10 s stay below this.
_STARTS_WITHIN_S = 60.0
_STARTING_S = 15.0
_ENDS_WITHIN_S = 20.0
_EVERY_S = 0.1

T = TypeVar("T")


class StartFailedError(Exception):
    """The monitor ended before its first look.

    Attributes:
        said: What it said about that.
        exit_code: Its exit code.
    """

    def __init__(self, said: str, exit_code: int) -> None:
        super().__init__(said)
        self.said = said
        self.exit_code = exit_code


def start(arguments: Sequence[str]) -> Status:
    """Start `posture watch` on its own and wait until it has looked once.

    Args:
        arguments: For `posture watch`.

    Returns:
        Its first status.

    Raises:
        AlreadyRunningError: One runs already.
        StartFailedError: It could not begin; holds its own words and exit code.
        NotAnsweringError: It did not look within a minute; it goes on trying.
    """
    with instance.only_one():
        pass  # refuses where one runs
    said = log_dir() / "start.txt"
    with said.open("w", encoding="utf-8") as words:
        child = detached("watch", "--tray", *arguments, said=words.fileno())
    looked = _until(lambda: _status_of(child, said), _STARTS_WITHIN_S)
    if looked is None:
        raise NotAnsweringError(
            f"The monitor has not looked within {_STARTS_WITHIN_S:.0f} s.",
            meaning="It goes on trying.",
            action=f"`posture status` asks it how it is; its log is in {log_dir()}.",
        )
    return looked


def stop() -> None:
    """End the running monitor and wait until everything is written.

    Raises:
        NotRunningError: None runs.
        NotAnsweringError: It does not end.
    """
    ask(StopRequest(stop=True))
    if not instance.ends_within(_ENDS_WITHIN_S):
        raise NotAnsweringError(
            f"The monitor was told to end and has not within {_ENDS_WITHIN_S:.0f} s.",
            meaning="It may be waiting for the camera or the disk.",
            action="Try again; if it stays so, end its process.",
        )


def ask(request: Request) -> None:
    """Put a request before the running monitor, one that is just starting included.

    Args:
        request: What is asked.

    Raises:
        NotRunningError: None runs.
        NotAnsweringError: It does not answer.
    """

    def asked() -> bool:
        try:
            control.ask(request)
        except NotRunningError:
            if not instance.is_running():
                raise
            return False
        return True

    if not _until(asked, _STARTING_S):
        raise _starting()


def status() -> Status | None:
    """The running monitor's status, of one that is just starting included.

    Returns:
        It, or None when none runs.

    Raises:
        NotAnsweringError: It does not answer.
    """
    if not instance.is_running():
        return None
    told = _until(control.ask_status, _STARTING_S)
    if told is None and instance.is_running():
        raise _starting()
    return told


def wait_for(condition: Callable[[Status], bool]) -> bool:
    """Wait until the monitor's status is so.

    Args:
        condition: What is waited for.

    Returns:
        Whether it came about in time.
    """

    def met() -> bool:
        now = control.ask_status()
        return now is not None and condition(now)

    return bool(_until(met, _STARTING_S))


def _status_of(child: subprocess.Popen[bytes], said: Path) -> Status | None:
    code = child.poll()
    if code is not None:
        raise StartFailedError(said.read_text(encoding="utf-8", errors="replace"), code)
    return control.ask_status()


def _until(ask_for: Callable[[], T | None], within_s: float) -> T | None:
    """What `ask_for` gives as soon as it gives something; None when it does not in time."""
    deadline_s = time.monotonic() + within_s
    while not (given := ask_for()) and time.monotonic() < deadline_s:
        time.sleep(_EVERY_S)
    return given


def _starting() -> NotAnsweringError:
    return NotAnsweringError(
        "The monitor is just starting and does not answer yet.",
        meaning="It loads its models, or waits for the camera.",
        action="Try again in a moment.",
    )
