"""Recordings, stories and streams give frames on a clock that never stands still."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from posture.capture.address import Address, SourceKind, parse_address
from posture.capture.clock import clock_s
from posture.capture.frame import Frame, NoFrame
from posture.capture.retry import Backoff
from posture.capture.storyboard import Scene, Story
from posture.capture.video import VideoFile
from posture.capture.webcam import Camera, CameraFormat
from posture.errors import SourceUnreadableError


@pytest.fixture
def clip(tmp_path):
    """Ten frames at 5 per second; frame k is k * 20 bright."""
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 5, (64, 48))
    for k in range(10):
        writer.write(np.full((48, 64, 3), k * 20, np.uint8))
    writer.release()
    return path


def test_a_recording_skips_to_the_moment_asked_for(clip):
    with VideoFile(clip) as video:
        seen = [video.next(at_s) for at_s in (0.0, 0.95, 1.0, 1.8)]
        assert [frame.index for frame in seen] == [0, 5, 5, 9]
        assert [round(frame.image.mean() / 20) for frame in seen] == [0, 5, 5, 9]
        assert video.next(2.5) is None


def test_a_file_that_is_no_video_says_so(tmp_path):
    path = tmp_path / "notes.mp4"
    path.write_text("not a video")
    with pytest.raises(SourceUnreadableError, match="cannot be decoded"):
        VideoFile(path)


def test_a_story_runs_its_scenes_back_and_forth_for_as_long_as_they_last(clip):
    scenes = (Scene("to and fro", 0.0, 0.4, 2.0), Scene("end", 1.0, 1.8, 0.8))
    with Story(VideoFile(clip), scenes) as story:
        shown = [story.next(at_s / 5) for at_s in range(14)]
        assert story.next(2.8) is None
    levels = [round(frame.image.mean() / 20) for frame in shown]
    assert levels == [0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 5, 6, 7, 8]
    assert [frame.t_s for frame in shown] == [k / 5 for k in range(14)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0", SourceKind.INDEX),
        ("/dev/video7", SourceKind.DEVICE),
        ("rtsp://cam.local/1", SourceKind.STREAM),
        ("holiday.mp4", SourceKind.FILE),
    ],
)
def test_what_the_user_means_by_a_source(text, kind):
    assert parse_address(text).kind is kind


def test_pauses_between_attempts_grow_up_to_the_longest():
    backoff, pauses = Backoff(1.0, 20.0), []
    for _ in range(7):
        pause_s, backoff = backoff.next_pause()
        pauses.append(pause_s)
    assert pauses == [1, 2, 4, 8, 16, 20, 20]
    assert backoff.reset().next_pause()[0] == 1


class _Mjpeg(BaseHTTPRequestHandler):
    """An IP camera: MJPEG over HTTP that stalls, or ends, when its server says so."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        _, jpeg = cv2.imencode(".jpg", np.full((48, 64, 3), 128, np.uint8))
        try:
            while not self.server.ended.is_set():
                if not self.server.stalled.is_set():
                    self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                    self.wfile.write(f"Content-Length: {len(jpeg)}\r\n\r\n".encode())
                    self.wfile.write(jpeg.tobytes() + b"\r\n")
                time.sleep(0.02)
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, *args):
        return


@pytest.fixture
def ip_camera():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Mjpeg)
    server.daemon_threads = True
    server.ended, server.stalled = threading.Event(), threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()


def test_a_stalled_camera_hangs_nobody_and_comes_back(ip_camera):
    address = Address(SourceKind.STREAM, f"http://127.0.0.1:{ip_camera.server_port}/video.mjpg")
    with Camera(address, CameraFormat(0, 0, 0), 2.0, Backoff(0.2, 0.4)) as camera:
        first, second = camera.next(0.0), camera.next(0.0)
        assert isinstance(first, Frame)
        assert second.t_s > first.t_s

        ip_camera.stalled.set()
        began_s = time.monotonic()
        lost = _until(camera, NoFrame)
        assert time.monotonic() - began_s < 6
        assert "no more pictures" in lost.detail

        ip_camera.stalled.clear()
        assert isinstance(_until(camera, Frame), Frame)


def test_each_picture_of_a_camera_is_written_over_the_one_before(ip_camera):
    address = Address(SourceKind.STREAM, f"http://127.0.0.1:{ip_camera.server_port}/video.mjpg")
    with Camera(address, CameraFormat(0, 0, 0), 2.0, Backoff(0.2, 0.4)) as camera:
        pictures = [_until(camera, Frame).image for _ in range(3)]
    assert np.shares_memory(pictures[0], pictures[1])
    assert np.shares_memory(pictures[1], pictures[2])


def _until(camera, kind):
    """Ask until the camera answers with a kind; buffered pictures may come first."""
    deadline_s = time.monotonic() + 20
    while time.monotonic() < deadline_s:
        answer = camera.next(clock_s() + 0.05)
        if isinstance(answer, kind):
            return answer
    raise AssertionError(f"no {kind.__name__} within 20 s")
