"""The running monitor, asked only while a page is open that shows it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from posture.errors import NotAnsweringError
from posture.service.control import ask_live
from posture.service.instance import is_running
from posture.service.status import Live

# The monitor looks once a second, five times while it calibrates.
_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the monitor.

    Attributes:
        live: Its newest look; None when it does not run, does not answer or has not looked yet.
        problem: Why it does not answer; empty when it does, or when none runs.
        starting: Whether it runs and has not looked yet.
    """

    live: Live | None
    problem: str = ""
    starting: bool = False


def look() -> Seen:
    """Ask the monitor for its newest look."""
    try:
        live = ask_live()
        return Seen(live, starting=live is None and is_running())
    except NotAnsweringError as problem:
        return Seen(None, f"{problem.what} {problem.action}")


class Watcher:
    """Shares one question between all the pages that are open; without a page it asks nothing."""

    def __init__(self, ask: Callable[[], Seen] = look) -> None:
        """Prepare.

        Args:
            ask: Asks the monitor; may wait.
        """
        self._ask = ask
        self._one_at_a_time = asyncio.Lock()
        self._newest = Seen(None)
        self._asked_s = float("-inf")

    async def newest(self) -> Seen:
        """The newest answer, no older than half a second, however many ask."""
        async with self._one_at_a_time:
            if time.monotonic() - self._asked_s >= _EVERY_S * 0.9:
                self._newest = await run_in_threadpool(self._ask)
                self._asked_s = time.monotonic()
            return self._newest

    async def looks(self) -> AsyncIterator[Seen]:
        """What is seen, again and again, until the page is closed."""
        while True:
            yield await self.newest()
            await asyncio.sleep(_EVERY_S)
