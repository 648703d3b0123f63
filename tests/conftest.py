"""What rooms of tests share."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from hypothesis import settings

# The same examples every time, so that the test command says the same to everybody;
# `pytest --hypothesis-profile explore` looks for new ones.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("explore", max_examples=500)
settings.load_profile("repeatable")

_CLIP = Path(__file__).parents[1] / "posture" / "demo" / "desk.mp4"
_SITS = [(0.0, 5.8)] * 2
_SHRUGS = [(14.8, 15.8), (18.0, 21.5), (23.4, 25.0)]


@pytest.fixture(scope="session")
def shrug_clip(tmp_path_factory) -> Path:
    """The person of the demo sits for twelve seconds, then shrugs six times for 3.5 s."""
    video = cv2.VideoCapture(str(_CLIP))
    fps = video.get(cv2.CAP_PROP_FPS)
    frames = []
    while (read := video.read())[0]:
        frames.append(read[1])
    path = tmp_path_factory.mktemp("clips") / "shrugs.mp4"
    height, width = frames[0].shape[:2]
    code = cv2.VideoWriter.fourcc(*"mp4v")
    writer = cv2.VideoWriter(str(path), code, fps, (width, height))
    for from_s, to_s in _SITS + _SHRUGS * 6:
        for frame in frames[int(from_s * fps) : int(to_s * fps)]:
            writer.write(frame)
    writer.release()
    return path
