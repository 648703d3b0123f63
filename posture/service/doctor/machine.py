"""Versions, models, settings, disk, log and the network guard."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from posture import __version__
from posture.errors import ModelError, PostureError
from posture.log.file import reading
from posture.places import data_dir, log_path
from posture.pose.bundles import load_bundle
from posture.service import background
from posture.service.doctor.finding import Finding, Grade, good, note, problem

_PACKAGES = ("mediapipe", "opencv-python", "numpy", "desktop-notifier", "dbus-fast", "pystray")
_QUIET_MEDIAPIPE = "0.10.30"
_BUNDLES = ("pose_landmarker_lite", "pose_landmarker_full", "face_landmarker")
_LITTLE_SPACE_MB = 100
_GUARD = (
    "import json; from posture.sandbox import close_network, keep_memory_private;"
    "keep_memory_private(); status = close_network();"
    "print(json.dumps([status.no_network, status.no_dump, *status.words]))"
)


def versions() -> dict[str, str]:
    """The program's and its libraries' versions; "not installed" where one is missing."""
    found = {"posture": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def machine() -> Iterator[Finding]:
    """Everything but settings, cameras and desktop."""
    yield _versions()
    yield from _models()
    yield _monitor()
    yield _disk()
    yield _log()
    yield from _guard()


def _versions() -> Finding:
    found = versions()
    words = ", ".join(f"{name} {number}" for name, number in found.items())
    words = f"{words}; {platform.system()} {platform.release()} on {platform.machine()}."
    if found["mediapipe"] != _QUIET_MEDIAPIPE:
        return note(
            "versions",
            words,
            f"MediaPipe releases after {_QUIET_MEDIAPIPE} try to call home: "
            f"pip install mediapipe=={_QUIET_MEDIAPIPE}",
        )
    return good("versions", words)


def _models() -> Iterator[Finding]:
    for name in _BUNDLES:
        try:
            size_mb = len(load_bundle(name)) / 1e6
        except ModelError as error:
            yield problem("model", error)
        else:
            yield good("model", f"{name} is whole ({size_mb:.1f} MB, SHA-256 as published).")


def _monitor() -> Finding:
    try:
        told = background.status()
    except PostureError as error:
        return problem("monitor", error)
    if told is None:
        return good("monitor", "None is running; `posture start` starts one.")
    words = f"One is running (process {told.pid}, since {told.since:%H:%M})."
    return note("monitor", f"{words} {told.notice}") if told.notice else good("monitor", words)


def _disk() -> Finding:
    free_mb = shutil.disk_usage(data_dir()).free / 1e6
    words = f"{free_mb:,.0f} MB are free for {data_dir()}."
    if free_mb < _LITTLE_SPACE_MB:
        return note("disk", words, "Make room: a year of log takes a few megabytes.")
    return good("disk", words)


def _log() -> Finding:
    path = log_path()
    if not path.exists():
        return good("log", "There is none yet; the first run begins it.")
    try:
        with reading(path) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            (days,) = connection.execute("SELECT count(DISTINCT day) FROM interval").fetchone()
    except PostureError as error:
        return problem("log", error)
    if answer != "ok":
        return Finding(
            "log",
            Grade.BAD,
            f"{path} is damaged: {answer}.",
            "Stop and start the monitor: it sets the damaged file aside and begins a new one.",
        )
    return good("log", f"{path} is whole and holds {days} days.")


def _guard() -> Iterator[Finding]:
    """Try it in a process of its own: it cannot be taken off again."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and words, no shell
        [sys.executable, "-c", _GUARD], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        yield note("network guard", "It could not be tried.", done.stderr.strip()[-300:])
        return
    no_network, no_dump, network, memory = json.loads(done.stdout)
    for about, holds, words in (
        ("network guard", no_network, network),
        ("memory guard", no_dump, memory),
    ):
        yield good(about, f"In force: {words}.") if holds else note(about, f"{words}.")
