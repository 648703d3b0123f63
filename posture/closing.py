"""What every opened thing has in common: it is closed by `with`, whatever happens."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Closing(ABC):
    """Opened where it is made, closed at the end of its `with` block."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held. Harmless when called twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
