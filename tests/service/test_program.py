"""The real command in a real process: the demo, a file as camera, every way it may not start."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"


@pytest.fixture
def home(tmp_path):
    """An environment of its own: no config, no log, no desktop."""
    kept = ("PATH", "LANG", "COVERAGE")
    keep = {key: value for key, value in os.environ.items() if key.startswith(kept)}
    return {
        **keep,
        "HOME": str(tmp_path),
        "POSTURE_DATA_DIR": str(tmp_path / "data"),
        "COLUMNS": "100",
    }


def posture(*arguments, env, **options):
    command = [sys.executable, "-m", "posture", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, **options)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """One run of the demo: its output and its log."""
    folder = tmp_path_factory.mktemp("demo")
    env = {**os.environ, "HOME": str(folder), "COLUMNS": "100", "TMPDIR": str(folder)}
    done = posture("demo", "--save-video", str(folder / "clip.mp4"), env=env)
    (log,) = folder.glob("posture-demo-*/log.sqlite3")
    return done, log, folder / "clip.mp4"


def test_the_demo_alerts_for_what_the_clip_shows_and_for_nothing_else(demo):
    done, log, _ = demo
    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(log) as connection:
        alerts = connection.execute(
            "SELECT fault, substr(at, 12, 8), outcome FROM alert ORDER BY at"
        ).fetchall()
    # The story: the head is forward from 09:02:02 to 09:04:32, the shoulders are raised from
    # 09:06:09 to 09:10:09; the glance at the keyboard at 09:06:05 must not alert.
    assert [(fault, outcome) for fault, _, outcome in alerts] == [
        ("forward_head", "corrected"),
        ("raised_shoulders", "corrected"),
    ]
    assert "09:03:00" <= alerts[0][1] <= "09:03:15"
    assert "09:08:00" <= alerts[1][1] <= "09:08:30"


def test_the_demos_log_adds_up_to_its_story(demo):
    _, log, _ = demo
    with sqlite3.connect(log) as connection:
        seconds = dict(
            connection.execute("SELECT state, sum(seconds) FROM interval GROUP BY state")
        )
    assert sum(seconds.values()) == pytest.approx(822, abs=5)
    assert seconds["absent"] == pytest.approx(91, abs=8)


def test_the_demo_says_what_it_did_and_what_to_do_next(demo):
    done, log, video = demo
    assert "Chin tuck" in done.stdout
    assert "corrected after" in done.stdout
    assert str(log) in done.stdout.replace("\n", "")
    assert "posture watch" in done.stdout
    assert video.stat().st_size > 500_000


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("watch", "--source", "/dev/video97"), {10, 11}, "was not found"),
        (("watch", "--source", "no-such-film.mp4"), {14}, "There is no file"),
        (("watch", "--source", str(Path(__file__))), {14}, "cannot be decoded"),
        (("watch", "--source", "http://127.0.0.1:9/cam"), {14}, "gives no pictures"),
        (("measure", str(Path(__file__))), {14}, "cannot be read as a picture"),
        (("watch", "--config", "none.toml"), {3}, "no config file"),
        (("watch", "--sauce", "0"), {2}, "--sauce"),
    ],
)
def test_every_way_not_to_start_has_its_words_and_code(home, arguments, code, says):
    done = posture(*arguments, env=home)
    assert done.returncode in code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_key_stops_before_the_camera_opens(home, tmp_path):
    config = tmp_path / "mine.toml"
    config.write_text("[judge.forward_head]\nenter_degrees = 12\n")
    done = posture("watch", "--source", "/dev/video97", "--config", str(config), env=home)
    assert done.returncode == 3
    assert "mine.toml:2: judge.forward_head.enter_degrees" in done.stderr
    assert "did you mean enter_deg?" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="makes device files")
def test_a_device_without_a_camera_behind_it_is_told_from_no_device(home, tmp_path):
    device = tmp_path / "video0"
    try:
        os.mknod(device, 0o600 | 0o020000, os.makedev(81, 250))
    except PermissionError:
        pytest.skip("this container may not make device files")
    done = posture("watch", "--source", str(device), env=home)
    assert done.returncode in {11, 12}
    assert "camera" in done.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_prints_the_summary_and_keeps_the_log(home, how):
    command = [sys.executable, "-m", "posture", "watch", "--as-camera", "--source", str(CLIP)]
    process = subprocess.Popen(
        command, env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    log = Path(home["POSTURE_DATA_DIR"]) / "log.sqlite3"
    _wait_for(lambda: log.exists() and _seconds(log) > 3)
    process.send_signal(how)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert "Stopped." in out
    assert re.search(r"Seen for \d+ s of \d+ s|Seen for 0 s", out)
    assert _seconds(log) > 3
    assert log.stat().st_mode & 0o077 == 0
    assert log.parent.stat().st_mode & 0o077 == 0


def test_a_calibration_is_kept_for_the_next_run(home):
    first = posture("calibrate", "--source", str(CLIP), env=home)
    # The clip's first 6 s are still; by default ten are needed and the head comes forward.
    assert first.returncode in {0, 30}
    config = Path(home["HOME"]) / "quick.toml"
    config.write_text("[measure]\ncalibration_s = 5\n")
    done = posture("calibrate", "--source", str(CLIP), "--config", str(config), env=home)
    assert done.returncode == 0, done.stderr
    (kept,) = (Path(home["POSTURE_DATA_DIR"]) / "calibrations").glob("*.json")
    assert json.loads(kept.read_text())["size_px"] == [640, 480]
    assert kept.stat().st_mode & 0o077 == 0
    watched = posture("watch", "--source", str(CLIP), "--config", str(config), env=home)
    assert watched.returncode == 0
    assert "calibrated:" not in watched.stdout


def test_a_running_monitor_is_the_only_one_and_does_what_is_asked(home):
    config = Path(home["HOME"]) / "quick.toml"
    config.write_text("[measure]\ncalibration_s = 5\n")
    command = [sys.executable, "-m", "posture", "watch", "--as-camera", "--source", str(CLIP)]
    process = subprocess.Popen(
        [*command, "--config", str(config)], env=home, stdout=subprocess.PIPE, text=True
    )
    calibrated = Path(home["POSTURE_DATA_DIR"]) / "calibrations"
    _wait_for(lambda: calibrated.exists() and any(calibrated.glob("*.json")))
    second = posture("watch", "--source", str(CLIP), env=home)
    assert second.returncode == 50
    assert "already running" in second.stderr
    assert "No alerts for 15 min" in posture("snooze", "15m", env=home).stdout
    assert "calibrates now" in posture("calibrate", "--source", str(CLIP), env=home).stdout
    time.sleep(2)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert "no alerts for 15 min" in out
    assert process.returncode == 0
    # What was asked outlives the run: the next one begins snoozed.
    kept = json.loads((Path(home["POSTURE_DATA_DIR"]) / "policy.json").read_text())
    assert kept["state"]["snooze"] is not None


def _seconds(log):
    try:
        with sqlite3.connect(f"file:{log}?mode=ro", uri=True) as connection:
            (total,) = connection.execute(
                "SELECT coalesce(sum(seconds), 0) FROM interval"
            ).fetchone()
    except sqlite3.OperationalError:
        return 0.0
    return total


def _wait_for(condition, timeout_s=40):
    deadline_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline_s, "timed out"
        time.sleep(0.2)
