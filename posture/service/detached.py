"""A command of this program as a process of its own, which outlives the one that starts it."""

from __future__ import annotations

import subprocess
import sys


def detached(*words: str, said: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start it in a session of its own: closing the terminal does not end it.

    Args:
        *words: What stands after `posture`.
        said: Descriptor that takes its standard error; its standard output is thrown away.

    Returns:
        The process.
    """
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        [sys.executable, "-m", "posture", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
        creationflags=flags,
        start_new_session=sys.platform != "win32",
    )
