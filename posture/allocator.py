"""How much memory the C library keeps back: a monitor that looks once a second needs no spare.

Linux only (glibc); elsewhere the system's own allocator is left alone.
"""

from __future__ import annotations

import ctypes
import sys

# Names and values are those of the manual page mallopt(3).
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_LARGE_BYTES = 64 * 1024


def keep_little() -> None:
    """One heap for all threads, and pictures given back to the system at once.

    Called before threads are started and models loaded. Each thread with a heap of its own holds
    back what it once needed: 34 MB with MediaPipe's (docs/cost.md).
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    # Another C library than glibc has other ways.
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 1)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
