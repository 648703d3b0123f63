"""A bell and a line where there is no desktop."""

from __future__ import annotations

from typing import TextIO

from posture.alert.message import Prompt

_BELL = "\a"


class TerminalChannel:
    """Writes to one stream; a line that was read cannot be taken back.

    Args:
        stream: Usually standard error, so that piped output stays clean.

    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, prompt: Prompt) -> None:
        """Ring once and write the prompt as one line."""
        bell = _BELL if self._stream.isatty() else ""
        line = f"{prompt.title}. {prompt.body}".replace("\n", " ")
        self._stream.write(f"{bell}{line}\n")
        self._stream.flush()

    def withdraw(self, prompt_id: str) -> None:
        """Do nothing: the line has scrolled into the past."""

    def close(self) -> None:
        """Do nothing: the stream belongs to the caller."""
