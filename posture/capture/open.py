"""From what the user named to an opened source."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
from cv2.utils import logging

from posture.capture.address import Address, SourceKind, parse_address
from posture.capture.burst import Bursts
from posture.capture.frame import Source
from posture.capture.looped import LoopedFile
from posture.capture.relay import Relay, RelayedCamera
from posture.capture.resting import Opener
from posture.capture.retry import Backoff
from posture.capture.video import VideoFile
from posture.capture.webcam import Camera, CameraFormat
from posture.config.capture import CaptureSection


def open_source(text: str, config: CaptureSection, *, as_camera: bool = False) -> Source:
    """Open a camera, a file or a stream.

    Args:
        text: Index, device path, video file or stream URL.
        config: How to treat a live camera.
        as_camera: Play a video file in real time, over and over, instead of at its own time.

    Returns:
        The opened source; close it with `with`.

    Raises:
        PostureError: One of the camera errors, or `SourceUnreadableError`.
    """
    quieten_opencv()
    # One picture a second: dividing it among threads costs more than it saves.
    cv2.setNumThreads(1)
    address = parse_address(text)
    if address.kind is SourceKind.FILE:
        path = Path(address.text)
        return LoopedFile(path) if as_camera else VideoFile(path)
    if "://" in address.text:
        return RelayedCamera(Relay(address, config), last=True)
    return open_camera(address, config)


def open_camera(address: Address, config: CaptureSection) -> Camera:
    """Open a camera or stream in this process.

    Args:
        address: No file.
        config: How to treat it.

    Raises:
        PostureError: One of the camera errors, or `SourceUnreadableError`.
    """
    asked = CameraFormat(config.width_px, config.height_px, config.fps)
    backoff = Backoff(config.retry_first_s, config.retry_longest_s)
    return Camera(address, asked, config.stall_s, backoff)


def opener_of(config: CaptureSection, *, as_camera: bool = False) -> Opener:
    """How a camera is opened that may be closed in between.

    Args:
        config: Which camera, and how to treat it.
        as_camera: As for `open_source`.

    Returns:
        What opens it; no picture is asked for yet. For a camera in the network its process is
        started now, since later it would have no network.
    """
    address = parse_address(config.source)
    backoff = Backoff(config.retry_first_s, config.retry_longest_s)
    if "://" in address.text:
        relay = Relay(address, config)
        return Opener(address.name, lambda: RelayedCamera(relay, last=False), backoff, relay.close)

    def open_it() -> Source:
        return open_source(config.source, config, as_camera=as_camera)

    return Opener(address.name, open_it, backoff)


def bursts_of(config: CaptureSection) -> Bursts | None:
    """When a camera is open, for one that is not open all the time.

    Args:
        config: The `[capture]` table.
    """
    if config.mode == "continuous":
        return None
    return Bursts(config.burst_lasts_s, config.burst_every_s)


def quieten_opencv() -> None:
    """Keep OpenCV's own warnings off the terminal: ours say the same in the user's words."""
    logging.setLogLevel(logging.LOG_LEVEL_SILENT)
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
