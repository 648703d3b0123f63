"""The process that reads a camera in the network, as the lines of its standard input say.

`"open"` is answered by ready or a problem, `"look"` by a line of JSON and then the pixels,
`"close"` by nothing.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from posture.capture.address import Address, parse_address
from posture.capture.frame import Frame, NoFrame
from posture.capture.open import open_camera, quieten_opencv
from posture.capture.webcam import Camera
from posture.child import problem, ready, serve
from posture.config.capture import CaptureSection
from posture.errors import PostureError
from posture.sandbox import keep_memory_private


def relay(order: dict[str, Any]) -> None:
    """Open, look and close for as long as it is asked for.

    Args:
        order: `source` and the `[capture]` table.
    """
    keep_memory_private()
    quieten_opencv()
    address, config = parse_address(order["source"]), CaptureSection(**order["config"])
    camera: Camera | None = None
    ready()
    try:
        for line in sys.stdin.buffer:
            asked = json.loads(line)
            if asked == "open":
                camera = _open(address, config)
            elif camera is not None and asked == "close":
                camera.close()
                camera = None
            elif camera is not None:
                _give(camera.next(0.0))
    finally:
        # However it ends: a thread that still grabs would abort the process.
        if camera is not None:
            camera.close()


def _open(address: Address, config: CaptureSection) -> Camera | None:
    try:
        camera = open_camera(address, config)
    except PostureError as error:
        problem(error)
        return None
    ready()
    return camera


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
