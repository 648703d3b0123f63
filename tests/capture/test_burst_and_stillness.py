"""The camera is closed between bursts; noise is no movement, a covered lens is one."""

from __future__ import annotations

import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from posture.capture.burst import Burst
from posture.capture.clock import clock_s
from posture.capture.frame import Frame, NoFrame
from posture.capture.looped import LoopedFile
from posture.capture.stillness import change_percent, thumbnail
from posture.config.load import load_config
from posture.errors import CameraBusyError

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"
STILL = load_config().capture.still_below_percent


class Watched(LoopedFile):
    """A file as a camera whose opening and closing is seen; may be in somebody else's hands."""

    opened, closed, busy = 0, 0, False

    def __init__(self):
        if Watched.busy:
            raise CameraBusyError("In use.", meaning="", action="")
        Watched.opened += 1
        super().__init__(CLIP)

    def close(self):
        Watched.closed += 1
        super().close()


@pytest.fixture
def burst(monkeypatch):
    for name, value in (("opened", 0), ("closed", 0), ("busy", False)):
        monkeypatch.setattr(Watched, name, value)
    with Burst(Watched, lasts_s=0.3, every_s=1.0) as source:
        yield source


def test_a_burst_closes_the_camera_until_the_next_one(burst):
    began_s = clock_s()
    first, second = burst.next(0.0), burst.next(clock_s() + 0.1)
    assert (Watched.opened, Watched.closed) == (1, 0)
    third = burst.next(clock_s() + 0.6)
    assert (Watched.opened, Watched.closed) == (2, 1)
    assert third.t_s - began_s >= 0.9
    assert [frame.index for frame in (first, second, third)] == [0, 1, 2]


def test_a_burst_leaves_the_camera_to_a_call_and_returns(burst):
    assert isinstance(burst.next(0.0), Frame)
    Watched.busy = True
    assert isinstance(burst.next(clock_s() + 0.6), NoFrame)
    Watched.busy = False
    assert isinstance(burst.next(clock_s() + 0.1), Frame)


def test_calibrating_keeps_the_camera_open(burst):
    for _ in range(6):
        burst.next(clock_s() + 0.1)
    time.sleep(0.1)
    assert Watched.opened == 1


@pytest.fixture(scope="module")
def picture():
    _, image = cv2.VideoCapture(str(CLIP)).read()
    return image


def test_a_cameras_noise_is_no_movement(picture):
    rng = np.random.default_rng(1)

    def seen():
        return thumbnail(
            np.clip(picture + rng.normal(0, 8, picture.shape), 0, 255).astype(np.uint8)
        )

    assert change_percent(seen(), seen()) < STILL


@pytest.mark.parametrize("level", [0, 90])
def test_a_covered_lens_is_a_movement(picture, level):
    assert change_percent(thumbnail(picture), thumbnail(np.full_like(picture, level))) > 50


def test_a_person_two_pixels_lower_has_moved(picture):
    assert change_percent(thumbnail(picture), thumbnail(np.roll(picture, 2, axis=0))) > STILL
