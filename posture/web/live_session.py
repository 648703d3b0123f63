"""The one guided session that the page shows, at work in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from posture.coach.exercise import Exercise
from posture.coach.guide import Showing
from posture.coach.session import Command
from posture.errors import PostureError
from posture.service.coaching import Reason
from posture.service.exercising import SessionView

_log = logging.getLogger(__name__)

Runner = Callable[[Sequence[Exercise], Reason, SessionView, Callable[[str], None]], str]
"""Runs a session to its end for a view and a voice; returns a notice, such as why it was timed."""


@dataclass(frozen=True, slots=True)
class Words:
    """The newest words of the voice.

    Attributes:
        number: Counts up, so that a page says each once.
        text: What.
    """

    number: int
    text: str


class LiveSession:
    """Starts sessions one after another; all methods may be called from any thread.

    Attributes:
        plan: The exercises of the running or last session; empty before the first.
        showing: Its newest moment; None before the first look.
        words: The newest words of the voice.
        problem: Why it could not go on; empty when all is well.
    """

    def __init__(self, run: Runner) -> None:
        """Prepare.

        Args:
            run: Runs one session.
        """
        self._run = run
        self._commands: SimpleQueue[Command] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._begins = threading.Lock()
        self.plan: tuple[Exercise, ...] = ()
        self.showing: Showing | None = None
        self.words = Words(0, "")
        self.problem = ""

    @property
    def running(self) -> bool:
        """Whether a session goes on."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self, plan: Sequence[Exercise], reason: Reason) -> bool:
        """Begin a session.

        Args:
            plan: What to do.
            reason: Why.

        Returns:
            Whether it began; False while another one goes on.
        """
        with self._begins:
            if self.running:
                return False
            self.plan, self.showing, self.problem = tuple(plan), None, ""
            self._commands = SimpleQueue()
            self._thread = threading.Thread(
                target=self._work, args=(reason,), name="guided session", daemon=True
            )
            self._thread.start()
            return True

    def tell(self, command: Command) -> None:
        """Pass on what the person said."""
        self._commands.put(command)

    def show(self, now: Showing) -> None:
        """Take the newest moment (called by the session)."""
        self.showing = now

    def said(self) -> list[Command]:
        """What the person has said since the last look, in order (called by the session)."""
        said = []
        while True:
            try:
                said.append(self._commands.get_nowait())
            except Empty:
                return said

    def end(self) -> None:
        """Stop the session, if one goes on, and wait for it."""
        self.tell(Command.STOP)
        if self._thread is not None:
            self._thread.join(timeout=10.0)

    def _speak(self, words: str) -> None:
        self.words = Words(self.words.number + 1, words)

    def _work(self, reason: Reason) -> None:
        self.problem = "The session broke off by a mistake of the program."
        try:
            self.problem = self._run(self.plan, reason, self, self._speak)
        except PostureError as problem:
            # The page is where the person looks: it says what the terminal would.
            _log.warning("a guided session ended: %s", problem.what)
            self.problem = f"{problem.what} {problem.meaning} {problem.action}"
