"""The settings in force, read anew when their file is edited."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from posture.config.load import load_config
from posture.config.schema import Config
from posture.errors import ConfigError, PostureError
from posture.places import user_config_path

_log = logging.getLogger(__name__)

# An editor may still be writing: an emptied file is valid and means the defaults.
_SETTLED_S = 0.3


class Settings:
    """Looks at the file's stamp whenever asked, which costs one system call.

    Attributes:
        config: The settings in force.
        notice: Why the latest edit was not taken; empty when it was.
    """

    def __init__(self, path: Path | None, adjust: Callable[[Config], Config]) -> None:
        """Read the settings.

        Args:
            path: A file instead of the user's own.
            adjust: Puts the command line's options over every reading.

        Raises:
            ConfigError: The file has a wrong key or value.
        """
        self._path = path
        self._adjust = adjust
        self._stamp = self._look()
        self.config = adjust(load_config(path))
        self.notice = ""

    def edited(self) -> Config | None:
        """The settings of an edited file; None while nothing has changed or the edit is broken."""
        stamp = self._look()
        if stamp == self._stamp or abs(time.time() - stamp[0] / 1e9) < _SETTLED_S:
            return None
        self._stamp = stamp
        try:
            fresh = self._adjust(load_config(self._path))
        except ConfigError as problem:
            self.refuse(problem)
            return None
        self.notice = ""
        return fresh if fresh != self.config else None

    def take(self, fresh: Config) -> None:
        """Put an edit into force.

        Args:
            fresh: From `edited`.
        """
        self.config = fresh
        _log.info("The settings were edited and are in force.")

    def refuse(self, problem: PostureError) -> None:
        """Keep the settings as they are, and remember why.

        Args:
            problem: What is wrong with the edit.
        """
        self.notice = f"The edited settings were not taken. {problem.what.strip()}"
        # Without the values: an address in the settings may hold a password.
        _log.warning("The edited settings were not taken; `posture config check` says why.")

    def _look(self) -> tuple[int, int, int]:
        try:
            seen = (self._path or user_config_path()).stat()
        except OSError:
            return 0, 0, 0
        return seen.st_mtime_ns, seen.st_size, seen.st_ino
