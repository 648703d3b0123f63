"""The sound, and what the system says about silence."""

from __future__ import annotations

import asyncio
import subprocess
import threading

import pytest
from conftest import need
from dbus_fast.aio import MessageBus
from dbus_fast.constants import PropertyAccess
from dbus_fast.service import ServiceInterface, dbus_property, method

from posture.alert import desktop_state
from posture.alert.message import Prompt
from posture.alert.sound import SoundChannel, tone
from posture.errors import ConfigError

PROMPT = Prompt("1", "Title", "Body", judged=True, has_exercise=False)


def test_the_tone_starts_and_ends_silent_and_is_as_loud_as_asked() -> None:
    quiet, loud = tone(10), tone(40)
    assert max(abs(quiet[0]), abs(quiet[-1])) <= 1
    assert max(loud) == pytest.approx(4 * max(quiet), rel=0.01)
    assert len(loud) / 44100 < 0.5


def test_the_sound_plays_to_its_end_on_a_real_device_loop() -> None:
    miniaudio = pytest.importorskip("miniaudio", reason="needs miniaudio (extra sound)")
    sound = SoundChannel("", 40, backends=[miniaudio.Backend.NULL])
    sound.show(PROMPT)
    (player,) = (t for t in threading.enumerate() if t.name == "sound")
    player.join(timeout=5)
    assert not player.is_alive()
    sound.close()


def test_a_sound_file_that_cannot_be_played_is_told_at_the_start(tmp_path) -> None:
    pytest.importorskip("miniaudio", reason="needs miniaudio (extra sound)")
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")
    with pytest.raises(ConfigError, match="cannot be played"):
        SoundChannel(str(broken), 40)


@pytest.mark.usefixtures("dunst")
def test_a_paused_notification_service_means_do_not_disturb() -> None:
    assert asyncio.run(desktop_state.ask()).silent is False
    subprocess.run([need("dunstctl", "dunst"), "set-paused", "true"], check=True)
    assert asyncio.run(desktop_state.ask()).silent is True


class Plasma(ServiceInterface):
    """The property that KDE Plasma sets while presenting or when told not to disturb."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.Notifications")

    @dbus_property(access=PropertyAccess.READ)
    def Inhibited(self) -> "b":  # noqa: F821, UP037 - D-Bus has its own signatures
        """Say yes."""
        return True


@pytest.mark.usefixtures("bus")
def test_an_inhibited_desktop_means_do_not_disturb() -> None:
    async def asked() -> bool:
        service = await MessageBus().connect()
        service.export("/org/freedesktop/Notifications", Plasma())
        await service.request_name("org.freedesktop.Notifications")
        answer = (await desktop_state.ask()).silent
        service.disconnect()
        return answer

    assert asyncio.run(asked()) is True


class ScreenSaver(ServiceInterface):
    """What a locked GNOME session answers."""

    def __init__(self) -> None:
        super().__init__("org.gnome.ScreenSaver")

    @method()
    def GetActive(self) -> "b":  # noqa: F821, UP037 - D-Bus has its own signatures
        """Say yes."""
        return True


@pytest.mark.usefixtures("bus")
def test_a_locked_screen_is_noticed() -> None:
    async def asked() -> desktop_state.DesktopState:
        service = await MessageBus().connect()
        service.export("/org/gnome/ScreenSaver", ScreenSaver())
        await service.request_name("org.gnome.ScreenSaver")
        answer = await desktop_state.ask()
        service.disconnect()
        return answer

    assert asyncio.run(asked()) == desktop_state.DesktopState(silent=False, locked=True)


def test_without_a_bus_nobody_asks_for_silence(monkeypatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    with desktop_state.DesktopWatch() as silence:
        assert silence.state.silent is False
