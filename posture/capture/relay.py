"""A camera in the network, read by a process of its own.

That process may open internet sockets and loads no model; the monitor's loads the models and may
open none. Pictures come through a pipe: a look is a megabyte, a thousandth of a second.
"""

from __future__ import annotations

import json
import time

import numpy as np

from posture.capture.address import Address
from posture.capture.clock import clock_s
from posture.capture.frame import Frame, NoFrame
from posture.child import Child
from posture.closing import Closing
from posture.config.capture import CaptureSection
from posture.errors import SourceUnreadableError

# It has nothing to keep, and may be waiting for a camera that does not answer.
_ENDS_WITHIN_S = 1.0


class RelayedCamera(Closing):
    """A stream as a source, opened again by its process whenever it is lost."""

    def __init__(self, address: Address, config: CaptureSection) -> None:
        """Start the process and open the stream.

        Args:
            address: A stream.
            config: How to treat it.

        Raises:
            SourceUnreadableError: It does not open or gives no first picture.
        """
        self._name = address.name
        order = {"source": address.text, "config": config.model_dump()}
        self._child = Child("posture.capture.relay_process", order, ends_within_s=_ENDS_WITHIN_S)

    @property
    def name(self) -> str:
        """What the user would call it."""
        return self._name

    def next(self, at_s: float) -> Frame | NoFrame | None:
        """Wait until `at_s` on the monotonic clock, then give a fresh frame or say why not.

        Raises:
            SourceUnreadableError: Its process has ended, as a damaged stream can make it. This one
                may not start another: that would have no network either.
        """
        time.sleep(max(0.0, at_s - clock_s()))
        try:
            self._child.say(json.dumps(at_s).encode())
            line = self._child.hear_line()
        except BrokenPipeError:
            line = b""
        if not line:
            raise SourceUnreadableError(
                f"The process that reads {self._name} has ended.",
                meaning="Nothing is being measured any more.",
                action="Start posture again; if it happens again, the stream may be damaged.",
            )
        told = json.loads(line)
        if "detail" in told:
            return NoFrame(told["t_s"], told["detail"])
        pixels = np.frombuffer(bytearray(self._child.hear(told["bytes"])), dtype=np.uint8)
        return Frame(pixels.reshape(told["shape"]), told["t_s"], told["index"])

    def close(self) -> None:
        """End the process, and with it the stream."""
        self._child.close()
