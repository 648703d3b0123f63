"""From a frame to what was seen in it, a lost camera included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from posture.capture.frame import Frame, NoFrame
from posture.pose.landmarks import Landmarks, Unseen, UnseenReason

if TYPE_CHECKING:
    from posture.pose.mediapipe import PoseModel


def see(frame: Frame | NoFrame, pose: PoseModel) -> Landmarks | Unseen:
    """Look at a frame.

    Args:
        frame: The picture, or why there is none.
        pose: The opened model.

    Returns:
        One person's landmarks, or why there are none.
    """
    if isinstance(frame, NoFrame):
        return Unseen(frame.t_s, UnseenReason.CAMERA_LOST)
    return pose.detect(frame)
