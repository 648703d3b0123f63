"""From the config to the limits that the monitor applies, fault by fault.

Every fault is judged on one *amount* for which larger is worse, so that one hysteresis serves all:
the change itself, its size where either side counts, the negative distance for `TOO_NEAR`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import copysign

from posture.config.judge import JudgeSection
from posture.judge.verdict import Fault, Unit
from posture.measure.measurement import Estimate, Measurement

_TWO_SIDED: Mapping[Fault, Callable[[Measurement], Estimate]] = {
    Fault.UNEVEN_SHOULDERS: lambda m: m.shoulder_tilt_deg,
    Fault.HEAD_TILT: lambda m: m.head_roll_deg,
}
_ONE_SIDED: Mapping[Fault, Callable[[Measurement], Estimate]] = {
    Fault.FORWARD_HEAD: lambda m: m.forward_head_change_deg,
    Fault.RAISED_SHOULDERS: lambda m: m.mean_shoulder_elevation_cm,
    Fault.SLUMP: lambda m: m.trunk_lean_change_deg,
    Fault.TOO_NEAR: lambda m: Estimate(-m.eye_distance_cm.value, m.eye_distance_cm.sigma),
}


def amount(fault: Fault, measurement: Measurement) -> Estimate:
    """The quantity that `fault` is judged on; larger is worse.

    Args:
        fault: Any fault but `STATIC_SITTING`, which is judged on time.
        measurement: What was measured.

    Returns:
        Degrees or centimetres, as `Limit.unit` of the fault says.
    """
    if fault in _TWO_SIDED:
        signed = _TWO_SIDED[fault](measurement)
        return Estimate(abs(signed.value), signed.sigma)
    return _ONE_SIDED[fault](measurement)


@dataclass(frozen=True, slots=True)
class Limit:
    """One fault's limits, in the unit of its amount.

    Attributes:
        fault: Which.
        unit: Degrees or centimetres.
        enter: The fault begins above.
        leave: It ends below; less than `enter`.
        dwell_s: Observed seconds in it before it may be spoken of.
    """

    fault: Fault
    unit: Unit
    enter: float
    leave: float
    dwell_s: float

    def begins(self, value: Estimate, sigmas: float) -> bool:
        """Whether `value` is surely above the upper limit."""
        return value.value - sigmas * value.sigma > self.enter

    def ends(self, value: Estimate, sigmas: float) -> bool:
        """Whether `value` is below the lower limit and surely below the upper one.

        However unsure the estimate, it never has to lie more than one further gap below: else a
        large sigma would make a fault impossible to correct.
        """
        sure = min(self.leave, self.enter - sigmas * value.sigma)
        return value.value < max(sure, self.leave - (self.enter - self.leave))

    def excess(self, mean_amount: float, measurement: Measurement) -> float:
        """What the user is told, in `unit`: see `ActiveFault.by`."""
        if self.fault is Fault.TOO_NEAR:
            return mean_amount - self.enter
        if self.fault in _TWO_SIDED:
            return copysign(mean_amount, _TWO_SIDED[self.fault](measurement).value)
        return mean_amount

    def severity(self, mean_amount: float) -> float:
        """How far beyond the limit, as a share of it, to rank faults of different units."""
        return (mean_amount - self.enter) / abs(self.enter)

    def relaxed(self, percent: float) -> Limit:
        """The same limits moved outwards by `percent` of the upper one; the gap stays."""
        by = abs(self.enter) * percent / 100
        return replace(self, enter=self.enter + by, leave=self.leave + by)


@dataclass(frozen=True, slots=True)
class StillLimits:
    """When sitting counts as static.

    Attributes:
        after_s: Observed seconds without a shift of position.
        shift_deg: A shift changes an angle by more.
        shift_cm: Or the distance to the screen.
        shift_held_s: And stays for this many seconds.
    """

    after_s: float
    shift_deg: float
    shift_cm: float
    shift_held_s: float


@dataclass(frozen=True, slots=True)
class Limits:
    """All that the monitor judges by.

    Attributes:
        faults: Limits of the enabled faults.
        still: Limits of static sitting; None when it is switched off.
        straddle_sigmas: Half width, in sigmas, of the band in which a value decides nothing.
        drain: Dwell lost per second out of the fault, relative to the gain per second in it.
        recovered_s: A recovery of this length resets the dwell.
        unobserved_reset_s: So does unobserved time of this length.
        asleep_gap_s: Without a step for longer, the machine was asleep.
    """

    faults: tuple[Limit, ...]
    still: StillLimits | None
    straddle_sigmas: float
    drain: float
    recovered_s: float
    unobserved_reset_s: float
    asleep_gap_s: float

    def severity(self, fault: Fault, by: float) -> float:
        """How far beyond its limit a fault is, as a share of the limit: 0 at it, 1 at twice.

        Args:
            fault: One that is switched on.
            by: As in `ActiveFault.by`.
        """
        if fault is Fault.STATIC_SITTING:
            return by * 60 / self.still.after_s - 1 if self.still is not None else 0.0
        limit = next(limit for limit in self.faults if limit.fault is fault)
        if fault is Fault.TOO_NEAR:
            return by / abs(limit.enter)
        return limit.severity(abs(by))

    def relaxed(self, percents: Mapping[Fault, float]) -> Limits:
        """These limits after "that was wrong": each fault's moved outwards by its percent."""
        still = self.still
        if still is not None:
            more = 1 + percents.get(Fault.STATIC_SITTING, 0.0) / 100
            still = replace(still, after_s=still.after_s * more)
        faults = tuple(limit.relaxed(percents.get(limit.fault, 0.0)) for limit in self.faults)
        return replace(self, faults=faults, still=still)


def limits_from(section: JudgeSection) -> Limits:
    """Take the limits from the config.

    Args:
        section: The `[judge]` table.

    Returns:
        Limits without any relaxation, holding only the faults that are switched on.
    """
    angles = {
        Fault.FORWARD_HEAD: section.forward_head,
        Fault.UNEVEN_SHOULDERS: section.uneven_shoulders,
        Fault.SLUMP: section.slump,
        Fault.HEAD_TILT: section.head_tilt,
    }
    faults = [
        Limit(fault, Unit.DEG, angle.enter_deg, angle.leave_deg, angle.dwell_s)
        for fault, angle in angles.items()
        if angle.enabled
    ]
    raised, near, still = section.raised_shoulders, section.too_near, section.static_sitting
    if raised.enabled:
        faults.append(
            Limit(Fault.RAISED_SHOULDERS, Unit.CM, raised.enter_cm, raised.leave_cm, raised.dwell_s)
        )
    if near.enabled:
        faults.append(Limit(Fault.TOO_NEAR, Unit.CM, -near.enter_cm, -near.leave_cm, near.dwell_s))
    share = section.in_fault_share_percent / 100
    return Limits(
        faults=tuple(faults),
        still=StillLimits(still.after_min * 60, still.shift_deg, still.shift_cm, still.shift_held_s)
        if still.enabled
        else None,
        straddle_sigmas=section.straddle_sigmas,
        # In balance when share · 1 = (1 − share) · drain: dwell grows only above that share.
        drain=share / (1 - share),
        recovered_s=section.recovered_s,
        unobserved_reset_s=section.unobserved_reset_s,
        asleep_gap_s=section.asleep_gap_s,
    )
