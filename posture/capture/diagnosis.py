"""Why a camera does not open, and what to do on this operating system.

`gather` looks; `explain` is pure, so that every message can be tested without the system that
shows it.
"""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from posture.capture.address import Address, SourceKind
from posture.errors import (
    CameraBusyError,
    CameraMissingError,
    CameraPermissionError,
    NoCameraError,
    PostureError,
)

_NOTHING_MEASURED = "Nothing is being measured."
_LIST_THEM = "`posture cameras` lists what is there; choose one with --source or `capture.source`."


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """What the system says about a camera that did not open.

    Attributes:
        platform: `sys.platform`.
        name: What the user would call the camera.
        cameras: Names of the cameras the system lists.
        listed: Whether the wanted one is among them (or its device file exists).
        open_errno: What opening the device file answered on Linux; 0 when it opened.
        holders: Names of other programs that hold the device, as far as this user may see.
    """

    platform: str
    name: str
    cameras: tuple[str, ...]
    listed: bool
    open_errno: int
    holders: tuple[str, ...]


def gather(address: Address) -> DeviceFacts:
    """Look at the device without starting it.

    Args:
        address: An index or a device path.

    Returns:
        What the system says.
    """
    cameras = list_cameras()
    device = _device_path(address)
    open_errno = 0
    holders: tuple[str, ...] = ()
    listed = any(text == address.text for text, _ in cameras)
    if device is not None:
        listed = device.exists()
        open_errno = _try_open(device)
        holders = _holders(device)
    return DeviceFacts(
        platform=sys.platform,
        name=address.name,
        cameras=tuple(f"{index}: {label}" for index, label in cameras),
        listed=listed,
        open_errno=open_errno,
        holders=holders,
    )


def explain(facts: DeviceFacts) -> PostureError:
    """Choose the message for a camera that did not open.

    Args:
        facts: From `gather`.

    Returns:
        The error to raise: missing, refused, busy, or no camera at all.
    """
    if not facts.listed:
        return _absent(facts)
    if facts.open_errno in (errno.EACCES, errno.EPERM):
        return CameraPermissionError(
            f"The system refuses access to {facts.name}.",
            meaning=_NOTHING_MEASURED,
            action=_permission_fix(facts.platform),
        )
    if facts.open_errno in (errno.ENODEV, errno.ENXIO):
        return CameraMissingError(
            f"{facts.name} has a device file, but no camera is behind it.",
            meaning=_NOTHING_MEASURED,
            action=f"Plug the camera in again. {_LIST_THEM}",
        )
    if facts.platform == "linux" or facts.holders:
        by = f" by {', '.join(facts.holders)}" if facts.holders else " by another program"
        return CameraBusyError(
            f"{facts.name} is in use{by}.",
            meaning=_NOTHING_MEASURED,
            action="Close the program that shows the camera, or choose another camera. "
            + _LIST_THEM,
        )
    # macOS and Windows do not say which of the two it is: name both, permission first, because
    # it is what a first start meets.
    return CameraPermissionError(
        f"{facts.name} is there but gives no picture: access is refused, or another program "
        "holds it.",
        meaning=_NOTHING_MEASURED,
        action=_permission_fix(facts.platform) + " Otherwise close the other program.",
    )


def list_cameras() -> list[tuple[str, str]]:
    """Cameras the system knows, without opening any.

    Returns:
        Pairs of what to write in `capture.source` and the camera's name.
    """
    # A plain string, so that the type checker looks at every system's branch.
    platform: str = sys.platform
    if platform == "linux":
        root = Path("/sys/class/video4linux")
        if not root.is_dir():
            return []
        found = []
        for entry in sorted(root.iterdir(), key=lambda path: (len(path.name), path.name)):
            # A webcam has several nodes; only those with index 0 give pictures.
            index_file = entry / "index"
            if index_file.exists() and index_file.read_text().strip() != "0":
                continue
            label = (entry / "name").read_text().strip() if (entry / "name").exists() else ""
            found.append((entry.name.removeprefix("video"), label))
        return found
    from cv2_enumerate_cameras import enumerate_cameras

    return [(str(camera.index), str(camera.name)) for camera in enumerate_cameras()]


def _device_path(address: Address) -> Path | None:
    if sys.platform != "linux":
        return None
    if address.kind is SourceKind.INDEX:
        return Path(f"/dev/video{address.text}")
    return Path(address.text)


def _try_open(device: Path) -> int:
    try:
        descriptor = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except OSError as error:
        return error.errno or errno.EIO
    os.close(descriptor)
    return 0


def _holders(device: Path) -> tuple[str, ...]:
    """Programs of this user that have the device open, from /proc."""
    names = set()
    own = str(os.getpid())
    for process in Path("/proc").glob("[0-9]*"):
        if process.name == own:
            continue
        try:
            if any(entry.readlink() == device for entry in (process / "fd").iterdir()):
                names.add((process / "comm").read_text().strip())
        except OSError:
            # Another user's process, or one that has just ended: it cannot be named.
            continue
    return tuple(sorted(names))


def _absent(facts: DeviceFacts) -> PostureError:
    if not facts.cameras:
        return NoCameraError(
            f"{facts.name} was not found: this machine shows no camera at all.",
            meaning=_NOTHING_MEASURED,
            action=_no_camera_fix(facts.platform)
            + " To see the program at work without one: `posture demo`.",
        )
    return CameraMissingError(
        f"{facts.name} was not found. There is {'; '.join(facts.cameras)}.",
        meaning=_NOTHING_MEASURED,
        action=_LIST_THEM,
    )


def _no_camera_fix(platform: str) -> str:
    if platform == "linux":
        return (
            "Plug one in, open the laptop's camera shutter or switch, and see whether "
            "/dev/video0 appears (in a container or virtual machine the device must be handed in)."
        )
    if platform == "darwin":
        return "Plug one in, and look in System Settings > Privacy & Security > Camera."
    return "Plug one in, and look in Settings > Bluetooth & devices > Cameras."


def _permission_fix(platform: str) -> str:
    if platform == "linux":
        return (
            "Join the group that owns the device: `sudo usermod -aG video $USER`, then log in "
            "again. In a Flatpak or Snap, allow the camera."
        )
    if platform == "darwin":
        return (
            "Allow your terminal in System Settings > Privacy & Security > Camera, then start "
            "it anew."
        )
    return (
        "Switch on 'Let desktop apps access your camera' in Settings > Privacy & security > Camera."
    )
