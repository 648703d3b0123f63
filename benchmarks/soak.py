"""Whether it can be left on: `python -m benchmarks.soak [--minutes N] [--hours N]`.

Real time (thirty minutes by default): `posture watch` with the real models on the bundled clip as
a camera; memory, open files and threads of the process every ten seconds, and the slope of a
straight line through each after the first tenth. Simulated time (24 hours): a made-up person, a
look a second, through judge, policy and log; memory and log size every simulated hour. The last
line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.office import Person
from posture.config.load import load_config
from posture.instant import Instant
from posture.judge import monitor, policy
from posture.judge.limits import limits_from
from posture.judge.memory import PolicyState
from posture.log.store import Store

CLIP = Path(__file__).parents[1] / "posture" / "demo" / "desk.mp4"
# The models' first minutes fill caches that stay.
_WARM_UP_SHARE = 0.1
_SAMPLE_EVERY_S = 10.0
_ENDS_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Sample:
    """What a process holds at one moment.

    Attributes:
        t_s: Seconds since the first sample.
        resident_mb: Memory.
        descriptors: Open files, sockets and pipes.
        threads: Of all libraries.
    """

    t_s: float
    resident_mb: float
    descriptors: int
    threads: int


def sample(process: int | str, t_s: float) -> Sample:
    """Take a sample through /proc.

    Args:
        process: Its id, or "self".
        t_s: When.
    """
    folder = Path(f"/proc/{process}")
    pages = int((folder / "statm").read_text(encoding="ascii").split()[1])
    return Sample(
        t_s,
        pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        len(list((folder / "fd").iterdir())),
        len(list((folder / "task").iterdir())),
    )


def per_hour(samples: list[Sample], name: str) -> float:
    """Slope of a straight line through one of a sample's values, after the warm-up."""
    warm = samples[int(len(samples) * _WARM_UP_SHARE) :]
    hours = [each.t_s / 3600 for each in warm]
    return float(np.polyfit(hours, [getattr(each, name) for each in warm], 1)[0])


def real(minutes: float) -> dict[str, object]:
    """Watch the clip for real."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "soak.toml"
        # The clip's person sits still for six seconds, which is what there is to calibrate on.
        config.write_text("[measure]\ncalibration_s = 5\n", encoding="utf-8")
        command = [sys.executable, "-m", "posture", "watch", "--config", str(config)]
        process = subprocess.Popen(
            [*command, "--as-camera", "--source", str(CLIP)],
            env={**os.environ, "POSTURE_DATA_DIR": folder, "HOME": folder},
            stdout=subprocess.DEVNULL,
        )
        began_s = time.monotonic()
        samples = []
        while (t_s := time.monotonic() - began_s) < minutes * 60 and process.poll() is None:
            time.sleep(_SAMPLE_EVERY_S)
            samples.append(sample(process.pid, t_s))
        process.terminate()
        code = process.wait(_ENDS_WITHIN_S)
    warm = samples[int(len(samples) * _WARM_UP_SHARE) :]
    return {
        "real_minutes": round(samples[-1].t_s / 60, 1),
        "exit_code": code,
        "resident_mb_first": round(warm[0].resident_mb, 1),
        "resident_mb_most": round(max(each.resident_mb for each in warm), 1),
        "resident_mb_last": round(warm[-1].resident_mb, 1),
        "resident_mb_per_hour": round(per_hour(samples, "resident_mb"), 2),
        "descriptors": sorted({each.descriptors for each in warm}),
        "descriptors_per_hour": round(per_hour(samples, "descriptors"), 2),
        "threads": sorted({each.threads for each in warm}),
    }


def simulated(hours: int) -> dict[str, object]:
    """A made-up person for so many hours, a look a second."""
    config = load_config()
    limits = limits_from(config.judge)
    began = datetime(2026, 3, 2, tzinfo=UTC)
    person, judging, speaking = Person(1), monitor.MonitorState(), PolicyState()
    samples, log_kb, alerts = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.sqlite3"
        with Store.open(path) as store:
            for second in range(hours * 3600 + 1):
                now = Instant(float(second), began + timedelta(seconds=second))
                judging, verdict = monitor.step(judging, person.look(now, 1.0), now, limits)
                store.record(verdict, now)
                speaking, events = policy.step(speaking, verdict, now, config.alert)
                for event in events:
                    person.told(event, now.mono_s)
                    store.event(event)
                    alerts += 1
                if second % 3600 == 0:
                    samples.append(sample("self", float(second)))
                    files = Path(folder).iterdir()
                    log_kb.append(sum(file.stat().st_size for file in files) / 1000)
    hourly_kb = np.diff(log_kb)
    return {
        "simulated_hours": hours,
        "simulated_looks": hours * 3600,
        "simulated_events": alerts,
        "simulated_resident_mb_after_an_hour": round(samples[1].resident_mb, 1),
        "simulated_resident_mb_last": round(samples[-1].resident_mb, 1),
        "simulated_descriptors": sorted({each.descriptors for each in samples[1:]}),
        "log_kb": round(log_kb[-1]),
        "log_kb_per_hour_most_after_the_first": round(float(hourly_kb[1:].max())),
    }


def main() -> None:
    """Run both, and print one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--hours", type=int, default=24)
    asked = parser.parse_args()
    print(json.dumps(simulated(asked.hours) | real(asked.minutes)))


if __name__ == "__main__":
    main()
