"""Frames to pose landmarks."""

import sys
from typing import Any

# MediaPipe imports its audio tasks, too, and they look for a microphone library: on Linux through
# the C compiler, with files in /tmp. A posture monitor needs no microphone; without the module
# MediaPipe leaves audio out (it catches the ImportError that this entry makes).
_modules: dict[str, Any] = sys.modules
_modules.setdefault("sounddevice", None)
