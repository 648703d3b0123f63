"""Where the stages meet: one look after another, from the camera to the log.

capture → pose → measure → judge → alert / log → view
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from posture.alert import message
from posture.alert.alerter import Alerter
from posture.alert.channel import SNOOZE_BUTTON, Action, Answer
from posture.capture.frame import Frame, NoFrame, Source
from posture.coach.catalogue import Exercise
from posture.config.schema import Config
from posture.errors import CalibrationError, PostureError
from posture.instant import Instant
from posture.judge import answers, monitor, policy
from posture.judge.events import AlertRaised, BreakDue, Event
from posture.judge.limits import Limits, limits_from
from posture.judge.memory import PolicyState
from posture.judge.quiet import parse_snooze
from posture.judge.verdict import Fault, Verdict
from posture.log.landmarks import LandmarkLog
from posture.log.store import Store
from posture.measure.baseline import neutral_of
from posture.measure.fit import Neutral
from posture.measure.measurement import Measurement
from posture.measure.track import TrackState, track
from posture.pose.landmarks import Landmarks, Unseen, UnseenReason
from posture.service.calibrating import LOOK_EVERY_S, Calibrating, collect
from posture.service.calibrations import Calibrations
from posture.service.clock import Clock
from posture.service.eyes import SparingEyes
from posture.service.manners import Rest, signals_of
from posture.service.pace import pause_after
from posture.service.requests import CalibrateRequest, Request, StopRequest, obey
from posture.service.surroundings import Surroundings

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
        policy: What the policy remembers after it.
        limits: What was judged by.
        rest: Why the camera is closed, if it is.
        notice: What the user should know; empty when all is well.
    """

    frame: Frame | NoFrame
    seen: Landmarks | Unseen
    verdict: Verdict
    now: Instant
    events: tuple[Event, ...]
    exercises: dict[str, Exercise]
    calibrating: Calibrating | None
    neutral: Neutral | None
    policy: PolicyState
    limits: Limits
    rest: Rest | None
    notice: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The opened edges that one run works with; whoever opens them closes them.

    Attributes:
        config: The settings they were opened with.
        source: Camera, file or stream.
        pose: MediaPipe.
        store: The log.
        alerter: How to reach the person.
        clock: Turns the source's time stamps into instants.
        choose: Picks an exercise for a fault and its severity; None where none suits this person.
        calibrations: Those kept.
        view: Who watches.
        around: The user, the desktop, edits of the settings.
        landmarks: Where the user has landmarks kept; None by default.
    """

    config: Config
    source: Source
    pose: PoseModel
    store: Store
    alerter: Alerter
    clock: Clock
    choose: Callable[[Fault, float, Instant], Exercise | None]
    calibrations: Calibrations
    view: View
    around: Surroundings
    landmarks: LandmarkLog | None = None


class Run:
    """One run of the monitor; all state of the pure stages is held here and nowhere else."""

    def __init__(self, parts: Parts, policy_state: PolicyState, *, recalibrate: bool) -> None:
        """Prepare a run.

        Args:
            parts: The opened edges.
            policy_state: What the policy remembers from the last run.
            recalibrate: Begin with calibrating, even where a calibration is kept.
        """
        self._parts = parts
        self._recalibrate = recalibrate
        self._size_px = (0, 0)
        self._neutral: Neutral | None = None
        self._calibrating: Calibrating | None = None
        self._track = TrackState()
        self._monitor = monitor.MonitorState()
        self._policy = policy_state
        self._last: Instant | None = None
        self._offered: dict[str, Exercise] = {}
        self._stopping = False
        self._eyes = SparingEyes(parts.pose, parts.config.capture)
        self._moved = False
        self._unkept = self._unoffered = ""

    def until_end(self) -> None:
        """Look again and again until the source ends, which a camera never does, or is told to."""
        at_s = 0.0
        try:
            while not self._stopping and (frame := self._parts.source.next(at_s)) is not None:
                self._parts = self._follow()
                look = self._look(frame)
                self._parts.view.looked(look)
                at_s = look.now.mono_s + self._pause(look)
        finally:
            if self._last is not None:
                self._parts.around.remember(self._policy, self._last)

    def _follow(self) -> Parts:
        """The parts to go on with; another camera or profile has another calibration."""
        parts = self._parts.around.follow(self._parts)
        if parts is not self._parts:
            self._eyes = SparingEyes(parts.pose, parts.config.capture)
        if parts.calibrations is not self._parts.calibrations:
            self._size_px = (0, 0)
        return parts

    def _look(self, frame: Frame | NoFrame) -> Look:
        around, alert = self._parts.around, self._parts.config.alert
        now = self._last = self._parts.clock.at(frame.t_s)
        requests = around.asked()
        self._policy, asked = obey(self._policy, requests, now, alert)
        desktop = around.desktop()
        rest = around.rest(self._policy, now, locked=desktop.locked)
        self._begin(frame, requests, rest)
        seen = self._see(frame, rest)
        if isinstance(seen, Landmarks) and self._parts.landmarks is not None:
            self._parts.landmarks.add(seen, now)
        observation = self._measure(seen, now)
        limits = limits_from(self._parts.config.judge).relaxed(self._policy.relaxed_percent)
        self._monitor, verdict = monitor.step(
            self._monitor, observation, now, limits, signals_of(rest)
        )
        self._parts.store.record(verdict, now)
        self._policy, decided = policy.step(
            self._policy, verdict, now, alert, do_not_disturb=desktop.silent
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
            self._parts.store.event(event, exercise.id if exercise is not None else None)
        if events or requests:
            around.remember(self._policy, now)
        return Look(
            frame=frame,
            seen=seen,
            verdict=verdict,
            now=now,
            events=events,
            exercises=exercises,
            calibrating=self._calibrating,
            neutral=self._neutral,
            policy=self._policy,
            limits=limits,
            rest=rest,
            notice=self._notice(),
        )

    def _notice(self) -> str:
        landmarks = self._parts.landmarks
        kept = landmarks.notice if landmarks is not None else ""
        notices = (self._parts.around.notice, kept, self._unkept, self._unoffered)
        return " ".join(filter(None, notices))

    def _begin(
        self, frame: Frame | NoFrame, requests: Sequence[Request], rest: Rest | None
    ) -> None:
        """Begin anew what a new view, a request or a rest begins anew."""
        if isinstance(frame, Frame) and frame.size_px != self._size_px:
            # A picture of another size is another view, with a calibration of its own.
            self._size_px = frame.size_px
            kept = None if self._recalibrate else self._parts.calibrations.recall(frame.size_px)
            self._neutral = neutral_of(kept) if kept is not None else None
            self._calibrating = Calibrating() if kept is None else None
            self._track = TrackState()
            self._eyes.forget()
        if rest is not None:
            self._eyes.forget()
        asked_to_calibrate = any(isinstance(request, CalibrateRequest) for request in requests)
        if asked_to_calibrate:
            self._neutral = None
        if asked_to_calibrate or (rest is not None and self._calibrating is not None):
            self._calibrating = Calibrating()
        self._stopping = any(isinstance(request, StopRequest) for request in requests)

    def _see(self, frame: Frame | NoFrame, rest: Rest | None) -> Landmarks | Unseen:
        if rest is not None:
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
        result = collect(state, seen, self._parts.config.measure.calibration_s)
        if isinstance(result, Calibrating):
            self._calibrating = result
            return
        self._calibrating = None
        self._neutral = neutral_of(result)
        self._track = TrackState()
        self._recalibrate = False
        try:
            self._parts.calibrations.keep(result, now)
        except CalibrationError as problem:
            self._unkept = f"{problem.what} {problem.meaning}"
        else:
            self._unkept = ""

    def _answered(self, answer: Answer, now: Instant) -> tuple[Event, ...]:
        alert = self._parts.config.alert
        events: tuple[Event, ...] = ()
        if answer.action is Action.SHOW_EXERCISE:
            offer = _offer(self._offered.get(answer.id))
            if offer is not None:
                self._parts.alerter.explain(answer.id, offer)
        elif answer.action is Action.SNOOZE:
            asked = parse_snooze(SNOOZE_BUTTON, now)
            self._policy, events = answers.snooze(self._policy, asked, now, alert)
        elif answer.action is Action.WRONG:
            self._policy, events = answers.wrong(self._policy, answer.id, now, alert)
        return events

    def _exercise_for(self, event: Event, now: Instant) -> Exercise | None:
        match event:
            case AlertRaised():
                severity = limits_from(self._parts.config.judge).severity(
                    event.fault, event.by.value
                )
                return self._choose(event.fault, severity, now)
            case BreakDue():
                return self._choose(Fault.STATIC_SITTING, 0.0, now)
            case _:
                return None

    def _choose(self, fault: Fault, severity: float, now: Instant) -> Exercise | None:
        try:
            exercise = self._parts.choose(fault, severity, now)
        except PostureError as problem:
            # An exercise file that was broken meanwhile, a log that is held: the alert still comes.
            self._unoffered = f"No exercise could be offered. {problem.what.strip()}"
            return None
        self._unoffered = ""
        return exercise

    def _pause(self, look: Look) -> float:
        if look.calibrating is not None and look.rest is None:
            return LOOK_EVERY_S
        shown = look.policy.active is not None or look.policy.reminder is not None
        capture = self._parts.config.capture
        return pause_after(look.verdict, look.limits, capture, stirring=self._moved or shown)


def _offer(exercise: Exercise | None) -> message.Exercise | None:
    if exercise is None:
        return None
    how = (*exercise.how, f"With a guide that counts: posture exercise {exercise.id}")
    return message.Exercise(exercise.name, exercise.first_step, exercise.seconds, how)
