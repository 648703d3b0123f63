"""The whole config as one frozen tree."""

from __future__ import annotations

from posture.config.capture import CaptureSection
from posture.config.pose import PoseSection
from posture.config.section import Section


class Config(Section):
    """Every section; the keys are explained in `config/default.toml`."""

    capture: CaptureSection
    pose: PoseSection
