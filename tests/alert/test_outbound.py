"""What leaves the machine: only to the address in the config, only when asked, never in the way."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import need, wait_until

from posture.alert.mqtt import Mqtt
from posture.alert.outbound import Webhook, payload
from posture.alert.sender import Sender
from posture.config.alert import MqttSection, WebhookSection
from posture.config.load import load_config
from posture.errors import ConfigError
from posture.instant import Instant
from posture.judge.events import AlertRaised, Escalation
from posture.judge.verdict import Fault, Unit
from posture.measure.measurement import Estimate

EVENT = AlertRaised(
    Instant(5.0, datetime(2026, 3, 3, 9, 0, tzinfo=UTC)),
    "7",
    Fault.FORWARD_HEAD,
    Estimate(15.23, 2.0),
    Unit.DEG,
    61.0,
    Escalation.NOTIFICATION,
)
CONTENT = {
    "event": "AlertRaised",
    "at": "2026-03-03T09:00:00+00:00",
    "id": "7",
    "fault": "forward_head",
    "by": 15.2,
    "unit": "°",
    "for_s": 61.0,
    "escalation": "notification",
}


class HomeServer(ThreadingHTTPServer):
    """Keeps what is posted; may answer with a redirect, or late."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[bytes] = []
        self.redirect_to = ""
        self.wait_s = 0.0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: HomeServer

    def do_POST(self) -> None:
        self.server.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.server.wait_s)
        self.send_response(307 if self.server.redirect_to else 200)
        if self.server.redirect_to:
            self.send_header("Location", self.server.redirect_to)
        self.end_headers()

    def do_GET(self) -> None:
        self.server.got.append(b"followed")
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def home() -> Iterator[HomeServer]:
    server = HomeServer()
    yield server
    server.shutdown()
    server.server_close()


def test_the_payload_holds_the_event_and_no_measurement() -> None:
    assert json.loads(payload(EVENT)) == CONTENT


def test_an_event_reaches_the_home_server_past_any_proxy(home, monkeypatch) -> None:
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    hook = Webhook(home.url, timeout_s=2)
    hook.send(payload(EVENT))
    hook.close()
    assert [json.loads(body) for body in home.got] == [CONTENT]


def test_a_redirect_leads_nowhere(home) -> None:
    elsewhere = HomeServer()
    home.redirect_to = elsewhere.url
    hook = Webhook(home.url, timeout_s=2)
    hook.send(payload(EVENT))
    hook.close()
    elsewhere.shutdown()
    elsewhere.server_close()
    assert len(home.got) == 1
    assert elsewhere.got == []


def test_a_server_that_hangs_or_is_away_delays_nobody(home, caplog) -> None:
    home.wait_s = 1.0
    slow, away = Webhook(home.url, 0.5), Webhook("http://127.0.0.1:9/", 0.5)
    began_s = time.monotonic()
    for _ in range(200):
        slow.send(payload(EVENT))
        away.send(payload(EVENT))
    assert time.monotonic() - began_s < 0.5
    until_s = time.monotonic() + 10
    while "could not be reached" not in caplog.text and time.monotonic() < until_s:
        time.sleep(0.05)
    slow.close()
    away.close()
    assert "could not be reached" in caplog.text


def test_a_sender_that_has_died_is_in_nobodys_way(home, caplog) -> None:
    config = load_config().alert
    webhook = config.webhook.model_copy(update={"enabled": True, "url": home.url})
    sender = Sender(webhook, config.mqtt)
    sender._child._process.kill()
    sender._child._process.wait()
    for _ in range(3):
        sender.send(EVENT)
    sender.close()
    assert caplog.text.count("has ended") == 1


def test_what_is_wrong_with_the_senders_settings_is_said_at_the_start() -> None:
    pytest.importorskip("paho.mqtt.client", reason="needs paho-mqtt (extra mqtt)")
    missing = "no-such-file"
    section = mqtt_section(1883, username="me", password_file=missing)
    with pytest.raises(ConfigError, match=missing):
        Sender(load_config().alert.webhook, section)


def test_an_address_that_is_no_web_address_is_refused() -> None:
    with pytest.raises(ValueError, match="http"):
        WebhookSection(enabled=True, url="file:///etc/passwd", timeout_s=5)


def mqtt_section(port: int, **changed: object) -> MqttSection:
    given = {
        "enabled": True,
        "host": "127.0.0.1",
        "port": port,
        "topic": "posture/alert",
        "tls": False,
        "username": "",
        "password_file": "",
    }
    return MqttSection(**(given | changed))


def test_an_event_reaches_a_real_broker_that_comes_late(tmp_path: Path) -> None:
    mqtt_client = pytest.importorskip("paho.mqtt.client", reason="needs paho-mqtt (extra mqtt)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = tmp_path / "broker.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
    early = Mqtt(mqtt_section(port))
    early.send(payload(EVENT))  # the broker isn't there yet
    broker = subprocess.Popen(
        [need("mosquitto", "mosquitto"), "-c", config], stderr=subprocess.DEVNULL
    )
    got: list[bytes] = []
    listener = mqtt_client.Client(mqtt_client.CallbackAPIVersion.VERSION2)
    listener.on_message = lambda *args: got.append(args[-1].payload)
    listener.on_connect = lambda client, *_: client.subscribe("posture/alert", qos=1)
    subscribed = threading.Event()
    listener.on_subscribe = lambda *_: subscribed.set()

    def connected() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    assert wait_until(connected)
    listener.connect("127.0.0.1", port)
    listener.loop_start()
    assert subscribed.wait(5)
    assert wait_until(lambda: got, within_s=8)
    assert json.loads(got[0]) == CONTENT
    early.close()
    listener.disconnect()
    listener.loop_stop()
    broker.terminate()
    broker.wait()


def test_a_password_file_that_cannot_be_read_is_named() -> None:
    pytest.importorskip("paho.mqtt.client", reason="needs paho-mqtt (extra mqtt)")
    missing = "no-such-file"
    with pytest.raises(ConfigError, match=missing):
        Mqtt(mqtt_section(1883, username="me", password_file=missing))
