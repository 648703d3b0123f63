"""Notice that a calibration no longer fits: camera tilted, seat raised, somebody else in the chair.

A single frame cannot tell that from a strange posture, a minute can: a person of these proportions
before this camera explains what is seen, whatever the posture, with a small misfit and with the
seat at its height. On the rendered set the means over a person's class of posture stay below 1.25
(a turned seat in profile; 0.9 elsewhere) and 0.56 cm (a full shrug); a camera tilted by 6° either
way exceeds one of the limits, and so does a third of all other people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from posture.measure.body import Dof
from posture.measure.estimate import IMPLAUSIBLE_MISFIT
from posture.measure.fit import Fit

_MISFIT_LIMIT = 1.4
_RISE_LIMIT_CM = 0.65
_AVERAGED_OVER_S = 30.0
_LEAST_OBSERVED_S = 60.0
_LONGEST_STEP_S = 5.0
# Only a head that faces the screen is evidence: a minute over a paper on the desk strains the mesh.
_HEAD = [Dof.YAW, Dof.PITCH]
_FACING_RAD = np.radians([25.0, 10.0])
# Once stale, both must fall this far below their limits before it counts as fitting again.
_RELEASE = 0.8


@dataclass(frozen=True, slots=True)
class StaleState:
    """What is remembered of how well the calibration fits.

    Attributes:
        t_s: Time of the last fit; None before the first.
        observed_s: Observed time since the calibration.
        misfit: Running mean.
        rise_cm: Running mean of the seat's apparent rise.
        stale: Whether the calibration counts as stale.
    """

    t_s: float | None = None
    observed_s: float = 0.0
    misfit: float = 0.0
    rise_cm: float = 0.0
    stale: bool = False


def watch_fit(state: StaleState, fitted: Fit, t_s: float) -> StaleState:
    """Take one fit.

    Args:
        state: So far.
        fitted: The frame's.
        t_s: Its time, seconds.

    Returns:
        The state after it.
    """
    if bool((np.abs(fitted.pose[_HEAD]) > _FACING_RAD).any()):
        return replace(state, t_s=t_s)
    dt_s = 0.0 if state.t_s is None else min(max(t_s - state.t_s, 0.0), _LONGEST_STEP_S)
    share = 1.0 - float(np.exp(-dt_s / _AVERAGED_OVER_S))
    misfit = state.misfit + share * (min(fitted.misfit, IMPLAUSIBLE_MISFIT) - state.misfit)
    rise_cm = state.rise_cm + share * (float(fitted.pose[Dof.RISE]) - state.rise_cm)
    observed_s = state.observed_s + dt_s
    strain = max(misfit / _MISFIT_LIMIT, abs(rise_cm) / _RISE_LIMIT_CM)
    stale = strain > (_RELEASE if state.stale else 1.0) and observed_s >= _LEAST_OBSERVED_S
    return StaleState(t_s, observed_s, misfit, rise_cm, stale)
