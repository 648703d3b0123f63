"""The process that reads a camera in the network: one frame for each line of standard input.

A line is the moment asked for, in seconds; the answer is a line of JSON and then the pixels.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from posture.capture.address import parse_address
from posture.capture.frame import Frame, NoFrame
from posture.capture.open import open_camera, quieten_opencv
from posture.child import ready, serve
from posture.config.capture import CaptureSection
from posture.sandbox import keep_memory_private


def relay(order: dict[str, Any]) -> None:
    """Give frames for as long as they are asked for.

    Args:
        order: `source` and the `[capture]` table.

    Raises:
        SourceUnreadableError: The stream does not open.
    """
    keep_memory_private()
    quieten_opencv()
    address, config = parse_address(order["source"]), CaptureSection(**order["config"])
    with open_camera(address, config) as camera:
        ready()
        for line in sys.stdin.buffer:
            _give(camera.next(json.loads(line)))


def _give(frame: Frame | NoFrame | None) -> None:
    out = sys.stdout.buffer
    if isinstance(frame, Frame):
        told = {"t_s": frame.t_s, "index": frame.index}
        shape = {"shape": frame.image.shape, "bytes": frame.image.nbytes}
        out.write(json.dumps(told | shape).encode() + b"\n")
        out.write(frame.image.tobytes())
    elif frame is not None:
        out.write(json.dumps({"t_s": frame.t_s, "detail": frame.detail}).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    serve(relay)
