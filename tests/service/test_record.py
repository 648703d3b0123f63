"""What a run leaves in the log, and what it leaves only when asked."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"


def test_a_run_leaves_minutes_settings_and_landmarks_where_they_are_asked_for(tmp_path):
    config = tmp_path / "mine.toml"
    config.write_text("[measure]\ncalibration_s = 5\n[log]\nlandmarks = true\n")
    data = tmp_path / "data"
    env = {**os.environ, "POSTURE_DATA_DIR": str(data), "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "posture", "watch", "--source", str(CLIP)]
    done = subprocess.run(
        [*command, "--config", str(config)], env=env, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(data / "log.sqlite3") as log:
        run_s, closed = log.execute("SELECT seconds, closed FROM run").fetchone()
        (sum_s,) = log.execute("SELECT sum(seconds) FROM interval").fetchone()
        (minutes,) = log.execute("SELECT count(*) FROM minute WHERE measured_s > 0").fetchone()
        settings = dict(log.execute("SELECT key, value FROM setting"))
    assert closed == 1
    assert abs(run_s - sum_s) < 0.01
    assert minutes > 0
    assert settings["measure.calibration_s"] == "5.0"
    assert not any("webhook" in key or "source" in key for key in settings)
    with sqlite3.connect(data / "landmarks.sqlite3") as kept:
        looks, shortest = kept.execute("SELECT count(*), min(length(points)) FROM look").fetchone()
    assert looks > 10
    assert shortest == 33 * 3 * 2
    assert (data / "landmarks.sqlite3").stat().st_mode & 0o077 == 0
