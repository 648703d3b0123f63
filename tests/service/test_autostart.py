"""What is written so that the monitor starts at login, for every system, on any system."""

from __future__ import annotations

import plistlib
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from homes import home_in

from posture.service.autostart import launch_agent, scheduled_task, systemd_unit

COMMAND = ("/home/ana maria/100% $HOME/bin/python", "-m", "posture")


def test_systemd_takes_the_unit(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze: apt-get install systemd")
    program = tmp_path / "a folder" / "100% $HOME" / "python"
    program.parent.mkdir(parents=True)
    shutil.copy("/bin/true", program)
    plan = systemd_unit((str(program), "-m", "posture"), tmp_path)
    assert plan.path == tmp_path / "systemd" / "user" / "posture.service"
    plan.path.parent.mkdir(parents=True)
    plan.path.write_bytes(plan.content)
    verified = subprocess.run(
        ["systemd-analyze", "--user", "verify", str(plan.path)],
        capture_output=True,
        text=True,
        env={"XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert "posture.service" not in verified.stderr, verified.stderr


def test_a_camera_that_is_missing_is_not_tried_again_but_a_crash_is():
    unit = systemd_unit(COMMAND, Path("/c")).content.decode()
    (line,) = [line for line in unit.splitlines() if line.startswith("RestartPrevent")]
    codes = line.partition("=")[2].split()
    assert {"3", "10", "50"} <= set(codes)
    assert "1" not in codes
    assert "StandardOutput=null" in unit


def test_launchd_gets_the_command_word_by_word():
    plan = launch_agent(COMMAND, Path("/Users/ana"))
    assert plan.path == Path("/Users/ana/Library/LaunchAgents/posture.monitor.plist")
    agent = plistlib.loads(plan.content)
    assert agent["ProgramArguments"] == [*COMMAND, "watch", "--tray"]
    assert agent["RunAtLoad"] is True


def test_windows_gets_a_task_at_logon_that_batteries_do_not_stop():
    command = (r"C:\Users\Ana & Bo\pythonw.exe", "-m", "posture")
    plan = scheduled_task(command, r"DESK\Ana & Bo", Path("data"))
    task = ET.fromstring(plan.content.decode("utf-16").partition("?>")[2])
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}

    def text(path):
        return task.find(path, space).text

    assert text(".//t:Exec/t:Command") == command[0]
    assert shlex.split(text(".//t:Exec/t:Arguments")) == ["-m", "posture", "start"]
    assert text(".//t:LogonTrigger/t:UserId") == r"DESK\Ana & Bo"
    assert text(".//t:DisallowStartIfOnBatteries") == "false"
    assert text(".//t:ExecutionTimeLimit") == "PT0S"
    assert plan.content.startswith(b"\xff\xfe")  # what schtasks reads


@pytest.mark.skipif(sys.platform != "linux", reason="systemd")
def test_nothing_is_written_before_it_was_shown_and_agreed_to(tmp_path):
    home = home_in(tmp_path)
    command = [sys.executable, "-m", "posture", "service", "install"]
    asked = subprocess.run(command, env=home.env, input="n\n", capture_output=True, text=True)
    unit = tmp_path / ".config" / "systemd" / "user" / "posture.service"
    assert asked.returncode == 1
    assert str(unit) in asked.stdout
    assert "ExecStart=" in asked.stdout
    assert "systemctl --user enable posture.service" in asked.stdout
    assert not unit.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="systemd")
def test_it_is_installed_asked_about_and_taken_away(tmp_path):
    home = home_in(tmp_path)
    # No user manager runs here: a stand-in that answers as systemctl does, from the files.
    tool = tmp_path / "bin" / "systemctl"
    tool.parent.mkdir()
    tool.write_text('#!/bin/sh\necho "$@" >> "$HOME/calls"\n')
    tool.chmod(0o755)
    home.env["PATH"] = f"{tool.parent}:{home.env['PATH']}"
    assert home.posture("service", "status").returncode == 1
    assert home.posture("service", "install", "--yes").returncode == 0
    assert home.posture("service", "status").returncode == 0
    assert home.posture("service", "uninstall", "--yes").returncode == 0
    assert home.posture("service", "status").returncode == 1
    assert (tmp_path / "calls").read_text().splitlines() == [
        "--user daemon-reload",
        "--user enable posture.service",
        "--user is-enabled posture.service",
        "--user disable posture.service",
        "--user daemon-reload",
    ]
