"""What the desktop offers: notifications, tray, lock and idle detection, start at login."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec

from posture.alert.desktop_services import service_names
from posture.service import autostart
from posture.service.doctor.finding import Finding, good, note

_NOTIFICATIONS = "org.freedesktop.Notifications"
TRAY = "org.kde.StatusNotifierWatcher"
_LOCKS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_IDLE = ("org.gnome.Mutter.IdleMonitor", "org.freedesktop.ScreenSaver")


def desktop() -> Iterator[Finding]:
    """Look at the desktop; everything here is something the monitor can do without."""
    # A plain string, so that the type checker looks at every system's branch.
    platform: str = sys.platform
    if platform == "linux":
        yield from linux_desktop(service_names())
    else:
        yield good("notifications", "The system's own; `posture demo` does not use them.")
        yield _extra_tray()
        told = platform == "win32"
        words = "A locked screen closes the camera." if told else "macOS does not tell programs."
        yield good("lock", words) if told else note("lock", words)
    plan = autostart.plan()
    if plan.path.exists():
        yield good("login", f"It starts at login ({plan.path}).")
    else:
        yield good("login", "It does not start at login; `posture service install` changes that.")


def linux_desktop(names: frozenset[str] | None) -> Iterator[Finding]:
    """What the names on the session bus mean (pure).

    Args:
        names: From `service_names`.
    """
    if names is None:
        yield note(
            "desktop",
            "There is no session bus: no notifications, no tray, no lock detection.",
            "Start it from your desktop session; over SSH, alerts appear in the terminal only.",
        )
        return
    if _NOTIFICATIONS in names:
        yield good("notifications", "A notification service is there.")
    else:
        yield note(
            "notifications",
            "No notification service: alerts appear in the terminal only.",
            "Install one, for example dunst or mate-notification-daemon.",
        )
    if TRAY in names:
        yield good("tray", "The panel has a place for the icon.")
    else:
        yield note(
            "tray",
            "No panel with a place for an icon; everything works without it.",
            "On GNOME: install the extension AppIndicator Support.",
        )
    yield _told("lock", "closes the camera", names.intersection(_LOCKS))
    yield _told("idle", "is known", names.intersection(_IDLE))


def _told(about: str, what: str, services: frozenset[str]) -> Finding:
    state = "A locked screen" if about == "lock" else "An idle desktop"
    if services:
        return good(about, f"{state} {what} ({sorted(services)[0]}).")
    return note(about, f"This desktop does not tell about {state.lower()}.")


def _extra_tray() -> Finding:
    if find_spec("pystray") is None:
        return note("tray", "No icon: the extra is missing.", "pip install 'posture[tray]'")
    return good("tray", "The icon can be shown.")
