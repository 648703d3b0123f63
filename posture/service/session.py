"""Open everything a run needs, in order, and close it in reverse.

What needs the network comes first: cameras and senders in the network live in processes of their
own. Then the network is closed for this one, and only then is MediaPipe imported.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, time
from pathlib import Path

from posture.alert.alerter import Alerter
from posture.alert.desktop_state import DesktopState, DesktopWatch
from posture.allocator import keep_little
from posture.capture.frame import Frame, NoFrame, Source
from posture.capture.open import open_source
from posture.capture.storyboard import Scene, Story
from posture.capture.video import VideoFile
from posture.coach.catalogue import Exercise, load_catalogue
from posture.coach.choose import choose
from posture.config.schema import Config
from posture.errors import CalibrationError
from posture.instant import Instant
from posture.judge.memory import PolicyState
from posture.judge.verdict import Fault
from posture.log.store import Store
from posture.measure.baseline import Baseline
from posture.places import data_dir
from posture.sandbox import keep_memory_private
from posture.service import profiles
from posture.service.calibrating import LOOK_EVERY_S, Calibrating, collect
from posture.service.clock import Clock, LiveClock, RecordedClock
from posture.service.guarded import guarded_model
from posture.service.memory import keep as keep_memory
from posture.service.memory import memory_path, only_one, recall
from posture.service.requests import spool, take
from posture.service.run import CalibrationView, Parts, Run, View

_DEMO = Path(__file__).resolve().parents[1] / "demo"
_DEMO_BEGINS = time(9, 0)
_MOST_ATTEMPTS = 3


def log_path() -> Path:
    """The log of this user."""
    return data_dir() / "log.sqlite3"


def watch(
    config: Config, source_text: str, view: View, *, as_camera: bool, recalibrate: bool
) -> None:
    """Monitor a camera, a file or a stream until it ends or the user interrupts.

    Args:
        config: Settings.
        source_text: What to look through.
        view: Who watches.
        as_camera: Play a file as if it were a camera.
        recalibrate: Ignore a kept calibration.

    Raises:
        PostureError: A camera, model, calibration or log that cannot be used.
    """
    _prepare()
    with ExitStack() as opened:
        source = opened.enter_context(open_source(source_text, config.capture, as_camera=as_camera))
        recorded = isinstance(source, VideoFile)
        clock: Clock = RecordedClock(datetime.now().astimezone()) if recorded else LiveClock()
        opened.enter_context(only_one())
        first = source.next(0.0)
        size_px = first.size_px if isinstance(first, Frame) else (0, 0)
        path = profiles.profile_path(config.measure.profile, source.name, size_px)
        baseline = None if recalibrate else profiles.load(path)
        _run(
            opened,
            config,
            source,
            clock,
            view,
            log=log_path(),
            baseline=baseline,
            keep=lambda fresh: profiles.save(path, fresh),
            memory=None if recorded else memory_path(),
        )


def demo(config: Config, view: View, log: Path, story: Story) -> None:
    """Run the whole pipeline on the bundled clip, on the story's clock.

    Args:
        config: Settings; alerts are shown by the view alone.
        view: Who watches.
        log: A log of its own, so that the user's stays clean.
        story: From `open_story`; closed at the end.

    Raises:
        PostureError: A model or log that cannot be used.
    """
    begins = datetime.combine(datetime.now().astimezone(), _DEMO_BEGINS).astimezone()
    silent = config.model_copy(
        update={
            "alert": config.alert.model_copy(update={"channel": "none"}),
            # A film that shows every second of the story.
            "capture": config.capture.model_copy(
                update={"look_every_steady_s": config.capture.look_every_s}
            ),
        }
    )
    _prepare()
    with ExitStack() as opened:
        opened.enter_context(story)
        _run(
            opened,
            silent,
            story,
            RecordedClock(begins),
            view,
            log=log,
            baseline=None,
            keep=_forget,
            memory=None,
        )


def calibrate(config: Config, source_text: str, view: CalibrationView) -> Path:
    """Calibrate and keep it.

    Args:
        config: Settings.
        source_text: What to look through.
        view: Who watches.

    Returns:
        Where the calibration is kept.

    Raises:
        AlreadyRunningError: A monitor of this user has the camera; ask it instead.
        CalibrationError: Refused three times, or the recording ended before.
        PostureError: A camera or model that cannot be used.
    """
    state = Calibrating()
    _prepare()
    with (
        only_one(),
        open_source(source_text, config.capture) as source,
        guarded_model(config.pose.model) as pose,
    ):
        at_s = 0.0
        while state.attempts < _MOST_ATTEMPTS and (frame := source.next(at_s)) is not None:
            at_s = frame.t_s + LOOK_EVERY_S
            if isinstance(frame, NoFrame):
                continue
            result = collect(state, pose.detect(frame), config.measure.calibration_s)
            if isinstance(result, Baseline):
                path = profiles.profile_path(config.measure.profile, source.name, result.size_px)
                profiles.save(path, result)
                return path
            state = result
            view.calibrating(state, frame.t_s)
    why = state.refused.value if state.refused is not None else "the recording ended too early"
    raise CalibrationError(
        f"Calibration was refused: {why}.",
        meaning="Nothing was kept; an earlier calibration stays.",
        action="Sit upright and relaxed, face the screen, with head and both shoulders in the "
        "picture and light on your face, and try again.",
    )


def open_story() -> Story:
    """The bundled clip with its storyboard."""
    return Story(VideoFile(_DEMO / "desk.mp4"), story_scenes())


def story_scenes() -> tuple[Scene, ...]:
    """The storyboard; its first scene is the calibration."""
    content = tomllib.loads((_DEMO / "story.toml").read_text(encoding="utf-8"))
    return tuple(Scene(**scene) for scene in content["scene"])


def _prepare() -> None:
    """What the whole process needs before it opens anything."""
    keep_memory_private()
    keep_little()


def _run(
    opened: ExitStack,
    config: Config,
    source: Source,
    clock: Clock,
    view: View,
    *,
    log: Path,
    baseline: Baseline | None,
    keep: Callable[[Baseline], None],
    memory: Path | None,
) -> None:
    # The view prints every alert itself, so the terminal channel has nothing to add.
    alerter = opened.enter_context(Alerter(config.alert, io.StringIO()))
    pose = opened.enter_context(guarded_model(config.pose.model))
    store = opened.enter_context(Store.open(log))
    catalogue = load_catalogue()
    waiting = spool()
    offered: list[str] = []

    def pick(fault: Fault, _now: Instant) -> Exercise:
        chosen = choose(catalogue, fault, offered)
        offered.append(chosen.id)
        return chosen

    def calibrated(fresh: Baseline, at: Instant) -> None:
        keep(fresh)
        store.calibrated(at, config.measure.profile, source.name, fresh.frames, fresh.sway)

    desktop = opened.enter_context(DesktopWatch()) if memory is not None else None
    parts = Parts(
        source=source,
        pose=pose,
        store=store,
        alerter=alerter,
        clock=clock,
        choose=pick,
        calibrated=calibrated,
        view=view,
        desktop=lambda: desktop.state if desktop is not None else DesktopState(),
        asked=(lambda: take(waiting)) if memory is not None else list,
    )
    remembered = recall(memory, clock.now()) if memory is not None else PolicyState()
    run = Run(parts, config, baseline, remembered)
    try:
        run.until_end()
    finally:
        if memory is not None and run.last is not None:
            keep_memory(memory, run.policy, run.last)


def _forget(_baseline: Baseline) -> None:
    """The demo's calibration is nobody's."""
