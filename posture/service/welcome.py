"""What was shown once and need not be shown again."""

from __future__ import annotations

from posture.places import data_dir


def is_first_time(what: str) -> bool:
    """Whether something has never been shown to this user; remembers that it is shown now.

    Args:
        what: A short name, letters only.

    Returns:
        True the first time, False ever after.
    """
    try:
        (data_dir() / f"shown-{what}").touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return False
    return True
