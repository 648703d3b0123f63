"""Which settings the log keeps, so that a day can be judged by what held then (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from posture.config.schema import Config

# Addresses and passwords stay out of the log.
_SECTIONS = ("capture", "pose", "measure", "judge", "alert", "log")
_SECRET = ("capture.source", "alert.webhook.", "alert.mqtt.", "alert.sound.")


def recorded_settings(config: Config) -> dict[str, object]:
    """Every setting that may have changed what a day looks like.

    Args:
        config: The settings of a run.

    Returns:
        Value by dotted key.
    """
    content = config.model_dump(mode="json", include=set(_SECTIONS))
    return {key: value for key, value in _flat("", content) if not key.startswith(_SECRET)}


def _flat(prefix: str, table: Mapping[str, object]) -> list[tuple[str, object]]:
    pairs: list[tuple[str, object]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            pairs += _flat(f"{prefix}{key}.", value)
        else:
            pairs.append((f"{prefix}{key}", value))
    return pairs
