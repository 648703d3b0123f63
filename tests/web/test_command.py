"""`posture dashboard` as a real process."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest
from plain import ask


@pytest.fixture
def home(tmp_path):
    kept = ("PATH", "LANG", "COVERAGE")
    keep = {key: value for key, value in os.environ.items() if key.startswith(kept)}
    folders = {"HOME": str(tmp_path), "POSTURE_DATA_DIR": str(tmp_path / "data")}
    return {**keep, **folders, "COLUMNS": "200", "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def start(home):
    """Starts the command; what a failed test has left running is ended."""
    begun = []

    def start(*options):
        command = [sys.executable, "-m", "posture", "dashboard", "--no-open", *options]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        begun.append(subprocess.Popen(command, env=home, **pipes))
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def link(process):
    for line in process.stdout:
        if found := re.search(r"http://\S+/", line):
            return found[0]
    raise AssertionError(process.stderr.read())


def test_it_serves_this_machine_alone_until_told_to_end(start):
    process = start()
    url = link(process)
    answer, content = ask(url, "")
    assert answer.status == 200
    assert "No monitor is running" in content
    port = urllib.parse.urlsplit(url).port
    ends = {line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]}
    assert f"0100007F:{port:04X}" in ends
    assert f"00000000:{port:04X}" not in ends
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")


def test_a_port_that_is_taken_is_said_in_words(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start("--port", str(taken.getsockname()[1]))
        _, err = process.communicate(timeout=30)
    assert process.returncode == 60
    assert "cannot be used" in err


def test_a_broken_config_is_told_and_shown_rather_than_in_the_way(start, home):
    folder = Path(home["HOME"]) / ".config" / "posture"
    folder.mkdir(parents=True)
    (folder / "posture.toml").write_text("[judge.slump]\nenter_deg = 100\n")
    process = start()
    _, content = ask(link(process), "settings/judge")
    assert "Line 2" in content
    process.terminate()
    _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "posture.toml:2" in err
