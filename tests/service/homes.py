"""The real command in a real process, in a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from posture.judge.verdict import Fault, State, Unit
from posture.measure.measurement import Estimate
from posture.service.status import FaultNow, Status, Today

CLIP = Path(__file__).parents[2] / "posture" / "demo" / "desk.mp4"


STATUS = Status(
    pid=7,
    version="1",
    since=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    at=datetime(2026, 3, 2, 9, 5, tzinfo=UTC),
    state=State.PRESENT,
    reason=None,
    faults=(FaultNow(Fault.FORWARD_HEAD, Estimate(12.0, 1.5), Unit.DEG, 61.0, dwelt=True),),
    snoozed=None,
    paused=None,
    rest=None,
    camera="camera 0",
    camera_on=True,
    calibrating=None,
    today=Today(5.0, 4.0, 3.0, 1, 0),
    notice="",
)


@dataclass(frozen=True)
class Home:
    """No config, no log, no desktop but its own."""

    folder: Path
    env: dict[str, str]

    @property
    def data(self) -> Path:
        return Path(self.env["POSTURE_DATA_DIR"])

    @property
    def config(self) -> Path:
        return self.folder / "mine.toml"

    def posture(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "posture", *arguments]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=120)

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        given = ("--as-camera", "--source", str(CLIP), "--config", str(self.config))
        return self.posture("start", *given, *arguments)

    def status(self) -> dict[str, Any] | None:
        return json.loads(self.posture("status", "--json").stdout)

    def holds_the_camera(self, pid: int) -> bool:
        return any(
            entry.readlink() == CLIP
            for entry in Path(f"/proc/{pid}/fd").iterdir()
            if entry.is_symlink()
        )


def wait_for(condition: Callable[[], object], timeout_s: float = 40) -> None:
    deadline_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline_s, "timed out"
        time.sleep(0.2)


def home_in(folder: Path) -> Home:
    """A home whose monitor, if a test starts one, is in the background."""
    kept = ("PATH", "LANG", "COVERAGE")
    env = {key: value for key, value in os.environ.items() if key.startswith(kept)}
    env |= {"HOME": str(folder), "POSTURE_DATA_DIR": str(folder / "data"), "COLUMNS": "100"}
    home = Home(folder, env)
    home.config.write_text("[measure]\ncalibration_s = 5\n[service]\ntray = false\n")
    return home
