"""The one live line of a running monitor (pure: a verdict in, a line out)."""

from __future__ import annotations

from rich.text import Text

from posture.instant import Instant
from posture.judge.verdict import State, Verdict
from posture.measure.measurement import Measurement
from posture.review.words import FAULT_WORDS, REASON_WORDS, STATE_WORDS, duration

# Shape and word carry the state; colour only repeats it.
_GOOD = ("●", "green")
_FAULT = ("▲", "yellow")
_ALERTED = ("■", "red")
_UNSEEN = ("○", "dim")


def live_line(verdict: Verdict, now: Instant, since_s: float, caption: str = "") -> Text:
    """Say in one line what is seen.

    Args:
        verdict: The judge's latest.
        now: Its instant.
        since_s: How long state and faults have been as they are, seconds.
        caption: What the demo shows, or empty.

    Returns:
        A line that does not wrap.
    """
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(f"{now.local:%H:%M:%S} ", style="dim")
    mark, style = _mark(verdict)
    line.append(f"{mark} {_headline(verdict)}", style=style)
    line.append(f" {duration(since_s)}", style="dim")
    if verdict.measurement is not None:
        line.append(f"  {_values(verdict.measurement)}")
    if caption:
        line.append(f"  {caption}", style="dim italic")
    return line


def _mark(verdict: Verdict) -> tuple[str, str]:
    if verdict.state is not State.PRESENT:
        return _UNSEEN
    if not verdict.faults:
        return _GOOD
    return _ALERTED if any(fault.dwelt for fault in verdict.faults) else _FAULT


def _headline(verdict: Verdict) -> str:
    if verdict.state is State.UNSURE and verdict.reason is not None:
        return REASON_WORDS[verdict.reason]
    if verdict.state is not State.PRESENT:
        return STATE_WORDS[verdict.state]
    if not verdict.faults:
        return "good"
    return ", ".join(FAULT_WORDS[fault.fault] for fault in verdict.faults)


def _values(measurement: Measurement) -> str:
    head = measurement.forward_head_change_deg
    shoulders = measurement.mean_shoulder_elevation_cm
    return (
        f"head {head.value:+.0f}°±{head.sigma:.0f}  "
        f"shoulders {shoulders.value:+.1f}±{shoulders.sigma:.1f} cm  "
        f"eyes {measurement.eye_distance_cm.value:.0f} cm"
    )
