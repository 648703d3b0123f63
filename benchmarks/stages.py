"""What a look costs: `python -m benchmarks.stages [LOOKS]`, by stage, and whether memory grows.

The bundled clip is looked at over and over, on its own clock. Processor time is that of all
threads; memory is what the process holds at a thousand looks and at the end. Compared with the
plain way of other programs: the same models on ten pictures a second.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from posture.capture.frame import Frame
from posture.config.load import load_config
from posture.judge import monitor, policy
from posture.judge.limits import limits_from
from posture.judge.memory import PolicyState
from posture.log.store import Store
from posture.measure.baseline import Baseline, neutral_of
from posture.measure.calibrate import calibrate
from posture.measure.track import TrackState, track
from posture.pose.mediapipe import PoseModel
from posture.service.clock import RecordedClock
from posture.service.demo import open_story

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")
_FIRST = 1000
_PLAIN_LOOKS_A_MINUTE = 600


class Meter:
    """Adds up processor time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def run(
        self,
        stage: str,
        work: Callable[_Given, _Result],
        *given: _Given.args,
        **named: _Given.kwargs,
    ) -> _Result:
        """Do some work and charge it to a stage."""
        began = time.process_time()
        result = work(*given, **named)
        self.seconds[stage] += time.process_time() - began
        return result


def resident_mb() -> float:
    """Memory the process holds now, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def main() -> None:
    """Look, and print the bill."""
    looks = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    config = load_config()
    meter, clock = Meter(), RecordedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    limits = limits_from(config.judge)
    at_first = 0.0
    with (
        open_story() as story,
        PoseModel(config.pose.model) as pose,
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "log.sqlite3") as store,
    ):
        first = [story.next(k / 5) for k in range(50)]
        baseline = calibrate([pose.detect(frame) for frame in first if isinstance(frame, Frame)])
        assert isinstance(baseline, Baseline), baseline
        neutral = neutral_of(baseline)
        tracking, judging, speaking = TrackState(), monitor.MonitorState(), PolicyState()
        for index in range(looks):
            at_s = 20.0 + index * config.capture.look_every_s
            shown = meter.run("capture", story.next, at_s % (story.lasts_s - 1))
            assert isinstance(shown, Frame)
            frame = Frame(shown.image, at_s, index)
            seen = meter.run("pose", pose.detect, frame)
            tracking, found = meter.run("measure", track, tracking, seen, neutral)
            now = clock.at(at_s)
            judging, verdict = meter.run("judge", monitor.step, judging, found, now, limits)
            speaking, events = meter.run("judge", policy.step, speaking, verdict, now, config.alert)
            meter.run("log", store.record, verdict, now)
            for event in events:
                meter.run("log", store.event, event)
            if index + 1 == _FIRST:
                at_first = resident_mb()
    per_look = {stage: 1000 * s / looks for stage, s in meter.seconds.items()}
    look_ms = sum(per_look.values())
    for stage, milliseconds in per_look.items():
        print(f"{stage:10}{milliseconds:8.2f} ms of processor time a look")
    ours_s = look_ms / 1000 * 60 / config.capture.look_every_s
    plain_s = (per_look["capture"] + per_look["pose"]) / 1000 * _PLAIN_LOOKS_A_MINUTE
    print(
        json.dumps(
            {
                "looks": looks,
                **{f"{stage}_ms": round(value, 3) for stage, value in per_look.items()},
                "look_ms": round(look_ms, 2),
                "core_percent": round(100 * ours_s / 60, 2),
                "cpu_s_per_minute_ours_over_ten_a_second": round(ours_s / plain_s, 3),
                "resident_mb_at_1000": round(at_first),
                "resident_mb_at_end": round(resident_mb()),
            }
        )
    )


if __name__ == "__main__":
    main()
