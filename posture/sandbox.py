"""What the process that sees the pictures gives up before it loads a model.

It cannot open an internet socket any more (Linux), whatever release of MediaPipe is installed, and
its memory can be neither dumped to disk nor read by another program of the same user (Linux; on
macOS: not dumped). What the user has configured to send, or a camera in the network, lives in a
child process that was started before and holds no model: `posture/child.py`.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from dataclasses import dataclass

from posture.seccomp import refuse_internet_sockets

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
# The discard port, where nothing listens.
_NOWHERE = "http://127.0.0.1:9"
# A plain string, so that the type checker looks at every system's branch.
_PLATFORM: str = sys.platform


@dataclass(frozen=True, slots=True)
class GuardStatus:
    """What is in force in this process.

    Attributes:
        no_network: No internet socket can be opened.
        no_dump: Its memory reaches no core file.
        why_not: Why the network is not closed, where it is known.
    """

    no_network: bool
    no_dump: bool
    why_not: str = ""

    @property
    def words(self) -> tuple[str, str]:
        """One sentence about the network, one about the memory."""
        network = "this process can open no internet socket (seccomp)"
        if not self.no_network:
            why = f" ({self.why_not})" if self.why_not else ""
            network = f"not in force: this process could open an internet socket{why}"
        memory = "its memory is kept out of core dumps"
        if not self.no_dump:
            memory = "not in force: a crash could write its memory to a core dump"
        return network, memory


def keep_memory_private() -> None:
    """No core dump of this process, and on Linux no reading of it by the same user's programs.

    A system that hands core dumps to a program (systemd, Ubuntu) ignores the limit; there, being
    not dumpable is what holds.
    """
    if _PLATFORM == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if _PLATFORM == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def close_network() -> GuardStatus:
    """Give up internet sockets for good; to be called before a model or MediaPipe is loaded.

    Local sockets (notifications, display, sound) go on working.

    Returns:
        What is in force afterwards; on other systems than Linux only the first of two layers is.
    """
    # A library that asks for a proxy tries that one before it asks for a name. A name could be
    # asked for without an internet socket where a local service answers (systemd-resolved).
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        os.environ[name] = os.environ[name.upper()] = _NOWHERE
    for name in ("no_proxy", "NO_PROXY"):
        os.environ.pop(name, None)
    why_not = f"there is no such guard for {_PLATFORM} here: docs/privacy.md"
    if _PLATFORM == "linux":
        try:
            refuse_internet_sockets()
        except OSError as error:
            why_not = str(error)
    return guard_status(why_not)


def guard_status(why_not: str = "") -> GuardStatus:
    """Find out by trying; nothing is sent.

    Args:
        why_not: What is known of the reason, for the words.
    """
    no_network = all(_refused(family) for family in (socket.AF_INET, socket.AF_INET6))
    return GuardStatus(no_network, _no_dump(), "" if no_network else why_not)


def _refused(family: socket.AddressFamily) -> bool:
    try:
        socket.socket(family, socket.SOCK_DGRAM).close()
    except PermissionError:
        return True
    except OSError:
        # This kernel does not know the family.
        return family is not socket.AF_INET
    return False


def _no_dump() -> bool:
    if _PLATFORM == "win32":
        return False
    import resource

    limited = resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    if _PLATFORM != "linux":
        return limited
    dumpable: int = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
    return limited and dumpable == 0
