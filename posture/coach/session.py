"""A guided session, step by step (pure): what to do now, until when, and what came of it.

Where the camera can count, it does: a set ends when its repetitions were seen, and a hold lasts as
long as it is held. Where it cannot, or loses sight of the person, the clock leads and the outcome
says so. A session never waits for ever: a set that does not come to its end is let go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from posture.coach.comfort import Comfort
from posture.coach.counter import Counter, begin, count
from posture.coach.exercise import Exercise
from posture.coach.movement import Aim, Side, Sides, Tally
from posture.coach.schedule import Doing, Turn, schedule, wanted
from posture.coach.signals import Signal
from posture.instant import Instant

READY_S = 8.0
"""To read the steps and sit as they say."""
_FEEDBACK_S = 30.0
# Sight is lost for good after this: a hand before the face comes and goes sooner.
_BLIND_S = 6.0
# Whoever begins before the camera has found their neutral is counted as soon as it has.
_LATE_S = 8.0
# Three times what a set takes: whoever is slower has stopped counting along.
_PATIENCE = 3.0
_PATIENCE_AT_LEAST_S = 30.0
# Looks further apart than this (a suspended machine) do not count as time spent.
_LONGEST_LOOK_S = 2.0


class Phase(StrEnum):
    """Where a session is."""

    READY = "ready"
    DOING = "doing"
    REST = "rest"
    FEEDBACK = "feedback"
    DONE = "done"


class Command(StrEnum):
    """What the person may say."""

    GO = "go"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    STOP = "stop"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One exercise is over.

    Attributes:
        at: When it began.
        exercise: Its id.
        asked: Repetitions asked for, both sides together.
        seen: Repetitions the camera saw; None where it could not count.
        verified: Whether the camera counted to the end, so that `seen` is all there was.
        seconds: How long it took, pauses left out.
        stopped_early: Skipped, or the session was stopped in it.
        comfort: How it felt; None while nobody has said.
    """

    at: Instant
    exercise: str
    asked: int
    seen: int | None
    verified: bool
    seconds: float
    stopped_early: bool
    comfort: Comfort | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """The state of a session; `start` makes one.

    Attributes:
        plan: The exercises, none with parts.
        index: Which one it is at.
        phase: Where it is in it.
        phase_s: Time spent in the phase.
        began: When the present exercise began; None before.
        spent_s: Time spent in the present exercise.
        counter: The camera's; None where the clock leads.
        tally: What was counted.
        rested: How many repetitions have had their rest.
        turn: Which turn of the schedule, where the clock leads.
        unseen_s: For how long the person has not been seen.
        paused: Whether it waits.
        looked: The last step's time.
        outcomes: What came of the exercises so far.
        ranges: The person's own comfortable range by movement.
    """

    plan: tuple[Exercise, ...]
    index: int = 0
    phase: Phase = Phase.READY
    phase_s: float = 0.0
    began: Instant | None = None
    spent_s: float = 0.0
    counter: Counter | None = None
    tally: Tally = field(default_factory=Tally)
    rested: int = 0
    turn: int = 0
    unseen_s: float = 0.0
    paused: bool = False
    looked: Instant | None = None
    outcomes: tuple[Outcome, ...] = ()
    ranges: tuple[tuple[str, float], ...] = ()

    @property
    def exercise(self) -> Exercise:
        """The present exercise; the last one after the end."""
        return self.plan[min(self.index, len(self.plan) - 1)]

    @property
    def now(self) -> Turn:
        """The present turn of the schedule, where the clock leads."""
        return schedule(self.exercise)[self.turn]

    @property
    def seen(self) -> int:
        """Repetitions seen of the present exercise, no side counted beyond what was asked."""
        if self.exercise.sides is Sides.NONE:
            return min(self.tally.repetitions, self.exercise.repetitions)
        each = self.exercise.repetitions
        return min(self.tally.left, each) + min(self.tally.right, each)

    @property
    def side(self) -> Side | None:
        """The side that comes next, or is being done."""
        if self.counter is None:
            return self.now.side
        left, right = self.tally.left, self.tally.right
        match self.exercise.sides:
            case Sides.NONE:
                return None
            case Sides.ALTERNATING:
                return Side.LEFT if left <= right else Side.RIGHT
            case Sides.EACH:
                return Side.LEFT if left < self.exercise.repetitions else Side.RIGHT


def start(plan: Sequence[Exercise], ranges: dict[str, float] | None = None) -> Session:
    """Begin a session.

    Args:
        plan: What to do, in order; see `expand` for exercises made of parts.
        ranges: The person's own comfortable range by movement, from earlier sessions.

    Returns:
        Its first state.

    Raises:
        ValueError: There is nothing to do.
    """
    if not plan:
        raise ValueError("a session needs an exercise")
    return Session(tuple(plan), ranges=tuple(sorted((ranges or {}).items())))


def step(
    session: Session, now: Instant, signal: Signal | None, commands: Sequence[Command] = ()
) -> Session:
    """Go on by one look.

    Args:
        session: The state so far.
        now: When.
        signal: What the camera saw; None without a camera or a neutral.
        commands: What the person has said since the last look, in order.

    Returns:
        The new state; new entries of `outcomes`, and changed ones, are what there is to record.
    """
    last = session.looked
    passed_s = 0.0 if last is None else min(now.mono_s - last.mono_s, _LONGEST_LOOK_S)
    session = replace(session, looked=now)
    for command in commands:
        session = _obey(session, command, now)
    if session.paused or session.phase is Phase.DONE:
        return session
    session = replace(session, phase_s=session.phase_s + passed_s)
    match session.phase:
        case Phase.READY:
            return _begin(session, now, signal) if session.phase_s >= READY_S else session
        case Phase.FEEDBACK:
            over = session.phase_s >= _FEEDBACK_S
            return replace(session, phase=Phase.DONE) if over else session
        case _:
            session = replace(session, spent_s=session.spent_s + passed_s)
            return _go_on(session, now, signal, passed_s)


def _obey(session: Session, command: Command, now: Instant) -> Session:
    after = session
    match command:
        case Command.PAUSE:
            after = replace(session, paused=session.phase is not Phase.DONE)
        case Command.RESUME:
            after = replace(session, paused=False)
        case Command.GO if session.phase is Phase.READY:
            after = replace(session, phase_s=READY_S, paused=False)
        case Command.SKIP:
            after = _skip(session, now)
        case Command.STOP:
            if session.phase in {Phase.DOING, Phase.REST}:
                after = _finish(session, now, stopped_early=True)
            after = replace(after, phase=Phase.DONE, paused=False)
        case Command.BETTER | Command.SAME | Command.WORSE if session.outcomes:
            after = _rate(session, Comfort(command.value))
    return after


def _skip(session: Session, now: Instant) -> Session:
    match session.phase:
        case Phase.DOING | Phase.REST:
            return _finish(session, now, stopped_early=True)
        case Phase.READY:
            return _next(session)
        case _:
            return replace(session, phase=Phase.DONE)


def _rate(session: Session, comfort: Comfort) -> Session:
    *before, last = session.outcomes
    session = replace(session, outcomes=(*before, replace(last, comfort=comfort)))
    over = session.phase is Phase.FEEDBACK
    return replace(session, phase=Phase.DONE) if over else session


def _begin(session: Session, now: Instant, signal: Signal | None) -> Session:
    session = replace(
        session,
        phase=Phase.DOING,
        phase_s=0.0,
        began=now,
        spent_s=0.0,
        counter=None,
        tally=Tally(),
        rested=0,
        turn=0,
        unseen_s=0.0,
    )
    return session if signal is None else _with_camera(session)


def _with_camera(session: Session) -> Session:
    """Let the camera lead, where it can count this exercise."""
    verify = session.exercise.verify
    if verify is None:
        return session
    own = dict(session.ranges).get(verify.movement)
    exercise = session.exercise
    aim = Aim(verify.movement, verify.target, exercise.hold_s, exercise.sides, own)
    return replace(session, counter=begin(aim), phase=Phase.DOING, phase_s=0.0, spent_s=0.0, turn=0)


def _go_on(session: Session, now: Instant, signal: Signal | None, passed_s: float) -> Session:
    if session.counter is None and signal is not None and session.spent_s < _LATE_S:
        session = _with_camera(session)
    if session.counter is None:
        return _by_the_clock(session, now)
    counter, tally = session.counter, replace(session.tally, seen=False)
    if signal is not None:
        counter, tally = count(counter, signal, now.mono_s)
    unseen_s = 0.0 if tally.seen else session.unseen_s + passed_s
    session = replace(session, counter=counter, tally=tally, unseen_s=unseen_s)
    if unseen_s > _BLIND_S:
        return _by_the_clock(_without_camera(session), now)
    return _as_seen(session, now)


def _as_seen(session: Session, now: Instant) -> Session:
    exercise = session.exercise
    if session.seen >= wanted(exercise):
        return _finish(session, now, stopped_early=False)
    if session.spent_s > max(_PATIENCE * exercise.seconds, _PATIENCE_AT_LEAST_S):
        return _finish(session, now, stopped_early=False)
    if session.phase is Phase.REST:
        rested = session.phase_s >= exercise.rest_s
        return replace(session, phase=Phase.DOING, phase_s=0.0) if rested else session
    if exercise.rest_s and session.seen > session.rested:
        return replace(session, phase=Phase.REST, phase_s=0.0, rested=session.seen)
    return session


def _by_the_clock(session: Session, now: Instant) -> Session:
    turns = schedule(session.exercise)
    if session.phase_s < turns[session.turn].lasts_s:
        return session
    following = session.turn + 1
    if following == len(turns):
        return _finish(session, now, stopped_early=False)
    phase = Phase.REST if turns[following].doing is Doing.REST else Phase.DOING
    return replace(session, turn=following, phase=phase, phase_s=0.0)


def _without_camera(session: Session) -> Session:
    """Let the clock lead from the first repetition that was not seen."""
    turns = schedule(session.exercise)
    turn = next(i for i, turn in enumerate(turns) if turn.repetition > session.seen)
    return replace(session, counter=None, turn=turn, phase=Phase.DOING, phase_s=0.0)


def _finish(session: Session, now: Instant, *, stopped_early: bool) -> Session:
    exercise = session.exercise
    verified = session.counter is not None
    outcome = Outcome(
        at=session.began or now,
        exercise=exercise.id,
        asked=wanted(exercise),
        seen=session.seen if verified or session.seen else None,
        verified=verified,
        seconds=session.spent_s,
        stopped_early=stopped_early,
    )
    ranges = dict(session.ranges)
    if exercise.verify is not None and session.tally.own_range is not None:
        ranges[exercise.verify.movement] = session.tally.own_range
    return _next(
        replace(
            session,
            outcomes=(*session.outcomes, outcome),
            ranges=tuple(sorted(ranges.items())),
            counter=None,
            turn=0,
        )
    )


def _next(session: Session) -> Session:
    following = session.index + 1
    if following < len(session.plan):
        return replace(session, index=following, phase=Phase.READY, phase_s=0.0, paused=False)
    phase = Phase.FEEDBACK if session.outcomes else Phase.DONE
    return replace(session, index=following, phase=phase, phase_s=0.0, paused=False)
