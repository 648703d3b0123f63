"""What was shown once and need not be shown again."""

from __future__ import annotations

from pathlib import Path

from posture.places import data_dir


def was_shown(what: str) -> bool:
    """Whether something has been shown to this user before.

    Args:
        what: A short name, letters only.
    """
    return _mark(what).exists()


def remember_shown(what: str) -> None:
    """Remember that something was shown.

    Args:
        what: As for `was_shown`.
    """
    _mark(what).touch(mode=0o600)


def _mark(what: str) -> Path:
    return data_dir() / f"shown-{what}"
