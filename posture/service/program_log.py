"""The program's own log: what it did and what went wrong, never what it measured."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from posture import __version__
from posture.places import log_dir

_log = logging.getLogger(__name__)

# A day's lines are about 10 kB: this holds months, and a megabyte at most.
_LONGEST_BYTES = 250_000
_KEPT = 3


def program_log_path() -> Path:
    """The newest file; older ones lie beside it with a number."""
    return log_dir() / "posture.log"


@contextmanager
def program_log(level: str) -> Iterator[None]:
    """Write the log while the monitor runs; crashes of any thread go there too.

    Args:
        level: `service.log_level`.
    """
    handler = RotatingFileHandler(
        program_log_path(), maxBytes=_LONGEST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    set_level(level)
    hooks = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = _crashed, _thread_crashed
    # The native libraries' crashes: to standard error, which `posture start` keeps in a file.
    faulthandler.enable()
    _log.info("posture %s began.", __version__)
    try:
        yield
    finally:
        _log.info("posture ended.")
        sys.excepthook, threading.excepthook = hooks
        logging.getLogger().removeHandler(handler)
        handler.close()


def set_level(level: str) -> None:
    """How much the log holds.

    Args:
        level: `service.log_level`.
    """
    logging.getLogger("posture").setLevel(level.upper())


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("It crashed.", exc_info=error)
    sys.__excepthook__(kind, error, trace)


def _thread_crashed(crash: threading.ExceptHookArgs) -> None:
    name = crash.thread.name if crash.thread is not None else "a thread"
    _log.critical("The thread %s crashed.", name, exc_info=crash.exc_value)
