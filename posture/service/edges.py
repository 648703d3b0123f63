"""The opened things that an edit of the settings may replace: camera, model, channels."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from posture.alert.alerter import Alerter
from posture.capture.address import SourceKind, parse_address
from posture.capture.open import bursts_of, opener_of
from posture.capture.resting import RestingCamera
from posture.config.schema import Config
from posture.errors import PostureError
from posture.instant import Instant
from posture.log.landmarks import LandmarkLog, landmarks_path
from posture.log.settings import recorded_settings
from posture.log.store import Store
from posture.service.guarded import guarded_model

if TYPE_CHECKING:
    from posture.pose.mediapipe import PoseModel

T = TypeVar("T")


class Slot(Generic[T]):
    """Holds one opened thing that may be replaced by another.

    Attributes:
        value: What is open now.
    """

    def __init__(self, opened: ExitStack, manager: AbstractContextManager[T]) -> None:
        """Open it.

        Args:
            opened: Closes whatever is open at the end.
            manager: Opens the first.
        """
        self._open = opened.enter_context(ExitStack())
        self.value = self._open.enter_context(manager)

    def replace(self, manager: AbstractContextManager[T]) -> None:
        """Open another and close the one before, which stays where the other fails."""
        with ExitStack() as fresh:
            value = fresh.enter_context(manager)
            self._open.close()
            self._open.push(fresh.pop_all())
        self.value = value


class Edges:
    """Camera, model and channels of a live run.

    Attributes:
        camera: Open or resting.
        pose: The model.
        alerter: The channels.
    """

    def __init__(
        self, opened: ExitStack, camera: RestingCamera, config: Config, *, as_camera: bool
    ) -> None:
        """Open model and channels.

        Args:
            opened: Closes them at the end.
            camera: Closed by the caller.
            config: Settings.
            as_camera: Play a video file as if it were a camera.

        Raises:
            ModelError: A bundle is missing or damaged.
            ConfigError: A chosen channel cannot work on this machine.
        """
        self._as_camera = as_camera
        self.camera = camera
        # Channels first: the model closes the network, for their child processes too.
        self.alerter = Slot(opened, open_alerter(config))
        self.pose = Slot(opened, open_pose(config))

    def follow(self, old: Config, fresh: Config) -> None:
        """Open anew what an edit changes.

        Args:
            old: Settings so far.
            fresh: The edited ones.

        Raises:
            ModelError, ConfigError: As at first; what failed stays as it was.
            PostureError: The edit needs the network, which this process has closed for good.
        """
        _refuse_what_needs_the_network(old, fresh)
        if fresh.pose != old.pose:
            self.pose.replace(open_pose(fresh))
        if fresh.alert.channels != old.alert.channels:
            self.alerter.replace(open_alerter(fresh))
        if fresh.capture.device != old.capture.device:
            self.camera.reopen(opener_of(fresh.capture, as_camera=self._as_camera))
        self.camera.bursts = bursts_of(fresh.capture)


def _refuse_what_needs_the_network(old: Config, fresh: Config) -> None:
    sends = fresh.alert.webhook.enabled or fresh.alert.mqtt.enabled
    stream = parse_address(fresh.capture.source).kind is SourceKind.STREAM
    if (sends and fresh.alert.channels != old.alert.channels) or (
        stream and fresh.capture.device != old.capture.device
    ):
        raise PostureError(
            "They reach into the network, which a running monitor has closed for itself: "
            "they take effect when it is started again.",
            meaning="The monitor goes on as before.",
            action="`posture stop`, then `posture start`.",
        )


def open_pose(config: Config) -> PoseModel:
    """Load the model that the settings name, behind its guard."""
    return guarded_model(config.pose.model)


def open_log(opened: ExitStack, config: Config, path: Path, now: Instant) -> Store:
    """Open the log, and record the settings in force.

    Args:
        opened: Closes it at the end.
        config: Settings.
        path: The log.
        now: When.

    Raises:
        LogError: It cannot be opened.
    """
    store = opened.enter_context(Store.open(path, config.log.keep_days))
    store.settings(now, recorded_settings(config))
    return store


def open_landmarks(opened: ExitStack, config: Config, log: Path) -> LandmarkLog | None:
    """Open the landmark log, if the user has switched it on.

    Args:
        opened: Closes it at the end.
        config: Settings.
        log: The log beside which it lies.
    """
    if not config.log.landmarks:
        return None
    most_mb, keep_days = config.log.landmarks_max_mb, config.log.keep_days
    return opened.enter_context(LandmarkLog.open(landmarks_path(log), most_mb, keep_days))


def open_alerter(config: Config) -> Alerter:
    """The channels that the settings name; the view prints every alert in the terminal itself."""
    return Alerter(config.alert, io.StringIO())
