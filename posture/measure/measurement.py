"""What the measure stage hands on: angles in degrees, lengths in centimetres, each with its sigma.

Signs: forward, down (pitch), the subject's left (yaw) and "left ear up" (roll) are positive;
a positive shoulder tilt has the left acromion higher. Changes are against the person's own
calibrated neutral.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 1-sigma uncertainty, both in the unit of the field that holds it."""

    value: float
    sigma: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """One frame's posture, measured against a calibrated neutral.

    Attributes:
        t_s: Time of the frame, seconds.
        forward_head_change_deg: Change of the inclination of C7 → mid-tragus from the vertical;
            this is what is judged.
        forward_head_deg: The same inclination, absolute (90° − craniovertebral angle): a rough
            estimate, the population's neutral plus the change.
        shoulder_elevation_left_cm: Rise of the left acromion along the trunk relative to C7.
        shoulder_elevation_right_cm: The same on the right.
        shoulder_tilt_deg: Change of the inclination of the acromion line.
        head_yaw_deg: Turn of the head relative to the calibrated neutral.
        head_pitch_deg: Nod, likewise.
        head_roll_deg: Sideways tilt, likewise.
        trunk_lean_change_deg: Lean of the trunk towards the camera.
        eye_distance_cm: Eyes to camera.
    """

    t_s: float
    forward_head_change_deg: Estimate
    forward_head_deg: Estimate
    shoulder_elevation_left_cm: Estimate
    shoulder_elevation_right_cm: Estimate
    shoulder_tilt_deg: Estimate
    head_yaw_deg: Estimate
    head_pitch_deg: Estimate
    head_roll_deg: Estimate
    trunk_lean_change_deg: Estimate
    eye_distance_cm: Estimate

    @property
    def mean_shoulder_elevation_cm(self) -> Estimate:
        """Mean rise of both acromia; the sides' errors are taken as fully correlated."""
        left, right = self.shoulder_elevation_left_cm, self.shoulder_elevation_right_cm
        return Estimate((left.value + right.value) / 2, (left.sigma + right.sigma) / 2)
