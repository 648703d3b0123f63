"""A child process of ours that talks through pipes and ends when its standard input does.

Both sides of it: `Child` starts one, `serve` is the child's frame. The first line to the child is a
JSON object, what it is to do; its first line back says that it is ready, or which problem it has.
Nothing is pickled: what comes out of a child is data.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from posture.closing import Closing
from posture.errors import PostureError


class Child(Closing):
    """A module of ours that runs in a process of its own."""

    def __init__(self, module: str, order: dict[str, Any], *, ends_within_s: float) -> None:
        """Start it and wait until it is ready.

        Args:
            module: Its full name.
            order: What it is to do; JSON.
            ends_within_s: How long it may take to end once its input has; then it is killed.

        Raises:
            PostureError: The problem the child has; or it does not start at all.
        """
        self._module = module
        self._ends_within_s = ends_within_s
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C in the terminal is for the program, which then ends the child.
            start_new_session=True,
        )
        self._input = _opened(self._process.stdin)
        self._output = _opened(self._process.stdout)
        try:
            self.say(json.dumps(order).encode())
            self.hear_ready()
        except BaseException:
            self.close()
            raise

    def say(self, line: bytes) -> None:
        """Hand it a line.

        Args:
            line: Without its end.

        Raises:
            BrokenPipeError: The child has ended.
        """
        self._input.write(line + b"\n")
        self._input.flush()

    def hear_line(self) -> bytes:
        """Wait for its next line; empty when it has ended."""
        return self._output.readline()

    def hear_ready(self) -> None:
        """Wait until it says `ready`.

        Raises:
            PostureError: The problem it has instead; or it has ended.
        """
        _raise_problem(self._module, self.hear_line())

    def hear(self, length: int) -> bytes:
        """Wait for so many bytes of its output; fewer when it has ended."""
        return self._output.read(length)

    def close(self) -> None:
        """Close the pipe, which ends the child; one that hangs is killed."""
        with suppress(BrokenPipeError):
            self._input.close()
        self._output.close()
        try:
            self._process.wait(timeout=self._ends_within_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def serve(work: Callable[[dict[str, Any]], None]) -> None:
    """Be the child: read the order and do the work.

    Args:
        work: Calls `ready` once it has all it needs; returns when standard input ends.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        work(json.loads(sys.stdin.buffer.readline()))
    except PostureError as error:
        problem(error)
    except BrokenPipeError:
        # The parent has gone and wants no answer; nor may the interpreter try to give it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def ready() -> None:
    """Tell the parent that the work begins."""
    _say({"problem": ""})


def problem(error: PostureError) -> None:
    """Tell the parent what is wrong instead.

    Args:
        error: Raised there.
    """
    said = (error.what, error.meaning, error.action)
    _say({"problem": type(error).__name__, "said": said})


def _say(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def _raise_problem(module: str, line: bytes) -> None:
    if not line:
        raise PostureError(
            f"The helper process {module} did not start.",
            meaning="What it was to do is not done.",
            action="Its own message stands above; install posture again if it stays.",
        )
    message = json.loads(line)
    if message["problem"]:
        kinds = {kind.__name__: kind for kind in PostureError.__subclasses__()}
        what, meaning, action = message["said"]
        raise kinds.get(message["problem"], PostureError)(what, meaning=meaning, action=action)


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("not started with a pipe")
    return pipe
