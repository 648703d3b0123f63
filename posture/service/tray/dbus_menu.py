"""The icon's menu on Linux: com.canonical.dbusmenu, which the panel draws in its own style."""

import logging
from typing import Annotated

from dbus_fast import PropertyAccess, Variant
from dbus_fast.annotations import (
    DBusBool,
    DBusInt32,
    DBusSignature,
    DBusStr,
    DBusUInt32,
    DBusVariant,
)
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from posture.errors import PostureError
from posture.service.tray.follow import act
from posture.service.tray.menu import Entry

_log = logging.getLogger(__name__)

MENU_PATH = "/MenuBar"
_READ = PropertyAccess.READ

Properties = dict[str, Variant]
Layout = Annotated[list[object], DBusSignature("u(ia{sv}av)")]
Ids = Annotated[list[int], DBusSignature("ai")]
Names = Annotated[list[str], DBusSignature("as")]
Described = Annotated[list[list[object]], DBusSignature("a(ia{sv})")]


class MenuService(ServiceInterface):
    """A flat menu: the root is 0, the entries count from 1."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        """Offer a menu.

        Args:
            entries: Its lines.
        """
        super().__init__("com.canonical.dbusmenu")
        self._entries = entries
        self._revision = 1

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Offer another menu.

        Args:
            entries: Its lines.
        """
        if entries != self._entries:
            self._entries = entries
            self._revision += 1
            self._changed()

    @dbus_property(_READ, "Version")
    def _version(self) -> DBusUInt32:
        return 3

    @dbus_property(_READ, "Status")
    def _status(self) -> DBusStr:
        return "normal"

    @dbus_property(_READ, "TextDirection")
    def _direction(self) -> DBusStr:
        return "ltr"

    @dbus_property(_READ, "IconThemePath")
    def _icons(self) -> Names:
        return []

    @dbus_method("GetLayout")
    def _layout(self, _parent: DBusInt32, _depth: DBusInt32, _names: Names) -> Layout:
        children = [
            Variant("(ia{sv}av)", [number, self._properties(number), []])
            for number in range(1, len(self._entries) + 1)
        ]
        return [self._revision, [0, self._properties(0), children]]

    @dbus_method("GetGroupProperties")
    def _group(self, ids: Ids, _names: Names) -> Described:
        wanted = ids or range(len(self._entries) + 1)
        return [[number, self._properties(number)] for number in wanted]

    @dbus_method("Event")
    def _event(
        self, number: DBusInt32, kind: DBusStr, _data: DBusVariant, _timestamp: DBusUInt32
    ) -> None:
        entry = self._entry(number)
        if kind != "clicked" or entry is None:
            return
        try:
            act(entry)
        except PostureError as error:
            _log.warning("%s", error.what)

    @dbus_method("AboutToShow")
    def _about_to_show(self, _number: DBusInt32) -> DBusBool:
        return False

    @dbus_signal("LayoutUpdated")
    def _changed(self) -> Annotated[list[int], DBusSignature("ui")]:
        return [self._revision, 0]

    def _entry(self, number: int) -> Entry | None:
        return self._entries[number - 1] if 0 < number <= len(self._entries) else None

    def _properties(self, number: int) -> Properties:
        entry = self._entry(number)
        if entry is None:
            return {"children-display": Variant("s", "submenu")}
        return {
            "label": Variant("s", entry.label.replace("_", "__")),
            "enabled": Variant("b", entry.action is not None),
            "visible": Variant("b", True),
        }
