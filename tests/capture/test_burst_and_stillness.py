"""The camera is closed between bursts; noise is no movement, a covered lens is one."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from posture.capture.burst import Bursts
from posture.capture.clock import clock_s
from posture.capture.frame import Frame, NoFrame
from posture.capture.looped import LoopedFile
from posture.capture.resting import Opener, RestingCamera
from posture.capture.retry import Backoff
from posture.capture.stillness import change_percent, thumbnail
from posture.config.load import load_config
from posture.errors import CameraBusyError

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"
STILL = load_config().capture.still_below_percent


class Watched:
    """A file as a camera whose openings are counted; may be in somebody else's hands."""

    def __init__(self):
        self.opened, self.busy = 0, False

    def open(self):
        if self.busy:
            raise CameraBusyError("In use.", meaning="", action="")
        self.opened += 1
        return LoopedFile(CLIP)


@pytest.fixture
def watched():
    return Watched()


@pytest.fixture
def camera(watched):
    opener = Opener("camera 0", watched.open, Backoff(0.1, 0.2))
    with RestingCamera(opener, Bursts(lasts_s=0.3, every_s=1.0)) as opened:
        yield opened


def in_a_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    return thread


def test_a_burst_closes_the_camera_until_the_next_one(camera, watched):
    first = camera.next(0.0)
    camera.next(clock_s() + 0.1)
    assert (watched.opened, camera.is_open) == (1, True)
    waiting = in_a_thread(lambda: camera.next(clock_s() + 0.6))
    time.sleep(0.2)
    assert not camera.is_open
    waiting.join()
    assert (watched.opened, camera.is_open) == (2, True)
    assert clock_s() - first.t_s >= 0.9


def test_a_request_begins_the_next_burst_at_once(camera, watched):
    camera.bursts = Bursts(lasts_s=0.3, every_s=100.0)
    camera.next(0.0)
    waiting = in_a_thread(lambda: camera.next(clock_s() + 0.6))
    time.sleep(0.1)
    camera.wake()
    waiting.join(timeout=10)
    assert watched.opened == 2


def test_a_burst_leaves_the_camera_to_a_call_and_returns(camera, watched):
    assert isinstance(camera.next(0.0), Frame)
    watched.busy = True
    assert isinstance(camera.next(clock_s() + 0.6), NoFrame)
    watched.busy = False
    assert isinstance(camera.next(clock_s() + 0.2), Frame)


def test_calibrating_keeps_the_camera_open(camera, watched):
    for _ in range(6):
        camera.next(clock_s() + 0.1)
    assert watched.opened == 1


def test_an_edit_of_the_pace_opens_no_camera_anew_and_one_of_the_device_does():
    capture = load_config().capture
    paced = {"mode": "burst", "burst_every_s": 20.0, "look_every_s": 2.0, "still_longest_s": 5.0}
    assert capture.model_copy(update=paced).device == capture.device
    assert capture.model_copy(update={"width_px": 640}).device != capture.device


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
