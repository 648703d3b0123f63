"""Hold back what a native library writes to stderr, in memory, to quote it if it fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_AT_MOST_BYTES = 4096


@contextmanager
def held_back() -> Iterator[Callable[[], str]]:
    """Turn file descriptor 2 into a pipe for the length of the block.

    Yields:
        A function that gives what has been written so far (its first 4 kB).
    """
    sys.stderr.flush()
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    # A full pipe must not stall the library: what no longer fits is dropped.
    os.set_blocking(writer, False)
    kept = os.dup(2)
    os.dup2(writer, 2)

    def said() -> str:
        try:
            return os.read(reader, _AT_MOST_BYTES).decode(errors="replace").strip()
        except BlockingIOError:
            return ""

    try:
        yield said
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        for descriptor in (kept, reader, writer):
            os.close(descriptor)
