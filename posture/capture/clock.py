"""The clock that live sources stamp with: monotonic, and going on while the machine sleeps.

`time.monotonic` stands still during suspend on Linux; the judge must see that gap, or sleep would
count as sitting.
"""

from __future__ import annotations

import sys
import time


def clock_s() -> float:
    """Seconds since an arbitrary moment, suspend included where the system can tell."""
    # A plain string, so that the type checker looks at every system's branch.
    platform: str = sys.platform
    if platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
