"""Figures of merit for measurements with known truth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

TRUTHS = [
    "forward_head_deg",
    "trunk_lean_deg",
    "shoulder_elevation_left_cm",
    "shoulder_elevation_right_cm",
    "shoulder_tilt_deg",
    "head_yaw_deg",
    "head_pitch_deg",
    "head_roll_deg",
]
"""What a data set's truth is taken from, in the golden records' order."""

FORWARD_DEG = 8.0
UPRIGHT_DEG = 3.0
LIMIT_DEG = 6.0
RAISED_CM = 1.5
LEVEL_CM = 0.5


def mean_absolute(error: Array) -> float:
    """Mean absolute error; nan without values."""
    return float(np.abs(error).mean()) if len(error) else float("nan")


def correlation(seen: Array, truth: Array) -> float:
    """Pearson's r; nan for fewer than three values."""
    return float(np.corrcoef(seen, truth)[0, 1]) if len(seen) > 2 else float("nan")


def auc(seen: Array, positive: Mask) -> float:
    """Area under the ROC curve: the chance that a positive ranks above a negative."""
    high, low = seen[positive], seen[~positive]
    if not len(high) or not len(low):
        return float("nan")
    wins = (high[:, None] > low).mean() + 0.5 * (high[:, None] == low).mean()
    return float(wins)


def f1(called: Mask, positive: Mask) -> float:
    """Harmonic mean of precision and recall."""
    hits = int((called & positive).sum())
    return 2 * hits / max(1, int(called.sum()) + int(positive.sum()))


def best_f1(seen: Array, positive: Mask) -> float:
    """F1 at the limit that suits these very data best: kind to rules without a unit."""
    return max(f1(seen > limit, positive) for limit in np.unique(seen)) if len(seen) else 0.0


def within_sigma(error: Array, sigma: Array) -> float:
    """Share of errors within the stated sigma."""
    return float((np.abs(error) <= sigma).mean()) if len(error) else float("nan")
