"""Open everything a run needs, in order, and close it in reverse."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime

from posture.alert.desktop_state import DesktopWatch
from posture.capture.address import SourceKind, parse_address
from posture.capture.open import bursts_of, open_source, opener_of
from posture.capture.resting import RestingCamera
from posture.config.schema import Config
from posture.judge.memory import PolicyState
from posture.places import log_path
from posture.service.board import Board
from posture.service.calibrations import Kept
from posture.service.camera import CameraManners
from posture.service.clock import LiveClock, RecordedClock
from posture.service.coaching import chooser
from posture.service.control import Control
from posture.service.edges import Edges, open_alerter, open_landmarks, open_log, open_pose
from posture.service.guarded import prepare
from posture.service.instance import only_one
from posture.service.living import Living
from posture.service.memory import Memory, memory_path, recall
from posture.service.run import Parts, Run, View
from posture.service.settings import Settings
from posture.service.surroundings import Alone


def watch(settings: Settings, view: View, *, as_camera: bool, recalibrate: bool) -> None:
    """Monitor a camera, a file or a stream until it ends or the user interrupts.

    Args:
        settings: Read anew when edited, where the source is live.
        view: Who watches.
        as_camera: Play a file as if it were a camera.
        recalibrate: Ignore a kept calibration.

    Raises:
        PostureError: A camera, model, calibration or log that cannot be used.
    """
    prepare()
    recorded = parse_address(settings.config.capture.source).kind is SourceKind.FILE
    with ExitStack() as opened:
        opened.enter_context(only_one())
        if recorded and not as_camera:
            run = _recording(opened, settings.config, view, recalibrate=recalibrate)
        else:
            run = _live(opened, settings, view, as_camera=as_camera, recalibrate=recalibrate)
        run.until_end()


def _recording(opened: ExitStack, config: Config, view: View, *, recalibrate: bool) -> Run:
    """A recording is judged on its own time, and leaves no memory."""
    source = opened.enter_context(open_source(config.capture.source, config.capture))
    clock = RecordedClock(datetime.now().astimezone())
    store = open_log(opened, config, log_path(), clock.now())
    alerter = opened.enter_context(open_alerter(config))
    parts = Parts(
        config=config,
        source=source,
        pose=opened.enter_context(open_pose(config)),
        store=store,
        alerter=alerter,
        clock=clock,
        choose=chooser(lambda: config, log_path()),
        calibrations=Kept(config.measure.profile, source.name, store),
        view=view,
        around=Alone(),
        landmarks=open_landmarks(opened, config, log_path()),
    )
    return Run(parts, PolicyState(), recalibrate=recalibrate)


def _live(
    opened: ExitStack, settings: Settings, view: View, *, as_camera: bool, recalibrate: bool
) -> Run:
    """A camera rests, is lent, and follows the settings."""
    config, clock = settings.config, LiveClock()
    remembered = recall(memory_path(), clock.now())
    store = open_log(opened, config, log_path(), clock.now())
    opener = opener_of(config.capture, as_camera=as_camera)
    camera = opened.enter_context(RestingCamera(opener, bursts_of(config.capture)))
    manners = CameraManners(camera)
    if manners.settle(remembered.pause, clock.now(), config.service, locked=False) is None:
        camera.open()
    edges = Edges(opened, camera, config, as_camera=as_camera)
    board = Board(view, camera, log_path(), config.measure.calibration_s)
    control = opened.enter_context(Control(board.status, board.live, camera.wake))
    desktop = opened.enter_context(DesktopWatch())
    parts = Parts(
        config=config,
        source=camera,
        pose=edges.pose.value,
        store=store,
        alerter=edges.alerter.value,
        clock=clock,
        choose=chooser(lambda: settings.config, log_path()),
        calibrations=Kept(config.measure.profile, camera.name, store),
        view=board,
        around=Living(
            settings=settings,
            edges=edges,
            manners=manners,
            store=store,
            desktop_watch=desktop,
            control=control,
            memory=Memory(memory_path()),
        ),
        landmarks=open_landmarks(opened, config, log_path()),
    )
    return Run(parts, remembered, recalibrate=recalibrate)
