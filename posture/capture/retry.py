"""Growing pauses between attempts to open a lost camera again (pure)."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses that double from `first_s` up to `longest_s`.

    Attributes:
        first_s: Pause after the first failure, seconds.
        longest_s: Pause that is never exceeded, seconds.
        failures: Failures in a row so far.
    """

    first_s: float
    longest_s: float
    failures: int = 0

    def next_pause(self) -> tuple[float, Backoff]:
        """The pause after one more failure, and the state that remembers it."""
        # 2**30 first pauses are longer than any limit; the bound keeps the power finite.
        pause_s = min(self.first_s * 2.0 ** min(self.failures, 30), self.longest_s)
        return pause_s, replace(self, failures=self.failures + 1)

    def reset(self) -> Backoff:
        """After success."""
        return replace(self, failures=0)
