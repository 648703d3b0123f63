"""A camera in the network, read by a process of its own.

That process may open internet sockets and loads no model; the monitor's loads the models and may
open none. Pictures come through a pipe: a look is a megabyte, a thousandth of a second.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress

import numpy as np

from posture.capture.address import Address
from posture.capture.clock import clock_s
from posture.capture.frame import Frame, NoFrame
from posture.child import Child
from posture.closing import Closing
from posture.config.capture import CaptureSection
from posture.errors import PostureError, SourceUnreadableError

# It has nothing to keep, and may be waiting for a camera that does not answer.
_ENDS_WITHIN_S = 1.0


class Relay(Closing):
    """The process: started while the network is open, it opens and closes the stream when asked.

    Attributes:
        name: What the user would call the stream.
    """

    def __init__(self, address: Address, config: CaptureSection) -> None:
        """Start the process; the stream stays closed.

        Args:
            address: A stream.
            config: How to treat it.
        """
        self.name = address.name
        order = {"source": address.text, "config": config.model_dump()}
        self._child = Child("posture.capture.relay_process", order, ends_within_s=_ENDS_WITHIN_S)

    def open(self) -> None:
        """Open the stream.

        Raises:
            SourceUnreadableError: It does not open or gives no first picture.
        """
        self._say("open")
        self._child.hear_ready()

    def shut(self) -> None:
        """Close the stream; the process stays. Harmless when it has ended by itself."""
        with suppress(SourceUnreadableError):
            self._say("close")

    def look(self) -> Frame | NoFrame:
        """Give a fresh frame or say why not.

        Raises:
            SourceUnreadableError: The process has ended.
        """
        self._say("look")
        line = self._child.hear_line()
        if not line:
            raise self._ended()
        told = json.loads(line)
        if "detail" in told:
            return NoFrame(told["t_s"], told["detail"])
        heard = bytearray(self._child.hear(told["bytes"]))
        if len(heard) < told["bytes"]:
            raise self._ended()
        pixels = np.frombuffer(heard, dtype=np.uint8)
        return Frame(pixels.reshape(told["shape"]), told["t_s"], told["index"])

    def close(self) -> None:
        """End the process, and with it the stream."""
        self._child.close()

    def _say(self, message: str) -> None:
        try:
            self._child.say(json.dumps(message).encode())
        except BrokenPipeError as error:
            raise self._ended() from error

    def _ended(self) -> SourceUnreadableError:
        # This process may not start another one: that would have no network either.
        return SourceUnreadableError(
            f"The process that reads {self.name} has ended.",
            meaning="Nothing is being measured any more.",
            action="Start posture again; if it happens again, the stream may be damaged.",
        )


class RelayedCamera(Closing):
    """A stream as a source, opened again by its process whenever it is lost."""

    def __init__(self, relay: Relay, *, last: bool) -> None:
        """Open the stream.

        Args:
            relay: Reads it.
            last: End the process together with the stream.

        Raises:
            SourceUnreadableError: It does not open or gives no first picture.
        """
        self._relay = relay
        self._last = last
        try:
            relay.open()
        except PostureError:
            if last:
                relay.close()
            raise

    @property
    def name(self) -> str:
        """What the user would call it."""
        return self._relay.name

    def next(self, at_s: float) -> Frame | NoFrame | None:
        """Wait until `at_s` on the monotonic clock, then give a fresh frame or say why not.

        Raises:
            SourceUnreadableError: Its process has ended, as a damaged stream can make it.
        """
        # Waited for here, so that the process is never asked about a moment that is yet to come.
        time.sleep(max(0.0, at_s - clock_s()))
        return self._relay.look()

    def close(self) -> None:
        """Close the stream. Harmless when called twice."""
        if self._last:
            self._relay.close()
        else:
            self._relay.shut()
