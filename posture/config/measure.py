"""The `[measure]` section: calibration."""

from __future__ import annotations

from pydantic import Field

from posture.config.section import Section


class MeasureSection(Section):
    """Calibration settings; the keys are explained in `config/default.toml`."""

    calibration_s: float = Field(ge=5, le=60, description="seconds of sitting upright")
    profile: str = Field(
        pattern=r"^[a-z0-9-]{1,40}$", description="name under which calibrations are kept"
    )
