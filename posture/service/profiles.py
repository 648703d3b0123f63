"""Calibrations on disk: one small JSON file for a profile, a camera and a picture size.

They hold medians of landmarks and no picture.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import numpy as np

from posture.errors import CalibrationError
from posture.measure.baseline import Baseline
from posture.places import data_dir

_VERSION = 1


def profile_path(profile: str, camera: str, size_px: tuple[int, int]) -> Path:
    """Where a calibration is kept.

    Args:
        profile: `measure.profile`.
        camera: The source's name.
        size_px: Picture size; another one is another view.
    """
    folder = data_dir() / "calibrations"
    folder.mkdir(mode=0o700, exist_ok=True)
    safe = re.sub(r"[^A-Za-z0-9]+", "-", camera).strip("-").lower()
    return folder / f"{profile}--{safe}--{size_px[0]}x{size_px[1]}.json"


def save(path: Path, baseline: Baseline) -> None:
    """Write a calibration whole or not at all.

    Args:
        path: From `profile_path`.
        baseline: What to keep.
    """
    turned = baseline.mesh_rotation
    content = {
        "version": _VERSION,
        "landmarks_px": baseline.landmarks_px.tolist(),
        "size_px": list(baseline.size_px),
        "mesh_rotation": turned.tolist() if turned is not None else None,
        "mesh_depth": baseline.mesh_depth,
        "mesh_eyes_px": baseline.mesh_eyes_px.tolist(),
        "frames": baseline.frames,
        "sway": baseline.sway,
    }
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file)
    fresh.replace(path)


def load(path: Path) -> Baseline | None:
    """Read a calibration.

    Args:
        path: From `profile_path`.

    Returns:
        The baseline, or None where there is none yet.

    Raises:
        CalibrationError: The file is damaged or of another version.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise _unusable(path, str(error)) from error
    if content.get("version") != _VERSION:
        raise _unusable(path, f"version {content.get('version')}")
    turned = content["mesh_rotation"]
    width, height = content["size_px"]
    return Baseline(
        landmarks_px=np.array(content["landmarks_px"], dtype=np.float64),
        size_px=(int(width), int(height)),
        mesh_rotation=None if turned is None else np.array(turned, dtype=np.float64),
        mesh_depth=float(content["mesh_depth"]),
        mesh_eyes_px=np.array(content["mesh_eyes_px"], dtype=np.float64),
        frames=int(content["frames"]),
        sway=float(content["sway"]),
    )


def _unusable(path: Path, why: str) -> CalibrationError:
    return CalibrationError(
        f"The calibration {path} cannot be used ({why}).",
        meaning="Nothing can be measured with it.",
        action="Run `posture calibrate`; it makes a new one.",
    )
