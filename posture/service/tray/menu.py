"""What the icon shows and offers (pure)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from posture.service.requests import PauseRequest, Request, ResumeRequest, StopRequest
from posture.service.status import Status
from posture.service.words import Mark, headline


@dataclass(frozen=True, slots=True)
class Command:
    """A command of this program, started beside the icon.

    Attributes:
        words: After `posture`.
    """

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu.

    Attributes:
        label: What it says.
        action: What a click asks for; None for a line that only tells.
    """

    label: str
    action: Request | Command | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The icon and its menu.

    Attributes:
        mark: The icon's shape.
        words: What hovering says.
        entries: The menu.
    """

    mark: Mark
    words: str
    entries: tuple[Entry, ...]


def shown(status: Status, commands: Collection[str]) -> Shown:
    """What to show of a monitor.

    Args:
        status: Its.
        commands: The commands this program has.
    """
    mark, words = headline(status)
    entries = [Entry(f"{mark} {words}")]
    if status.paused is None:
        entries += [
            Entry("Pause for 15 minutes", PauseRequest("15m")),
            Entry("Pause for 1 hour", PauseRequest("1h")),
            Entry("Pause until tomorrow", PauseRequest("until tomorrow")),
        ]
    else:
        entries.append(Entry(f"Resume (paused {status.paused.text})", ResumeRequest(resume=True)))
    if "exercise" in commands:
        entries.append(Entry("Exercise …", Command(("exercise", "--web"))))
    if "dashboard" in commands:
        entries.append(Entry("Dashboard", Command(("dashboard",))))
    entries.append(Entry("Quit", StopRequest(stop=True)))
    return Shown(mark, words, tuple(entries))
