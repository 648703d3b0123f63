"""What stands behind the icon: the monitor is asked now and then, and told what was clicked."""

from __future__ import annotations

import time
from collections.abc import Collection

from posture.errors import PostureError
from posture.service import control
from posture.service.detached import detached
from posture.service.tray.menu import Command, Entry, Shown, shown

ASK_EVERY_S = 2.0
# The monitor starts the icon before it loads its models.
_APPEARS_WITHIN_S = 90.0
# Its status is out of reach for a moment while it is held up by a slow camera.
_GONE_AFTER_S = 10.0


class Follower:
    """Follows one monitor from its first look to its end."""

    def __init__(self, commands: Collection[str]) -> None:
        """Wait for the monitor.

        Args:
            commands: The commands this program has.
        """
        self._commands = commands
        self._patience_s = time.monotonic() + _APPEARS_WITHIN_S

    def look(self) -> Shown | None:
        """What to show; None while there is nothing new to tell."""
        try:
            status = control.ask_status()
        except PostureError:
            return None
        if status is None:
            return None
        self._patience_s = time.monotonic() + _GONE_AFTER_S
        return shown(status, self._commands)

    @property
    def over(self) -> bool:
        """Whether the monitor has ended, or never came."""
        return time.monotonic() > self._patience_s


def act(entry: Entry) -> None:
    """Do what a click asks for.

    Args:
        entry: The line that was clicked.
    """
    match entry.action:
        case None:
            return
        case Command(words=words):
            detached(*words)
        case request:
            control.ask(request)
