"""A border around the screen, drawn by a child process.

A child, because Tk wants a main thread of its own, and because the border must end when this
program does, however it does: the child lives no longer than the pipe to it is open, and the
system closes that even when this process is killed.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from importlib.util import find_spec

from posture.alert.message import Prompt
from posture.errors import ConfigError

_log = logging.getLogger(__name__)


class OverlayChannel:
    """Shows the border while a prompt is shown.

    Args:
        border_px: Width, pixels.
        color: #rrggbb.

    Raises:
        ConfigError: This Python has no Tk.

    """

    def __init__(self, border_px: int, color: str) -> None:
        if find_spec("_tkinter") is None:
            raise ConfigError(
                'alert.escalation names "overlay", but this Python has no Tk.',
                meaning="There would be no border around the screen.",
                action='Install it (Debian: apt install python3-tk), or take "overlay" out.',
            )
        self._command = [
            sys.executable,
            "-m",
            "posture.alert.overlay_window",
            str(border_px),
            color,
        ]
        self._child: subprocess.Popen[bytes] | None = None
        self._shown: str | None = None

    def show(self, prompt: Prompt) -> None:
        """Draw the border; returns before it is there."""
        self._end()
        self._shown = prompt.id
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
            )
        except OSError as error:
            # No descriptor or no process left: the other channels still speak.
            _log.warning("The border could not be drawn (%s).", error.strerror)

    def withdraw(self, prompt_id: str) -> None:
        """Remove the border if it belongs to that prompt."""
        if prompt_id == self._shown:
            self._end()

    def close(self) -> None:
        """Remove the border."""
        self._end()

    def _end(self) -> None:
        child, self._child, self._shown = self._child, None, None
        if child is None or child.stdin is None:
            return
        child.stdin.close()
        try:
            child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
