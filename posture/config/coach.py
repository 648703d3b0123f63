"""What the coach must know about a person: the `[coach]` table."""

from __future__ import annotations

from pydantic import Field

from posture.config.section import Section


class CoachSection(Section):
    """The `[coach]` table."""

    doctor_diagnosed: bool = Field(
        description="Whether a doctor has diagnosed a neck problem: only the gentlest cues then."
    )
    pain_now: bool = Field(
        description="Whether neck or shoulders hurt now: no stretch and no strength then."
    )
