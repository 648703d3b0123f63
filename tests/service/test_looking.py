"""When to look, and when what was seen still holds: less work, nothing missed."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from posture.capture.frame import Frame
from posture.config.load import load_config
from posture.judge.limits import limits_from
from posture.judge.verdict import ActiveFault, Fault, State, Unit, Verdict
from posture.measure.measurement import Estimate, Measurement
from posture.pose.landmarks import Landmarks, UnseenReason
from posture.pose.mediapipe import PoseModel
from posture.service.eyes import SparingEyes
from posture.service.pace import pause_after

CONFIG = load_config()
CAPTURE = CONFIG.capture
LIMITS = limits_from(CONFIG.judge)


def measured(forward_deg=0.0, distance_cm=65.0):
    zero = Estimate(0.0, 1.0)
    return Measurement(
        t_s=0.0,
        forward_head_change_deg=Estimate(forward_deg, 2.0),
        forward_head_deg=Estimate(40.0 + forward_deg, 6.0),
        shoulder_elevation_left_cm=zero,
        shoulder_elevation_right_cm=zero,
        shoulder_tilt_deg=zero,
        head_yaw_deg=zero,
        head_pitch_deg=zero,
        head_roll_deg=zero,
        trunk_lean_change_deg=zero,
        eye_distance_cm=Estimate(distance_cm, 5.0),
    )


def pause(state=State.PRESENT, measurement=None, faults=(), *, stirring=False):
    verdict = Verdict(0.0, state, None, faults, measurement, None)
    return pause_after(verdict, LIMITS, CAPTURE, stirring=stirring)


def test_looks_are_rare_when_all_is_well_and_rarer_when_nobody_is_there():
    assert pause(measurement=measured()) == CAPTURE.look_every_steady_s
    assert pause(State.ABSENT) == CAPTURE.look_every_absent_s
    assert CAPTURE.look_every_s < CAPTURE.look_every_steady_s <= CAPTURE.look_every_absent_s


def test_looks_are_frequent_near_a_limit_in_a_fault_and_while_something_goes_on():
    slouch = ActiveFault(Fault.FORWARD_HEAD, Estimate(15.0, 2.0), Unit.DEG, 20.0, dwelt=False)
    assert pause(measurement=measured(forward_deg=8.0)) == CAPTURE.look_every_s
    assert pause(measurement=measured(distance_cm=43.0)) == CAPTURE.look_every_s
    assert pause(measurement=measured(), faults=(slouch,)) == CAPTURE.look_every_s
    assert pause(measurement=measured(), stirring=True) == CAPTURE.look_every_s
    assert pause(State.UNSURE) == CAPTURE.look_every_s


class Counting(PoseModel):
    """The real models, counting how often they are asked."""

    asked = 0

    def detect(self, frame):
        self.asked += 1
        return super().detect(frame)


@pytest.fixture
def model():
    with Counting("lite") as opened:
        yield opened


def seen_at(eyes, image, t_s, *, anew=False):
    noise = np.random.default_rng(int(t_s)).normal(0, 4, image.shape)
    noisy = np.clip(image + noise, 0, 255).astype(np.uint8)
    return eyes.look(Frame(noisy, t_s, int(t_s)), anew=anew)[0]


@pytest.fixture(scope="module")
def sitting():
    clip = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"
    _, image = cv2.VideoCapture(str(clip)).read()
    return image


def test_somebody_who_sits_perfectly_still_stays_there_for_a_tenth_of_the_work(model, sitting):
    eyes = SparingEyes(model, CAPTURE)
    looks = [seen_at(eyes, sitting, float(t_s)) for t_s in range(60)]
    assert all(isinstance(seen, Landmarks) for seen in looks)
    assert [seen.t_s for seen in looks] == [float(t_s) for t_s in range(60)]
    assert model.asked == 60 / CAPTURE.still_longest_s


def test_a_covered_lens_is_noticed_at_the_next_look(model, sitting):
    eyes = SparingEyes(model, CAPTURE)
    assert isinstance(seen_at(eyes, sitting, 0.0), Landmarks)
    assert seen_at(eyes, np.zeros_like(sitting), 1.0).reason is UnseenReason.COVERED
    assert isinstance(seen_at(eyes, sitting, 2.0), Landmarks)
    assert model.asked == 3


def test_calibrating_looks_every_time_and_so_does_a_setting_of_zero(model, sitting):
    eyes = SparingEyes(model, CAPTURE)
    for t_s in range(5):
        seen_at(eyes, sitting, float(t_s), anew=True)
    assert model.asked == 5
    never = CAPTURE.model_copy(update={"still_below_percent": 0.0})
    eyes = SparingEyes(model, never)
    for t_s in range(5, 10):
        seen_at(eyes, sitting, float(t_s))
    assert model.asked == 10


def test_what_creeps_adds_up(model, sitting):
    patient = CAPTURE.model_copy(update={"still_longest_s": 1000.0})
    eyes = SparingEyes(model, patient)
    for t_s in range(30):
        shifted = np.roll(sitting, t_s, axis=0)
        seen_at(eyes, shifted, float(t_s))
    assert model.asked >= 10
