"""The doctor finds what is wrong, says what helps, and its report holds no secret."""

from __future__ import annotations

import json
import sqlite3
import sys

import cv2
import numpy as np
import pytest
from homes import CLIP, home_in

from posture.service.doctor.desktop import linux_desktop
from posture.service.doctor.finding import Grade


@pytest.fixture
def own_home(tmp_path):
    return home_in(tmp_path)


def findings(home, *arguments):
    done = home.posture("doctor", "--json", "--config", str(home.config), *arguments)
    assert "Traceback" not in done.stderr
    return done.returncode, {found["about"]: found for found in json.loads(done.stdout)}


def test_a_machine_in_order_passes(own_home):
    code, found = findings(own_home, "--source", str(CLIP))
    assert code == 0
    assert found["camera in use"]["words"] == "desk.mp4 gives pictures of 640×480."
    assert {one["grade"] for one in found.values()} <= {"good", "note"}
    if sys.platform == "linux":
        assert "no internet socket" in found["network guard"]["words"]


def test_what_is_wrong_is_marked_explained_and_in_the_exit_code(own_home):
    done = own_home.posture("doctor", "--source", "/dev/video97")
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert "/dev/video97 was not found" in line
    assert "→" in done.stdout


def test_a_covered_lens_is_told_from_a_camera_that_works(own_home, tmp_path):
    path = tmp_path / "dark.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 5, (64, 48))
    for _ in range(20):
        writer.write(np.full((48, 64, 3), 2, np.uint8))
    writer.release()
    _, found = findings(own_home, "--source", str(path))
    assert "all black" in found["camera in use"]["words"]
    assert "shutter" in found["camera in use"]["fix"]


def test_a_damaged_log_is_found(own_home):
    own_home.data.mkdir()
    log = own_home.data / "log.sqlite3"
    with sqlite3.connect(log) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("word" * 200,)] * 500)
    content = bytearray(log.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    log.write_bytes(content)
    code, found = findings(own_home, "--source", str(CLIP))
    assert (code, found["log"]["grade"]) == (1, "bad")


def test_the_report_holds_no_secret_and_no_home(own_home, tmp_path):
    own_home.config.write_text(
        '[alert.webhook]\nenabled = true\nurl = "http://ha.lan/api/webhook/s3cret"\n'
        '[alert.mqtt]\nhost = "broker.lan"\nusername = "ana"\npassword_file = "/x/pw"\n'
        '[capture]\nsource = "rtsp://ana:pw@127.0.0.1:9/cam"\n'
    )
    report = tmp_path / "report.json"
    findings(own_home, "--report", str(report), "--source", str(CLIP))
    text = report.read_text()
    for secret in ("s3cret", "broker.lan", '"ana"', "/x/pw", str(tmp_path)):
        assert secret not in text
    told = json.loads(text)
    assert told["versions"]["mediapipe"]
    assert told["settings"]["judge"]["forward_head"]["enter_deg"] == 10


@pytest.mark.parametrize(
    ("names", "notes"),
    [
        (None, {"desktop"}),
        (frozenset(), {"notifications", "tray", "lock", "idle"}),
        (
            frozenset(
                {
                    "org.freedesktop.Notifications",
                    "org.kde.StatusNotifierWatcher",
                    "org.freedesktop.ScreenSaver",
                }
            ),
            set(),
        ),
    ],
)
def test_what_the_desktop_lacks_is_noted_and_never_an_error(names, notes):
    found = list(linux_desktop(names))
    assert {one.about for one in found if one.grade is not Grade.GOOD} == notes
    assert all(one.grade is not Grade.BAD for one in found)
