"""The `[capture]` section: which camera, and how it is treated."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from posture.config.section import Section

_PACE = {
    "mode",
    "burst_lasts_s",
    "burst_every_s",
    "look_every_s",
    "look_every_steady_s",
    "look_every_absent_s",
    "still_below_percent",
    "still_longest_s",
    "moved_above_percent",
}


class CaptureSection(Section):
    """Camera settings; the keys are explained in `config/default.toml`."""

    source: str = Field(min_length=1, description="index, device path, video file or stream URL")
    width_px: int = Field(ge=0, le=7680, description="width to ask for; 0 leaves it as it is")
    height_px: int = Field(ge=0, le=4320, description="height to ask for; 0 leaves it as it is")
    fps: float = Field(ge=0, le=240, description="rate to ask for; 0 leaves it as it is")
    stall_s: float = Field(ge=1, le=60, description="seconds without a frame until it is lost")
    retry_first_s: float = Field(ge=0.1, le=60, description="first pause before opening again")
    retry_longest_s: float = Field(ge=1, le=3600, description="longest pause before opening again")
    mode: Literal["continuous", "burst"] = Field(description="continuous or burst")
    burst_lasts_s: float = Field(ge=0.5, le=10, description="seconds a burst keeps it open")
    burst_every_s: float = Field(ge=2, le=120, description="seconds from one burst to the next")
    look_every_s: float = Field(ge=0.1, le=10, description="seconds between looks that matter")
    look_every_steady_s: float = Field(ge=0.1, le=60, description="the same, all well for now")
    look_every_absent_s: float = Field(ge=0.1, le=60, description="the same, nobody there")
    still_below_percent: float = Field(ge=0, le=20, description="less change than this is none")
    still_longest_s: float = Field(ge=0, le=120, description="look anew after, however still")
    moved_above_percent: float = Field(ge=0, le=100, description="more change than this is a move")

    @property
    def device(self) -> dict[str, object]:
        """What takes a camera opened anew when it is edited; the pace of looking does not."""
        return self.model_dump(exclude=_PACE)
