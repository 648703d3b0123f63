"""Measure a single photograph against the average body instead of a calibrated neutral."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.capture.frame import Frame
from posture.errors import SourceUnreadableError, UsageError
from posture.measure.estimate import measurement_of
from posture.measure.fit import fit
from posture.measure.measurement import Estimate, Measurement
from posture.measure.population import population_neutral
from posture.measure.quality import why_not_measurable
from posture.measure.sketch import sketch
from posture.pose.landmarks import Landmarks
from posture.review.draw import describe, draw_landmarks, draw_sketch, draw_text
from posture.review.words import REASON_WORDS
from posture.service.guarded import guarded_model, prepare

# 5.5° rms on the rendered set (docs/accuracy.md), and the 6° by which healthy people differ.
_ABSOLUTE_SIGMA_DEG = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Photograph:
    """What was found.

    Attributes:
        measurement: Against the average body.
        drawn: The picture with lines and numbers, BGR.
    """

    measurement: Measurement
    drawn: NDArray[np.uint8]


def measure_photograph(path: Path) -> Photograph:
    """Find, measure and draw the person in a photograph.

    Args:
        path: A picture file.

    Returns:
        The measurement and the drawing.

    Raises:
        SourceUnreadableError: No picture.
        UsageError: Nobody in it who can be measured.
        ModelError: The pose model does not load.
    """
    prepare()
    read = cv2.imread(str(path))
    if read is None:
        raise SourceUnreadableError(
            f"{path} cannot be read as a picture.",
            meaning="Nothing was measured.",
            action="Give a JPEG or PNG file.",
        )
    image = np.asarray(read, dtype=np.uint8)
    with guarded_model("lite", stills=True) as model:
        seen = model.detect(Frame(image, 0.0, 0))
    reason = why_not_measurable(seen) if isinstance(seen, Landmarks) else seen.reason
    if reason is not None or not isinstance(seen, Landmarks):
        words = REASON_WORDS[reason] if reason is not None else ""
        raise UsageError(
            f"The person in {path.name} cannot be measured: {words}.",
            meaning="Nothing was measured.",
            action="Use a photograph that shows one person's face and both shoulders.",
        )
    neutral = population_neutral(seen)
    fitted = fit(seen, neutral)
    measurement = measurement_of(fitted, neutral, 0.0)
    absolute = Estimate(measurement.forward_head_deg.value, _ABSOLUTE_SIGMA_DEG)
    measurement = replace(measurement, forward_head_deg=absolute)
    draw_landmarks(image, seen)
    draw_sketch(image, sketch(fitted, neutral))
    draw_text(image, [*describe(measurement), "uncalibrated: rough"])
    return Photograph(measurement, image)
