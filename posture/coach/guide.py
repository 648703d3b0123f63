"""What a session shows and says, for a page, a terminal and a voice (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from posture.coach.exercise import Exercise
from posture.coach.movement import Side
from posture.coach.schedule import Doing, wanted
from posture.coach.session import READY_S, Phase, Session

_SIDE_WORDS = {Side.LEFT: "To your left", Side.RIGHT: "To your right"}


@dataclass(frozen=True, slots=True)
class Showing:
    """A session at one moment.

    Attributes:
        exercise: The present exercise.
        number: Which one, from 1.
        of: How many there are.
        phase: Where in it.
        headline: What to do now, in two or three words.
        side: The side that is meant.
        done: Repetitions done, both sides together.
        wanted: Repetitions asked for; 0 where nothing is counted.
        left_s: Seconds left of what has an end by the clock; None otherwise.
        lasts_s: How long that is in all.
        reach: How far the movement is, 1 at the goal; None where the camera does not count.
        note: One sentence, or nothing.
        paused: Whether it waits.
        asks_comfort: Whether the last exercise waits for "better, same, worse".
    """

    exercise: Exercise
    number: int
    of: int
    phase: Phase
    headline: str
    side: Side | None
    done: int
    wanted: int
    left_s: float | None
    lasts_s: float
    reach: float | None
    note: str
    paused: bool
    asks_comfort: bool


def showing(session: Session) -> Showing:
    """Put a session in words.

    Args:
        session: Its state.

    Returns:
        What to show of it.
    """
    exercise = session.exercise
    active = session.phase in {Phase.DOING, Phase.REST}
    counted = active and session.counter is not None
    left_s, lasts_s = _clock(session)
    side = session.side if active else None
    return Showing(
        exercise=exercise,
        number=min(session.index, len(session.plan) - 1) + 1,
        of=len(session.plan),
        phase=session.phase,
        headline=_headline(session, side),
        side=side,
        done=_done(session) if active else 0,
        wanted=wanted(exercise),
        left_s=left_s,
        lasts_s=lasts_s,
        reach=min(session.tally.reach, 1.0) if counted else None,
        note=_note(session) if active else "",
        paused=session.paused,
        asks_comfort=bool(session.outcomes)
        and session.outcomes[-1].comfort is None
        and session.phase in {Phase.READY, Phase.FEEDBACK},
    )


def spoken(before: Showing | None, after: Showing) -> str:
    """What a voice says when one moment follows another.

    Args:
        before: The moment before; None at the beginning.
        after: The moment now.

    Returns:
        A few words; empty where there is nothing new.
    """
    if after.phase is Phase.READY and (before is None or before.number != after.number):
        return f"{after.exercise.name}. {after.exercise.first_step}"
    if before is None or (before.headline, before.phase) == (after.headline, after.phase):
        counted_on = before is not None and after.done > before.done
        return str(after.done) if counted_on and after.phase is Phase.DOING else ""
    return after.headline


def _headline(session: Session, side: Side | None) -> str:
    match session.phase:
        case Phase.READY:
            return "Get ready"
        case Phase.REST:
            return "Let go and rest" if session.exercise.rest_s else "Slowly back"
        case Phase.FEEDBACK:
            return "How does it feel now?"
        case Phase.DONE:
            return "Done"
        case Phase.DOING:
            if _holds(session):
                return "Hold, and keep breathing"
            return _SIDE_WORDS[side] if side is not None else "Slowly"


def _holds(session: Session) -> bool:
    if session.counter is not None:
        return session.exercise.hold_s > 0 and session.tally.holding_s > 0
    return session.now.doing is Doing.HOLD


def _clock(session: Session) -> tuple[float | None, float]:
    exercise = session.exercise
    match session.phase:
        case Phase.READY:
            return READY_S - session.phase_s, READY_S
        case Phase.REST if session.counter is not None:
            return exercise.rest_s - session.phase_s, exercise.rest_s
        case Phase.DOING if session.counter is not None:
            if _holds(session):
                return max(0.0, exercise.hold_s - session.tally.holding_s), exercise.hold_s
            return None, 0.0
        case Phase.DOING | Phase.REST:
            return session.now.lasts_s - session.phase_s, session.now.lasts_s
        case _:
            return None, 0.0


def _done(session: Session) -> int:
    if session.counter is not None:
        return session.seen
    now = session.now
    return now.repetition if now.doing is Doing.REST else max(now.repetition - 1, 0)


def _note(session: Session) -> str:
    if session.counter is None:
        if session.exercise.verify is None:
            return "The camera cannot see this one; the clock leads."
        return "The camera does not see you well enough to count; the clock leads."
    if not session.tally.seen:
        return "Come back into the picture, and it counts on."
    if session.tally.too_fast:
        return "Slower is better."
    return ""
