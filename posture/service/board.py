"""Where the newest look lies, for whoever asks about it."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from posture import __version__
from posture.capture.frame import NoFrame
from posture.capture.resting import RestingCamera
from posture.errors import LogError
from posture.instant import Instant
from posture.judge.limits import Limits
from posture.judge.memory import PolicyState
from posture.judge.verdict import Verdict
from posture.log.summary import summarise
from posture.measure.fit import Neutral
from posture.pose.landmarks import Landmarks, Unseen
from posture.service.calibrating import Calibrating
from posture.service.manners import Rest
from posture.service.run import Look, View
from posture.service.status import Live, Status, Today
from posture.service.telling import (
    calibration_of,
    ends_of,
    faults_of,
    figure_of,
    today_of,
    values_of,
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Newest:
    """A look without its picture: a picture is kept no longer than it takes to look at it."""

    seen: Landmarks | Unseen
    verdict: Verdict
    now: Instant
    calibrating: Calibrating | None
    neutral: Neutral | None
    policy: PolicyState
    limits: Limits
    rest: Rest | None
    notice: str


class Board:
    """A view that keeps what it sees and passes it on; answers are made only when asked for.

    The monitor's thread writes, the listening thread reads: what is kept is replaced as a whole.
    """

    def __init__(
        self,
        view: View,
        camera: RestingCamera,
        log: Path,
        calibration_s: float,
    ) -> None:
        """Prepare the board.

        Args:
            view: Who else watches.
            camera: Its name, and whether it is open.
            log: The log, for the day's minutes.
            calibration_s: How long a calibration lasts, seconds.
        """
        self._view = view
        self._camera = camera
        self._log = log
        self._calibration_s = calibration_s
        self._since = datetime.now().astimezone()
        self._newest: _Newest | None = None

    def looked(self, look: Look) -> None:
        """Keep one look."""
        self._newest = _Newest(
            look.seen,
            look.verdict,
            look.now,
            look.calibrating,
            look.neutral,
            look.policy,
            look.limits,
            look.rest,
            _notice(look),
        )
        self._view.looked(look)

    def status(self) -> Status | None:
        """The status as of the newest look; None before the first."""
        look = self._newest
        if look is None:
            return None
        return Status(
            pid=os.getpid(),
            version=__version__,
            since=self._since,
            at=look.now.local,
            state=look.verdict.state,
            reason=look.verdict.reason,
            faults=faults_of(look.verdict),
            snoozed=ends_of(look.policy.snooze, look.now),
            paused=ends_of(look.policy.pause, look.now),
            rest=look.rest,
            camera=self._camera.name,
            camera_on=self._camera.is_open,
            calibrating=calibration_of(look.calibrating, look.now.mono_s, self._calibration_s),
            today=self._today(look.now.local.date()),
            notice=look.notice,
        )

    def _today(self, day: date) -> Today | None:
        try:
            return today_of(summarise(self._log, day))
        except LogError as error:
            _log.warning("The day cannot be told: %s", error.what)
            return None

    def live(self) -> Live | None:
        """The newest look; None before the first."""
        look = self._newest
        if look is None:
            return None
        return Live(
            at=look.now.local,
            state=look.verdict.state,
            reason=look.verdict.reason,
            faults=faults_of(look.verdict),
            values=values_of(look.verdict.measurement),
            limits=look.limits.faults,
            figure=figure_of(look.seen, look.neutral),
            calibrating=calibration_of(look.calibrating, look.now.mono_s, self._calibration_s),
            snoozed=ends_of(look.policy.snooze, look.now),
            paused=ends_of(look.policy.pause, look.now),
            notice=look.notice,
        )


def _notice(look: Look) -> str:
    trouble = look.frame.detail if isinstance(look.frame, NoFrame) and look.rest is None else ""
    return " ".join(filter(None, (look.notice, trouble)))
