"""MQTT for those who have a home server; the only module that imports paho-mqtt (an extra)."""

from __future__ import annotations

import logging
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from posture.config.alert import MqttSection
from posture.errors import ConfigError

if TYPE_CHECKING:
    from paho.mqtt.client import Client

_log = logging.getLogger(__name__)

_QUEUE_LENGTH = 32


class Mqtt:
    """Publishes events to one broker; connects and reconnects in the library's own thread.

    Args:
        section: The `[alert.mqtt]` table.

    Raises:
        ConfigError: The extra is not installed, or the password file cannot be read.

    """

    def __init__(self, section: MqttSection) -> None:
        if find_spec("paho") is None:
            raise ConfigError(
                "alert.mqtt is enabled, but the mqtt extra is not installed.",
                meaning="Nothing would be published.",
                action='Install it (pip install "posture[mqtt]"), or disable alert.mqtt.',
            )
        self._topic = section.topic
        self._client = _client(section)
        self._client.connect_async(section.host, section.port)
        self._client.loop_start()

    def send(self, body: bytes) -> None:
        """Publish a payload soon, at least once; while the broker is away the latest 32 wait."""
        self._client.publish(self._topic, body, qos=1)

    def close(self) -> None:
        """Disconnect."""
        self._client.disconnect()
        self._client.loop_stop()


def _client(section: MqttSection) -> Client:
    # An extra, and its import costs more than those without a broker should pay.
    from paho.mqtt.client import Client
    from paho.mqtt.enums import CallbackAPIVersion

    client = Client(CallbackAPIVersion.VERSION2)
    client.max_queued_messages_set(_QUEUE_LENGTH)
    if section.tls:
        client.tls_set()
    if section.username:
        client.username_pw_set(section.username, _password(section.password_file))

    _report(client, section.host)
    return client


def _report(client: Client, host: str) -> None:
    """Say once, not with every attempt, that the broker is away, and once that it is back."""
    away = threading.Event()

    def failed(*_: object) -> None:
        if not away.is_set():
            _log.warning("The MQTT broker %s could not be reached; alerts here go on.", host)
        away.set()

    def connected(*_: object) -> None:
        if away.is_set():
            _log.info("The MQTT broker %s can be reached again.", host)
        away.clear()

    client.on_connect_fail = failed
    client.on_connect = connected


def _password(file: str) -> str | None:
    if not file:
        return None
    try:
        return Path(file).expanduser().read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(
            f"alert.mqtt.password_file, {file}, cannot be read ({error.strerror}).",
            meaning="Nothing would be published.",
            action="Name a file that you can read, or disable alert.mqtt.",
        ) from error
