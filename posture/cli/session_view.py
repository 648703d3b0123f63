"""A guided session in the terminal: what to do now, and the keys that answer."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Self

from blessed import Terminal
from rich.console import Console, Group, RenderableType
from rich.constrain import Constrain
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from posture.closing import Closing
from posture.coach.guide import Showing
from posture.coach.session import Command, Phase

_KEYS = {
    "p": Command.PAUSE,
    "s": Command.SKIP,
    "q": Command.STOP,
    "b": Command.BETTER,
    "n": Command.SAME,
    "w": Command.WORSE,
    "\n": Command.GO,
    "\r": Command.GO,
    " ": Command.GO,
}
_BAR_WIDTH = 36
_WIDEST = 76


class SessionScreen(Closing):
    """Draws every look of a session; use with `with`.

    Where the output is no terminal, only what to do is printed, when it changes.
    """

    def __init__(self, console: Console, every_session: Sequence[str]) -> None:
        """Prepare the screen.

        Args:
            console: Where to.
            every_session: The lines on when to stop, shown throughout.
        """
        self._console = console
        self._stop_lines = every_session
        self._live = Live(console=console, auto_refresh=False, screen=console.is_terminal)
        self._keyboard = Terminal()
        self._keys = self._keyboard.cbreak()
        self._shown: Showing | None = None

    def show(self, now: Showing) -> None:
        """Draw one look."""
        before, self._shown = self._shown, now
        if self._console.is_terminal:
            self._live.update(self._screen(now), refresh=True)
        elif before is None or (before.headline, before.number) != (now.headline, now.number):
            self._console.print(f"{now.exercise.name}: {now.headline}")

    def said(self) -> list[Command]:
        """The keys pressed since the last look."""
        if not self._keyboard.is_a_tty:
            over = self._shown is not None and self._shown.phase is Phase.FEEDBACK
            return [Command.SKIP] if over else []  # nobody is there to answer
        said = []
        while key := self._keyboard.inkey(timeout=0):
            command = _KEYS.get(str(key).lower())
            if command is Command.PAUSE and self._shown is not None and self._shown.paused:
                command = Command.RESUME
            if command is not None:
                said.append(command)
        return said

    def __enter__(self) -> Self:
        self._keys.__enter__()
        if self._console.is_terminal:
            self._live.start()
        return self

    def close(self) -> None:
        """Give the terminal back."""
        if self._console.is_terminal:
            self._live.stop()
        self._keys.__exit__(None, None, None)

    def _screen(self, now: Showing) -> RenderableType:
        title = Table.grid(expand=True)
        title.add_column()
        title.add_column(justify="right", style="dim")
        place = f"{now.number} of {now.of}" if now.of > 1 else ""
        title.add_row(Text(now.exercise.name, style="bold"), place)
        steps = [
            Text(f"{number}. {step}") for number, step in enumerate(now.exercise.steps, start=1)
        ]
        hints = [
            Text(line, style="dim") for line in (now.exercise.breathing, now.exercise.feel) if line
        ]
        parts = [
            title,
            Text(),
            *steps,
            Text(),
            *hints,
            Text(),
            _now(now),
            Text(now.note, style="yellow"),
        ]
        width = min(self._console.width, _WIDEST)
        panel = Panel(Group(*parts), padding=(1, 2), width=width)
        stop = Constrain(Padding(Text("\n".join(self._stop_lines), style="dim"), (0, 2)), width)
        keys = Padding(Text(_keys(now), style="bold"), (1, 2))
        return Group(panel, stop, keys)


def _now(now: Showing) -> RenderableType:
    line = Table.grid(padding=(0, 2))
    line.add_column(min_width=24)
    line.add_column(width=_BAR_WIDTH)
    line.add_column(justify="right")
    headline = Text("Paused" if now.paused else now.headline, style="bold green")
    if now.left_s is not None and now.lasts_s:
        bar = ProgressBar(now.lasts_s, now.lasts_s - now.left_s, width=_BAR_WIDTH)
        line.add_row(headline, bar, f"{ceil(now.left_s)} s")
    elif now.reach is not None:
        bar = ProgressBar(1.0, now.reach, width=_BAR_WIDTH)
        line.add_row(headline, bar, "")
    else:
        line.add_row(headline, "", "")
    if now.wanted and now.phase in {Phase.DOING, Phase.REST}:
        dots = " ".join("●" * now.done + "○" * (now.wanted - now.done))
        line.add_row(Text(f"{now.done} of {now.wanted}"), Text(dots), "")
    return line


def _keys(now: Showing) -> str:
    keys = []
    if now.asks_comfort:
        keys.append("b better · n no change · w worse")
    if now.phase is Phase.READY:
        keys.append("Enter begin")
    if now.phase is not Phase.FEEDBACK:
        keys.append("p go on" if now.paused else "p pause")
    keys += ["s skip", "q stop"]
    return " · ".join(keys)
