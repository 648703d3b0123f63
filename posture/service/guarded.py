"""A process made ready for pictures, and the pose model behind its guard.

First the network goes, then MediaPipe comes.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from posture.allocator import keep_little
from posture.sandbox import close_network, keep_memory_private

if TYPE_CHECKING:
    from posture.pose.mediapipe import PoseModel

_log = logging.getLogger(__name__)


def prepare() -> None:
    """What a process that will see pictures does before it opens anything."""
    keep_memory_private()
    keep_little()


def guarded_model(variant: str, *, stills: bool = False) -> PoseModel:
    """Close the network for this process, then import MediaPipe and load the model.

    Args:
        variant: As `PoseModel`.
        stills: As `PoseModel`.

    Raises:
        ModelError: As `PoseModel`.
    """
    status = close_network()
    if sys.platform == "linux" and not status.no_network:
        # The release that is installed by default opens no connection by itself; so it goes on.
        _log.warning("The network guard is %s.", status.words[0])
    from posture.pose.mediapipe import PoseModel

    return PoseModel(variant, stills=stills)
