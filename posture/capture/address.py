"""What the user means by a source: an index, a device, a file or a stream."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from stat import S_ISCHR, S_ISFIFO


class SourceKind(Enum):
    """The four things `capture.source` may name."""

    INDEX = auto()
    DEVICE = auto()
    FILE = auto()
    STREAM = auto()


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed `capture.source`.

    Attributes:
        kind: Which of the four.
        text: As the user wrote it.
    """

    kind: SourceKind
    text: str

    @property
    def name(self) -> str:
        """What the user would call it."""
        match self.kind:
            case SourceKind.INDEX:
                return f"camera {self.text}"
            case SourceKind.FILE:
                return Path(self.text).name
            case _:
                return self.text


def parse_address(text: str) -> Address:
    """Tell an index, a device, a file and a stream apart.

    A path that does not exist is a device when it lies in `/dev`, otherwise a file: the message
    about it then names the right thing.

    Args:
        text: The option or config value.

    Returns:
        The address; nothing is opened.
    """
    text = text.strip()
    if text.isdecimal():
        return Address(SourceKind.INDEX, text)
    if "://" in text:
        return Address(SourceKind.STREAM, text)
    path = Path(text)
    if path.exists():
        mode = path.stat().st_mode
        if S_ISCHR(mode):
            return Address(SourceKind.DEVICE, text)
        return Address(SourceKind.STREAM if S_ISFIFO(mode) else SourceKind.FILE, text)
    return Address(SourceKind.DEVICE if text.startswith("/dev/") else SourceKind.FILE, text)
