"""The golden records as landmarks, calibrations and truths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.scores import TRUTHS
from posture.measure.baseline import Baseline, neutral_of
from posture.measure.calibrate import calibrate
from posture.measure.fit import Neutral
from posture.pose.landmarks import Face, Landmarks


@dataclass(frozen=True)
class Record:
    """One frame with its truth, as change against its session's calibration."""

    session: str
    cls: str
    kind: str
    landmarks: Landmarks
    truth: dict[str, float]


@dataclass(frozen=True)
class Session:
    """One person before one camera."""

    name: str
    kind: str
    baseline: Baseline
    neutral: Neutral
    records: tuple[Record, ...]


@cache
def sessions() -> tuple[Session, ...]:
    """All sessions, calibrated on their calibration frames."""
    data = dict(np.load(Path(__file__).parent / "data" / "rendered_desk_lite.npz"))
    made = []
    for name in dict.fromkeys(data["session"].tolist()):
        rows = np.flatnonzero(data["session"] == name)
        calibration = [k for k in rows if data["cls"][k] == "calibration"]
        neutral_truth = data["truth"][calibration].mean(axis=0)
        baseline = calibrate([_landmarks(data, k) for k in calibration])
        assert isinstance(baseline, Baseline), f"{name}: {baseline}"
        records = tuple(
            Record(
                name,
                str(data["cls"][k]),
                str(data["kind"][k]),
                _landmarks(data, k),
                dict(zip(TRUTHS, (data["truth"][k] - neutral_truth).tolist(), strict=True)),
            )
            for k in rows
            if data["cls"][k] != "calibration"
        )
        made.append(Session(name, records[0].kind, baseline, neutral_of(baseline), records))
    return tuple(made)


def _landmarks(data, k) -> Landmarks:
    face = None
    if data["has_face"][k]:
        face = Face(
            data["rotation"][k].astype(float),
            float(data["depth"][k]),
            data["eyes_px"][k].astype(float),
        )
    visibility = data["visibility"][k].astype(float)
    width, height = data["size_px"][k].tolist()
    return Landmarks(
        t_s=float(k),
        xy_px=data["xy_px"][k].astype(float),
        z=np.zeros(33),
        visibility=visibility,
        presence=visibility.copy(),
        size_px=(width, height),
        face=face,
    )
