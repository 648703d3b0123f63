"""A calibration by itself, without monitoring."""

from __future__ import annotations

from pathlib import Path

from posture.capture.frame import NoFrame
from posture.capture.open import open_source
from posture.config.schema import Config
from posture.errors import CalibrationError
from posture.measure.baseline import Baseline
from posture.service import profiles
from posture.service.calibrating import LOOK_EVERY_S, Calibrating, collect
from posture.service.guarded import guarded_model, prepare
from posture.service.instance import only_one
from posture.service.run import CalibrationView

_MOST_ATTEMPTS = 3


def calibrate(config: Config, view: CalibrationView) -> Path:
    """Calibrate and keep it.

    Args:
        config: Settings.
        view: Who watches.

    Returns:
        Where the calibration is kept.

    Raises:
        AlreadyRunningError: A monitor of this user has the camera; ask it instead.
        CalibrationError: Refused three times, or the recording ended before.
        PostureError: A camera or model that cannot be used.
    """
    prepare()
    state = Calibrating()
    with (
        only_one(),
        open_source(config.capture.source, config.capture) as source,
        guarded_model(config.pose.model) as pose,
    ):
        at_s = 0.0
        while state.attempts < _MOST_ATTEMPTS and (frame := source.next(at_s)) is not None:
            at_s = frame.t_s + LOOK_EVERY_S
            if isinstance(frame, NoFrame):
                continue
            result = collect(state, pose.detect(frame), config.measure.calibration_s)
            if isinstance(result, Baseline):
                path = profiles.profile_path(config.measure.profile, source.name, result.size_px)
                profiles.save(path, result)
                return path
            state = result
            view.calibrating(state, frame.t_s)
    why = state.refused.value if state.refused is not None else "the recording ended too early"
    raise CalibrationError(
        f"Calibration was refused: {why}.",
        meaning="Nothing was kept; an earlier calibration stays.",
        action="Sit upright and relaxed, face the screen, with head and both shoulders in the "
        "picture and light on your face, and try again.",
    )
