"""The local page: the `[review]` table."""

from __future__ import annotations

from pydantic import Field

from posture.config.section import Section


class ReviewSection(Section):
    """The `[review]` table."""

    port: int = Field(ge=0, le=65535, description="Port of the local page; 0 takes any free one.")
