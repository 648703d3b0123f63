"""The monitor's end of what the config sends out: events, handed to a process of their own.

That process may open internet sockets and sees no picture; the monitor's sees pictures and may open
none.
"""

from __future__ import annotations

import logging

from posture.alert.outbound import payload
from posture.child import Child
from posture.closing import Closing
from posture.config.alert import MqttSection, WebhookSection
from posture.judge.events import Event

_log = logging.getLogger(__name__)

# On top of the webhook's time-out: saying goodbye to a broker, and ending.
_MORE_S = 3.0


class Sender(Closing):
    """Hands events to the child that posts and publishes them.

    Args:
        webhook: The `[alert.webhook]` table.
        mqtt: The `[alert.mqtt]` table; at least one of the two is enabled.

    Raises:
        ConfigError: The mqtt extra is not installed, or its password file cannot be read.

    """

    def __init__(self, webhook: WebhookSection, mqtt: MqttSection) -> None:
        order = {"webhook": webhook.model_dump(), "mqtt": mqtt.model_dump()}
        ends_within_s = webhook.timeout_s + _MORE_S
        self._child = Child("posture.alert.sender_process", order, ends_within_s=ends_within_s)
        self._alive = True

    def send(self, event: Event) -> None:
        """Hand `event` over; the child takes it at once, however slow the server is."""
        if not self._alive:
            return
        try:
            self._child.say(payload(event))
        except BrokenPipeError:
            self._alive = False
            _log.warning("The process that sends events has ended; alerts here go on.")

    def close(self) -> None:
        """End the child; it sends what waits for as long as one time-out."""
        self._child.close()
