"""The system's own voice, where it has one; text only, nothing is recorded or sent."""

from __future__ import annotations

import shutil
import subprocess
import sys

from posture.closing import Closing

# Read from standard input, so that no word of it can be taken for a command.
_WINDOWS = (
    "Add-Type -AssemblyName System.Speech; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)
_COMMANDS = {
    "spd-say": ("--wait", "--pipe-mode"),
    "espeak-ng": ("--stdin",),
    "espeak": ("--stdin",),
    "say": ("-f", "-"),
}


class Voice(Closing):
    """Says a few words at a time; a newer sentence cuts off an older one."""

    def __init__(self) -> None:
        """Look for a voice."""
        self._command = _find()
        self._speaking: subprocess.Popen[bytes] | None = None

    @property
    def is_there(self) -> bool:
        """Whether this system has a voice."""
        return self._command is not None

    def say(self, words: str) -> None:
        """Say something, without waiting for its end."""
        if self._command is None:
            return
        self.close()
        self._speaking = subprocess.Popen(  # noqa: S603 - the system's own program, no shell
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if self._speaking.stdin is not None:
            self._speaking.stdin.write(words.encode())
            self._speaking.stdin.close()

    def close(self) -> None:
        """Fall silent."""
        if self._speaking is not None:
            self._speaking.terminate()
            self._speaking.wait()
            self._speaking = None


def _find() -> list[str] | None:
    if sys.platform == "win32":
        shell = shutil.which("powershell")
        return [shell, "-NoProfile", "-Command", _WINDOWS] if shell else None
    for name, options in _COMMANDS.items():
        program = shutil.which(name)
        if program is not None:
            return [program, *options]
    return None
