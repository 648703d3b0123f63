"""The icon: what it shows and offers; a click on a real session bus reaches the monitor."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from dbus_fast import Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusStr
from dbus_fast.service import ServiceInterface, dbus_method
from homes import STATUS, wait_for

from posture.judge.verdict import State
from posture.pose.landmarks import UnseenReason
from posture.service import control
from posture.service.manners import Rest
from posture.service.requests import PauseRequest, ResumeRequest, StopRequest
from posture.service.status import Ends
from posture.service.tray.icon import argb
from posture.service.tray.menu import Command, shown
from posture.service.words import Mark

PAUSED = replace(STATUS, rest=Rest.PAUSED, paused=Ends("for 60 min", None))
AWAY = replace(STATUS, state=State.ABSENT, reason=UnseenReason.ABSENT, faults=())


def test_every_state_has_a_shape_of_its_own():
    covered = {mark: argb(mark, 22)[::4] for mark in Mark}
    assert len(set(covered.values())) == len(Mark)
    for cover in covered.values():
        assert 60 < sum(alpha > 127 for alpha in cover) < 22 * 22


def test_the_menu_offers_what_fits_the_state():
    assert shown(AWAY, ()).mark is Mark.UNSEEN
    running = shown(STATUS, ("exercise", "dashboard"))
    assert running.mark is Mark.ALERT
    assert running.entries[0].action is None
    assert "head forward (about 12°" in running.words
    assert [entry.action for entry in running.entries[1:]] == [
        PauseRequest("15m"),
        PauseRequest("1h"),
        PauseRequest("until tomorrow"),
        Command(("exercise", "--web")),
        Command(("dashboard",)),
        StopRequest(stop=True),
    ]
    paused = shown(PAUSED, ())
    assert paused.mark is Mark.OFF
    assert [entry.action for entry in paused.entries[1:]] == [
        ResumeRequest(resume=True),
        StopRequest(stop=True),
    ]


@pytest.fixture
def bus(tmp_path):
    """The address of a session bus of its own."""
    if sys.platform != "linux" or shutil.which("dbus-daemon") is None:
        pytest.skip("needs dbus-daemon: apt-get install dbus")
    daemon = subprocess.Popen(
        [
            "dbus-daemon",
            "--session",
            "--nofork",
            "--print-address",
            f"--address=unix:dir={tmp_path}",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()


def test_a_click_in_the_panel_reaches_the_monitor_and_the_icon_goes_with_it(
    bus, tmp_path, monkeypatch
):
    monkeypatch.setenv("POSTURE_DATA_DIR", str(tmp_path / "data"))
    env = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus}
    told = [STATUS]
    with control.Control(lambda: told[0], lambda: None, lambda: None) as monitor:
        icon = subprocess.Popen([sys.executable, "-m", "posture", "tray"], env=env)
        seen = asyncio.run(as_a_panel(bus))
        assert seen["labels"][1] == "Pause for 15 minutes"
        assert seen["size"] == (22, 22, 22 * 22 * 4)
        wait_for(monitor._requests.qsize)
        assert monitor.take() == [PauseRequest("15m")]
    assert icon.wait(timeout=30) == 0


async def as_a_panel(address):
    """Do what a panel does: take the icon in, read it and its menu, click the second line."""

    class Watcher(ServiceInterface):
        def __init__(self):
            super().__init__("org.kde.StatusNotifierWatcher")
            self.item = asyncio.Event()

        @dbus_method("RegisterStatusNotifierItem")
        def register(self, service: DBusStr):
            self.name = service
            self.item.set()

    watcher = Watcher()
    bus = await MessageBus(bus_address=address).connect()
    bus.export("/StatusNotifierWatcher", watcher)
    await bus.request_name("org.kde.StatusNotifierWatcher")
    await asyncio.wait_for(watcher.item.wait(), 30)

    async def proxy(path, interface):
        described = await bus.introspect(watcher.name, path)
        return bus.get_proxy_object(watcher.name, path, described).get_interface(interface)

    item = await proxy("/StatusNotifierItem", "org.kde.StatusNotifierItem")
    (width, height, pixels), *_ = await item.get_icon_pixmap()
    menu = await proxy(await item.get_menu(), "com.canonical.dbusmenu")
    _, (_, _, children) = await menu.call_get_layout(0, -1, [])
    labels = [child.value[1]["label"].value for child in children]
    await menu.call_event(children[1].value[0], "clicked", Variant("i", 0), 0)
    bus.disconnect()
    return {"labels": labels, "size": (width, height, len(pixels))}
