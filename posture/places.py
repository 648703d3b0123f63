"""Where the program keeps what it keeps: the platform's folders, readable by the user alone."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

# For a portable installation, and for tests that must not touch the user's own log.
_OVERRIDE = "POSTURE_DATA_DIR"


def data_dir() -> Path:
    """Folder of log and calibrations, made if need be with mode 0700.

    Returns:
        An existing folder: `$POSTURE_DATA_DIR`, else the platform's data folder.
    """
    override = os.environ.get(_OVERRIDE)
    folder = (
        Path(override) if override else Path(platformdirs.user_data_dir("posture", appauthor=False))
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def runtime_dir() -> Path:
    """Folder of what exists only while the monitor runs: nobody else may enter it.

    Beside the log and not in the system's runtime folder, so that programs with a data folder of
    their own do not meet.

    Returns:
        An existing folder with mode 0700.
    """
    folder = data_dir() / "run"
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    return folder


def log_dir() -> Path:
    """Folder of the program's own log, made if need be with mode 0700.

    Returns:
        An existing folder: `logs` in `$POSTURE_DATA_DIR`, else the platform's folder for logs.
    """
    override = os.environ.get(_OVERRIDE)
    folder = (
        data_dir() / "logs"  # made first, since `parents` would make it readable by everybody
        if override
        else Path(platformdirs.user_log_dir("posture", appauthor=False))
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def log_path() -> Path:
    """The log of this user; it need not exist."""
    return data_dir() / "log.sqlite3"


def user_config_path() -> Path:
    """The user's own config file; it need not exist."""
    return Path(platformdirs.user_config_dir("posture", appauthor=False)) / "posture.toml"


def own_exercises_path() -> Path:
    """The user's own exercises, beside their config; it need not exist."""
    return user_config_path().with_name("exercises.toml")
