"""What happens around the pictures while a run goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from posture.alert.desktop_state import DesktopState
from posture.instant import Instant
from posture.judge.memory import PolicyState
from posture.service.manners import Rest
from posture.service.requests import Request

if TYPE_CHECKING:
    from posture.service.run import Parts


class Surroundings(Protocol):
    """The user, the desktop and the settings, as a run asks about them at every look."""

    @property
    def notice(self) -> str:
        """What the user should know; empty when all is well."""

    def follow(self, parts: Parts) -> Parts:
        """The parts to go on with: the same, or others after an edit of the settings."""

    def asked(self) -> list[Request]:
        """What the user has asked since the last look."""

    def desktop(self) -> DesktopState:
        """Whether the desktop asks for silence, whether it is locked."""

    def rest(self, policy: PolicyState, now: Instant, *, locked: bool) -> Rest | None:
        """Open or close the camera as its manners say; why it is closed, if it is."""

    def remember(self, policy: PolicyState, now: Instant) -> None:
        """Keep the policy's memory for the next run."""


class Alone:
    """A recording is alone: nobody asks, nothing rests, nothing is kept."""

    notice = ""

    def follow(self, parts: Parts) -> Parts:
        """The same."""
        return parts

    def asked(self) -> list[Request]:
        """Nothing."""
        return []

    def desktop(self) -> DesktopState:
        """Neither."""
        return DesktopState()

    def rest(self, policy: PolicyState, now: Instant, *, locked: bool) -> Rest | None:
        """Never."""
        del policy, now, locked
        return None

    def remember(self, policy: PolicyState, now: Instant) -> None:
        """Forget."""
        del policy, now
