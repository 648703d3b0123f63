"""Looks through the model only when the picture has changed; else what was seen holds on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from posture.capture.frame import Frame
from posture.capture.stillness import change_percent, thumbnail
from posture.config.capture import CaptureSection
from posture.pose.landmarks import Landmarks, Unseen


class Model(Protocol):
    """The pose stage, as far as looking needs it."""

    def detect(self, frame: Frame) -> Landmarks | Unseen:
        """Find the one person in a frame."""


@dataclass(frozen=True, slots=True, eq=False)
class _Inferred:
    """The last picture that went through the model, and what was in it."""

    t_s: float
    picture: NDArray[np.float32]
    seen: Landmarks | Unseen


class Eyes:
    """The model, asked no more often than the picture gives reason to."""

    def __init__(self, model: Model, config: CaptureSection) -> None:
        """Prepare to look.

        Args:
            model: The pose stage.
            config: What counts as still, and for how long.
        """
        self._model = model
        self._config = config
        self._last: _Inferred | None = None

    def look(self, frame: Frame, *, anew: bool) -> tuple[Landmarks | Unseen, bool]:
        """See who is in a frame.

        The comparison is with the last picture that went through the model, not with the last one
        seen: what creeps adds up until it counts.

        Args:
            frame: The picture.
            anew: Ask the model in any case, as calibrating does.

        Returns:
            What is seen, and whether much has moved since the model was asked last.
        """
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
        seen = self._model.detect(frame)
        self._last = _Inferred(frame.t_s, picture, seen)
        return seen, changed > config.moved_above_percent

    def forget(self) -> None:
        """The camera was lost: the next picture is compared with nothing."""
        self._last = None
