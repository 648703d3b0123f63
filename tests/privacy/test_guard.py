"""The guard itself, in real processes: what is closed, and what must go on working behind it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import pytest

from posture.capture.address import parse_address
from posture.capture.frame import Frame
from posture.capture.relay import Relay, RelayedCamera
from posture.config.load import load_config
from posture.errors import SourceUnreadableError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the guard is Linux's seccomp")

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"

EVERY_WAY_OUT = """
import ctypes, json, socket, subprocess, sys, threading

def refused(attempt):
    try:
        attempt()
    except PermissionError:
        return True
    return False

def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *arguments) < 0 and ctypes.get_errno() == 13:
        raise PermissionError

go, told = threading.Event(), {}
def earlier_thread():
    go.wait()
    told["a thread from before"] = refused(socket.socket)
thread = threading.Thread(target=earlier_thread)
thread.start()
from posture.sandbox import close_network
assert close_network().no_network
go.set()
thread.join()
told["tcp"] = refused(lambda: socket.create_connection(("127.0.0.1", 9)))
told["tcp over ipv6"] = refused(lambda: socket.socket(socket.AF_INET6))
told["udp"] = refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
told["raw packets"] = refused(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
told["bluetooth, or any other family"] = refused(lambda: socket.socket(31, socket.SOCK_RAW))
told["io_uring"] = refused(lambda: call(425, 1, 0))
told["another process's socket"] = refused(lambda: call(438, 0, 0, 0))
if sys.maxsize > 2**32 and __import__("platform").machine() == "x86_64":
    told["x32"] = refused(lambda: call(0x40000000 + 41, 2, 1, 0))
child = "import socket; socket.socket()"
told["a child"] = b"PermissionError" in subprocess.run(
    [sys.executable, "-c", child], capture_output=True).stderr
print(json.dumps(told))
"""

WHAT_GOES_ON = """
import io, socket, sys
from posture.alert.alerter import Alerter
from posture.capture.frame import Frame
from posture.capture.open import open_source
from posture.config.load import load_config
from posture.sandbox import close_network
sys.path.insert(0, {tests!r})
from test_outbound import EVENT

config = load_config(None)
webhook = config.alert.webhook.model_copy(update={{"enabled": True, "url": {url!r} + "/hook"}})
alert = config.alert.model_copy(update={{"webhook": webhook, "channel": "none"}})
with Alerter(alert, io.StringIO()) as alerter, open_source({url!r} + "/cam", config.capture) as cam:
    assert close_network().no_network
    socket.socket(socket.AF_UNIX).close()
    socket.socketpair()
    frame = cam.next(0.0)
    assert isinstance(frame, Frame), frame
    print(frame.size_px, cam.next(0.0).index)
    alerter.perform(EVENT)
"""


def python(code, **options):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, **options
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_thread_and_no_child_of_a_guarded_process_can_open_a_way_out():
    told = json.loads(python(EVERY_WAY_OUT))
    assert len(told) >= 9
    assert [way for way, refused in told.items() if not refused] == []


class Home(BaseHTTPRequestHandler):
    """A home server with a camera: takes what is posted, gives pictures without end."""

    def do_POST(self):
        self.server.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        self.server.watched += 1
        try:
            for _ in range(100_000):
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(b"Content-Length: %d\r\n\r\n" % len(self.server.picture))
                self.wfile.write(self.server.picture + b"\r\n")
                time.sleep(0.02)
        except OSError:
            self.close_connection = True
        finally:
            self.server.watched -= 1

    def log_message(self, *_):
        """Keep the test's output clean."""


@pytest.fixture
def home():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Home)
    server.daemon_threads = True
    server.got, server.watched = [], 0
    _, image = cv2.VideoCapture(str(CLIP)).read()
    server.picture = cv2.imencode(".jpg", image)[1].tobytes()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_webhook_and_a_network_camera_work_behind_the_guard(home):
    url = f"http://127.0.0.1:{home.server_port}"
    code = WHAT_GOES_ON.format(tests=str(Path(__file__).parents[1] / "alert"), url=url)
    assert python(code).split() == ["(640,", "480)", "1"]
    assert [json.loads(body)["event"] for body in home.got] == ["AlertRaised"]


def test_a_network_camera_can_be_paused_and_comes_back_though_the_network_is_closed(home, tmp_path):
    url = f"http://127.0.0.1:{home.server_port}"
    config = tmp_path / "mine.toml"
    config.write_text(f'[alert.webhook]\nenabled = true\nurl = "{url}/hook"\n')
    kept = ("PATH", "LANG", "COVERAGE")
    env = {key: value for key, value in os.environ.items() if key.startswith(kept)}
    env |= {"HOME": str(tmp_path), "POSTURE_DATA_DIR": str(tmp_path / "data"), "COLUMNS": "400"}

    def posture(*arguments):
        command = [sys.executable, "-m", "posture", *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)

    def on():
        return json.loads(posture("status", "--json").stdout)["camera_on"]

    started = posture("start", "--source", f"{url}/cam", "--config", str(config))
    assert started.returncode == 0, started.stderr
    try:
        assert home.watched == 1
        assert "The camera is off" in posture("pause").stdout
        wait_until(lambda: home.watched == 0)
        posture("resume")
        wait_until(lambda: on() and home.watched == 1)
        posture("snooze", "15m")
        wait_until(lambda: home.got)
        # An edit of the pace needs no new process: the stream is opened and closed as it asks.
        words = config.read_text()
        config.write_text(f'{words}[capture]\nmode = "burst"\nburst_every_s = 3\n')
        wait_until(lambda: home.watched == 0, within_s=40)
        wait_until(lambda: home.watched == 1)
        # An edit that would take a new connection is refused, and says so.
        config.write_text(config.read_text().replace("/hook", "/other"))
        wait_until(lambda: "started again" in posture("status").stdout)
    finally:
        assert posture("stop").returncode == 0
    wait_until(lambda: home.watched == 0)


def wait_until(condition, within_s=20):
    deadline_s = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline_s, "timed out"
        time.sleep(0.2)


def test_a_network_cameras_process_that_dies_is_told_and_leaves_nothing_behind(home, capfd):
    url = f"http://127.0.0.1:{home.server_port}/cam"
    relay = Relay(parse_address(url), load_config().capture)
    with RelayedCamera(relay, last=True) as camera:
        assert isinstance(camera.next(0.0), Frame)
        process = relay._child._process
        process.kill()
        with pytest.raises(SourceUnreadableError, match="has ended"):
            camera.next(0.0)
    assert process.returncode is not None
    assert capfd.readouterr().err == ""


def test_leaving_in_the_middle_of_a_look_ends_a_network_cameras_process_quietly(home, capfd):
    url = f"http://127.0.0.1:{home.server_port}/cam"
    relay = Relay(parse_address(url), load_config().capture)
    with RelayedCamera(relay, last=True):
        process = relay._child._process
        relay._child.say(b'"look"')  # asked, and interrupted before the answer came
    assert process.returncode == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("private", [False, True])
def test_a_crash_leaves_no_picture_of_the_memory(tmp_path, private):
    if Path("/proc/sys/kernel/core_pattern").read_text().strip() != "core":
        pytest.skip("this system gives core dumps to a program of its own")
    guard = "import posture.sandbox; posture.sandbox.keep_memory_private();" if private else ""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if hard == 0:
        pytest.skip("core dumps are off for this whole session")
    subprocess.run(
        [sys.executable, "-c", f"{guard}import os; os.abort()"],
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)),
    )
    assert bool(list(tmp_path.iterdir())) is not private


def test_what_is_in_force_is_found_by_trying():
    code = "from posture.sandbox import *; print(guard_status()); keep_memory_private();"
    before, after = python(code + "print(close_network())").splitlines()
    assert before.startswith("GuardStatus(no_network=False")
    assert after.startswith("GuardStatus(no_network=True, no_dump=True")
