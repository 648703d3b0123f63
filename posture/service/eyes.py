"""Looks through the model only when the picture has changed; else what was seen holds on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from posture.capture.frame import Frame, NoFrame
from posture.capture.stillness import change_percent, thumbnail
from posture.config.capture import CaptureSection
from posture.pose.landmarks import Landmarks, Unseen
from posture.service.see import see

if TYPE_CHECKING:
    from posture.pose.mediapipe import PoseModel


@dataclass(frozen=True, slots=True, eq=False)
class _Inferred:
    """The last picture that went through the model, and what was in it."""

    t_s: float
    picture: NDArray[np.float32]
    seen: Landmarks | Unseen


class SparingEyes:
    """The model, asked no more often than the picture gives reason to."""

    def __init__(self, model: PoseModel, config: CaptureSection) -> None:
        """Prepare to look.

        Args:
            model: The pose stage.
            config: What counts as still, and for how long.
        """
        self._model = model
        self._config = config
        self._last: _Inferred | None = None

    def look(self, frame: Frame | NoFrame, *, anew: bool) -> tuple[Landmarks | Unseen, bool]:
        """See who is in a frame.

        The comparison is with the last picture that went through the model, not with the last one
        seen: what creeps adds up until it counts.

        Args:
            frame: The picture, or why there is none.
            anew: Ask the model in any case, as calibrating does.

        Returns:
            What is seen, and whether much has moved since the model was asked last.
        """
        if isinstance(frame, NoFrame):
            self.forget()
            return see(frame, self._model), False
        picture = thumbnail(frame.image)
        last, config = self._last, self._config
        changed = 100.0 if last is None else change_percent(last.picture, picture)
        if (
            last is not None
            and not anew
            and changed < config.still_below_percent
            and frame.t_s - last.t_s < config.still_longest_s
        ):
            return replace(last.seen, t_s=frame.t_s), False
        seen = see(frame, self._model)
        self._last = _Inferred(frame.t_s, picture, seen)
        return seen, changed > config.moved_above_percent

    def forget(self) -> None:
        """The camera was closed or lost: the next picture is compared with nothing."""
        self._last = None
