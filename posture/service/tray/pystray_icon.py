"""The icon on macOS and Windows, by pystray (the extra `tray`)."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from posture.errors import UsageError
from posture.service.tray.follow import ASK_EVERY_S, Follower, act
from posture.service.tray.icon import argb
from posture.service.tray.menu import Entry, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIZE_PX = 64


def show_icon(follower: Follower) -> None:
    """Show the icon until the monitor ends; to be called in the main thread, as macOS wants it.

    Args:
        follower: Tells what to show.

    Raises:
        UsageError: The extra is not installed.
    """
    try:
        import pystray
        from PIL import Image
    except ImportError as error:
        raise UsageError(
            "The icon needs the extra `tray`, which is not installed.",
            meaning="Everything else works without it.",
            action="pip install 'posture[tray]'",
        ) from error

    now: Shown | None = None

    def picture(shown: Shown) -> Any:  # noqa: ANN401 - Pillow is an extra
        size = (_SIZE_PX, _SIZE_PX)
        alpha, red, green, blue = Image.frombytes("CMYK", size, argb(shown.mark, _SIZE_PX)).split()
        return Image.merge("RGBA", (red, green, blue, alpha))

    def items() -> Iterator[Any]:
        for entry in now.entries if now is not None else ():
            yield pystray.MenuItem(entry.label, _clicked(entry), enabled=entry.action is not None)

    while now is None:
        if follower.over:
            return
        now = follower.look()
        time.sleep(0.2)
    icon = pystray.Icon("posture", picture(now), "posture", pystray.Menu(items))

    def follow() -> None:
        nonlocal now
        while not follower.over:
            time.sleep(ASK_EVERY_S)
            fresh = follower.look()
            if fresh is not None and fresh != now:
                now = fresh
                icon.icon, icon.title = picture(now), f"posture: {now.words}"
                icon.update_menu()
        icon.stop()

    threading.Thread(target=follow, name="tray", daemon=True).start()
    icon.run()


def _clicked(entry: Entry) -> Any:  # noqa: ANN401 - pystray counts the arguments of a plain function
    def clicked() -> None:
        act(entry)

    return clicked
