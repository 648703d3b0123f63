"""The monitor's newest look as the pages show it: words, gauges and a figure (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from posture.judge.limits import Limit
from posture.judge.verdict import Fault, State, Unit
from posture.measure.measurement import Estimate
from posture.review.words import FAULT_WORDS, REASON_WORDS, STATE_WORDS, duration
from posture.service.status import CalibrationPhase, Live
from posture.web.watching import Seen

# What each fault is judged on, as `Live.values` names it.
_JUDGED_ON: Mapping[Fault, str] = {
    Fault.FORWARD_HEAD: "forward_head_change_deg",
    Fault.RAISED_SHOULDERS: "mean_shoulder_elevation_cm",
    Fault.UNEVEN_SHOULDERS: "shoulder_tilt_deg",
    Fault.SLUMP: "trunk_lean_change_deg",
    Fault.HEAD_TILT: "head_roll_deg",
    Fault.TOO_NEAR: "eye_distance_cm",
}
_NAMES: Mapping[Fault, str] = {
    Fault.FORWARD_HEAD: "Head forward",
    Fault.RAISED_SHOULDERS: "Shoulders up",
    Fault.UNEVEN_SHOULDERS: "Shoulder line",
    Fault.SLUMP: "Trunk forward",
    Fault.HEAD_TILT: "Head to the side",
    Fault.TOO_NEAR: "Eyes to camera",
}
_TWO_SIDED = frozenset({Fault.UNEVEN_SHOULDERS, Fault.HEAD_TILT})


@dataclass(frozen=True, slots=True)
class Gauge:
    """One measured quantity against its limit.

    Attributes:
        fault: What it is judged for.
        title: What it is called.
        unit: Of all numbers.
        value: Now; None when nothing is measured.
        sigma: Its uncertainty.
        neutral: The person's own; None where there is none, as for a distance.
        begins: Where the fault begins.
        ends: Where it ends.
        low: Left end of the scale.
        high: Right end.
        both: Whether the same limit holds on the other side, with the sign turned.
        beyond: Whether the fault holds now.
    """

    fault: Fault
    title: str
    unit: str
    value: float | None
    sigma: float | None
    neutral: float | None
    begins: float
    ends: float
    low: float
    high: float
    both: bool
    beyond: bool

    @property
    def reads(self) -> str:
        """The value with its uncertainty, in words."""
        if self.value is None or self.sigma is None:
            return "–"
        sign = "+" if self.neutral is not None else ""
        value = f"{self.value:{sign}.1f}".replace("-", "−")
        return f"{value}{_unit(self.unit)} ± {self.sigma:.1f}"

    @property
    def limit(self) -> str:
        """The limit in words."""
        side = "below" if self.neutral is None else "beyond" if self.both else "above"
        return f"{side} {self.begins:g}{_unit(self.unit)}"


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything that the pages show of one moment.

    Attributes:
        running: Whether a monitor answers.
        mark: `good`, `fault`, `alerted`, `unseen` or `off`: shape and colour of the state.
        headline: The state in words.
        detail: A sentence more; may be empty.
        at: Local time of the look; empty without one.
        gauges: Measured quantities.
        figure: Size of the picture and points in it; None when nobody is seen.
        calibrating: The calibration that goes on; None otherwise.
        paused: Until when the camera is closed, in words; empty when it is not.
        snoozed: Until when nothing is said; empty when alerts are on.
        notice: What the user should know; empty when all is well.
    """

    running: bool
    mark: str
    headline: str
    detail: str
    at: str = ""
    gauges: tuple[Gauge, ...] = ()
    figure: Mapping[str, object] | None = None
    calibrating: CalibrationPhase | None = None
    paused: str = ""
    snoozed: str = ""
    notice: str = ""

    def content(self) -> dict[str, object]:
        """As the script reads it."""
        gauges = [
            {**asdict(gauge), "reads": gauge.reads, "limit": gauge.limit} for gauge in self.gauges
        ]
        return {**asdict(self), "gauges": gauges}


def moment(seen: Seen) -> Moment:
    """What to show.

    Args:
        seen: From the monitor.
    """
    live = seen.live
    if live is None:
        return _nobody(seen)
    mark, headline = _state(live)
    return Moment(
        running=True,
        mark=mark,
        headline=headline,
        detail=_detail(live),
        at=f"{live.at:%H:%M:%S}",
        gauges=tuple(
            _gauge(limit, live)
            for fault in _JUDGED_ON
            for limit in live.limits
            if limit.fault is fault
        ),
        figure=asdict(live.figure) if live.figure is not None else None,
        calibrating=live.calibrating,
        paused=live.paused.text if live.paused is not None else "",
        snoozed=live.snoozed.text if live.snoozed is not None else "",
        notice=live.notice,
    )


def _nobody(seen: Seen) -> Moment:
    if seen.problem:
        return Moment(
            running=False, mark="off", headline="The monitor does not answer", detail=seen.problem
        )
    if seen.starting:
        return Moment(
            running=True, mark="unseen", headline="The monitor is starting", detail="One moment."
        )
    return Moment(
        running=False,
        mark="off",
        headline="No monitor is running",
        detail="So nothing is seen, and nothing is recorded.",
    )


def _state(live: Live) -> tuple[str, str]:
    if live.calibrating is not None:
        return "unseen", "Calibrating: sit upright and relaxed"
    if live.state is State.UNSURE and live.reason is not None:
        return "unseen", f"Not sure: {REASON_WORDS[live.reason]}"
    if live.state is not State.PRESENT:
        return "unseen", STATE_WORDS[live.state].capitalize()
    if not live.faults:
        return "good", "Good posture"
    words = " and ".join(FAULT_WORDS[each.fault] for each in live.faults)
    return "alerted" if any(each.dwelt for each in live.faults) else "fault", words.capitalize()


def _detail(live: Live) -> str:
    if live.paused is not None:
        return f"The camera is closed {live.paused.text}."
    if not live.faults:
        return ""
    worst = live.faults[0]
    if worst.unit is Unit.MIN:
        return f"For {duration(worst.for_s)} without a shift of position."
    return f"{abs(worst.by.value):.0f}{_unit(worst.unit)} on average, for {duration(worst.for_s)}."


def _gauge(limit: Limit, live: Live) -> Gauge:
    found: Estimate | None = live.values.get(_JUDGED_ON[limit.fault])
    begins, ends = abs(limit.enter), abs(limit.leave)
    both, near = limit.fault in _TWO_SIDED, limit.fault is Fault.TOO_NEAR
    if near:
        low, high = begins - 20, begins + 50
    else:
        low, high = -begins if both else -0.6 * begins, 1.8 * begins
        low = -high if both else low
    return Gauge(
        fault=limit.fault,
        title=_NAMES[limit.fault],
        unit=limit.unit,
        value=None if found is None else round(found.value, 1),
        sigma=None if found is None else round(found.sigma, 1),
        neutral=None if near else 0.0,
        begins=round(begins, 1),
        ends=round(ends, 1),
        low=round(low, 2),
        high=round(high, 2),
        both=both,
        beyond=any(each.fault is limit.fault for each in live.faults),
    )


def _unit(unit: str) -> str:
    return unit if unit == Unit.DEG else f" {unit}"
