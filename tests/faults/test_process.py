"""What the machine and the user may do to a running monitor: one process lives through it all."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from machine import CLIP, SETTINGS, Monitor, pictures, wait_for, write_film

from posture.service import control
from posture.service.requests import PauseRequest, SnoozeRequest
from posture.web.dashboard import dashboard
from posture.web.server import LocalServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def may_mount():
    return os.geteuid() == 0


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home whose data lie on a small disk of their own, where the tester may mount one."""
    folder = tmp_path_factory.mktemp("home")
    data = folder / "data"
    data.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", str(data)]
    mounted = may_mount() and subprocess.run(mount, capture_output=True).returncode == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSTURE_DATA_DIR", str(data))
        yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(data)], check=True)


@pytest.fixture(scope="module")
def monitor(home):
    watching = Monitor.start(home, "--as-camera", "--source", str(CLIP))
    watching.is_in("present")
    yield watching
    watching.end(signal.SIGKILL)


@pytest.fixture(autouse=True)
def unharmed(request):
    """Every test leaves the same process, and nothing open in it."""
    monitor = request.getfixturevalue("monitor") if "monitor" in request.fixturenames else None
    before = monitor.held() if monitor else None
    yield
    if monitor and monitor.process.poll() is None:
        monitor.looks_on()
        assert monitor.held() == before


def test_a_log_damaged_under_it_is_set_aside_and_goes_on(monitor):
    log = monitor.data / "log.sqlite3"
    with sqlite3.connect(log) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with log.open("r+b") as file:
            file.seek(4096)
            file.write(os.urandom(log.stat().st_size - 4096))
        # What SQLite remembers of the file is no longer believed after this.
        other.execute("PRAGMA user_version = 2")
    other.close()
    wait_for(lambda: "a new one has begun" in monitor.told().notice, 90)
    assert (monitor.data / "log.sqlite3.damaged-1").exists()


def test_out_of_descriptors_it_looks_on(monitor):
    pid = monitor.process.pid
    (now, _), *_ = monitor.held()
    limit = ["prlimit", "--pid", str(pid), "--nofile=" + f"{now - 4}:"]
    before = subprocess.run(
        ["prlimit", "--pid", str(pid), "--nofile", "--output=SOFT", "--noheadings"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    subprocess.run(limit, check=True)
    # It can answer nobody now; what it saw is in the log afterwards.
    time.sleep(6)
    subprocess.run(["prlimit", "--pid", str(pid), f"--nofile={before}:"], check=True)
    monitor.looks_on()
    assert "cannot be lent for now" in (monitor.data / "logs" / "posture.log").read_text()


def test_nonsense_on_its_socket_ends_nothing(monitor):
    control.ask(SnoozeRequest("a while"))
    control.ask(PauseRequest("until 99:99"))
    monitor.looks_on()
    assert monitor.told().snoozed is None


def test_a_flooded_dashboard_does_not_disturb_the_looks(monitor):
    answers = []
    with LocalServer(dashboard()) as server:
        parts = urlsplit(server.url)

        def ask():
            for path in ("", "day", "now/live"):
                try:
                    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
                    connection.request("GET", parts.path + path)
                    answers.append(connection.getresponse().status)
                    connection.close()
                except OSError:
                    answers.append(None)

        crowd = [threading.Thread(target=ask) for _ in range(150)]
        for one in crowd:
            one.start()
        monitor.looks_on(3)
        for one in crowd:
            one.join()
    assert {200} <= set(answers) <= {200, 404, 503, None}


def test_a_full_disk_ends_nothing_and_loses_nothing(home, monitor):
    if not os.path.ismount(home / "data"):
        pytest.skip("this tester may not mount a small disk")
    ballast = monitor.data / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    control.ask(SnoozeRequest("15m"))
    wait_for(lambda: "cannot be written" in monitor.told().notice)
    monitor.looks_on(3)
    ballast.unlink()
    control.ask(SnoozeRequest(""))
    wait_for(lambda: monitor.told().snoozed is None)
    wait_for(lambda: "policy.json" not in monitor.told().notice)


def test_a_locked_log_delays_for_seconds_and_loses_nothing(monitor):
    with sqlite3.connect(monitor.data / "log.sqlite3") as other:
        other.execute("BEGIN IMMEDIATE")
        wait_for(lambda: "The log cannot be written" in monitor.told().notice)
        monitor.looks_on()
        other.rollback()


def test_an_hour_stopped_is_sleep_and_not_sitting(monitor):
    monitor.process.send_signal(signal.SIGSTOP)
    # The judge takes any gap beyond 15 s for sleep; an hour is no other case.
    time.sleep(17)
    monitor.process.send_signal(signal.SIGCONT)
    monitor.is_in("present")


def test_a_closed_terminal_is_an_ordinary_end(monitor):
    assert monitor.end(signal.SIGHUP) == 0
    minutes = monitor.minutes()
    assert minutes["asleep"] > 15
    # Nothing since the log began anew is missing: full disk, lock and all.
    born_s = (monitor.data / "log.sqlite3.damaged-1").stat().st_mtime
    assert sum(minutes.values()) > time.time() - born_s - 2
    assert json.loads((monitor.data / "policy.json").read_text())
    assert "Traceback" not in monitor.said
    assert "Traceback" not in (monitor.data / "logs" / "posture.log").read_text()


def test_a_broken_exercise_file_costs_the_exercise_and_not_the_alert(tmp_path, monkeypatch):
    monkeypatch.setenv("POSTURE_DATA_DIR", str(tmp_path / "data"))
    own = tmp_path / ".config" / "posture" / "exercises.toml"
    own.parent.mkdir(parents=True)
    own.write_text("[[exercise]]\nid = 'chin-tuck'\nsecond = 3\n")
    film = tmp_path / "slouch.avi"
    upright, forward = pictures(every_s=1 / 3), pictures(7.6, 12.8, every_s=1 / 3)
    write_film(film, upright * 3 + forward * 10, fps=3)
    quick = SETTINGS + "[judge.forward_head]\ndwell_s = 20\n"
    watching = Monitor.start(tmp_path, "--source", str(film), settings=quick)
    assert watching.process.wait(60) == 0, watching.said
    with sqlite3.connect(watching.data / "log.sqlite3") as log:
        assert log.execute("SELECT fault, exercise FROM alert").fetchall() == [
            ("forward_head", None)
        ]
