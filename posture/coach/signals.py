"""One look at a person, as the numbers that exercises are counted by.

Ordinary measuring refuses a head turned beyond 60° and bodies that fit badly; exercises go there,
so what is believed is decided anew here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posture.measure.body import POSE_SIZE, Dof
from posture.measure.fit import EAR_POINTS, PRIOR_SIGMA, SHOULDER_ROWS, Fit, Neutral
from posture.measure.headpose import PITCH_GAIN
from posture.measure.rotation import Array
from posture.pose.landmarks import Landmarks, Point, Unseen, UnseenReason

HAND_CM = 18.9
"""Length of an adult's hand: mean of women (18.1) and men (19.7), ANSUR II."""

# Twice what ordinary measuring believes: a hand at the head hides an ear, a far tilt strains the
# prior. A stranger's body before somebody else's calibration goes beyond it.
_BELIEVED_MISFIT = 24.0
# MediaPipe's own default for "visible".
_VISIBLE = 0.5
# What a camera shows less of than this is noise.
_LEAST_SHOWN = 0.1

# How much more a hand's way below the nose counts: at the mouth it is no longer at the head.
_LOW = 5.0

_MOUTH = [Point.MOUTH_LEFT, Point.MOUTH_RIGHT]
_EYES = [Point.LEFT_EYE, Point.RIGHT_EYE]


@dataclass(frozen=True, slots=True)
class Body:
    """Head and shoulders in one look, as changes against the calibrated neutral.

    Attributes:
        yaw_deg: Head to the subject's left.
        pitch_deg: Head down.
        roll_deg: Left ear up.
        neck_deg: Neck forward against the trunk, without what nodding adds.
        lean_deg: Trunk forward.
        twist_deg: Trunk to the subject's left.
        left_rise_cm: Left acromion up along the trunk.
        right_rise_cm: The same on the right.
        forward_cm: Both shoulders forward.
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    neck_deg: float
    lean_deg: float
    twist_deg: float
    left_rise_cm: float
    right_rise_cm: float
    forward_cm: float


@dataclass(frozen=True, slots=True)
class Signal:
    """What one look shows for counting.

    Attributes:
        t_s: Time of the frame, seconds.
        body: Head and shoulders, or why they are not known.
        face_lost: The calibrated person's face mesh was not found: turned far, or covered.
        left_hand: Distance of the left palm from the nearest of ears and forehead, in hand lengths;
            much more below the nose, where hands eat, drink and think; infinite for a hand that is
            not in sight; or why nothing is.
        right_hand: The same of the right.
    """

    t_s: float
    body: Body | Unseen
    face_lost: bool
    left_hand: float | Unseen
    right_hand: float | Unseen


def signal_of(seen: Landmarks | Unseen, fitted: Fit | Unseen, neutral: Neutral) -> Signal:
    """Read one look.

    Args:
        seen: The pose stage's.
        fitted: What `posture.measure.estimate.fit_frame` made of it; the Unseen itself where
            nothing was seen.
        neutral: The calibrated person before this camera.

    Returns:
        The numbers to count by.
    """
    if isinstance(seen, Unseen):
        return Signal(seen.t_s, seen, face_lost=True, left_hand=seen, right_hand=seen)
    return Signal(
        t_s=seen.t_s,
        body=_body(fitted, seen, neutral),
        face_lost=neutral.mesh is not None and seen.face is None,
        left_hand=_hand(seen, neutral, Point.LEFT_WRIST, Point.LEFT_INDEX, Point.LEFT_ELBOW),
        right_hand=_hand(seen, neutral, Point.RIGHT_WRIST, Point.RIGHT_INDEX, Point.RIGHT_ELBOW),
    )


def _body(fitted: Fit | Unseen, seen: Landmarks, neutral: Neutral) -> Body | Unseen:
    if isinstance(fitted, Unseen):
        return fitted
    if fitted.misfit > _BELIEVED_MISFIT:
        return Unseen(seen.t_s, UnseenReason.IMPLAUSIBLE)
    degrees = np.degrees(fitted.pose)
    # The pose model's own points, which serve where there is no mesh, show a nod in full.
    shown = PITCH_GAIN if neutral.mesh is not None and seen.face is not None else 1.0
    rise_cm = _in_full(fitted, [Dof.SHRUG])
    uneven_cm = _in_full(fitted, [Dof.UNEVEN])
    return Body(
        yaw_deg=float(degrees[Dof.YAW]),
        pitch_deg=float(degrees[Dof.PITCH]) / shown,
        roll_deg=float(degrees[Dof.ROLL]),
        neck_deg=float(degrees[Dof.NECK]),
        lean_deg=float(degrees[Dof.LEAN]),
        twist_deg=float(degrees[Dof.TWIST]),
        left_rise_cm=rise_cm + uneven_cm,
        right_rise_cm=rise_cm - uneven_cm,
        forward_cm=_in_full(fitted, [Dof.LEFT_FORWARD, Dof.RIGHT_FORWARD]),
    )


def _in_full(fitted: Fit, dofs: list[Dof]) -> float:
    """Mean of some degrees of freedom, without what the prior took of it.

    Measuring shrinks what a camera shows weakly, so as not to blame; a movement that was asked for
    is wanted in full. The share shown is 1 - posterior / prior variance: 0.79 of a shrug in front,
    0.70 from 30° to the side; 0.34 and 0.15 of a squeeze. The noise grows by as much.
    """
    mean = np.zeros(POSE_SIZE)
    mean[dofs] = 1 / len(dofs)
    posterior = float(mean @ fitted.covariance @ mean)
    prior = float((mean * PRIOR_SIGMA) @ (mean * PRIOR_SIGMA))
    return float(mean @ fitted.pose) / max(_LEAST_SHOWN, 1.0 - posterior / prior)


def _hand(seen: Landmarks, neutral: Neutral, wrist: Point, index: Point, elbow: Point) -> float:
    """Hand lengths from the palm to the nearest of ears and forehead."""
    hidden = bool(seen.visibility[wrist] < _VISIBLE)
    # A hand behind the head is hidden and guessed at by the model; its raised elbow vouches for it.
    raised = bool(seen.xy_px[elbow, 1] < seen.xy_px[SHOULDER_ROWS, 1].mean())
    if hidden and not (raised and seen.visibility[elbow] >= _VISIBLE):
        return float("inf")
    palm = (seen.xy_px[wrist] + seen.xy_px[index]) / 2
    eyes, mouth = seen.xy_px[_EYES].mean(axis=0), seen.xy_px[_MOUTH].mean(axis=0)
    up = eyes - mouth
    # The forehead lies above the eyes about as far as the mouth below them.
    places: Array = np.vstack([seen.xy_px[EAR_POINTS], eyes + up])
    off_px = float(np.linalg.norm(places - palm, axis=1).min())
    # Before a camera that looks up, what is behind the head appears lower.
    if not hidden:
        above_px = float((palm - seen.xy_px[Point.NOSE]) @ up / max(np.linalg.norm(up), 1.0))
        off_px += _LOW * max(0.0, -above_px)
    return off_px / (HAND_CM * neutral.scale_px_per_cm)
