"""Desktop notifications with buttons; the only module that imports desktop-notifier.

The library speaks asyncio, and a notification service may be missing or may hang. So it lives in a
thread with a loop of its own: `show` and `withdraw` only leave a note there, every wait in it has
an end, and what could not be shown goes to the fallback.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable

from desktop_notifier import Button, Capability, DesktopNotifier, Notification

from posture.alert.channel import Action, Answer
from posture.alert.message import Prompt

_log = logging.getLogger(__name__)

_ANSWER_WITHIN_S = 3.0
# It is withdrawn long before; this is for the case that the program dies with it on screen.
_STAYS_S = 600
_BUTTONS = {
    Action.SHOW_EXERCISE: "Show exercise",
    Action.SNOOZE: "Snooze 15 min",
    Action.WRONG: "That was wrong",
}


class DesktopChannel:
    """Shows one notification at a time.

    Args:
        answers: Where pressed buttons go; read by another thread.
        fallback: Called, in this channel's thread, with a prompt that could not be shown.

    """

    def __init__(
        self, answers: queue.SimpleQueue[Answer], fallback: Callable[[Prompt], None]
    ) -> None:
        self._answers = answers
        self._fallback = fallback
        self._notifier: DesktopNotifier | None = None
        self._shown: str | None = None
        # The library logs a stack trace for what is handled here with the fallback.
        logging.getLogger("desktop_notifier").setLevel(logging.ERROR)
        self._loop = asyncio.new_event_loop()
        self._notes: asyncio.Queue[Prompt | str | None] = asyncio.Queue()
        self._thread = threading.Thread(target=self._run, name="notifications", daemon=True)
        self._thread.start()

    def show(self, prompt: Prompt) -> None:
        """Show `prompt` soon; returns at once."""
        self._leave(prompt)

    def withdraw(self, prompt_id: str) -> None:
        """Take the notification away soon, if it is still there; returns at once."""
        self._leave(prompt_id)

    def close(self) -> None:
        """Take the notification away and end the thread; waits for seconds at most."""
        self._leave(None)
        self._thread.join(timeout=2 * _ANSWER_WITHIN_S)

    def _leave(self, note: Prompt | str | None) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._notes.put_nowait, note)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._work())
        self._loop.close()

    async def _work(self) -> None:
        while (note := await self._notes.get()) is not None:
            if isinstance(note, Prompt):
                await self._clear()
                await self._show(note)
            elif note == self._shown:
                await self._clear()
        await self._clear()

    async def _show(self, prompt: Prompt) -> None:
        try:
            shown = await asyncio.wait_for(self._send(prompt), _ANSWER_WITHIN_S)
        except Exception as error:  # noqa: BLE001 - each system's service fails in its own words
            _log.info("No desktop notification (%r); using the fallback.", error)
            shown = False
        if shown:
            self._shown = prompt.id
        else:
            self._notifier = None  # connect anew next time: the service may have come back
            self._fallback(prompt)

    async def _send(self, prompt: Prompt) -> bool:
        if self._notifier is None:
            self._notifier = DesktopNotifier(app_name="posture", app_icon=None)
        can = await self._notifier.get_capabilities()
        if Capability.TITLE not in can:
            return False
        dispatched: list[bool] = []
        await self._notifier.send_notification(
            Notification(
                title=prompt.title,
                message=prompt.body,
                buttons=self._buttons(prompt) if Capability.BUTTONS in can else (),
                timeout=_STAYS_S,
                identifier=prompt.id,
                # The library swallows a failure to send; only a success calls this.
                on_dispatched=lambda: dispatched.append(True),
            )
        )
        return bool(dispatched)

    def _buttons(self, prompt: Prompt) -> tuple[Button, ...]:
        offered = {
            Action.SHOW_EXERCISE: prompt.has_exercise,
            Action.SNOOZE: True,
            Action.WRONG: prompt.judged,
        }
        return tuple(
            Button(title, self._answer(prompt.id, action), identifier=action)
            for action, title in _BUTTONS.items()
            if offered[action]
        )

    def _answer(self, prompt_id: str, action: Action) -> Callable[[], None]:
        return lambda: self._answers.put(Answer(prompt_id, action))

    async def _clear(self) -> None:
        shown, self._shown = self._shown, None
        if shown is None or self._notifier is None:
            return
        try:
            # Gone already when the user dismissed it or pressed a button.
            if shown in await self._notifier.get_current_notifications():
                await asyncio.wait_for(self._notifier.clear(shown), _ANSWER_WITHIN_S)
        except Exception as error:  # noqa: BLE001 - as in _show
            _log.info("The notification could not be withdrawn (%r).", error)
            self._notifier = None
