"""What every section of the config has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of the config file.

    Sections carry types, units (in the key's name) and ranges, no defaults: every default stands
    once, in `config/default.toml`, with its meaning beside it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
