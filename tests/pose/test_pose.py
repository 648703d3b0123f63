"""The real model on real pictures: one person, none, two, darkness."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from posture.capture.frame import Frame
from posture.capture.video import VideoFile
from posture.errors import ModelError
from posture.pose.bundles import load_bundle
from posture.pose.landmarks import Landmarks, Point, Unseen, UnseenReason
from posture.pose.mediapipe import PoseModel
from posture.resources import bundled

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"


@pytest.fixture(scope="module")
def model():
    with PoseModel("lite") as opened:
        yield opened


def picture_at(t_s):
    with VideoFile(CLIP) as video:
        return video.next(t_s).image


@pytest.fixture(scope="module")
def desk():
    return picture_at(1.0)


@pytest.fixture(scope="module")
def empty_room():
    return picture_at(28.0)


def test_one_person_has_landmarks_in_pixels_with_the_subjects_own_left(model, desk):
    found = model.detect(Frame(desk, 1.0, 0))
    assert isinstance(found, Landmarks)
    left, right = found.xy_px[Point.LEFT_SHOULDER], found.xy_px[Point.RIGHT_SHOULDER]
    # The truth for this frame has the acromia at 437, 265 and 217, 255 px.
    assert left == pytest.approx([437, 280], abs=35)
    assert right == pytest.approx([217, 270], abs=35)
    with pytest.raises(ValueError, match="read-only"):
        found.xy_px[0] = 0


def test_time_stamps_that_run_back_do_not_stop_the_model(model, desk):
    for t_s in (10.0, 10.0, 9.0, 10.0001):
        found = model.detect(Frame(desk, t_s, 0))
        assert found.t_s == t_s


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda desk, room: np.tile(desk[:, 160:480], (1, 2, 1)), UnseenReason.TWO_PEOPLE),
        (lambda desk, room: room * 0, UnseenReason.COVERED),
        (lambda desk, room: room, UnseenReason.ABSENT),
        (lambda desk, room: room // 8, UnseenReason.TOO_DARK),
    ],
)
def test_what_cannot_be_measured_is_named(desk, empty_room, change, reason):
    picture = np.ascontiguousarray(change(desk, empty_room))
    with PoseModel("lite") as model:
        assert model.detect(Frame(picture, 20.0, 0)) == Unseen(20.0, reason)


def test_a_damaged_bundle_is_refused_with_the_way_to_restore_it(tmp_path):
    folder = tmp_path / "models"
    shutil.copytree(bundled("models"), folder)
    path = folder / "pose_landmarker_lite.task"
    content = bytearray(path.read_bytes())
    content[100_000] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match="damaged.*git checkout models/"):
        load_bundle("pose_landmarker_lite", folder)
    path.unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        load_bundle("pose_landmarker_lite", folder)


def test_a_whole_run_prints_nothing_of_its_own(tmp_path):
    script = (
        "from pathlib import Path\n"
        "from posture.capture.video import VideoFile\n"
        "from posture.pose.mediapipe import PoseModel\n"
        f"with VideoFile(Path({str(CLIP)!r})) as video, PoseModel('lite') as model:\n"
        "    model.detect(video.next(0.0))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
