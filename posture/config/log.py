"""What is kept of the day, and for how long: the `[log]` table."""

from __future__ import annotations

from pydantic import Field

from posture.config.section import Section


class LogSection(Section):
    """The `[log]` table."""

    keep_days: int = Field(ge=1, le=3660, description="Older days are deleted, days.")
    landmarks: bool = Field(description="Whether the landmarks of every look are kept.")
    landmarks_max_mb: float = Field(ge=1, le=10000, description="Greatest size of those, MB.")
