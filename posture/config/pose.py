"""The `[pose]` section: which model finds the landmarks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from posture.config.section import Section


class PoseSection(Section):
    """Pose model settings; the keys are explained in `config/default.toml`."""

    model: Literal["lite", "full"] = Field(description="lite or full")
