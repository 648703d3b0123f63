"""The border on a virtual screen: seen, and gone whatever ends the program."""

from __future__ import annotations

import importlib.util
import signal
import subprocess
import sys

import numpy as np
import pytest
from conftest import Screen, wait_until

from posture.alert.message import Prompt
from posture.alert.overlay import OverlayChannel

AMBER_BGR = (0x00, 0xB0, 0xFF)
PROMPT = Prompt("1", "Title", "Body", judged=True, has_exercise=False)

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("_tkinter") is None, reason="needs Tk: apt-get install python3-tk"
)


def bordered(screen: Screen) -> bool:
    picture = screen.picture()
    edges = (picture[5, 500], picture[-5, 500], picture[300, 5], picture[300, -5])
    return all(np.array_equal(edge, AMBER_BGR) for edge in edges)


def test_the_border_leaves_the_middle_alone_and_goes_with_its_prompt(screen: Screen) -> None:
    overlay = OverlayChannel(12, "#ffb000")
    overlay.show(PROMPT)
    assert wait_until(lambda: bordered(screen))
    assert not screen.picture()[12:-12, 12:-12].any()
    overlay.withdraw("another")
    assert bordered(screen)
    overlay.withdraw(PROMPT.id)
    assert not screen.picture().any()
    overlay.close()


KILLED_WHILE_SHOWING = """
import time
from posture.alert.message import Prompt
from posture.alert.overlay import OverlayChannel
overlay = OverlayChannel(12, "#ffb000")
overlay.show(Prompt("1", "", "", judged=True, has_exercise=False))
time.sleep(60)
"""


def test_the_border_ends_when_the_program_is_killed(screen: Screen) -> None:
    program = subprocess.Popen([sys.executable, "-c", KILLED_WHILE_SHOWING])
    assert wait_until(lambda: bordered(screen))
    program.send_signal(signal.SIGKILL)
    program.wait()
    assert wait_until(lambda: not screen.picture().any(), within_s=3)
