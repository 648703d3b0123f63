"""All channels as one: what the config has chosen, opened and closed with `with`."""

from __future__ import annotations

import logging
import queue
import sys
from contextlib import ExitStack
from types import TracebackType
from typing import Self, TextIO

from posture.alert.channel import Answer, Channel
from posture.alert.desktop import DesktopChannel
from posture.alert.message import Exercise, Prompt, alert_prompt, break_prompt, exercise_prompt
from posture.alert.overlay import OverlayChannel
from posture.alert.sender import Sender
from posture.alert.sound import SoundChannel
from posture.alert.terminal import TerminalChannel
from posture.config.alert import AlertSection
from posture.judge.events import (
    AlertEnded,
    AlertEscalated,
    AlertRaised,
    BreakDue,
    BreakEnded,
    Escalation,
    Event,
)

_log = logging.getLogger(__name__)


class Alerter:
    """Performs the policy's events and hands back what the user answers.

    Enter it before the process gives up the network (`posture/sandbox.py`): what the config sends
    out needs a process that has not.

    Args:
        config: The `[alert]` table.
        stream: Where terminal lines go; standard error when None.

    Raises:
        ConfigError: On entering, when a chosen channel cannot work on this machine.

    """

    def __init__(self, config: AlertSection, stream: TextIO | None = None) -> None:
        self._config = config
        self._terminal = TerminalChannel(stream or sys.stderr)
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._channels: dict[Escalation, Channel] = {}
        self._sender: Sender | None = None
        self._shown: Prompt | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            # Break reminders need the notification even where no alert does.
            for step in {Escalation.NOTIFICATION, *map(Escalation, self._config.escalation)}:
                if (channel := self._channel(step)) is not None:
                    opening.callback(channel.close)
                    self._channels[step] = channel
            if self._config.webhook.enabled or self._config.mqtt.enabled:
                self._sender = Sender(self._config.webhook, self._config.mqtt)
                opening.callback(self._sender.close)
            self._open = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def perform(self, event: Event, exercise: Exercise | None = None) -> None:
        """Do what an event asks for; events that ask for nothing are only sent out.

        Args:
            event: The policy's.
            exercise: What the coach offers with an alert or a break.

        """
        match event:
            case AlertRaised():
                self._shown = alert_prompt(event, exercise)
                self._speak(event.escalation)
            case BreakDue():
                self._shown = break_prompt(event, exercise)
                self._speak(Escalation.NOTIFICATION)
            case AlertEscalated():
                self._speak(event.escalation)
            case AlertEnded() | BreakEnded():
                self.withdraw(event.id)
            case _:
                pass
        if self._sender is not None:
            self._sender.send(event)

    def explain(self, prompt_id: str, exercise: Exercise) -> None:
        """Show how an offered exercise is done, in place of the prompt that offered it."""
        self._shown = exercise_prompt(prompt_id, exercise)
        self._speak(Escalation.NOTIFICATION)

    def tell(self, prompt: Prompt) -> None:
        """Show something that is no alert: a setting that was not taken."""
        self._shown = prompt
        self._speak(Escalation.NOTIFICATION)

    def withdraw(self, prompt_id: str) -> None:
        """Take a prompt away from every channel."""
        for channel in self._channels.values():
            channel.withdraw(prompt_id)

    def answers(self) -> list[Answer]:
        """Hand out what the user has answered since the last call, oldest first; never waits."""
        return [self._answers.get_nowait() for _ in range(self._answers.qsize())]

    def _speak(self, step: Escalation) -> None:
        channel = self._channels.get(step)
        if channel is not None and self._shown is not None:
            channel.show(self._shown)

    def _channel(self, step: Escalation) -> Channel | None:
        match step:
            case Escalation.QUIET:
                return None
            case Escalation.NOTIFICATION:
                return self._notification()
            case Escalation.SOUND:
                sound = self._config.sound
                return SoundChannel(sound.file, sound.volume_percent)
            case Escalation.OVERLAY:
                overlay = self._config.overlay
                return OverlayChannel(overlay.border_px, overlay.color)

    def _notification(self) -> Channel | None:
        match self._config.channel:
            case "auto":
                return DesktopChannel(self._answers, fallback=self._terminal.show)
            case "desktop":
                return DesktopChannel(self._answers, fallback=_not_shown)
            case "terminal":
                return self._terminal
            case "none":
                return None


def _not_shown(_prompt: Prompt) -> None:
    # Without its words: they tell how somebody sits.
    _log.warning("An alert could not be shown: no notification service.")
