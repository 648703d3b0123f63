"""How long the person has sat since the last break.

Only observed time is sitting, only absence (or a machine asleep) is a break; being paused, in the
dark or turned away is neither, until it lasts so long that nobody knows any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from posture.config.alert import BreaksSection
from posture.judge.verdict import State, Verdict

_AWAY = frozenset({State.ABSENT, State.ASLEEP})


@dataclass(frozen=True, slots=True)
class Sitting:
    """Since the last break; the default is right after one.

    Attributes:
        sitting_s: Observed seconds.
        away_s: Seconds of the absence going on.
        unobserved_s: Seconds since the person was last seen.
        reminded_at_s: `sitting_s` at the last reminder; None before the first.
    """

    sitting_s: float = 0.0
    away_s: float = 0.0
    unobserved_s: float = 0.0
    reminded_at_s: float | None = None

    def due(self, config: BreaksSection) -> bool:
        """Whether it is time for a break, or to say so again."""
        if not config.enabled:
            return False
        if self.reminded_at_s is None:
            return self.sitting_s >= config.after_min * 60
        return self.sitting_s >= self.reminded_at_s + config.again_min * 60


def away(verdict: Verdict) -> bool:
    """Whether the person is known not to sit at the screen."""
    return verdict.state in _AWAY


def sit(sitting: Sitting, verdict: Verdict, config: BreaksSection) -> tuple[Sitting, bool]:
    """Take one step.

    Args:
        sitting: So far.
        verdict: What the step's time was.
        config: What counts as a break.

    Returns:
        The sitting after the step, and whether a break has just been taken.
    """
    if verdict.state is State.PRESENT:
        sitting_s = sitting.sitting_s + verdict.covers_s
        return replace(sitting, sitting_s=sitting_s, away_s=0.0, unobserved_s=0.0), False
    away_s = sitting.away_s + (verdict.covers_s if away(verdict) else 0.0)
    unobserved_s = sitting.unobserved_s + verdict.covers_s
    if away_s >= config.away_min * 60 and sitting.sitting_s > 0:
        return Sitting(away_s=away_s, unobserved_s=unobserved_s), True
    if unobserved_s >= config.forget_unobserved_min * 60:
        return Sitting(away_s=away_s, unobserved_s=unobserved_s), False
    return replace(sitting, away_s=away_s, unobserved_s=unobserved_s), False
