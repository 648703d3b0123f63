"""When to speak and through what: the `[alert]` table."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, model_validator

from posture.config.section import Section

QuietHours = Annotated[
    str,
    StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"),
    Field(description="From-to in local time, HH:MM-HH:MM; may cross midnight."),
]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Step = Literal["quiet", "notification", "sound", "overlay"]


def hours_of(quiet: str) -> tuple[time, time]:
    """Begin and end of a `QuietHours` value."""
    begin, end = quiet.split("-")
    return time.fromisoformat(begin), time.fromisoformat(end)


class BreaksSection(Section):
    """Reminders to change position or walk."""

    enabled: bool = Field(description="Whether to remind of breaks.")
    after_min: float = Field(ge=15, le=180, description="Observed sitting before one, minutes.")
    away_min: float = Field(ge=0.5, le=30, description="Absence that counts as a break, minutes.")
    again_min: float = Field(ge=5, le=120, description="Sitting until the next reminder, minutes.")
    shown_s: float = Field(ge=30, le=1800, description="How long a reminder stays, seconds.")
    forget_unobserved_min: float = Field(
        ge=2, le=240, description="Unobserved for longer, the sitting time starts again, minutes."
    )


class SoundSection(Section):
    """The sound of the step "sound"."""

    file: str = Field(description="A sound file; empty for the program's own short tone.")
    volume_percent: float = Field(ge=0, le=100, description="Loudness, percent.")


class OverlaySection(Section):
    """The screen border of the step "overlay"."""

    border_px: int = Field(ge=2, le=60, description="Width of the border, pixels.")
    color: str = Field(pattern=r"^#[0-9a-fA-F]{6}$", description="Its colour, #rrggbb.")


class WebhookSection(Section):
    """One HTTP POST per alert to one address."""

    enabled: bool = Field(description="Whether to send.")
    url: str = Field(description="Full http(s):// address; nothing else is ever contacted.")
    timeout_s: float = Field(ge=0.5, le=30, description="Give up after, seconds.")

    @model_validator(mode="after")
    def _address(self) -> Self:
        parts = urlsplit(self.url)
        if self.enabled and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("url must be a full http:// or https:// address to be enabled")
        return self


class MqttSection(Section):
    """One MQTT message per alert to one broker."""

    enabled: bool = Field(description="Whether to send.")
    host: str = Field(description="The broker's name or address.")
    port: int = Field(ge=1, le=65535, description="The broker's port.")
    topic: str = Field(pattern=r"^[^#+\s]+$", description="Topic of the messages.")
    tls: bool = Field(description="Whether to encrypt; port 8883 by custom.")
    username: str = Field(description="Name to log in with; empty for none.")
    password_file: str = Field(description="File holding the password; empty for none.")

    @model_validator(mode="after")
    def _address(self) -> Self:
        if self.enabled and not self.host:
            raise ValueError("host must be set to be enabled")
        return self


class AlertSection(Section):
    """The `[alert]` table."""

    channel: Literal["auto", "desktop", "terminal", "none"] = Field(
        description="Where alerts appear."
    )
    escalation: tuple[Step, ...] = Field(
        min_length=1, max_length=4, description="Steps of an alert, in order."
    )
    escalate_after_s: float = Field(ge=10, le=1800, description="Observed time per step, seconds.")
    corrected_after_s: float = Field(
        ge=1, le=60, description="Corrected for this long, an alert goes away, seconds."
    )
    ignored_after_s: float = Field(
        ge=30, le=3600, description="Not corrected within this observed time: ignored, seconds."
    )
    unseen_after_s: float = Field(
        ge=5, le=1800, description="Unobserved for this long, an alert goes away, seconds."
    )
    spacing_min: float = Field(
        ge=1,
        le=120,
        description="From the end of an alert, or the start of a reminder, to the next, minutes.",
    )
    same_fault_min: float = Field(
        ge=1, le=240, description="The same, for the same fault, minutes."
    )
    ignored_min: float = Field(
        ge=1, le=240, description="After an ignored alert; doubles with each further one, minutes."
    )
    ignored_max_min: float = Field(ge=1, le=480, description="Where that doubling ends, minutes.")
    max_per_hour: int = Field(ge=0, le=20, description="Alerts in any 60 minutes.")
    max_per_day: int = Field(ge=0, le=100, description="Alerts on one calendar day.")
    quiet_hours: tuple[QuietHours, ...] = Field(description="Never speak during these.")
    working_days: tuple[Weekday, ...] = Field(description="Speak on these days only.")
    relax_step_percent: float = Field(
        ge=0, le=50, description='Each "that was wrong" relaxes a limit by, percent.'
    )
    relax_max_percent: float = Field(ge=0, le=100, description="But by no more in all, percent.")
    breaks: BreaksSection
    sound: SoundSection
    overlay: OverlaySection
    webhook: WebhookSection
    mqtt: MqttSection

    @property
    def channels(self) -> tuple[object, ...]:
        """The keys whose edit takes channels opened anew; the rest decides when to speak."""
        return (
            self.channel,
            self.escalation,
            self.sound,
            self.overlay,
            self.webhook,
            self.mqtt,
        )

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.ignored_max_min < self.ignored_min:
            raise ValueError("ignored_max_min must not be below ignored_min")
        if len(set(self.escalation)) != len(self.escalation):
            raise ValueError("escalation must not name a step twice")
        return self
