"""A private virtual screen and session bus, with the real services on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import pytest

_NOTIFICATION_DAEMON = "/usr/lib/mate-notification-daemon/mate-notification-daemon"


def need(program: str, package: str) -> str:
    """The program's path, or a skip that says what to install."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"needs {program}: apt-get install {package}")
    return found


def wait_until(condition: Callable[[], object], within_s: float = 5.0) -> bool:
    """Whether the condition comes true in time."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


@dataclass(frozen=True)
class Screen:
    """A virtual screen; `DISPLAY` points to it while the test runs."""

    folder: Path

    def picture(self, name: str = "screen.png"):
        """Take a screenshot; BGR, as OpenCV reads it."""
        path = self.folder / name
        subprocess.run([need("import", "imagemagick"), "-window", "root", path], check=True)
        return cv2.imread(str(path))

    def window(self, name: str) -> tuple[int, int, int, int] | None:
        """Left, top, width and height of the visible window of that name."""
        found = subprocess.run(
            [need("xdotool", "xdotool"), "search", "--onlyvisible", "--name", f"^{name}$"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        if not found:
            return None
        said = subprocess.run(
            ["xdotool", "getwindowgeometry", "--shell", found[-1]],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        value = dict(line.split("=") for line in said.split())
        if "WIDTH" not in value:
            return None
        return tuple(int(value[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    def click(self, x: int, y: int) -> None:
        """Press the left button there."""
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)


@pytest.fixture(scope="session")
def _display() -> Iterator[str]:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        # Without -noreset the server starts anew whenever its last window goes.
        [
            *(need("Xvfb", "xvfb"), "-displayfd", str(writing)),
            *("-noreset", "-screen", "0", "1024x600x24"),
        ],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def screen(_display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("DISPLAY", _display)
    return Screen(tmp_path)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of its own, so that no service of the tester's desktop is touched."""
    daemon = subprocess.Popen(
        [need("dbus-daemon", "dbus"), "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    address = daemon.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def owned(name: str) -> bool:
    """Whether a service has this name on the session bus."""
    told = subprocess.run(
        [
            *(need("dbus-send", "dbus-bin"), "--session", "--print-reply"),
            *("--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"),
            *("org.freedesktop.DBus.NameHasOwner", f"string:{name}"),
        ],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return "true" in told


@pytest.fixture
def notification_service(screen: Screen, bus: str) -> Iterator[None]:
    """MATE's daemon: real windows with real buttons (GNOME's old one leaves closed ones)."""
    if not Path(_NOTIFICATION_DAEMON).exists():
        pytest.skip("needs a daemon with buttons: apt-get install mate-notification-daemon")
    daemon = subprocess.Popen(
        [_NOTIFICATION_DAEMON], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert wait_until(lambda: owned("org.freedesktop.Notifications"))
    yield
    daemon.terminate()
    daemon.wait()


@contextmanager
def dunst_running() -> Iterator[None]:
    """The service, until it is killed."""
    daemon = subprocess.Popen([need("dunst", "dunst")], stderr=subprocess.DEVNULL)
    assert wait_until(lambda: owned("org.freedesktop.Notifications"))
    yield
    daemon.kill()
    daemon.wait()


@pytest.fixture
def dunst(screen: Screen, bus: str) -> Iterator[None]:
    with dunst_running():
        yield
