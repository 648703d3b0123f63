"""The process that sends events out: a line of standard input each, until that ends."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import Any

from posture.alert.mqtt import Mqtt
from posture.alert.outbound import Webhook
from posture.child import ready, serve
from posture.config.alert import MqttSection, WebhookSection


def send_all(order: dict[str, Any]) -> None:
    """Send what comes in to what the order enables.

    Args:
        order: The two config tables.

    Raises:
        ConfigError: As `Mqtt`.

    """
    webhook, mqtt = WebhookSection(**order["webhook"]), MqttSection(**order["mqtt"])
    targets: list[Webhook | Mqtt] = []
    with ExitStack() as opened:
        if webhook.enabled:
            targets.append(Webhook(webhook.url, webhook.timeout_s))
        if mqtt.enabled:
            targets.append(Mqtt(mqtt))
        for target in targets:
            opened.callback(target.close)
        ready()
        for line in sys.stdin.buffer:
            for target in targets:
                target.send(line.rstrip(b"\n"))


if __name__ == "__main__":
    serve(send_all)
