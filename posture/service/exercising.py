"""Run a guided session: camera → pose → count → what to do now, until it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from posture.capture.frame import Source
from posture.coach.exercise import Exercise
from posture.coach.guide import Showing, showing, spoken
from posture.coach.session import Command, Outcome, Phase, start, step
from posture.coach.signals import Signal, signal_of
from posture.instant import Instant
from posture.measure.baseline import neutral_of
from posture.measure.estimate import fit_frame
from posture.measure.fit import Neutral
from posture.pose.landmarks import Landmarks, Unseen
from posture.service.calibrating import Calibrating, collect
from posture.service.clock import Clock, LiveClock
from posture.service.see import see

if TYPE_CHECKING:
    from posture.pose.mediapipe import PoseModel

# Ten looks a second time a hold within a tenth of a second, and leave most of a core alone.
_LOOK_EVERY_S = 0.1
# Sitting upright while the steps are read is calibration enough for a session.
_NEUTRAL_S = 5.0


class SessionView(Protocol):
    """Whoever shows a session, and hears what the person says to it."""

    def show(self, now: Showing) -> None:
        """Called after every look."""

    def said(self) -> list[Command]:
        """What was said since the last look, in order."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """What a session sees with.

    Attributes:
        source: The opened camera.
        pose: The opened model.
        clock: The source's.
        neutral: A kept calibration for this camera; without one the session finds its own while
            the first steps are read.
    """

    source: Source
    pose: PoseModel
    clock: Clock
    neutral: Neutral | None


class Exercising:
    """One session at work."""

    def __init__(
        self,
        plan: Sequence[Exercise],
        ranges: dict[str, float],
        record: Callable[[Outcome], None],
        view: SessionView,
        speak: Callable[[str], None],
    ) -> None:
        """Prepare a session.

        Args:
            plan: What to do, in order.
            ranges: The person's own comfortable ranges.
            record: Takes every outcome, again when its comfort is told.
            view: Who shows it.
            speak: Says a few words, or nothing.
        """
        self._session = start(plan, ranges)
        self._record = record
        self._view = view
        self._speak = speak
        self._calibrating = Calibrating()
        self._neutral: Neutral | None = None
        self._shown: Showing | None = None

    @property
    def ranges(self) -> dict[str, float]:
        """The person's comfortable ranges, with what this session has seen."""
        return dict(self._session.ranges)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What came of the exercises."""
        return self._session.outcomes

    def run(self, eyes: Eyes | None) -> None:
        """Go through the session; an interrupt (Ctrl-C) stops it as the person's command would.

        Args:
            eyes: What to see with; without them the clock leads.
        """
        if eyes is not None:
            self._neutral = eyes.neutral
        try:
            self._until_done(eyes)
        except KeyboardInterrupt:
            self._go(self._session.looked or LiveClock().now(), None, [Command.STOP])

    def _until_done(self, eyes: Eyes | None) -> None:
        clock = LiveClock()
        at_s = 0.0
        while self._session.phase is not Phase.DONE:
            if eyes is None:
                time.sleep(_LOOK_EVERY_S)
                self._go(clock.now(), None, self._view.said())
            elif (frame := eyes.source.next(at_s)) is None:
                eyes = None  # a recording has ended: the clock takes over
            else:
                at_s = frame.t_s + _LOOK_EVERY_S
                signal = self._signal(see(frame, eyes.pose))
                self._go(eyes.clock.at(frame.t_s), signal, self._view.said())

    def _go(self, now: Instant, signal: Signal | None, said: Sequence[Command]) -> None:
        before = self._session.outcomes
        self._session = step(self._session, now, signal, said)
        for number, outcome in enumerate(self._session.outcomes):
            if number >= len(before) or outcome != before[number]:
                self._record(outcome)
        shown = showing(self._session)
        words = spoken(self._shown, shown)
        self._shown = shown
        self._view.show(shown)
        if words:
            self._speak(words)

    def _signal(self, seen: Landmarks | Unseen) -> Signal | None:
        if self._neutral is None:
            result = collect(self._calibrating, seen, _NEUTRAL_S)
            if isinstance(result, Calibrating):
                self._calibrating = result
                return None
            self._neutral = neutral_of(result)
        fitted = fit_frame(seen, self._neutral) if isinstance(seen, Landmarks) else seen
        return signal_of(seen, fitted, self._neutral)
