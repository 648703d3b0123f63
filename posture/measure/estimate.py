"""One frame's landmarks and a neutral to a measurement, without looking at other frames."""

from __future__ import annotations

import numpy as np

from posture.measure.body import (
    BIACROMIAL_CM,
    FORWARD_HEAD_GRADIENT,
    NEUTRAL_FORWARD_HEAD_DEG,
    NEUTRAL_FORWARD_HEAD_SIGMA_DEG,
    POSE_SIZE,
    Dof,
    place,
)
from posture.measure.fit import Fit, Neutral, fit
from posture.measure.measurement import Estimate, Measurement
from posture.measure.quality import why_not_measurable
from posture.measure.rotation import Array
from posture.pose.landmarks import Landmarks, Unseen, UnseenReason

# The posterior is a little wider than the errors are: with these factors 60–76 % of the rendered
# set's errors lie within one sigma (docs/accuracy.md).
_ANGLE_SIGMA_SCALE = 0.55
_SHOULDER_SIGMA_SCALE = 0.55
# Unknown focal length: webcams between 55° and 90° around the assumed 68°.
_DISTANCE_SIGMA_RATIO = 0.12
# Turned further than this against the screen, a person is not at it.
_TURNED_AWAY_DEG = 60.0
IMPLAUSIBLE_MISFIT = 12.0
"""Mean squared residual in sigmas that no ordinary pose of the calibrated person reaches: 0.8 at
the 90th percentile of the rendered set's worst class."""


def measure(landmarks: Landmarks, neutral: Neutral) -> Measurement | Unseen:
    """Measure one frame by itself.

    Args:
        landmarks: What was seen.
        neutral: The calibrated person before the same camera.

    Returns:
        The measurement, or why there is none.
    """
    fitted = fit_frame(landmarks, neutral)
    return fitted if isinstance(fitted, Unseen) else read(fitted, neutral, landmarks.t_s)


def fit_frame(landmarks: Landmarks, neutral: Neutral) -> Fit | Unseen:
    """Fit the body to one frame, if the frame can be measured and fits this camera.

    Args:
        landmarks: What was seen.
        neutral: The calibrated person.

    Returns:
        The fit, or why there is none.
    """
    reason = why_not_measurable(landmarks)
    if reason is None and landmarks.size_px != neutral.size_px:
        reason = UnseenReason.CALIBRATION_STALE
    if reason is not None:
        return Unseen(landmarks.t_s, reason)
    return fit(landmarks, neutral)


def read(fitted: Fit, neutral: Neutral, t_s: float) -> Measurement | Unseen:
    """Read the quantities off a fit, if it can be believed.

    Args:
        fitted: From `fit_frame`.
        neutral: What it was fitted with.
        t_s: Time of the frame.

    Returns:
        The measurement, or why there is none.
    """
    if fitted.misfit > IMPLAUSIBLE_MISFIT:
        return Unseen(t_s, UnseenReason.IMPLAUSIBLE)
    measurement = measurement_of(fitted, neutral, t_s)
    if abs(measurement.head_yaw_deg.value) > _TURNED_AWAY_DEG:
        return Unseen(t_s, UnseenReason.TURNED_AWAY)
    return measurement


def measurement_of(fitted: Fit, neutral: Neutral, t_s: float) -> Measurement:
    """Read the quantities off a fitted pose.

    Args:
        fitted: From `fit`.
        neutral: What it was fitted with.
        t_s: Time of the frame.

    Returns:
        Every quantity with its sigma.
    """
    forward = _angle(fitted, FORWARD_HEAD_GRADIENT)
    absolute = Estimate(
        NEUTRAL_FORWARD_HEAD_DEG + forward.value,
        float(np.hypot(forward.sigma, NEUTRAL_FORWARD_HEAD_SIGMA_DEG)),
    )
    tilt = _unit(Dof.UNEVEN) * 2 / BIACROMIAL_CM - _unit(Dof.BEND)
    eyes = place(fitted.pose, neutral.skeleton).eyes
    distance_cm = float(np.linalg.norm(eyes))
    return Measurement(
        t_s=t_s,
        forward_head_change_deg=forward,
        forward_head_deg=absolute,
        shoulder_elevation_left_cm=_length(fitted, _unit(Dof.SHRUG) + _unit(Dof.UNEVEN)),
        shoulder_elevation_right_cm=_length(fitted, _unit(Dof.SHRUG) - _unit(Dof.UNEVEN)),
        shoulder_tilt_deg=_angle(fitted, tilt),
        head_yaw_deg=_angle(fitted, _unit(Dof.YAW)),
        head_pitch_deg=_angle(fitted, _unit(Dof.PITCH)),
        head_roll_deg=_angle(fitted, _unit(Dof.ROLL)),
        trunk_lean_change_deg=_angle(fitted, _unit(Dof.LEAN)),
        eye_distance_cm=Estimate(distance_cm, _DISTANCE_SIGMA_RATIO * distance_cm),
    )


def _unit(dof: Dof) -> Array:
    gradient = np.zeros(POSE_SIZE)
    gradient[dof] = 1.0
    return gradient


def _angle(fitted: Fit, gradient: Array) -> Estimate:
    value, sigma = _along(fitted, gradient)
    return Estimate(float(np.degrees(value)), float(np.degrees(sigma)) * _ANGLE_SIGMA_SCALE)


def _length(fitted: Fit, gradient: Array) -> Estimate:
    value, sigma = _along(fitted, gradient)
    return Estimate(value, sigma * _SHOULDER_SIGMA_SCALE)


def _along(fitted: Fit, gradient: Array) -> tuple[float, float]:
    variance = float(gradient @ fitted.covariance @ gradient)
    return float(gradient @ fitted.pose), float(np.sqrt(variance))
