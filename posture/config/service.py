"""Life in the background: the `[service]` table."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from posture.config.alert import QuietHours, Weekday
from posture.config.section import Section


class ServiceSection(Section):
    """The `[service]` table; the keys are explained in `config/default.toml`."""

    hours: tuple[QuietHours, ...] = Field(description="camera on only then; empty for always")
    days: tuple[Weekday, ...] = Field(description="camera on only on these days")
    tray: bool = Field(description="whether `posture start` shows an icon in the tray")
    log_level: Literal["debug", "info", "warning"] = Field(description="of the program's own log")
