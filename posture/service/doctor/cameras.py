"""The cameras: which there are, whether they open, what they show."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from posture.capture.address import parse_address
from posture.capture.diagnosis import list_cameras
from posture.capture.frame import Frame
from posture.capture.open import open_source
from posture.config.capture import CaptureSection
from posture.errors import PostureError
from posture.service.doctor.finding import Finding, good, note, problem
from posture.service.lending import borrow_camera

# Out of 255. A lit room is above 40 even at night; a closed shutter stays below this.
_BLACK = 8.0
_SETTLES_S = 1.0


def cameras(capture: CaptureSection) -> Iterator[Finding]:
    """Open every camera of this machine and the one in the settings, and look at a picture.

    A running monitor lends its camera meanwhile.

    Args:
        capture: The `[capture]` table.
    """
    names = {index: f"camera {index} ({label})" for index, label in list_cameras()}
    try:
        with borrow_camera():
            for source in dict.fromkeys([capture.source, *names]):
                yield _camera(source, names.get(source, parse_address(source).name), capture)
    except PostureError as error:
        yield problem("camera", error)


def _camera(source: str, name: str, capture: CaptureSection) -> Finding:
    chosen = source == capture.source
    about = "camera in use" if chosen else "other camera"
    try:
        with open_source(source, capture, as_camera=True) as opened:
            first = opened.next(0.0)
            # The first pictures of a camera are dark while it finds its exposure.
            seen = opened.next(first.t_s + _SETTLES_S) if first is not None else None
    except PostureError as error:
        found = problem(about, error)
        return found if chosen else note(about, f"{name}: {found.words}", found.fix)
    if not isinstance(seen, Frame):
        words = f"{name} opens, but gives no pictures."
        return note(about, words, "Unplug it and plug it in again, or restart the machine.")
    width, height = seen.size_px
    if float(np.mean(seen.image)) < _BLACK:
        return note(
            about,
            f"{name} gives {width}×{height}, all black.",
            "Open its shutter or its switch, take the cover off, put on a light.",
        )
    return good(about, f"{name} gives pictures of {width}×{height}.")
