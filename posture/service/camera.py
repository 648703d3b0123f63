"""The monitor's camera: when it is open, and to whom it is lent."""

from __future__ import annotations

import logging

from posture.capture.resting import RestingCamera
from posture.config.service import ServiceSection
from posture.instant import Instant
from posture.judge.quiet import Snooze
from posture.service.lending import Lent
from posture.service.manners import Rest, why_rest

_log = logging.getLogger(__name__)


class CameraManners:
    """Closes the camera when it should rest, and lends it."""

    def __init__(self, camera: RestingCamera) -> None:
        """Begin with the camera closed.

        Args:
            camera: Whose manners.
        """
        self._camera = camera
        self._lent = Lent()
        self._rest: Rest | None = None

    def settle(
        self, pause: Snooze | None, now: Instant, service: ServiceSection, *, locked: bool
    ) -> Rest | None:
        """Open or close the camera.

        Args:
            pause: Asked for by the user.
            now: The present moment.
            service: The `[service]` table.
            locked: The session is locked.

        Returns:
            Why it is closed, if it is.
        """
        lent = self._lent.wanted()
        rest = why_rest(pause, now, service, locked=locked, lent=lent)
        if rest is None and not self._lent.hold():
            rest = Rest.LENT
        before, self._rest = self._rest, rest
        if rest is not before:
            _log.info("The camera is %s.", f"closed: {rest.value}" if rest else "wanted")
        if rest is not None:
            self._camera.rest()
            self._lent.release()
        elif before is not None:
            # This look had no picture and still belongs to the rest; the next one comes at once.
            self._camera.work()
            self._camera.wake()
            return before
        return rest
