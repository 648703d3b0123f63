"""Where the stages meet: one look after another, from the camera to the log.

capture → pose → measure → judge → alert / log → view
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from posture.alert import message
from posture.alert.alerter import Alerter
from posture.alert.channel import SNOOZE_BUTTON, Action, Answer
from posture.alert.desktop_state import DesktopState
from posture.capture.frame import Frame, NoFrame, Source
from posture.coach.catalogue import Exercise
from posture.config.schema import Config
from posture.instant import Instant
from posture.judge import answers, monitor, policy
from posture.judge.events import AlertRaised, BreakDue, Event
from posture.judge.limits import limits_from
from posture.judge.memory import PolicyState
from posture.judge.quiet import parse_snooze
from posture.judge.verdict import Fault, Verdict
from posture.log.store import Store
from posture.measure.baseline import Baseline, neutral_of
from posture.measure.fit import Neutral
from posture.measure.measurement import Measurement
from posture.measure.track import TrackState, track
from posture.pose.landmarks import Landmarks, Unseen, UnseenReason
from posture.service.calibrating import LOOK_EVERY_S, Calibrating, collect
from posture.service.clock import Clock
from posture.service.eyes import Eyes
from posture.service.pace import pause_after
from posture.service.requests import CalibrateRequest, Request, obey

if TYPE_CHECKING:
    from posture.pose.mediapipe import PoseModel


class View(Protocol):
    """Whoever watches the monitor at work."""

    def looked(self, look: Look) -> None:
        """Called after every look."""


class CalibrationView(Protocol):
    """Whoever watches a calibration."""

    def calibrating(self, state: Calibrating, now_s: float) -> None:
        """Called after every look of a calibration that goes on."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """All that came of one look.

    Attributes:
        frame: The picture, or why there was none.
        seen: What the pose stage found in it.
        verdict: The judge's.
        now: Its instant.
        events: What the policy decided.
        exercises: The exercise that goes with an event, by the event's id.
        calibrating: The calibration phase, while it lasts.
        neutral: The calibrated person, once there is one.
    """

    frame: Frame | NoFrame
    seen: Landmarks | Unseen
    verdict: Verdict
    now: Instant
    events: tuple[Event, ...]
    exercises: dict[str, Exercise]
    calibrating: Calibrating | None
    neutral: Neutral | None


@dataclass(frozen=True, slots=True)
class Parts:
    """The opened edges that one run works with; whoever opens them closes them.

    Attributes:
        source: Camera, file or stream.
        pose: MediaPipe.
        store: The log.
        alerter: How to reach the person.
        clock: Turns the source's time stamps into instants.
        choose: Picks an exercise for a fault.
        calibrated: Called with every new baseline, to keep it.
        view: Who watches.
        desktop: Whether it asks for silence, whether it is locked.
        asked: Takes what the user has asked since the last look.
    """

    source: Source
    pose: PoseModel
    store: Store
    alerter: Alerter
    clock: Clock
    choose: Callable[[Fault, Instant], Exercise]
    calibrated: Callable[[Baseline, Instant], None]
    view: View
    desktop: Callable[[], DesktopState]
    asked: Callable[[], list[Request]]


class Run:
    """One run of the monitor; all state of the pure stages is held here and nowhere else."""

    def __init__(
        self,
        parts: Parts,
        config: Config,
        baseline: Baseline | None,
        policy_state: PolicyState,
    ) -> None:
        """Prepare a run.

        Args:
            parts: The opened edges.
            config: Settings.
            baseline: A kept calibration; without one the run begins with calibrating.
            policy_state: What the policy remembers from the last run.
        """
        self._parts = parts
        self._config = config
        self._limits = limits_from(config.judge)
        self._neutral = neutral_of(baseline) if baseline is not None else None
        self._calibrating = Calibrating() if baseline is None else None
        self._track = TrackState()
        self._monitor = monitor.MonitorState()
        self.policy = policy_state
        self.last: Instant | None = None
        self._offered: dict[str, Exercise] = {}
        self._eyes = Eyes(parts.pose, config.capture)
        self._moved = False

    def until_end(self) -> None:
        """Look again and again until the source ends; a camera never does."""
        at_s = 0.0
        while (frame := self._parts.source.next(at_s)) is not None:
            look = self._look(frame)
            self._parts.view.looked(look)
            at_s = look.now.mono_s + self._pause(look)

    def _look(self, frame: Frame | NoFrame) -> Look:
        now = self.last = self._parts.clock.at(frame.t_s)
        requests = self._parts.asked()
        if any(isinstance(request, CalibrateRequest) for request in requests):
            self._calibrating, self._neutral = Calibrating(), None
        seen = self._see(frame)
        observation = self._measure(seen, now)
        desktop = self._parts.desktop()
        signals = monitor.Signals(asleep=desktop.locked)
        limits = self._limits.relaxed(self.policy.relaxed_percent)
        self._monitor, verdict = monitor.step(self._monitor, observation, now, limits, signals)
        self._parts.store.record(verdict, now)
        alert = self._config.alert
        self.policy, asked = obey(self.policy, requests, now, alert)
        self.policy, decided = policy.step(
            self.policy, verdict, now, alert, do_not_disturb=desktop.silent
        )
        events = (*asked, *decided)
        for answer in self._parts.alerter.answers():
            events = (*events, *self._answered(answer, now))
        exercises = {}
        for event in events:
            exercise = self._exercise_for(event, now)
            if exercise is not None and isinstance(event, AlertRaised | BreakDue):
                exercises[event.id] = exercise
                self._offered = {event.id: exercise}
            self._parts.alerter.perform(event, _offer(exercise))
            self._parts.store.event(event)
        return Look(frame, seen, verdict, now, events, exercises, self._calibrating, self._neutral)

    def _see(self, frame: Frame | NoFrame) -> Landmarks | Unseen:
        if isinstance(frame, NoFrame):
            self._eyes.forget()
            return Unseen(frame.t_s, UnseenReason.CAMERA_LOST)
        seen, self._moved = self._eyes.look(frame, anew=self._calibrating is not None)
        return seen

    def _measure(self, seen: Landmarks | Unseen, now: Instant) -> Measurement | Unseen:
        if self._calibrating is not None:
            self._calibrate(self._calibrating, seen, now)
        if self._neutral is None:
            return seen if isinstance(seen, Unseen) else Unseen(seen.t_s, UnseenReason.UNCALIBRATED)
        self._track, observation = track(self._track, seen, self._neutral)
        return observation

    def _calibrate(self, state: Calibrating, seen: Landmarks | Unseen, now: Instant) -> None:
        result = collect(state, seen, self._config.measure.calibration_s)
        if isinstance(result, Calibrating):
            self._calibrating = result
            return
        self._calibrating = None
        self._neutral = neutral_of(result)
        self._track = TrackState()
        self._parts.calibrated(result, now)

    def _answered(self, answer: Answer, now: Instant) -> tuple[Event, ...]:
        events: tuple[Event, ...] = ()
        if answer.action is Action.SHOW_EXERCISE:
            offer = _offer(self._offered.get(answer.id))
            if offer is not None:
                self._parts.alerter.explain(answer.id, offer)
        elif answer.action is Action.SNOOZE:
            asked = parse_snooze(SNOOZE_BUTTON, now)
            self.policy, events = answers.snooze(self.policy, asked, now, self._config.alert)
        elif answer.action is Action.WRONG:
            self.policy, events = answers.wrong(self.policy, answer.id, now, self._config.alert)
        return events

    def _exercise_for(self, event: Event, now: Instant) -> Exercise | None:
        match event:
            case AlertRaised():
                return self._parts.choose(event.fault, now)
            case BreakDue():
                return self._parts.choose(Fault.STATIC_SITTING, now)
            case _:
                return None

    def _pause(self, look: Look) -> float:
        if look.calibrating is not None:
            return LOOK_EVERY_S
        limits = self._limits.relaxed(self.policy.relaxed_percent)
        shown = self.policy.active is not None or self.policy.reminder is not None
        return pause_after(
            look.verdict, limits, self._config.capture, stirring=self._moved or shown
        )


def _offer(exercise: Exercise | None) -> message.Exercise | None:
    if exercise is None:
        return None
    return message.Exercise(exercise.name, exercise.first_step, exercise.seconds, exercise.how)
