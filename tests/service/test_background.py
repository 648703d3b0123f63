"""The monitor in the background: real processes, from start to stop and through what may happen."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from homes import home_in, wait_for

from posture.service import control
from posture.service.lending import borrow_camera

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def own_home(tmp_path):
    home = home_in(tmp_path)
    yield home
    home.posture("stop")


@pytest.fixture
def running(own_home, monkeypatch):
    """A started monitor's process id; this process shares its data folder."""
    monkeypatch.setenv("POSTURE_DATA_DIR", own_home.env["POSTURE_DATA_DIR"])
    started = own_home.start()
    assert started.returncode == 0, started.stderr
    return own_home.status()["pid"]


def test_start_pause_resume_stop(own_home, running):
    assert os.getsid(running) == running  # the terminal's end is not its own
    assert own_home.holds_the_camera(running)

    paused = own_home.posture("pause", "15m")
    assert paused.stdout == "Paused for 15 min. The camera is off.\n"
    assert not own_home.holds_the_camera(running)
    told = own_home.status()
    assert (told["rest"], told["state"], told["camera_on"]) == ("paused", "paused", False)
    assert told["paused"]["text"] == "for 15 min"

    assert own_home.posture("resume").returncode == 0
    wait_for(lambda: control.ask_status().camera_on)
    assert own_home.holds_the_camera(running)
    assert own_home.status()["rest"] is None

    assert own_home.posture("stop").stdout == "Stopped.\n"
    wait_for(lambda: gone(running))
    assert own_home.posture("status").returncode == 51
    with sqlite3.connect(own_home.data / "log.sqlite3") as log:
        states = dict(log.execute("SELECT state, sum(seconds) FROM interval GROUP BY state"))
    assert states["paused"] > 0
    assert "camera_lost" not in states


def test_a_second_start_says_who_runs(own_home, running):
    second = own_home.start()
    assert second.returncode == 50
    assert f"process {running}" in second.stderr
    assert own_home.status()["pid"] == running


def test_a_killed_monitor_leaves_nothing_that_stands_in_the_way(own_home, running):
    own_home.posture("pause", "until", "tomorrow")
    os.kill(running, signal.SIGKILL)
    assert own_home.posture("status").returncode == 51
    again = own_home.start()
    assert again.returncode == 0
    # A pause outlives the process: the camera stays off until the user or the clock says so.
    assert "paused until tomorrow" in again.stdout
    assert not own_home.holds_the_camera(own_home.status()["pid"])


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--source", "/dev/video97"), {10, 11}, "was not found"),
        (("--source", "none.mp4"), {14}, "There is no file"),
        (("--profile", "Ä"), {2}, "no name for a profile"),
    ],
)
def test_what_cannot_start_says_why_in_its_own_words(own_home, arguments, code, says):
    failed = own_home.posture("start", *arguments)
    assert failed.returncode in code
    assert says in failed.stderr


def test_nobody_to_ask_is_said_and_has_a_code(own_home):
    for command in ("stop", "pause", "resume"):
        done = own_home.posture(command)
        assert done.returncode == 51
        assert "No posture monitor of yours is running" in done.stderr


def test_an_edit_takes_effect_and_a_broken_one_does_not(own_home, running):
    def limit():
        limits = control.ask_live().limits
        return next(limit.enter for limit in limits if limit.fault == "forward_head")

    assert limit() == 10.0
    own_home.config.write_text("[judge.forward_head]\nenter_deg = 17\n")
    wait_for(lambda: limit() == 17.0)
    own_home.config.write_text("[judge.forward_head]\nenter_degrees = 18\n")
    wait_for(lambda: control.ask_status().notice)
    assert "mine.toml:2: judge.forward_head.enter_degrees" in control.ask_status().notice
    assert limit() == 17.0
    own_home.config.write_text('[judge.forward_head]\nenter_deg = 18\n[pose]\nmodel = "full"\n')
    wait_for(lambda: limit() == 18.0)
    assert control.ask_status().notice == ""
    wait_for(lambda: control.ask_status().camera_on)


def test_an_edit_that_closes_the_working_day_closes_the_camera(own_home, running):
    own_home.config.write_text("[service]\ndays = []\n")
    wait_for(lambda: control.ask_status().rest == "off_hours")
    assert not own_home.holds_the_camera(running)
    own_home.config.write_text("")
    wait_for(lambda: control.ask_status().camera_on)


def test_a_guest_has_the_camera_to_itself_and_gives_it_back(own_home, running):
    with borrow_camera():
        assert not own_home.holds_the_camera(running)
        told = control.ask_status()
        assert (told.rest, told.state) == ("lent", "paused")
    wait_for(lambda: control.ask_status().camera_on)
    assert own_home.holds_the_camera(running)


def test_a_guest_that_is_killed_does_not_keep_the_camera(own_home, running):
    code = (
        "import time; from posture.service.lending import borrow_camera\n"
        "with borrow_camera():\n    print('mine', flush=True); time.sleep(60)\n"
    )
    guest = subprocess.Popen(
        [sys.executable, "-c", code], env=own_home.env, stdout=subprocess.PIPE, text=True
    )
    assert guest.stdout.readline() == "mine\n"
    assert not own_home.holds_the_camera(running)
    guest.kill()
    guest.wait()
    wait_for(lambda: control.ask_status().camera_on)


def test_the_programs_log_tells_what_it_did_and_nothing_of_the_person(own_home, running):
    wait_for(lambda: control.ask_status().state == "present")
    own_home.posture("stop")
    log = own_home.data / "logs" / "posture.log"
    text = log.read_text()
    assert "began" in text
    assert "ended" in text
    for word in ("head", "shoulder", "°", "deg", " cm", "present"):
        assert word not in text
    assert log.parent.stat().st_mode & 0o077 == 0


def gone(pid):
    stat = Path(f"/proc/{pid}/stat")
    # Where nobody collects it, an ended process stays as a zombie.
    return not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z"
