"""Which services the desktop offers, by their names on the session bus (Linux)."""

from __future__ import annotations

import asyncio
import sys

if sys.platform == "linux":
    from dbus_fast import BusType, Message, MessageType
    from dbus_fast.aio import MessageBus

_ANSWER_WITHIN_S = 2.0
_BUS = "org.freedesktop.DBus"


def service_names() -> frozenset[str] | None:
    """Ask the session bus which services run or would be started when called.

    Returns:
        Their names; None without a session bus, or on another system.
    """
    if sys.platform != "linux":
        return None
    return asyncio.run(_ask())


if sys.platform == "linux":

    async def _ask() -> frozenset[str] | None:
        try:
            bus = await asyncio.wait_for(
                MessageBus(bus_type=BusType.SESSION).connect(), _ANSWER_WITHIN_S
            )
        except Exception:  # noqa: BLE001 - no bus, or one that fails, in many ways
            return None
        try:
            names = [await _list(bus, call) for call in ("ListNames", "ListActivatableNames")]
        finally:
            bus.disconnect()
        return frozenset(name for found in names for name in found)

    async def _list(bus: MessageBus, member: str) -> list[str]:
        call = Message(
            destination=_BUS, path="/org/freedesktop/DBus", interface=_BUS, member=member
        )
        reply = await asyncio.wait_for(bus.call(call), _ANSWER_WITHIN_S)
        if reply is None or reply.message_type is not MessageType.METHOD_RETURN:
            return []
        return [str(name) for name in reply.body[0]]

else:

    async def _ask() -> frozenset[str] | None:
        return None
