"""Each camera trouble has its own error, with the fix for the system it happened on."""

from __future__ import annotations

import errno

import pytest

from posture.capture.diagnosis import DeviceFacts, explain
from posture.errors import (
    CameraBusyError,
    CameraMissingError,
    CameraPermissionError,
    NoCameraError,
)


def facts(**changes):
    base = {
        "platform": "linux",
        "name": "camera 0",
        "cameras": ("0: Integrated Camera",),
        "listed": True,
        "open_errno": 0,
        "holders": (),
    }
    return DeviceFacts(**{**base, **changes})


@pytest.mark.parametrize(
    ("given", "kind", "says"),
    [
        (facts(cameras=(), listed=False), NoCameraError, "posture demo"),
        (facts(listed=False), CameraMissingError, "Integrated Camera"),
        (facts(open_errno=errno.EACCES), CameraPermissionError, "usermod -aG video"),
        (facts(open_errno=errno.ENODEV), CameraMissingError, "Plug"),
        (facts(holders=("zoom",)), CameraBusyError, "zoom"),
        (facts(platform="darwin"), CameraPermissionError, "Privacy & Security"),
        (facts(platform="win32"), CameraPermissionError, "desktop apps"),
    ],
)
def test_every_trouble_is_named_with_its_fix(given, kind, says):
    error = explain(given)
    assert type(error) is kind
    assert says in str(error)


def test_every_kind_has_its_own_exit_code():
    kinds = [NoCameraError, CameraMissingError, CameraPermissionError, CameraBusyError]
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
