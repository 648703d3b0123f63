"""What counts as a fault, how sure one must be, and for how long: the `[judge]` table."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from posture.config.section import Section

DwellS = Annotated[
    float, Field(ge=20, le=900, description="Observed time in the fault before an alert, seconds.")
]
Enabled = Annotated[bool, Field(description="Whether this fault is judged at all.")]


class AngleFault(Section):
    """A fault measured in degrees against the person's own neutral."""

    enabled: Enabled
    enter_deg: float = Field(ge=2, le=60, description="The fault begins above this, degrees.")
    leave_deg: float = Field(ge=0, le=60, description="The fault ends below this, degrees.")
    dwell_s: DwellS

    @model_validator(mode="after")
    def _hysteresis(self) -> Self:
        if self.leave_deg >= self.enter_deg:
            raise ValueError("leave_deg must be below enter_deg: the gap is the hysteresis")
        return self


class RaisedShouldersFault(Section):
    """Mean rise of both acromia against the person's own neutral."""

    enabled: Enabled
    enter_cm: float = Field(ge=0.5, le=10, description="The fault begins above this, cm.")
    leave_cm: float = Field(ge=0, le=10, description="The fault ends below this, cm.")
    dwell_s: DwellS

    @model_validator(mode="after")
    def _hysteresis(self) -> Self:
        if self.leave_cm >= self.enter_cm:
            raise ValueError("leave_cm must be below enter_cm: the gap is the hysteresis")
        return self


class TooNearFault(Section):
    """Distance from the eyes to the camera."""

    enabled: Enabled
    enter_cm: float = Field(ge=20, le=80, description="The fault begins below this distance, cm.")
    leave_cm: float = Field(ge=20, le=100, description="The fault ends above this distance, cm.")
    dwell_s: DwellS

    @model_validator(mode="after")
    def _hysteresis(self) -> Self:
        if self.leave_cm <= self.enter_cm:
            raise ValueError("leave_cm must be above enter_cm: the gap is the hysteresis")
        return self


class StaticSittingFault(Section):
    """Sitting without any shift of position, however good."""

    enabled: Enabled
    after_min: float = Field(ge=10, le=120, description="Observed time without a shift, minutes.")
    shift_deg: float = Field(ge=2, le=30, description="A shift changes an angle by more, degrees.")
    shift_cm: float = Field(ge=1, le=30, description="Or the distance to the screen by more, cm.")
    shift_held_s: float = Field(ge=1, le=60, description="And stays there for this long, seconds.")


class JudgeSection(Section):
    """The `[judge]` table."""

    straddle_sigmas: float = Field(
        ge=0, le=3, description="A value within this many sigmas of a limit changes nothing."
    )
    in_fault_share_percent: float = Field(
        ge=50, le=95, description="Share of observed time in the fault above which dwell grows."
    )
    recovered_s: float = Field(
        ge=2, le=120, description="A recovery at least this long is real and resets the dwell."
    )
    unobserved_reset_s: float = Field(
        ge=10, le=1800, description="Unobserved for this long, the dwell starts again."
    )
    asleep_gap_s: float = Field(
        ge=5, le=600, description="Without a step for longer, the machine was asleep."
    )
    forward_head: AngleFault
    raised_shoulders: RaisedShouldersFault
    uneven_shoulders: AngleFault
    slump: AngleFault
    head_tilt: AngleFault
    too_near: TooNearFault
    static_sitting: StaticSittingFault
