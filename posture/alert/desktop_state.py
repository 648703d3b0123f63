"""Whether the desktop asks for silence, and whether it is locked.

What can be known on which system: docs/do-not-disturb.md.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Self

if sys.platform == "linux":
    from dbus_fast import BusType, Message, MessageFlag, MessageType, Variant
    from dbus_fast.aio import MessageBus

_log = logging.getLogger(__name__)

_ASK_EVERY_S = 5.0
_ANSWER_WITHIN_S = 2.0


@dataclass(frozen=True, slots=True)
class DesktopState:
    """What the desktop says; both are false where it cannot be asked.

    Attributes:
        silent: Do not disturb: full screen, presentation, or the user's own switch.
        locked: The session is locked.
    """

    silent: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    """One D-Bus call whose answer is a boolean."""

    destination: str
    path: str
    interface: str
    member: str
    signature: str = ""
    body: tuple[object, ...] = ()


def _property(destination: str, path: str, interface: str, name: str) -> _Question:
    return _Question(
        destination, path, "org.freedesktop.DBus.Properties", "Get", "ss", (interface, name)
    )


_NOTIFICATIONS = "org.freedesktop.Notifications"
_NOTIFICATIONS_PATH = "/org/freedesktop/Notifications"
# GNOME's flag for "the session must not become idle": films, presentations, calls.
_GNOME_IDLE = 8
_SILENT = (
    _property(_NOTIFICATIONS, _NOTIFICATIONS_PATH, _NOTIFICATIONS, "Inhibited"),  # KDE Plasma
    _property(_NOTIFICATIONS, _NOTIFICATIONS_PATH, "org.dunstproject.cmd0", "paused"),
    _Question(
        "org.gnome.SessionManager",
        "/org/gnome/SessionManager",
        "org.gnome.SessionManager",
        "IsInhibited",
        "u",
        (_GNOME_IDLE,),
    ),
    _Question(
        "org.freedesktop.PowerManagement.Inhibit",
        "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
        "HasInhibit",
    ),
)
# Every desktop's screen saver answers to one of these names.
_LOCKED = tuple(
    _Question(name, "/" + name.replace(".", "/"), name, "GetActive")
    for name in (
        "org.freedesktop.ScreenSaver",
        "org.gnome.ScreenSaver",
        "org.mate.ScreenSaver",
        "org.cinnamon.ScreenSaver",
        "org.xfce.ScreenSaver",
    )
)


class DesktopWatch:
    """Asks the desktop every five seconds, in a thread of its own; use with `with`."""

    def __init__(self) -> None:
        self._state = DesktopState()
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="desktop-state", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(timeout=2 * _ANSWER_WITHIN_S)

    @property
    def state(self) -> DesktopState:
        """The latest answer; never waits."""
        return self._state

    def _run(self) -> None:
        self._loop.run_until_complete(self._work())
        self._loop.close()

    async def _work(self) -> None:
        while not self._ended.is_set():
            self._state = await ask()
            try:
                await asyncio.wait_for(self._ended.wait(), _ASK_EVERY_S)
            except TimeoutError:
                continue


if sys.platform == "linux":

    async def ask() -> DesktopState:
        """Ask the session bus once.

        Returns:
            What any service there says; all false without a bus or an answer.

        """
        try:
            bus = await asyncio.wait_for(
                MessageBus(bus_type=BusType.SESSION).connect(), _ANSWER_WITHIN_S
            )
        except Exception as error:  # noqa: BLE001 - no bus, or one that fails, in many ways
            _log.debug("No session bus to ask for do-not-disturb (%r).", error)
            return DesktopState()
        try:
            silent = [await _ask_one(bus, question) for question in _SILENT]
            locked = [await _ask_one(bus, question) for question in _LOCKED]
        finally:
            bus.disconnect()
        return DesktopState(any(silent), any(locked))

    async def _ask_one(bus: MessageBus, question: _Question) -> bool:
        call = Message(
            destination=question.destination,
            path=question.path,
            interface=question.interface,
            member=question.member,
            signature=question.signature,
            body=list(question.body),
        )
        call.flags |= MessageFlag.NO_AUTOSTART  # asking must not start a service
        try:
            reply = await asyncio.wait_for(bus.call(call), _ANSWER_WITHIN_S)
        except (TimeoutError, OSError, EOFError) as error:
            _log.debug("%s did not answer (%r).", question.destination, error)
            return False
        if reply is None or reply.message_type is not MessageType.METHOD_RETURN or not reply.body:
            return False  # this desktop has no such service
        value = reply.body[0]
        return bool(value.value if isinstance(value, Variant) else value)

elif sys.platform == "win32":
    import ctypes

    # QUERY_USER_NOTIFICATION_STATE: busy (full screen), Direct3D full screen, presentation, quiet
    # time. https://learn.microsoft.com/windows/win32/api/shellapi/ne-shellapi-query_user_notification_state
    _DISTURB_NOT = frozenset({2, 3, 4, 6})

    async def ask() -> DesktopState:
        """Ask Windows once whether it would hold notifications back, and whether it is locked."""
        state = ctypes.c_int()
        failed = ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state))
        silent = not failed and state.value in _DISTURB_NOT
        # A locked session gives its input desktop to nobody.
        desktop = ctypes.windll.user32.OpenInputDesktop(0, False, 0)
        if desktop:
            ctypes.windll.user32.CloseDesktop(desktop)
        return DesktopState(silent, not desktop)

else:

    async def ask() -> DesktopState:
        """Answer no: macOS tells programs nothing; it holds notifications back by itself."""
        return DesktopState()
