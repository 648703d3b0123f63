"""What a look costs, by stage: `python -m benchmarks.stages [LOOKS]`.

The bundled clip is looked at over and over, on its own clock, every look through the models.
Processor time is that of all threads. What monitoring costs is `benchmarks/load.py`.
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


def main() -> None:
    """Look, and print the bill."""
    looks = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    config = load_config()
    meter, clock = Meter(), RecordedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    limits = limits_from(config.judge)
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
    per_look = {stage: 1000 * s / looks for stage, s in meter.seconds.items()}
    look_ms = sum(per_look.values())
    for stage, milliseconds in per_look.items():
        print(f"{stage:10}{milliseconds:8.2f} ms of processor time a look")
    print(
        json.dumps(
            {
                "looks": looks,
                **{f"{stage}_ms": round(value, 3) for stage, value in per_look.items()},
                "look_ms": round(look_ms, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
