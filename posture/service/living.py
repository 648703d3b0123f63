"""A live run's surroundings: the user, the desktop, the settings, other programs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from posture.alert.desktop_state import DesktopState, DesktopWatch
from posture.alert.message import Prompt
from posture.errors import PostureError
from posture.instant import Instant
from posture.judge.memory import PolicyState
from posture.log.store import Store
from posture.service.calibrations import Kept
from posture.service.camera import CameraManners
from posture.service.control import Control
from posture.service.edges import Edges
from posture.service.manners import Rest
from posture.service.memory import Memory
from posture.service.program_log import set_level
from posture.service.requests import Request
from posture.service.run import Parts
from posture.service.settings import Settings


@dataclass(frozen=True, slots=True)
class Living:
    """Answers a run's questions about what happens around it.

    Attributes:
        settings: In force.
        edges: Opened anew after an edit of them.
        manners: Of the camera.
        store: The log.
        desktop_watch: The desktop's state.
        control: What the user asks.
        memory: The policy's, on disk.
    """

    settings: Settings
    edges: Edges
    manners: CameraManners
    store: Store
    desktop_watch: DesktopWatch
    control: Control
    memory: Memory

    @property
    def notice(self) -> str:
        """What is wrong with settings, log or memory."""
        notices = (self.settings.notice, self.store.notice, self.memory.notice)
        return " ".join(filter(None, notices))

    def follow(self, parts: Parts) -> Parts:
        """After an edit of the settings, open anew what it changes; a broken one is refused."""
        before = self.settings.notice
        fresh = self.settings.edited()
        if fresh is not None:
            try:
                self.edges.follow(parts.config, fresh)
                self.settings.take(fresh)
                set_level(fresh.service.log_level)
            except PostureError as problem:
                self.settings.refuse(problem)
            parts = self._with_edges(parts)
        notice = self.settings.notice
        if notice not in {"", before}:
            prompt = Prompt("settings", "Settings not taken", notice, False, False)
            self.edges.alerter.value.tell(prompt)
        return parts

    def asked(self) -> list[Request]:
        """What came through the control socket."""
        return self.control.take()

    def desktop(self) -> DesktopState:
        """The desktop's latest answer."""
        return self.desktop_watch.state

    def rest(self, policy: PolicyState, now: Instant, *, locked: bool) -> Rest | None:
        """Open or close the camera."""
        service = self.settings.config.service
        return self.manners.settle(policy.pause, now, service, locked=locked)

    def remember(self, policy: PolicyState, now: Instant) -> None:
        """Write the policy's memory."""
        self.memory.keep(policy, now)

    def _with_edges(self, parts: Parts) -> Parts:
        config = self.settings.config
        kept = Kept(config.measure.profile, self.edges.camera.name, self.store)
        return replace(
            parts,
            config=config,
            pose=self.edges.pose.value,
            alerter=self.edges.alerter.value,
            calibrations=parts.calibrations if parts.calibrations == kept else kept,
        )
