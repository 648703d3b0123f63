"""The whole program on a virtual desktop: a slouch, a notification, a pressed button."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import cv2
import pytest
from conftest import Screen, wait_until
from test_desktop import WINDOW, press

from posture.alert.channel import Action
from posture.capture.frame import Frame
from posture.capture.storyboard import Scene, Story
from posture.capture.video import VideoFile

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"
# Long enough for a slow machine to load its models and calibrate before the head comes forward.
UPRIGHT = Scene("upright", 0.0, 5.8, 16.0)
FORWARD = Scene("forward", 7.6, 12.8, 50.0)
SETTINGS = """
[measure]
calibration_s = 5
[judge.forward_head]
dwell_s = 20
"""


@pytest.fixture
def slouch(tmp_path):
    """A film of somebody who sits upright for 16 s and then forward for 50."""
    path = tmp_path / "slouch.mp4"
    clip = VideoFile(CLIP)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 3, (640, 480))
    with Story(clip, (UPRIGHT, FORWARD)) as story:
        index = 0
        while isinstance(frame := story.next(index / 3), Frame):
            writer.write(frame.image)
            index += 1
    writer.release()
    return path


@pytest.mark.usefixtures("bus")
def test_a_slouch_brings_a_notification_whose_button_shows_the_exercise(
    screen: Screen, slouch, tmp_path, request
) -> None:
    config = tmp_path / "quick.toml"
    config.write_text(SETTINGS)
    env = {**os.environ, "HOME": str(tmp_path), "POSTURE_DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-m", "posture", "watch", "--as-camera"]
    process = subprocess.Popen(
        [*command, "--source", str(slouch), "--config", str(config)],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        # MATE's daemon ends by itself when nothing comes for a while: not before it is needed.
        wait_until(lambda: False, within_s=24)
        request.getfixturevalue("notification_service")
        if not wait_until(lambda: screen.window(WINDOW), within_s=50):
            process.send_signal(signal.SIGINT)
            pytest.fail("\n".join(process.communicate(timeout=20)))
        wait_until(lambda: False, within_s=0.5)
        before = screen.picture("slouch-alert.png")
        press(screen, Action.SHOW_EXERCISE)
        # The next look, a second later, takes the answer; the text that replaces it is longer.
        wait_until(lambda: False, within_s=2.5)
        after = screen.picture("slouch-exercise.png")
        assert screen.window(WINDOW) is not None
        assert (before != after).any()
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert "Your head has come forward" in out
    assert wait_until(lambda: screen.window(WINDOW) is None)
