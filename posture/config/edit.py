"""Change keys of the user's own config file; everything else in it stays as they wrote it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Array, InlineTable

from posture.errors import ConfigError

Value = bool | int | float | str | tuple[str, ...]


def version_of(text: str) -> str:
    """What tells one content of the file from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def with_changes(text: str, changes: Mapping[str, Value]) -> str:
    """Set keys in a config text.

    Args:
        text: Valid TOML, with comments; may be empty.
        changes: New value by dotted key.

    Returns:
        The text with these values; comments and order stay.
    """
    document = tomlkit.parse(text)
    for key, value in changes.items():
        *path, name = key.split(".")
        table: Any = document
        for part in path:
            inline = isinstance(table, InlineTable)
            table.setdefault(part, tomlkit.inline_table() if inline else tomlkit.table())
            table = table[part]
        if not (isinstance(value, tuple) and _put_into(table.get(name), value)):
            table[name] = list(value) if isinstance(value, tuple) else value
    return tomlkit.dumps(document)


def _put_into(array: object, values: tuple[str, ...]) -> bool:
    """Change a list in its place, so that comments within it stay; False where order forbids it."""
    if not isinstance(array, Array):
        return False
    kept = [item for item in array if item in values]
    added = [value for value in values if value not in kept]
    if [*kept, *added] != list(values):
        return False
    for item in [item for item in array if item not in values]:
        array.remove(item)
    for value in added:
        array.append(value)
    return True


def write(path: Path, text: str) -> None:
    """Write the file whole or not at all.

    Args:
        path: The user's config; a link is followed, rights are kept.
        text: Its new content.

    Raises:
        ConfigError: It cannot be written.
    """
    target = path.resolve()
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        fresh = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.chmod(mode)
            fresh.replace(target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConfigError(
            f"{target} cannot be written ({error.strerror}).",
            meaning="Your settings are as they were.",
            action="Check the folder's rights and the free space.",
        ) from error
