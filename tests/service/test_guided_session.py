"""Guided sessions as a real process, with the real models on a real video."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time

import pytest


@pytest.fixture
def home(tmp_path):
    kept = ("PATH", "LANG", "COVERAGE")
    keep = {key: value for key, value in os.environ.items() if key.startswith(kept)}
    return {**keep, "HOME": str(tmp_path), "POSTURE_DATA_DIR": str(tmp_path / "data")}


def exercise(*arguments, env, timeout=120):
    command = [sys.executable, "-m", "posture", "exercise", *arguments]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL
    )


def logged(home):
    with sqlite3.connect(f"{home['POSTURE_DATA_DIR']}/log.sqlite3") as connection:
        return connection.execute(
            "SELECT exercise, asked, seen, stopped_early, fault, routine FROM exercise ORDER BY id"
        ).fetchall()


def test_the_camera_counts_what_the_person_in_the_video_does(home, shrug_clip):
    done = exercise("shoulder-shrug-drop", "--source", str(shrug_clip), env=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "5 of 5 seen" in done.stdout
    assert logged(home) == [("shoulder-shrug-drop", 5, 5, 0, None, None)]


def test_without_a_camera_the_clock_leads_and_says_so(home):
    done = exercise(
        "--for", "raised_shoulders", "--source", "/nowhere/video0", env=home, timeout=180
    )
    assert done.returncode == 0
    assert "timed" in done.stdout
    ((_, _, seen, _, fault, _),) = logged(home)
    assert (seen, fault) == (None, "raised_shoulders")


def test_when_to_stop_names_the_signs_and_their_urgency(home):
    out = exercise("--when-to-stop", env=home).stdout
    for sign in ("fever", "fall", "tingling", "emergency", "dizziness"):
        assert sign in re.sub(r"\s+", " ", out)


def test_an_unknown_exercise_names_the_nearest(home):
    done = exercise("neck-turn", env=home)
    assert done.returncode == 2
    assert "neck-turns" in done.stderr


class Pane:
    """A terminal of its own, with a person at its keyboard."""

    def __init__(self, socket, command, env):
        self._tmux = ["tmux", "-L", socket]
        self._run("new-session", "-d", "-x", "90", "-y", "40", command, env=env)

    def _run(self, *arguments, env=None):
        return subprocess.run(
            [*self._tmux, *arguments], env=env, capture_output=True, text=True, check=False
        ).stdout

    def press(self, key):
        self._run("send-keys", key)

    def wait_for(self, text, seconds=40):
        until_s = time.monotonic() + seconds
        while text not in (screen := self._run("capture-pane", "-p")):
            assert time.monotonic() < until_s, f"no {text!r} in:\n{screen}"
            time.sleep(0.2)
        return screen

    def close(self):
        self._run("kill-server")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
def test_in_the_terminal_keys_begin_pause_stop_and_answer(home, tmp_path):
    run = f"{sys.executable} -m posture exercise --routine 2m --no-camera; sleep 60"
    pane = Pane(f"posture-{tmp_path.name}", run, {**home, "TERM": "xterm-256color"})
    try:
        asked = pane.wait_for("hurt right now?")
        assert "Any neck complaint of a child" in asked
        pane.press("n")
        pane.press("Enter")
        pane.wait_for("Get ready")
        pane.press("Enter")
        pane.wait_for("clock leads")
        pane.press("p")
        pane.wait_for("Paused")
        pane.press("p")
        pane.press("s")
        # The next one is about to begin, and the last one's comfort is asked.
        pane.wait_for("b better")
        pane.press("w")
        pane.press("q")
        pane.wait_for("not offered again")
    finally:
        pane.close()
    (row,) = logged(home)
    assert row[3] == 1
    assert row[5] == "2m"
    left = exercise("--list", env=home).stdout
    assert f"{row[0]} " not in left
    assert exercise("--turn-on", row[0], env=home).returncode == 0
    assert f"{row[0]} " in exercise("--list", env=home).stdout
