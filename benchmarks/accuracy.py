"""How right the measurements are: `python -m benchmarks.accuracy DATASET --out FILE.csv`.

DATASET is a folder in the format of the rendered-desk set: `frames.jsonl` and images. Each session
is calibrated on its frames of class `calibration`, then every other frame is measured singly. The
truth columns are not needed; where they are, the table is printed by camera kind, for ours, for our
closed form, and for other programs' rules on the same landmarks.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks import scores
from benchmarks.peers import RULES
from posture.capture.frame import Frame
from posture.measure.baseline import Baseline, neutral_of
from posture.measure.calibrate import calibrate
from posture.measure.estimate import measure
from posture.measure.fit import Neutral
from posture.measure.measurement import Estimate, Measurement
from posture.pose.landmarks import Landmarks, Unseen, UnseenReason
from posture.pose.mediapipe import PoseModel

FRONT = ("laptop", "monitor", "high")
KINDS = {
    "in front": FRONT,
    "laptop": ("laptop",),
    "monitor": ("monitor",),
    "high": ("high",),
    "off-axis": ("offaxis",),
    "side": ("side",),
}
COLUMNS = [
    "frame",
    "state",
    "forward_head_change_deg",
    "forward_head_deg",
    "shoulder_elevation_left_cm",
    "shoulder_elevation_right_cm",
    "shoulder_tilt_deg",
    "head_yaw_deg",
    "head_pitch_deg",
    "head_roll_deg",
    "trunk_lean_change_deg",
    "eye_distance_cm",
    "forward_head_sigma_deg",
    "shoulder_elevation_sigma_cm",
]
_MEASURES = COLUMNS[2:12]


@dataclass(frozen=True, slots=True)
class Judged:
    """One frame: what was seen of it, and what the data set says of it."""

    row: dict[str, Any]
    seen: Landmarks | Unseen
    measured: Measurement | Unseen
    peers: dict[str, float]
    seconds: float


def main() -> None:
    """Measure a data set, write the CSV, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--model", choices=["lite", "full"], default="lite")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    rows = read_rows(arguments.dataset)
    seen = look(arguments.dataset, rows, arguments.model)
    judged = [frame for session in sessions(rows, seen) for frame in measure_session(session)]
    write_csv(arguments.out, judged)
    figures: dict[str, Any] = {"frames": len(judged), "model": arguments.model}
    seconds = [frame.seconds for frame in judged if isinstance(frame.measured, Measurement)]
    figures["measure_ms"] = round(1000 * float(np.median(seconds)), 2) if seconds else None
    if any("truth" in frame.row for frame in judged):
        figures |= table(judged)
    print(json.dumps(figures))


def read_rows(dataset: Path) -> list[dict[str, Any]]:
    """The lines of `frames.jsonl`."""
    with (dataset / "frames.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def look(dataset: Path, rows: list[dict[str, Any]], variant: str) -> list[Landmarks | Unseen]:
    """Find the landmarks in every image, each by itself."""
    found = []
    with PoseModel(variant, stills=True) as model:
        for index, row in enumerate(rows):
            image = cv2.imread(str(dataset / row["image"]))
            if image is None:
                raise SystemExit(f"{dataset / row['image']} cannot be read as an image.")
            found.append(model.detect(Frame(np.asarray(image, np.uint8), float(index), index)))
    return found


def sessions(
    rows: list[dict[str, Any]], seen: list[Landmarks | Unseen]
) -> Iterable[list[tuple[dict[str, Any], Landmarks | Unseen]]]:
    """Frames of each session, in its order."""
    grouped: dict[str, list[tuple[dict[str, Any], Landmarks | Unseen]]] = {}
    for row, look_ in zip(rows, seen, strict=True):
        grouped.setdefault(row["session"], []).append((row, look_))
    for session in grouped.values():
        yield sorted(session, key=lambda pair: int(pair[0]["index"]))


def measure_session(session: list[tuple[dict[str, Any], Landmarks | Unseen]]) -> list[Judged]:
    """Calibrate on the session's calibration frames, measure the others singly."""
    calibration = [seen for row, seen in session if row["cls"] == "calibration"]
    baseline = calibrate(calibration)
    neutral = neutral_of(baseline) if isinstance(baseline, Baseline) else None
    known = [seen for seen in calibration if isinstance(seen, Landmarks)]
    truth = _mean_truth([row for row, _ in session if row["cls"] == "calibration"])
    judged = []
    for row, seen in session:
        if row["cls"] == "calibration":
            continue
        began = time.perf_counter()
        measured = _measure(seen, neutral)
        seconds = time.perf_counter() - began
        peers = {}
        if isinstance(seen, Landmarks) and known:
            peers = {name: rule(known, seen) for name, rule in RULES.items()}
        judged.append(Judged({**row, "neutral_truth": truth}, seen, measured, peers, seconds))
    return judged


def write_csv(path: Path, judged: list[Judged]) -> None:
    """One row a frame; empty where not measured."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for frame in judged:
            record: dict[str, Any] = {"frame": frame.row["frame"]}
            if isinstance(frame.measured, Unseen):
                record["state"] = frame.measured.reason.value
            else:
                record["state"] = "good"
                for name in _MEASURES:
                    record[name] = round(_estimate(frame.measured, name).value, 3)
                record["forward_head_sigma_deg"] = round(
                    frame.measured.forward_head_change_deg.sigma, 3
                )
                record["shoulder_elevation_sigma_cm"] = round(
                    frame.measured.shoulder_elevation_left_cm.sigma, 3
                )
            writer.writerow(record)


def table(judged: list[Judged]) -> dict[str, Any]:
    """Print the figures by camera kind, and return them."""
    present = [frame for frame in judged if frame.row.get("truth")]
    absent = [frame for frame in judged if "truth" in frame.row and frame.row["truth"] is None]
    figures: dict[str, Any] = {
        "absent_called_absent": _share(absent, "absent"),
        "present_called_absent": _share(present, "absent"),
        "present_measured": sum(isinstance(f.measured, Measurement) for f in present)
        / max(1, len(present)),
    }
    print(
        f"\n{'camera':10}{'n':>5}{'MAE °':>8}{'bias':>7}{'r':>7}{'AUC':>7}{'AUC*':>7}{'F1@6°':>7}"
        f"{'sh cm':>7}{'sh AUC':>8}{'yaw':>6}{'pitch':>6}{'roll':>6}{'lean':>6}"
        f"{'1σ head':>9}{'1σ sh':>7}"
    )
    for name, kinds in KINDS.items():
        frames = [frame for frame in present if frame.row["camera"]["kind"] in kinds]
        if frames:
            figures[name] = _row(name, frames)
    print("AUC*: against distractors and shrugs alone.\n")
    print(f"{'rule':22}" + "".join(f"{name + ' AUC':>15}{'best F1':>9}" for name in KINDS))
    for rule in ["ours", *RULES]:
        print(f"{rule:22}" + "".join(_peer(rule, present, kinds) for kinds in KINDS.values()))
    return figures


def _row(name: str, frames: list[Judged]) -> dict[str, float]:
    """Print one line of the table."""
    pairs = [(f, f.measured) for f in frames if isinstance(f.measured, Measurement)]
    forward = np.array([m.forward_head_change_deg.value for _, m in pairs])
    sigma = np.array([m.forward_head_change_deg.sigma for _, m in pairs])
    truth = np.array([_change(f, "forward_head_deg") for f, _ in pairs])
    positive, clear = truth >= scores.FORWARD_DEG, _clear(truth)
    hard = clear & (positive | np.array([_is_distractor(f) for f, _ in pairs]))
    lifts = {
        side: (
            np.array([_estimate(m, f"shoulder_elevation_{side}_cm").value for _, m in pairs]),
            np.array([_change(f, f"shoulder_elevation_{side}_cm") for f, _ in pairs]),
        )
        for side in ("left", "right")
    }
    lift_error = np.concatenate([seen - true for seen, true in lifts.values()])
    lift_sigma = np.concatenate([[m.shoulder_elevation_left_cm.sigma for _, m in pairs]] * 2)
    mean_seen = (lifts["left"][0] + lifts["right"][0]) / 2
    mean_true = (lifts["left"][1] + lifts["right"][1]) / 2
    decided = (mean_true >= scores.RAISED_CM) | (mean_true <= scores.LEVEL_CM)
    figures = {
        "n": float(len(pairs)),
        "mae_deg": scores.mean_absolute(forward - truth),
        "bias_deg": float((forward - truth).mean()),
        "r": scores.correlation(forward, truth),
        "auc": scores.auc(forward[clear], positive[clear]),
        "auc_distractors": scores.auc(forward[hard], positive[hard]),
        "f1": scores.f1(forward[clear] > scores.LIMIT_DEG, positive[clear]),
        "shoulder_mae_cm": scores.mean_absolute(lift_error),
        "shoulder_auc": scores.auc(mean_seen[decided], mean_true[decided] >= scores.RAISED_CM),
        "yaw_mae_deg": _angle_error(pairs, "head_yaw_deg"),
        "pitch_mae_deg": _angle_error(pairs, "head_pitch_deg"),
        "roll_mae_deg": _angle_error(pairs, "head_roll_deg"),
        "lean_mae_deg": scores.mean_absolute(
            np.array(
                [m.trunk_lean_change_deg.value - _change(f, "trunk_lean_deg") for f, m in pairs]
            )
        ),
        "within_sigma": scores.within_sigma(forward - truth, sigma),
        "shoulder_within_sigma": scores.within_sigma(lift_error, lift_sigma),
    }
    shown = list(figures.values())
    widths = [5, 8, 7, 7, 7, 7, 7, 7, 8, 6, 6, 6, 6, 9, 7]
    digits = [0, 2, 2, 3, 3, 3, 2, 2, 3, 1, 1, 1, 1, 2, 2]
    print(
        f"{name:10}"
        + "".join(f"{v:{w}.{d}f}" for v, w, d in zip(shown, widths, digits, strict=True))
    )
    return {key: round(value, 3) for key, value in figures.items()}


def _peer(rule: str, present: list[Judged], kinds: tuple[str, ...]) -> str:
    frames = [f for f in present if f.row["camera"]["kind"] in kinds]
    if rule == "ours":
        pairs = [
            (f, f.measured.forward_head_change_deg.value)
            for f in frames
            if isinstance(f.measured, Measurement)
        ]
    else:
        pairs = [(f, f.peers[rule]) for f in frames if f.peers]
    if not pairs:
        return f"{'-':>15}{'-':>9}"
    truth = np.array([_change(f, "forward_head_deg") for f, _ in pairs])
    seen = np.array([value for _, value in pairs])[_clear(truth)]
    positive = truth[_clear(truth)] >= scores.FORWARD_DEG
    return f"{scores.auc(seen, positive):15.3f}{scores.best_f1(seen, positive):9.2f}"


def _measure(seen: Landmarks | Unseen, neutral: Neutral | None) -> Measurement | Unseen:
    if isinstance(seen, Unseen):
        return seen
    if neutral is None:
        return Unseen(seen.t_s, UnseenReason.UNCALIBRATED)
    return measure(seen, neutral)


def _estimate(measured: Measurement, name: str) -> Estimate:
    estimate: Estimate = getattr(measured, name)
    return estimate


def _mean_truth(rows: list[dict[str, Any]]) -> dict[str, float]:
    truths = [row["truth"] for row in rows if row.get("truth")]
    if not truths:
        return {}
    return {name: float(np.mean([t[name] for t in truths])) for name in scores.TRUTHS}


def _change(frame: Judged, name: str) -> float:
    return float(frame.row["truth"][name] - frame.row["neutral_truth"][name])


def _clear(truth: np.ndarray[Any, np.dtype[np.float64]]) -> scores.Mask:
    clear: scores.Mask = (truth >= scores.FORWARD_DEG) | (truth <= scores.UPRIGHT_DEG)
    return clear


def _is_distractor(frame: Judged) -> bool:
    return bool(frame.row["cls"].startswith("distractor") or frame.row["cls"] == "shrug")


def _angle_error(pairs: list[tuple[Judged, Measurement]], name: str) -> float:
    """Mean absolute error of a head angle where the truth is within ±35°."""
    off = [
        _estimate(m, name).value - _change(f, name) for f, m in pairs if abs(_change(f, name)) <= 35
    ]
    return scores.mean_absolute(np.array(off))


def _share(frames: list[Judged], reason: str) -> float:
    called = [isinstance(f.measured, Unseen) and f.measured.reason == reason for f in frames]
    return sum(called) / max(1, len(called))


if __name__ == "__main__":
    main()
