"""Every way the program stops on purpose: what happened, what it means, what to do.

PostureError
├── UsageError            2   a wrong option or argument
├── ConfigError           3   the config or exercise file
├── NoCameraError        10   no camera on this machine
├── CameraMissingError   11   the named camera is not there
├── CameraPermissionError 12  the system refuses access
├── CameraBusyError      13   another program holds it
├── SourceUnreadableError 14  a video file or stream that cannot be read
├── ModelError           20   a model bundle is missing or damaged
├── SystemLibraryError   21   a library of the operating system is missing
├── CalibrationError     30   calibration was refused, or there is none
├── LogError             40   the daily log cannot be opened or written
├── AlreadyRunningError  50   another instance has the camera
├── NotRunningError      51   no instance runs that could be asked
├── NotAnsweringError    52   an instance runs and does not answer
└── PortTakenError       60   the local page's port is in use
"""

from __future__ import annotations

from typing import ClassVar


class PostureError(Exception):
    """A problem worded for the person who must act.

    Attributes:
        what: What happened.
        meaning: What it means for the user.
        action: What to do about it.
        exit_code: The process's exit code; each kind has its own.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, meaning: str, action: str) -> None:
        super().__init__(f"{what} {meaning} {action}")
        self.what = what
        self.meaning = meaning
        self.action = action


class UsageError(PostureError):
    """A command was given an option or argument it cannot use."""

    exit_code = 2


class ConfigError(PostureError):
    """The configuration or exercise file has a wrong key or value."""

    exit_code = 3


class NoCameraError(PostureError):
    """This machine has no camera."""

    exit_code = 10


class CameraMissingError(PostureError):
    """The camera named in the config or on the command line is not there."""

    exit_code = 11


class CameraPermissionError(PostureError):
    """The operating system refuses access to the camera."""

    exit_code = 12


class CameraBusyError(PostureError):
    """Another program holds the camera."""

    exit_code = 13


class SourceUnreadableError(PostureError):
    """A video file or stream could not be opened or decoded."""

    exit_code = 14


class ModelError(PostureError):
    """A model bundle is missing or its checksum is wrong."""

    exit_code = 20


class SystemLibraryError(PostureError):
    """A library of the operating system that OpenCV needs is missing."""

    exit_code = 21


class CalibrationError(PostureError):
    """Calibration was refused with a reason, or a needed one does not exist."""

    exit_code = 30


class LogError(PostureError):
    """The daily log cannot be opened or written."""

    exit_code = 40


class AlreadyRunningError(PostureError):
    """Another instance is running."""

    exit_code = 50


class NotRunningError(PostureError):
    """No instance is running."""

    exit_code = 51


class NotAnsweringError(PostureError):
    """An instance is running, but does not answer."""

    exit_code = 52


class PortTakenError(PostureError):
    """The port of the local page is in use."""

    exit_code = 60
