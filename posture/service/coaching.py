"""What a guided session needs from this machine: exercises, camera, log, ranges."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from posture.capture.address import SourceKind, parse_address
from posture.capture.frame import Frame
from posture.capture.open import open_source
from posture.capture.video import VideoFile
from posture.coach.allowed import allowed
from posture.coach.catalogue import load_catalogue
from posture.coach.choose import Occasion, choose
from posture.coach.exercise import Catalogue, Exercise
from posture.coach.session import Outcome
from posture.config.schema import Config
from posture.errors import PostureError
from posture.instant import Instant
from posture.judge.verdict import Fault
from posture.log import exercises as log
from posture.measure.baseline import neutral_of
from posture.places import data_dir
from posture.service import profiles
from posture.service.clock import Clock, LiveClock, RecordedClock
from posture.service.exercising import Exercising, Eyes, SessionView
from posture.service.guarded import guarded_model, prepare
from posture.service.lending import borrow_camera
from posture.service.whole import write_whole

LATELY = 50
"""More than any fault has exercises, so that the day before counts, too."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a session is done, for the log.

    Attributes:
        fault: What it answers; None for a routine or one's own choice.
        routine: Name of the routine; None otherwise.
    """

    fault: Fault | None = None
    routine: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A session that is wanted.

    Attributes:
        plan: What to do, in order.
        reason: Why.
        log: Where the outcome goes.
        source: What to look through; None to let the clock lead.
        as_camera: Play a video file as if it were a camera.
    """

    plan: Sequence[Exercise]
    reason: Reason
    log: Path
    source: str | None
    as_camera: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a session.

    Attributes:
        outcomes: One for each exercise that was begun.
        notice: Why the camera did not count, if it could have; empty otherwise.
    """

    outcomes: tuple[Outcome, ...]
    notice: str


def suited(config: Config, log_path: Path) -> Catalogue:
    """What this person can be offered: without what they, their doctor or their body rule out.

    Args:
        config: Settings.
        log_path: Where "worse" was recorded.

    Returns:
        The catalogue, own exercises included.

    Raises:
        ConfigError: The user's exercise file does not hold.
        LogError: The log cannot be read.
    """
    worse = log.switched_off(log_path)
    return allowed(load_catalogue(), config.coach).only(lambda exercise: exercise.id not in worse)


def chooser(
    config: Callable[[], Config], log_path: Path
) -> Callable[[Fault, float, Instant], Exercise | None]:
    """Make what picks an exercise for an alert.

    Args:
        config: Gives the settings in force.
        log_path: Where it is recorded what was done and how it felt.

    Returns:
        From fault, severity (0 at the limit, 1 at twice) and moment to an exercise; None where the
        person can do none of those that answer it.
    """
    offered = list(log.lately(log_path, LATELY))

    def pick(fault: Fault, severity: float, now: Instant) -> Exercise | None:
        # Read anew, so that "worse" counts at once.
        catalogue = suited(config(), log_path)
        try:
            chosen = choose(catalogue, Occasion(fault, severity, now.local.hour, offered))
        except LookupError:
            return None
        offered.append(chosen.id)
        return chosen

    return pick


def guide(config: Config, order: Order, view: SessionView, speak: Callable[[str], None]) -> Report:
    """Run a session from its first to its last look.

    Args:
        config: Settings.
        order: What is wanted.
        view: Who shows it.
        speak: Says a few words.

    Returns:
        What came of it.

    Raises:
        LogError: The outcome cannot be written.
    """
    ranges = _load_ranges()
    record = _recorder(order.log, order.reason)
    session = Exercising(order.plan, ranges, record, view, speak)
    notice = ""
    prepare()
    with ExitStack() as opened:
        eyes = None
        if order.source is not None and any(exercise.verify for exercise in order.plan):
            try:
                eyes = _open_eyes(opened, config, order.source, as_camera=order.as_camera)
            except PostureError as problem:
                # Exercising without being counted is better than not at all; the reason is shown.
                notice = f"{problem.what} The session was timed instead."
        try:
            session.run(eyes)
        finally:
            if session.ranges != ranges:
                _save_ranges(session.ranges)
    return Report(session.outcomes, notice)


def _open_eyes(opened: ExitStack, config: Config, text: str, *, as_camera: bool) -> Eyes:
    if as_camera or parse_address(text).kind is not SourceKind.FILE:
        opened.enter_context(borrow_camera())
    source = opened.enter_context(open_source(text, config.capture, as_camera=as_camera))
    recorded = isinstance(source, VideoFile)
    clock: Clock = RecordedClock(datetime.now().astimezone()) if recorded else LiveClock()
    first = source.next(0.0)
    kept = None
    if isinstance(first, Frame):
        profile = config.measure.profile
        kept = profiles.load(profiles.profile_path(profile, source.name, first.size_px))
    pose = opened.enter_context(guarded_model(config.pose.model))
    return Eyes(source, pose, clock, neutral_of(kept) if kept is not None else None)


def _recorder(log_path: Path, reason: Reason) -> Callable[[Outcome], None]:
    numbers: dict[datetime, int] = {}

    def record(outcome: Outcome) -> None:
        began = outcome.at.local
        if began not in numbers:
            numbers[began] = log.exercise_done(
                log_path,
                log.ExerciseDone(
                    exercise=outcome.exercise,
                    at=began,
                    seconds=outcome.seconds,
                    fault=reason.fault,
                    routine=reason.routine,
                    asked=outcome.asked,
                    seen=outcome.seen,
                    stopped_early=outcome.stopped_early,
                ),
            )
        if outcome.comfort is not None:
            log.felt(log_path, numbers[began], outcome.comfort, datetime.now().astimezone())

    return record


def _ranges_path() -> Path:
    return data_dir() / "ranges.json"


def _load_ranges() -> dict[str, float]:
    path = _ranges_path()
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {str(movement): float(value) for movement, value in content.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise PostureError(
            f"{path} is damaged ({error}).",
            meaning="Your own comfortable ranges are not known.",
            action="Delete the file; the next sessions find them anew.",
        ) from error


def _save_ranges(ranges: dict[str, float]) -> None:
    path = _ranges_path()
    rounded = {movement: round(value, 2) for movement, value in ranges.items()}
    write_whole(path, json.dumps(rounded).encode())
