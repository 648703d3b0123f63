"""Model bundles: which there are, and whether they are whole."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from posture.errors import ModelError
from posture.resources import bundled

_RESTORE = "Restore it with `git checkout models/`, or install posture again."


def load_bundle(name: str, folder: Path | None = None) -> bytes:
    """Read a model bundle and check it against the manifest.

    The bytes are handed to MediaPipe, not the path, so that what was checked is what is run.

    Args:
        name: `pose_landmarker_lite`, `pose_landmarker_full` or `face_landmarker`.
        folder: Where bundles and `manifest.toml` lie; the bundled folder by default.

    Returns:
        The bundle's content.

    Raises:
        ModelError: Missing, damaged, or not in the manifest.
    """
    folder = folder or bundled("models")
    manifest = tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))
    entry = manifest.get(name)
    if entry is None:
        raise ModelError(
            f"There is no model called {name}.",
            meaning="Nothing can be measured.",
            action="Set `pose.model` to lite or full, or install posture again.",
        )
    path = folder / str(entry["file"])
    try:
        content: bytes = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The model {path.name} cannot be read ({error.strerror}).",
            meaning="Nothing can be measured.",
            action=_RESTORE,
        ) from error
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ModelError(
            f"The model {path.name} is damaged: {len(content)} bytes whose SHA-256 is not "
            "the published one.",
            meaning="Nothing can be measured with it.",
            action=_RESTORE,
        )
    return content
