"""What the tests of faults share: a watching process seen from outside, and a network camera."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np

from posture.service import control

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"
SETTINGS = "[measure]\ncalibration_s = 5\n[service]\ntray = false\n"


def wait_for(condition, timeout_s=30.0):
    """Wait until something comes true; what it gives."""
    deadline_s = time.monotonic() + timeout_s
    while not (given := condition()):
        assert time.monotonic() < deadline_s, "timed out"
        time.sleep(0.1)
    return given


@dataclass(frozen=True)
class Monitor:
    """A `posture watch` of its own home; this process asks it through its socket."""

    home: Path
    process: subprocess.Popen

    @classmethod
    def start(cls, home, *arguments, settings=SETTINGS, **env):
        config = home / "mine.toml"
        config.write_text(settings)
        kept = ("PATH", "LANG", "COVERAGE")
        own = {key: value for key, value in os.environ.items() if key.startswith(kept)}
        own |= {"HOME": str(home), "POSTURE_DATA_DIR": str(home / "data"), "COLUMNS": "100", **env}
        command = [sys.executable, "-m", "posture", "watch", "--config", str(config), *arguments]
        with (home / "said.txt").open("w") as said:
            process = subprocess.Popen(command, env=own, stdout=said, stderr=said)
        return cls(home, process)

    @property
    def config(self):
        return self.home / "mine.toml"

    @property
    def data(self):
        return self.home / "data"

    @property
    def said(self):
        return (self.home / "said.txt").read_text()

    def told(self):
        assert self.process.poll() is None, self.said
        return control.ask_status()

    def is_in(self, state, timeout_s=30.0):
        """Wait for a state."""
        wait_for(lambda: (told := self.told()) and told.state == state, timeout_s)

    def looks_on(self, looks=2):
        """Wait for so many more looks."""
        for _ in range(looks):
            before = wait_for(self.told).at
            wait_for(lambda before=before: self.told().at > before)

    def held(self):
        """Open files and threads of the process and its children, at rest.

        Without the log's files, which come and go when it is read.
        """
        seen = []
        for _ in range(8):
            seen.append([_held(pid) for pid in (self.process.pid, *self.children())])
            time.sleep(0.05)
        # A connection that is just being answered, a lock that is just being looked at.
        return min(seen)

    def children(self):
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return sorted(int(pid) for task in tasks for pid in task.read_text().split())

    def end(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(20)

    def minutes(self):
        """Seconds by state in the log, after checking that they add up to the runs."""
        with sqlite3.connect(self.data / "log.sqlite3") as log:
            states = dict(log.execute("SELECT state, sum(seconds) FROM interval GROUP BY state"))
            ((run_s, closed),) = log.execute("SELECT sum(seconds), min(closed) FROM run")
        assert abs(sum(states.values()) - run_s) < 0.01
        assert closed == 1
        return states


def _held(pid):
    folder = Path(f"/proc/{pid}")
    files = []
    for link in (folder / "fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            files.append(link.readlink().name)
    others = [file for file in files if not file.startswith("log.sqlite3")]
    return len(others), len(list((folder / "task").iterdir()))


def pictures(from_s=0.0, to_s=5.8, every_s=0.2):
    """Some seconds of the demo's person."""
    video = cv2.VideoCapture(str(CLIP))
    fps = video.get(cv2.CAP_PROP_FPS)
    frames = []
    while (read := video.read())[0]:
        frames.append(read[1])
    return frames[int(from_s * fps) : int(to_s * fps) : max(1, int(every_s * fps))]


def write_film(path, frames, fps=10):
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, frames[0].shape[1::-1]
    )
    for frame in frames:
        writer.write(frame)
    writer.release()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        number = 0
        try:
            while self.server.shows is not None:
                jpeg = self.server.shows(number)
                number += 1
                if jpeg is not None:
                    self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                    self.wfile.write(f"Content-Length: {len(jpeg)}\r\n\r\n".encode())
                    self.wfile.write(jpeg + b"\r\n")
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, *args):
        return


class NetworkCamera:
    """MJPEG over HTTP, with every fault a camera can have."""

    def __init__(self):
        self._person = [jpeg(frame) for frame in pictures()]
        self._server = None
        self.port = 0
        self.switch_on()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/video.mjpg"

    def switch_on(self):
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _Handler)
        self._server.daemon_threads = True
        self._server.shows = self.person
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def switch_off(self):
        self._server.shows = None
        self._server.shutdown()
        self._server.server_close()

    def show(self, shows):
        self._server.shows = shows

    def person(self, number):
        return self._person[number % len(self._person)]

    def frozen(self, _number):
        return self._person[0]

    def stalled(self, _number):
        return None

    def black(self, _number):
        return jpeg(np.zeros((480, 640, 3), np.uint8))

    def green(self, _number):
        return jpeg(np.full((480, 640, 3), (0, 255, 0), np.uint8))

    def truncated(self, number):
        return self.person(number)[:2000]

    def garbled(self, number):
        return np.random.default_rng(number).bytes(20_000)

    def changing_size(self, number):
        picture = cv2.imdecode(np.frombuffer(self.person(number), np.uint8), cv2.IMREAD_COLOR)
        size = ((320, 240), (640, 480), (800, 600))[number // 20 % 3]
        return jpeg(cv2.resize(picture, size))


def jpeg(picture):
    return cv2.imencode(".jpg", picture)[1].tobytes()
