"""A webhook for those who have a home server: off by default, to one address, never in the way.

It runs in the sender's process (`sender_process.py`): the monitor's own may open no socket.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
import urllib.error
import urllib.request
from dataclasses import fields
from http.client import HTTPException

from posture.instant import Instant
from posture.judge.events import Event
from posture.measure.measurement import Estimate

_log = logging.getLogger(__name__)

_QUEUE_LENGTH = 32


def payload(event: Event) -> bytes:
    """Word an event for machines.

    Args:
        event: Any of the policy's events.

    Returns:
        JSON, UTF-8: `event` (its kind), `at` (ISO 8601), and the event's own fields, with an
        estimate as its value. No measurement besides, no picture, no landmark.

    """
    content: dict[str, object] = {"event": type(event).__name__}
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, Instant):
            value = value.local.isoformat(timespec="seconds")
        elif isinstance(value, Estimate):
            value = round(value.value, 1)
        content[field.name] = value
    return json.dumps(content, ensure_ascii=False).encode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The config names one host; a redirect would lead to another."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nothing, so that the redirect itself is the (failed) answer."""


class Webhook:
    """Posts events to one address, in a thread of its own.

    Args:
        url: http:// or https:// address.
        timeout_s: Give up on one event after this.

    """

    def __init__(self, url: str, timeout_s: float) -> None:
        self._url = url
        self._timeout_s = timeout_s
        # No proxy from the environment either: it would be one more host.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)
        self._events: queue.Queue[bytes | None] = queue.Queue(_QUEUE_LENGTH)
        self._reachable = True
        self._thread = threading.Thread(target=self._run, name="webhook", daemon=True)
        self._thread.start()

    def send(self, body: bytes) -> None:
        """Post a payload soon; drops it when a slow server has let the queue fill."""
        try:
            self._events.put_nowait(body)
        except queue.Full:
            _log.warning("The webhook is too slow; one event was not sent.")

    def close(self) -> None:
        """Send what waits for as long as one time-out, then end."""
        try:
            self._events.put_nowait(None)
        except queue.Full:
            return  # a daemon thread: it ends with the program
        self._thread.join(timeout=self._timeout_s)

    def _run(self) -> None:
        while (body := self._events.get()) is not None:
            self._post(body)

    def _post(self, body: bytes) -> None:
        request = urllib.request.Request(  # noqa: S310 - the config admits http and https only
            self._url, data=body, headers={"Content-Type": "application/json"}, method="POST"
        )
        try:
            with self._opener.open(request, timeout=self._timeout_s):
                reachable = True
        except (OSError, HTTPException) as error:
            reachable = False
            if self._reachable:  # said once, not with every alert
                _log.warning("The webhook could not be reached; alerts here go on. (%s)", error)
        if reachable and not self._reachable:
            _log.info("The webhook can be reached again.")
        self._reachable = reachable
