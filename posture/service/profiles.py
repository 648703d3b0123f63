"""Calibrations on disk: one small JSON file for a profile, a camera and a picture size.

They hold medians of landmarks and no picture.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture.errors import CalibrationError
from posture.measure.baseline import Baseline
from posture.measure.fit import FACE_ROWS, SHOULDER_ROWS
from posture.places import data_dir
from posture.service.whole import write_whole

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

    Raises:
        CalibrationError: The disk refuses.
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
    try:
        write_whole(path, json.dumps(content).encode())
    except OSError as error:
        raise CalibrationError(
            f"The calibration {path} cannot be written ({error.strerror}).",
            meaning="It is gone when the program ends.",
            action="Check the free space and the folder's rights, and calibrate again.",
        ) from error


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
        version = content["version"]
        if version == _VERSION:
            return _baseline(content)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise _unusable(path, repr(error)) from error
    raise _unusable(path, f"version {version}")


def _baseline(content: Mapping[str, Any]) -> Baseline:
    turned = content["mesh_rotation"]
    width, height = content["size_px"]
    return Baseline(
        landmarks_px=_numbers(content["landmarks_px"], (len(FACE_ROWS + SHOULDER_ROWS), 2)),
        size_px=(int(width), int(height)),
        mesh_rotation=None if turned is None else _numbers(turned, (3, 3)),
        mesh_depth=float(content["mesh_depth"]),
        mesh_eyes_px=_numbers(content["mesh_eyes_px"], (2,)),
        frames=int(content["frames"]),
        sway=float(content["sway"]),
    )


def _numbers(given: object, shape: tuple[int, ...]) -> NDArray[np.float64]:
    numbers = np.array(given, dtype=np.float64)
    if numbers.shape != shape or not np.isfinite(numbers).all():
        raise ValueError(f"{shape} numbers were expected")
    return numbers


def _unusable(path: Path, why: str) -> CalibrationError:
    return CalibrationError(
        f"The calibration {path} cannot be used ({why}).",
        meaning="Nothing can be measured with it.",
        action="Run `posture calibrate`; it makes a new one.",
    )
