"""The whole config as one frozen tree."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from posture.config.alert import AlertSection
from posture.config.capture import CaptureSection
from posture.config.coach import CoachSection
from posture.config.judge import JudgeSection
from posture.config.log import LogSection
from posture.config.measure import MeasureSection
from posture.config.pose import PoseSection
from posture.config.review import ReviewSection
from posture.config.section import Section
from posture.config.service import ServiceSection


class Config(Section):
    """Every section; the keys are explained in `config/default.toml`."""

    capture: CaptureSection
    pose: PoseSection
    measure: MeasureSection
    judge: JudgeSection
    coach: CoachSection
    alert: AlertSection
    log: LogSection
    service: ServiceSection
    review: ReviewSection

    @model_validator(mode="after")
    def _awake_between_looks(self) -> Self:
        capture = self.capture
        slowest_s = max(
            capture.look_every_s, capture.look_every_steady_s, capture.look_every_absent_s
        )
        if capture.mode == "burst":
            slowest_s = max(slowest_s, capture.burst_every_s)
        if slowest_s >= self.judge.asleep_gap_s:
            raise ValueError(
                "judge.asleep_gap_s must exceed every capture.look_every_…_s (and burst_every_s): "
                "a longer pause between looks would count as sleep"
            )
        return self
