"""The policy's memory as JSON, so that a restart is no way round a budget or a snooze.

The monotonic clock's zero may change with a restart; the wall clock, once, bridges the two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter

from posture.instant import Instant
from posture.judge.memory import PolicyState
from posture.judge.quiet import Snooze


@dataclass(frozen=True, slots=True)
class _Saved:
    mono_s: float
    local: datetime
    state: PolicyState


_SAVED = TypeAdapter(_Saved)


def dump(state: PolicyState, now: Instant) -> bytes:
    """Write the policy's memory.

    Args:
        state: What to keep.
        now: When it is written.

    Returns:
        JSON, UTF-8.
    """
    return _SAVED.dump_json(_Saved(now.mono_s, now.local, state))


def load(data: bytes, now: Instant) -> PolicyState:
    """Read the policy's memory and put its times on the present monotonic clock.

    Args:
        data: What `dump` wrote.
        now: When it is read.

    Returns:
        The state as it would be had the program run on without seeing anything. A wall clock that
        was set back meanwhile counts as no time at all.

    Raises:
        ValueError: The data is damaged or of another version.
    """
    saved = _SAVED.validate_json(data)
    away_s = max(0.0, (now.local - saved.local).total_seconds())
    state = _shifted(saved.state, now.mono_s - away_s - saved.mono_s)
    sitting = replace(state.sitting, unobserved_s=state.sitting.unobserved_s + away_s)
    return replace(state, sitting=sitting)


def _shifted(state: PolicyState, by_s: float) -> PolicyState:
    def later(mono_s: float | None) -> float | None:
        return None if mono_s is None else mono_s + by_s

    def ends_later(asked: Snooze | None) -> Snooze | None:
        return asked and replace(asked, until_mono_s=later(asked.until_mono_s))

    active, last = state.active, state.last_ended
    return replace(
        state,
        spoken=tuple(replace(s, mono_s=s.mono_s + by_s) for s in state.spoken),
        active=active and replace(active, raised_s=active.raised_s + by_s),
        last_ended=last and replace(last, raised_s=last.raised_s + by_s),
        quiet_until_s=later(state.quiet_until_s),
        fault_quiet_until_s={f: s + by_s for f, s in state.fault_quiet_until_s.items()},
        snooze=ends_later(state.snooze),
        pause=ends_later(state.pause),
    )
