"""The opened things that an edit of the settings may replace: camera, model, channels."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager, ExitStack
from typing import Generic, TypeVar

from posture.alert.alerter import Alerter
from posture.capture.open import opener_of
from posture.capture.resting import RestingCamera
from posture.config.schema import Config
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
        self.pose = Slot(opened, open_pose(config))
        self.alerter = Slot(opened, open_alerter(config))

    def follow(self, old: Config, fresh: Config) -> None:
        """Open anew what an edit changes.

        Args:
            old: Settings so far.
            fresh: The edited ones.

        Raises:
            ModelError, ConfigError: As at first; what failed stays as it was.
        """
        if fresh.pose != old.pose:
            self.pose.replace(open_pose(fresh))
        if fresh.alert != old.alert:
            self.alerter.replace(open_alerter(fresh))
        if fresh.capture.device != old.capture.device:
            self.camera.reopen(opener_of(fresh.capture, as_camera=self._as_camera))


def open_pose(config: Config) -> PoseModel:
    """Load the model that the settings name."""
    return PoseModel(config.pose.model)


def open_alerter(config: Config) -> Alerter:
    """The channels that the settings name; the view prints every alert in the terminal itself."""
    return Alerter(config.alert, io.StringIO())
