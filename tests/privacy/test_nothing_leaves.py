"""The real process with the real models, traced by the kernel: no internet socket, no stray file.

MediaPipe releases from 0.10.35 on call home 60 s after a task starts, and again when it closes: the
run lasts longer than that and ends in the ordinary way, so that such a release would be caught.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"
LASTS_S = 80

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="needs strace: apt-get install strace"
)


def traced(trace, calls, command, **options):
    return subprocess.Popen(
        ["strace", "-f", "-qq", "-e", f"trace={calls}", "-o", str(trace), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.fixture(scope="module")
def trace(tmp_path_factory):
    """The system calls of a monitor that ran for longer than a minute and was stopped."""
    folder = tmp_path_factory.mktemp("privacy")
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "POSTURE_DATA_DIR": str(folder / "data"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "posture", "watch", "--as-camera", "--source", str(CLIP)]
    process = traced(
        folder / "trace",
        "socket,connect,openat,open,creat",
        command,
        env=env,
        start_new_session=True,
    )
    time.sleep(LASTS_S)
    # To the group: strace itself ignores it while a traced program runs.
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert "Stopped." in out, err
    return (folder / "trace").read_text(errors="replace"), folder


def test_a_run_of_more_than_a_minute_opens_no_internet_socket(trace):
    text, _ = trace
    assert "desk.mp4" in text
    assert re.findall(r"^.*AF_INET6?.*$", text, flags=re.MULTILINE) == []


def test_a_run_writes_nothing_but_log_calibration_locks_and_memory(trace):
    text, folder = trace
    written = {
        match
        for match in re.findall(r'open\w*\([^"]*"([^"]+)", [^)]*O_(?:WRONLY|RDWR|CREAT)', text)
        if not match.startswith(("/dev/", "/proc/"))
    }
    names = {re.sub(r"[0-9a-f]{8,}", "*", Path(path).name) for path in written}
    assert {Path(path).parent for path in written} <= {
        folder / "data",
        folder / "data" / "calibrations",
        folder / "data" / "logs",
    }, written
    assert names <= {
        "log.sqlite3",
        "log.sqlite3-wal",
        "log.sqlite3-shm",
        "log.sqlite3-journal",
        "monitor.lock",
        "camera.lock",
        "camera-open.lock",
        "posture.log",
        "policy.new",
        "default--desk-mp4--640x480.new",
    }
    assert "log.sqlite3" in names


def test_the_trace_would_show_a_socket(tmp_path):
    process = traced(
        tmp_path / "trace",
        "socket",
        [sys.executable, "-c", "import socket; socket.socket().close()"],
    )
    process.communicate(timeout=30)
    assert "AF_INET" in (tmp_path / "trace").read_text()
