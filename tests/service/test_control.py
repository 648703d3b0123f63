"""Talking to a running monitor: who may, what comes back, and that nobody can hold it up."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from homes import STATUS

from posture.errors import LogError, NotAnsweringError, NotRunningError
from posture.places import runtime_dir
from posture.service import control
from posture.service.requests import SnoozeRequest


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("POSTURE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def woken():
    return threading.Event()


@pytest.fixture
def monitor(place, woken):
    with control.Control(lambda: STATUS, lambda: None, woken.set) as opened:
        yield opened


def test_what_is_told_arrives_as_it_was(monitor):
    assert control.ask_status() == STATUS
    assert control.ask_live() is None


def test_where_nobody_runs_there_is_nothing_to_tell_and_nobody_to_ask(place):
    assert control.ask_status() is None
    with pytest.raises(NotRunningError):
        control.ask(SnoozeRequest("15m"))


def test_a_request_wakes_the_monitor_and_is_handed_out_once(monitor, woken):
    control.ask(SnoozeRequest("15m"))
    assert woken.wait(1)
    assert monitor.take() == [SnoozeRequest("15m")]
    assert monitor.take() == []


def test_a_socket_left_by_a_killed_monitor_is_taken_over(place):
    code = (
        "import os; from posture.service.control import Control;"
        "Control(lambda: None, lambda: None, lambda: None); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ}, check=False)
    assert any(runtime_dir().iterdir())
    assert control.ask_status() is None
    with control.Control(lambda: STATUS, lambda: None, lambda: None):
        assert control.ask_status() == STATUS
    assert not any(runtime_dir().iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")
def test_one_who_says_nothing_or_nonsense_keeps_nobody_from_asking(monitor):
    address = str(runtime_dir() / "control.sock")
    with socket.socket(socket.AF_UNIX) as silent, socket.socket(socket.AF_UNIX) as halfway:
        silent.connect(address)
        halfway.connect(address)
        halfway.send(b"\x00\x00\x00\x40{")
        with multiprocessing.connection.Client(address) as nonsense:
            nonsense.send_bytes(b"\x80\x04\x95pickle")
        assert control.ask_status() == STATUS


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="becomes another user")
def test_another_user_is_refused_even_where_the_folder_lets_him_in(monkeypatch):
    ask = (
        "import os, socket, sys; os.setuid(65534); s = socket.socket(socket.AF_UNIX)\n"
        'm = b\'{"ask": "status"}\'\n'
        "try:\n"
        "    s.connect(sys.argv[1]); s.sendall(len(m).to_bytes(4, 'big') + m); said = s.recv(99)\n"
        "except PermissionError: sys.exit('kept out')\n"
        "except ConnectionError: said = b''\n"
        "sys.exit('told' if said else 'refused')\n"
    )

    def another_user():
        command = [sys.executable, "-c", ask, f"{folder}/run/control.sock"]
        # Coverage could not write its file as that user, and would say so.
        env = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        return done.stderr.strip()

    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("POSTURE_DATA_DIR", folder)
        Path(folder).chmod(0o755)
        with control.Control(lambda: STATUS, lambda: None, lambda: None):
            assert another_user() == "kept out"
            (Path(folder) / "run").chmod(0o755)
            (Path(folder) / "run" / "control.sock").chmod(0o777)
            assert another_user() == "refused"
            assert control.ask_status() == STATUS


def test_an_answer_that_cannot_be_made_does_not_end_the_listening(place):
    def status():
        raise LogError("The log cannot be read.", meaning="", action="")

    with control.Control(status, lambda: None, lambda: None) as monitor:
        with pytest.raises(NotAnsweringError):
            control.ask_status()
        control.ask(SnoozeRequest("15m"))
        assert monitor.take() == [SnoozeRequest("15m")]


@pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")
def test_a_monitor_that_is_held_up_is_not_waited_for_without_end(place, monkeypatch):
    monkeypatch.setattr(control, "_ANSWER_WITHIN_S", 0.5)
    address = str(runtime_dir() / "control.sock")
    with socket.socket(socket.AF_UNIX) as deaf, contextlib.ExitStack() as others:
        deaf.bind(address)
        deaf.listen(0)
        for _ in range(2):
            other = others.enter_context(socket.socket(socket.AF_UNIX))
            other.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                other.connect(address)
        with pytest.raises(NotAnsweringError):
            control.ask_status()


def test_json_on_the_wire_is_plain_enough_for_scripts(monitor):
    told = json.loads(control.STATUS.dump_json(replace(STATUS, notice="hello")))
    assert told["state"] == "present"
    assert told["faults"][0]["by"] == {"value": 12.0, "sigma": 1.5}
    assert told["notice"] == "hello"
