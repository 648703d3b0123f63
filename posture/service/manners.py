"""When the camera is closed, its light off, though the monitor runs (pure)."""

from __future__ import annotations

from enum import StrEnum

from posture.config.service import ServiceSection
from posture.instant import Instant
from posture.judge.monitor import AWAKE, Signals
from posture.judge.quiet import Snooze, on_day, within_hours


class Rest(StrEnum):
    """Why the camera is closed."""

    PAUSED = "paused"
    LOCKED = "locked"
    OFF_HOURS = "off_hours"
    LENT = "lent"


def why_rest(
    pause: Snooze | None, now: Instant, service: ServiceSection, *, locked: bool, lent: bool
) -> Rest | None:
    """Why the camera should be closed now, if it should.

    Args:
        pause: Asked for by the user; may have run out.
        now: The present moment.
        service: The `[service]` table.
        locked: The session is locked.
        lent: A guided session has the camera, or waits for it.

    Returns:
        The first reason that holds; None when the camera is wanted.
    """
    if pause is not None and not pause.over(now):
        return Rest.PAUSED
    if locked:
        return Rest.LOCKED
    if not on_day(now, service.days) or (service.hours and not within_hours(now, service.hours)):
        return Rest.OFF_HOURS
    return Rest.LENT if lent else None


def signals_of(rest: Rest | None) -> Signals:
    """What that is to the judge: a locked session is asleep, everything else a pause."""
    if rest is None:
        return AWAKE
    return Signals(paused=rest is not Rest.LOCKED, asleep=rest is Rest.LOCKED)
