"""What a camera may do: the real process on a network camera, a file and a pipe that misbehave."""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import signal
import sys
import threading
import time
from pathlib import Path

import cv2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from machine import Monitor, NetworkCamera, jpeg, pictures, wait_for, write_film

from posture.capture.address import Address, SourceKind
from posture.capture.frame import Frame
from posture.capture.looped import LoopedFile
from posture.capture.resting import Opener, RestingCamera
from posture.capture.retry import Backoff
from posture.capture.video import VideoFile
from posture.capture.webcam import Camera, CameraFormat
from posture.errors import SourceUnreadableError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

QUICK = "[measure]\ncalibration_s = 5\n[capture]\nstall_s = 1\nretry_longest_s = 2\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The home of this module's one monitor; this process asks it through its socket."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSTURE_DATA_DIR", str(folder / "data"))
        yield folder


@pytest.fixture(scope="module")
def camera():
    camera = NetworkCamera()
    yield camera
    camera.switch_off()


@pytest.fixture(scope="module")
def monitor(home, camera):
    watching = Monitor.start(home, "--source", camera.address, settings=QUICK)
    watching.is_in("present")
    yield watching
    watching.end()


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("stalled", "camera_lost"),
        ("truncated", None),
        ("garbled", "camera_lost"),
        ("black", "unsure"),
        ("green", "unsure"),
        ("changing_size", None),
        ("frozen", "present"),
    ],
)
def test_a_camera_that_fails_is_told_and_comes_back_by_itself(monitor, camera, fault, state):
    before = monitor.held()
    camera.show(getattr(camera, fault))
    if state is not None:
        monitor.is_in(state)
    monitor.looks_on()
    camera.show(camera.person)
    monitor.is_in("present")
    assert monitor.held() == before


def test_a_camera_that_is_unplugged_is_told_and_comes_back_by_itself(monitor, camera):
    before = monitor.held()
    camera.switch_off()
    monitor.is_in("camera_lost")
    assert "Next attempt" in wait_for(lambda: monitor.told().notice)
    camera.switch_on()
    monitor.is_in("present")
    assert monitor.told().notice == ""
    assert monitor.held() == before


def test_after_all_that_every_second_is_in_the_log(monitor):
    assert monitor.end() == 0
    minutes = monitor.minutes()
    assert minutes["camera_lost"] > 2
    assert minutes["present"] > 5


def test_a_reader_that_is_killed_is_told_and_ends_nobody_else(tmp_path, monkeypatch, camera):
    monkeypatch.setenv("POSTURE_DATA_DIR", str(tmp_path / "data"))
    watching = Monitor.start(tmp_path, "--source", camera.address, settings=QUICK)
    watching.is_in("present")
    (reader,) = watching.children()
    os.kill(reader, signal.SIGKILL)
    watching.is_in("camera_lost")
    watching.looks_on()
    assert "has ended" in watching.told().notice
    assert watching.end() == 0
    assert watching.minutes()["camera_lost"] > 1


def test_a_file_that_goes_away_is_damaged_and_comes_back_is_followed(tmp_path, monkeypatch):
    monkeypatch.setenv("POSTURE_DATA_DIR", str(tmp_path / "data"))
    film, aside = tmp_path / "film.avi", tmp_path / "aside.avi"
    write_film(film, pictures()[:10], fps=5)
    watching = Monitor.start(tmp_path, "--as-camera", "--source", str(film), settings=QUICK)
    watching.is_in("present")
    before = watching.held()
    film.rename(aside)
    watching.is_in("camera_lost")
    assert "There is no file" in wait_for(lambda: watching.told().notice)
    film.write_bytes(b"no film" * 1000)
    wait_for(lambda: "cannot be decoded" in watching.told().notice)
    aside.rename(film)
    watching.is_in("present")
    assert watching.held() == before
    assert watching.end() == 0
    watching.minutes()


class _Pipe:
    """A program that writes pictures into a named pipe, as long as it is wanted."""

    def __init__(self, path):
        self._path = path
        self._jpeg = jpeg(pictures()[0])
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def _write(self):
        while not self._ended.is_set():
            with contextlib.suppress(BrokenPipeError), self._path.open("wb") as pipe:
                while not self._ended.is_set():
                    pipe.write(self._jpeg)
                    time.sleep(0.02)

    def end(self):
        self._ended.set()
        self._thread.join(5)


def test_a_pipe_nobody_writes_to_hangs_nobody_and_comes_back(tmp_path, monkeypatch):
    monkeypatch.setenv("POSTURE_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "camera.mjpg"
    os.mkfifo(path)
    writer = _Pipe(path)
    watching = Monitor.start(tmp_path, "--source", str(path), settings=QUICK)
    watching.is_in("present")
    writer.end()
    watching.is_in("camera_lost")
    watching.looks_on(3)
    writer = _Pipe(path)
    watching.is_in("present", timeout_s=40)
    writer.end()
    time.sleep(3)
    # The thread that waits for somebody to open the pipe keeps nobody from ending.
    assert watching.end() == 0
    watching.minutes()


CYCLES = 1000


def descriptors_and_threads():
    return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()


@pytest.fixture(scope="module")
def small_bytes(tmp_path_factory):
    film = tmp_path_factory.mktemp("film") / "small.avi"
    write_film(film, [frame[::10, ::10] for frame in pictures()[:5]])
    return film.read_bytes()


@pytest.fixture
def small(tmp_path):
    """A camera is read as fast as it gives: long enough for one look."""
    film = tmp_path / "small.avi"
    write_film(film, [frame[::10, ::10] for frame in pictures()[:5]] * 400)
    return film


def test_a_thousand_rests_leave_no_descriptor_and_no_thread(small):
    address = Address(SourceKind.STREAM, str(small))
    nothing = CameraFormat(0, 0, 0)
    openers = [
        Opener("film", lambda: LoopedFile(small), Backoff(0.1, 0.2)),
        Opener("camera", lambda: Camera(address, nothing, 2.0, Backoff(0.1, 0.2)), Backoff(1, 2)),
    ]
    for opener in openers:
        with RestingCamera(opener) as camera:
            assert isinstance(camera.next(0.0), Frame)
            camera.rest()
            gc.collect()  # what earlier tests have left open is closed first
            before = descriptors_and_threads()
            for _ in range(CYCLES):
                camera.work()
                assert isinstance(camera.next(0.0), Frame)
                camera.rest()
            assert descriptors_and_threads() == before


def test_time_never_stands_still_or_runs_back_whatever_a_film_says(tmp_path):
    once, twice = tmp_path / "once.ts", tmp_path / "twice.ts"
    frames = pictures()[:20]
    writer = cv2.VideoWriter(str(once), cv2.VideoWriter.fourcc(*"MPG1"), 25, (640, 480))
    for frame in frames:
        writer.write(frame)
    writer.release()
    # Its time stamps begin anew in the middle.
    twice.write_bytes(once.read_bytes() * 2)
    with VideoFile(twice) as film:
        stamps = []
        while (frame := film.next(0.0 if not stamps else stamps[-1] + 1e-3)) is not None:
            stamps.append(frame.t_s)
    steps = [later - earlier for earlier, later in itertools.pairwise(stamps)]
    assert len(stamps) > len(frames)
    assert min(steps) > 0
    assert max(steps) < 1


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_film_gives_pictures_or_says_what_is_wrong(small_bytes, data, tmp_path_factory):
    cut = data.draw(st.integers(0, len(small_bytes)))
    damage = data.draw(st.lists(st.tuples(st.integers(0, cut), st.binary(max_size=64)), max_size=8))
    content = bytearray(small_bytes[:cut])
    for at, what in damage:
        content[at : at + len(what)] = what
    path = tmp_path_factory.getbasetemp() / "damaged.avi"
    path.write_bytes(content)
    try:
        with VideoFile(path) as film:
            stamps = [0.0]
            while len(stamps) < 50 and (frame := film.next(stamps[-1] + 0.01)) is not None:
                assert frame.image.ndim == 3
                stamps.append(frame.t_s)
    except SourceUnreadableError:
        return
