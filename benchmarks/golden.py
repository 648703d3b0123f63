"""Make the golden records: `python -m benchmarks.golden DATASET --out FILE.npz`.

Landmarks and truth of every frame, no pictures: what the measure stage's tests compare with.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.accuracy import look, read_rows
from benchmarks.scores import TRUTHS
from posture.pose.landmarks import Landmarks


def main() -> None:
    """Find the landmarks of a data set and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    rows = read_rows(arguments.dataset)
    records = [
        _record(row, seen)
        for row, seen in zip(rows, look(arguments.dataset, rows, "lite"), strict=True)
        if isinstance(seen, Landmarks) and row["truth"]
    ]
    columns: dict[str, Any] = {
        name: np.array([record[name] for record in records]) for name in records[0]
    }
    np.savez_compressed(arguments.out, **columns)
    size_kb = arguments.out.stat().st_size / 1000
    print(json.dumps({"records": len(records), "kB": round(size_kb)}))


def _record(row: dict[str, Any], seen: Landmarks) -> dict[str, Any]:
    face = seen.face
    return {
        "session": row["session"],
        "cls": row["cls"],
        "kind": row["camera"]["kind"],
        "truth": np.array([row["truth"][name] for name in TRUTHS], np.float32),
        "xy_px": np.round(seen.xy_px, 1).astype(np.float32),
        "visibility": np.round(seen.visibility, 2).astype(np.float16),
        "has_face": face is not None,
        "rotation": (face.rotation if face is not None else np.zeros((3, 3))).astype(np.float32),
        "depth": np.float32(face.depth if face is not None else 0.0),
        "eyes_px": (face.eyes_px if face is not None else np.zeros(2)).astype(np.float32),
        "size_px": np.array(seen.size_px, np.int16),
    }


if __name__ == "__main__":
    main()
