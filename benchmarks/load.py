"""What monitoring costs: `python -m benchmarks.load [MINUTES]`, sixty by default.

An hour at a desk, made of the bundled clip's scenes: sitting upright, the demo's story (head
forward, shoulders raised, sitting back, leaving), away. The whole loop runs on it, on the clip's
clock, three times: ours with the default settings, then with ten and with four looks a second, each
through the models. Processor time is that of all threads, by the parts of the hour. Memory: over
the frames of the second run, and a real `posture watch` after a minute. The last line is JSON.

Not in it, since there is no camera: the driver, and the thread that empties its queue.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from posture.alert.alerter import Alerter
from posture.allocator import keep_little
from posture.capture.storyboard import Scene, Story
from posture.capture.video import VideoFile
from posture.config.load import load_config
from posture.config.schema import Config
from posture.judge.memory import PolicyState
from posture.log.store import Store
from posture.pose.mediapipe import PoseModel
from posture.service.calibrations import Forgotten
from posture.service.clock import RecordedClock
from posture.service.coaching import chooser
from posture.service.demo import story_scenes
from posture.service.run import Look, Parts, Run
from posture.service.surroundings import Alone

CLIP = Path(__file__).parents[1] / "posture" / "demo" / "desk.mp4"
STORY_MIN = 13.7
PARTS = ("steady", "active", "away")
REAL_S = 60


def desk(minutes: float) -> Story:
    """A calibration, the demo's story, and the rest upright (four fifths) and away (one)."""
    rest_s = (minutes - STORY_MIN) * 60
    calibrating, *scenes = story_scenes()
    return Story(
        VideoFile(CLIP),
        (
            replace(calibrating, caption="calibrating"),
            Scene("steady", 0.0, 5.8, 0.8 * rest_s),
            *(replace(scene, caption="active") for scene in scenes),
            Scene("away", 27.2, 28.8, 0.2 * rest_s),
        ),
    )


@dataclass
class Bill:
    """What a run cost, by the caption of the scene; a view."""

    story: Story
    cpu_s: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    monitored_s: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    looks: int = 0
    resident_mb: dict[int, float] = field(default_factory=dict)
    _cpu_s: float = field(default_factory=time.process_time)
    _at_s: float = 0.0

    def looked(self, look: Look) -> None:
        """Charge everything since the last look to the scene that is on."""
        cpu_s, at_s = time.process_time(), look.now.mono_s
        part = self.story.scene_at(at_s).caption
        self.cpu_s[part] += cpu_s - self._cpu_s
        self.monitored_s[part] += at_s - self._at_s
        self._cpu_s, self._at_s = cpu_s, at_s
        self.looks += 1
        if self.looks % 1000 == 0:
            self.resident_mb[self.looks] = resident_mb()

    def core_percent(self, *parts: str) -> float:
        """Processor time of some parts in percent of their length."""
        cpu_s = sum(self.cpu_s[part] for part in parts)
        return 100 * cpu_s / sum(self.monitored_s[part] for part in parts)


def resident_mb(process: int | str = "self") -> float:
    """Memory a process holds now, MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def drive(config: Config, minutes: float) -> Bill:
    """Run the whole loop on the desk's hour."""
    with (
        desk(minutes) as story,
        PoseModel(config.pose.model) as pose,
        tempfile.TemporaryDirectory() as folder,
        Store.open(log := Path(folder) / "log.sqlite3", config.log.keep_days) as store,
        Alerter(config.alert, io.StringIO()) as alerter,
    ):
        bill = Bill(story)
        parts = Parts(
            config=config,
            source=story,
            pose=pose,
            store=store,
            alerter=alerter,
            clock=RecordedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)),
            choose=chooser(lambda: config, log),
            calibrations=Forgotten(story.name, store),
            view=bill,
            around=Alone(),
        )
        Run(parts, PolicyState(), recalibrate=False).until_end()
    return bill


def at_rate(config: Config, looks_a_second: float) -> Config:
    """The same settings, but a look at a fixed rate and each through the models."""
    pause_s = 1 / looks_a_second
    fixed = {
        "look_every_s": pause_s,
        "look_every_steady_s": pause_s,
        "look_every_absent_s": pause_s,
        "still_below_percent": 0.0,
    }
    return config.model_copy(update={"capture": config.capture.model_copy(update=fixed)})


def real_resident_mb() -> float:
    """Memory of the real program after a minute, with everything it opens."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "posture", "watch", "--as-camera", "--source", str(CLIP)],
            env={**os.environ, "POSTURE_DATA_DIR": folder},
            stdout=subprocess.DEVNULL,
        )
        time.sleep(REAL_S)
        held_mb = resident_mb(process.pid)
        process.terminate()
        process.wait()
    return held_mb


def main() -> None:
    """Run all three and print the bill."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    keep_little()
    config = load_config()
    silent = config.alert.model_copy(update={"channel": "none"})
    config = config.model_copy(update={"alert": silent})
    ours = drive(config, minutes)
    ten, four = (drive(at_rate(config, rate), minutes) for rate in (10, 4))
    figures: dict[str, object] = {"benchmark": "load", "minutes": minutes}
    for name, bill in (("ours", ours), ("ten_a_second", ten), ("four_a_second", four)):
        percents = {part: round(bill.core_percent(part), 2) for part in PARTS}
        percents["all"] = round(bill.core_percent(*PARTS), 2)
        figures[f"{name}_core_percent"] = percents
        figures[f"{name}_cpu_s_per_minute"] = round(0.6 * bill.core_percent(*PARTS), 3)
        print(f"{name:14}{bill.looks:7} looks, percent of one core: {percents}")
    whole = ours.core_percent(*PARTS)
    figures["ours_over_ten_a_second"] = round(whole / ten.core_percent(*PARTS), 3)
    figures["ours_over_four_a_second"] = round(whole / four.core_percent(*PARTS), 3)
    figures["frames"] = ten.looks
    figures["resident_mb_at_frames"] = {
        frames: round(held_mb) for frames, held_mb in ten.resident_mb.items() if frames % 5000 == 0
    }
    figures["resident_mb_watch"] = round(real_resident_mb())
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
