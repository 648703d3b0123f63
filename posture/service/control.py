"""How other processes of the same user talk to the running monitor.

A local socket (a named pipe on Windows) through which JSON goes, one question and one answer for
each connection; never pickle, which would run what it reads. The listening thread waits in the
system's accept and costs nothing while nobody asks.

Who may ask: on Linux and macOS the socket lies in a folder that only the user may enter, and on
Linux the kernel names the other side besides. On Windows a pipe's default rights let nobody but its
maker, administrators and the system write to it, and a question must be written.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import queue
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from posture.closing import Closing
from posture.errors import NotAnsweringError, NotRunningError, PostureError
from posture.places import data_dir, runtime_dir
from posture.service.requests import Request
from posture.service.status import LIVE, STATUS, Live, Status

_log = logging.getLogger(__name__)

_LONGEST_QUESTION = 4096
_LONGEST_ANSWER = 1 << 20
_WAITING = 16
# A process that connects and says nothing must not keep others waiting for long.
_QUESTION_WITHIN_S = 1
_ANSWER_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True)
class _Question:
    ask: Literal["status", "live"]


_MESSAGE: TypeAdapter[_Question | Request] = TypeAdapter(_Question | Request)


class Control(Closing):
    """The monitor's ear; use with `with`."""

    def __init__(
        self,
        status: Callable[[], Status | None],
        live: Callable[[], Live | None],
        wake: Callable[[], None],
    ) -> None:
        """Listen. The caller holds the monitor's lock, so nobody else listens here.

        Args:
            status: Called in the listening thread when asked.
            live: The same.
            wake: Called when a request has come, so that it need not wait for the next look.
        """
        self._status, self._live, self._wake = status, live, wake
        self._requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._closing = threading.Event()
        address = _address()
        if sys.platform != "win32":
            # Left by a process that was killed.
            Path(address).unlink(missing_ok=True)
        self._listener = Listener(address, backlog=_WAITING)
        self._thread = threading.Thread(target=self._listen, name="control", daemon=True)
        self._thread.start()

    def take(self) -> list[Request]:
        """Hand out what was asked since the last call, oldest first; never waits."""
        return [self._requests.get_nowait() for _ in range(self._requests.qsize())]

    def close(self) -> None:
        """Stop listening."""
        if self._closing.is_set():
            return
        self._closing.set()
        # accept() in the other thread ends only when somebody comes.
        with contextlib.suppress(OSError):
            _connect().close()
        self._thread.join(timeout=2.0)
        self._listener.close()

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                with self._listener.accept() as connection:
                    if not self._closing.is_set() and _same_user(connection):
                        self._serve(connection)
            except (OSError, EOFError) as error:
                # The other side has gone, or this process is out of descriptors.
                _log.debug("A question was lost (%r).", error)
                time.sleep(0.1)
            except PostureError as error:
                _log.warning("A question could not be answered: %s", error.what)

    def _serve(self, connection: Connection) -> None:
        if not connection.poll(_QUESTION_WITHIN_S):
            return
        try:
            message = _MESSAGE.validate_json(connection.recv_bytes(_LONGEST_QUESTION))
        except ValidationError as error:
            # Written by another version: it cannot be obeyed.
            _log.warning("A question was not understood: %d problems.", error.error_count())
            return
        match message:
            case _Question(ask="status"):
                answer = STATUS.dump_json(self._status())
            case _Question():
                answer = LIVE.dump_json(self._live())
            case request:
                self._requests.put(request)
                self._wake()
                answer = b"true"
        connection.send_bytes(answer)


def ask_status() -> Status | None:
    """Ask the running monitor how it is.

    Returns:
        Its status; None when none runs, or it has not looked yet.

    Raises:
        NotAnsweringError: One runs and does not answer.
    """
    answer = _talk(_Question("status"))
    return None if answer is None else STATUS.validate_json(answer)


def ask_live() -> Live | None:
    """Ask the running monitor for its newest look.

    Returns:
        The look as numbers; None when no monitor runs, or it has not looked yet.

    Raises:
        NotAnsweringError: One runs and does not answer.
    """
    answer = _talk(_Question("live"))
    return None if answer is None else LIVE.validate_json(answer)


def ask(request: Request) -> None:
    """Put a request before the running monitor, which obeys it at once.

    Args:
        request: What is asked.

    Raises:
        NotRunningError: There is none.
        NotAnsweringError: There is one that does not answer.
    """
    if _talk(request) is None:
        raise NotRunningError(
            "No posture monitor of yours is running.",
            meaning="There is nobody to ask.",
            action="Start one: `posture start`, or `posture watch` in this terminal.",
        )


def _talk(message: _Question | Request) -> bytes | None:
    """Ask one question; None when nobody listens."""
    try:
        with _connect() as connection:
            connection.send_bytes(_MESSAGE.dump_json(message))
            if connection.poll(_ANSWER_WITHIN_S):
                return connection.recv_bytes(_LONGEST_ANSWER)
    except (FileNotFoundError, ConnectionRefusedError):
        return None
    except (OSError, EOFError) as error:
        raise _no_answer(repr(error)) from error
    raise _no_answer(f"nothing came within {_ANSWER_WITHIN_S:.0f} s")


def _connect() -> Connection:
    if sys.platform == "win32":
        return Client(_address())
    # As `Client` does, but for not more than a while: a monitor that is held up accepts nobody.
    with socket.socket(socket.AF_UNIX) as ours:
        ours.settimeout(_ANSWER_WITHIN_S)
        ours.connect(_address())
        ours.settimeout(None)
        return Connection(ours.detach())


def _no_answer(why: str) -> NotAnsweringError:
    return NotAnsweringError(
        f"The running posture monitor does not answer ({why}).",
        meaning="It is held up, or of another version than this command.",
        action="Try again in a moment; if it stays so, end its process and start it anew.",
    )


def _address() -> str:
    if sys.platform == "win32":
        own = hashlib.sha256(str(data_dir()).encode()).hexdigest()[:16]
        return rf"\\.\pipe\posture-{own}"
    return str(runtime_dir() / "control.sock")


def _same_user(connection: Connection) -> bool:
    """Whether the other side runs as this user, where the kernel tells; and bound its patience."""
    if sys.platform != "linux":
        return True
    with socket.socket(fileno=os.dup(connection.fileno())) as peer:
        peer.setsockopt(
            socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", _QUESTION_WITHIN_S, 0)
        )
        peer.setsockopt(
            socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _QUESTION_WITHIN_S, 0)
        )
        size = struct.calcsize("3i")
        credentials = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    _, user, _ = struct.unpack("3i", credentials)
    if user == os.getuid():
        return True
    _log.warning("Another user (%d) tried to talk to the monitor and was refused.", user)
    return False
