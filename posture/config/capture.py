"""The `[capture]` section: which camera, and how it is treated."""

from __future__ import annotations

from pydantic import Field

from posture.config.section import Section


class CaptureSection(Section):
    """Camera settings; the keys are explained in `config/default.toml`."""

    source: str = Field(min_length=1, description="index, device path, video file or stream URL")
    width_px: int = Field(ge=0, le=7680, description="width to ask for; 0 leaves it as it is")
    height_px: int = Field(ge=0, le=4320, description="height to ask for; 0 leaves it as it is")
    fps: float = Field(ge=0, le=240, description="rate to ask for; 0 leaves it as it is")
    stall_s: float = Field(ge=1, le=60, description="seconds without a frame until it is lost")
    retry_first_s: float = Field(ge=0.1, le=60, description="first pause before opening again")
    retry_longest_s: float = Field(ge=1, le=3600, description="longest pause before opening again")
    look_every_s: float = Field(ge=0.1, le=10, description="seconds between looks, person present")
    look_every_absent_s: float = Field(ge=0.1, le=60, description="the same, nobody there")

    @property
    def device(self) -> CaptureSection:
        """The same as far as it takes a camera opened anew; the pace of looking does not."""
        return self.model_copy(update={"look_every_s": 1.0, "look_every_absent_s": 1.0})
