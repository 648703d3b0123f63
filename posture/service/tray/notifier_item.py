"""The icon on Linux: a StatusNotifierItem, as KDE, Xfce, LXQt and GNOME with AppIndicator show it.

The panel finds it on the session bus; neither GTK nor Qt is needed.
https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/
"""

import asyncio
import os
from typing import Annotated

from dbus_fast import BusType, Message, MessageType, PropertyAccess
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusInt32, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from posture.errors import PostureError
from posture.service.tray.dbus_menu import MENU_PATH, MenuService
from posture.service.tray.follow import ASK_EVERY_S, Follower
from posture.service.tray.icon import argb
from posture.service.tray.menu import Shown

_WATCHER, _WATCHER_PATH = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
_BUS, _BUS_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
_SIZES_PX = (22, 44)
_READ = PropertyAccess.READ

Pixmaps = Annotated[list[list[object]], DBusSignature("a(iiay)")]
ToolTip = Annotated[list[object], DBusSignature("(sa(iiay)ss)")]


class ItemService(ServiceInterface):
    """The icon itself; the names on the bus are the specification's."""

    def __init__(self, now: Shown) -> None:
        """Show a state.

        Args:
            now: The first.
        """
        super().__init__("org.kde.StatusNotifierItem")
        self._now = now

    def show(self, now: Shown) -> None:
        """Show another state.

        Args:
            now: The new one.
        """
        before, self._now = self._now, now
        if now.mark is not before.mark:
            self._new_icon()
        if now.words != before.words:
            self._new_tooltip()

    @dbus_property(_READ, "Category")
    def _category(self) -> DBusStr:
        return "ApplicationStatus"

    @dbus_property(_READ, "Id")
    def _id(self) -> DBusStr:
        return "posture"

    @dbus_property(_READ, "Title")
    def _title(self) -> DBusStr:
        return "posture"

    @dbus_property(_READ, "Status")
    def _status(self) -> DBusStr:
        return "Active"

    @dbus_property(_READ, "IconName")
    def _icon_name(self) -> DBusStr:
        return ""

    @dbus_property(_READ, "IconPixmap")
    def _icon(self) -> Pixmaps:
        return [[size, size, argb(self._now.mark, size)] for size in _SIZES_PX]

    @dbus_property(_READ, "ToolTip")
    def _tooltip(self) -> ToolTip:
        return ["", [], "posture", self._now.words]

    @dbus_property(_READ, "ItemIsMenu")
    def _is_menu(self) -> DBusBool:
        return True

    @dbus_property(_READ, "Menu")
    def _menu(self) -> DBusObjectPath:
        return MENU_PATH

    @dbus_method("Activate")
    def _activate(self, _x: DBusInt32, _y: DBusInt32) -> None:
        """A click opens the menu, which the panel does."""

    @dbus_signal("NewIcon")
    def _new_icon(self) -> None:
        """The panel asks for it again."""

    @dbus_signal("NewToolTip")
    def _new_tooltip(self) -> None:
        """The panel asks for it again."""


def show_icon(follower: Follower) -> None:
    """Show the icon until the monitor ends.

    Args:
        follower: Tells what to show.

    Raises:
        PostureError: There is no session bus.
    """
    asyncio.run(_show(follower))


async def _show(follower: Follower) -> None:
    try:
        bus = await MessageBus(bus_type=BusType.SESSION).connect()
    except Exception as error:
        raise PostureError(
            f"There is no desktop session to show an icon in ({error}).",
            meaning="Everything else works without it.",
            action="Start it from your desktop; `posture status` says the same in the terminal.",
        ) from error
    item: ItemService | None = None
    menu: MenuService | None = None
    panel = ""
    while not follower.over and bus.connected:
        now = follower.look()
        if now is not None and (item is None or menu is None):
            item, menu = ItemService(now), MenuService(now.entries)
            bus.export("/StatusNotifierItem", item)
            bus.export(MENU_PATH, menu)
            await bus.request_name(f"org.kde.StatusNotifierItem-{os.getpid()}-1")
        elif now is not None and item is not None and menu is not None:
            item.show(now)
            menu.show(now.entries)
        if item is not None:
            panel = await _join(bus, panel)
        await asyncio.sleep(ASK_EVERY_S)
    bus.disconnect()


async def _join(bus: MessageBus, panel: str) -> str:
    """Make ourselves known to the panel there is now; one that was restarted is another one."""
    owner = await _call(bus, _BUS, _BUS_PATH, "GetNameOwner", _WATCHER)
    if owner and owner != panel:
        service = f"org.kde.StatusNotifierItem-{os.getpid()}-1"
        await _call(bus, _WATCHER, _WATCHER_PATH, "RegisterStatusNotifierItem", service)
    return owner


async def _call(bus: MessageBus, service: str, path: str, member: str, word: str) -> str:
    """Call a method with one word; its answer, empty where there is none."""
    reply = await bus.call(
        Message(
            destination=service,
            path=path,
            interface=service,
            member=member,
            signature="s",
            body=[word],
        )
    )
    if reply is None or reply.message_type is not MessageType.METHOD_RETURN or not reply.body:
        return ""
    return str(reply.body[0])
