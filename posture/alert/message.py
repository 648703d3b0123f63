"""What an alert says: pure functions from what the judge decided to words.

Degrees are rounded to 5 and centimetres to whole ones, with "about": the estimate is no better.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from posture.judge.events import AlertRaised, BreakDue
from posture.judge.verdict import Fault
from posture.measure.measurement import Estimate


@dataclass(frozen=True, slots=True)
class Exercise:
    """As much of an exercise as a notification shows.

    Attributes:
        name: Its name.
        first_step: What to do first, one sentence.
        seconds: How long it takes.
        how: The whole of it, for whoever asks: steps, how often, breathing, when to stop.

    """

    name: str
    first_step: str
    seconds: float
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is put before the user.

    Attributes:
        id: The alert's or reminder's id.
        title: One line.
        body: A few lines.
        judged: Whether it judges posture, so that "that was wrong" is an answer.
        has_exercise: Whether "show exercise" is one.

    """

    id: str
    title: str
    body: str
    judged: bool
    has_exercise: bool


def _degrees(by: Estimate) -> str:
    return f"about {max(5, round(abs(by.value) / 5) * 5)}°"


def _centimetres(by: Estimate) -> str:
    return f"about {max(1, round(abs(by.value)))} cm"


def _higher_side(by: Estimate) -> str:
    return "left" if by.value > 0 else "right"


_TITLES: Mapping[Fault, str] = {
    Fault.FORWARD_HEAD: "Your head has come forward",
    Fault.RAISED_SHOULDERS: "Your shoulders are up",
    Fault.UNEVEN_SHOULDERS: "Your shoulders are uneven",
    Fault.SLUMP: "You are leaning forward",
    Fault.HEAD_TILT: "Your head is tilted",
    Fault.TOO_NEAR: "You are close to the screen",
    Fault.STATIC_SITTING: "Time to shift position",
}
_BY_HOW_MUCH: Mapping[Fault, Callable[[Estimate], str]] = {
    Fault.FORWARD_HEAD: lambda by: f"{_degrees(by)} forward of your own neutral",
    Fault.RAISED_SHOULDERS: lambda by: f"{_centimetres(by)} above your own neutral",
    Fault.UNEVEN_SHOULDERS: lambda by: (
        f"the {_higher_side(by)} one higher, {_degrees(by)} beyond your usual"
    ),
    Fault.SLUMP: lambda by: f"{_degrees(by)} forward of your own neutral",
    Fault.HEAD_TILT: lambda by: f"{_degrees(by)}, the {_higher_side(by)} ear higher",
    Fault.TOO_NEAR: lambda by: f"{_centimetres(by)} nearer than your limit",
    Fault.STATIC_SITTING: lambda _: "sitting without a change",
}


def alert_prompt(alert: AlertRaised, exercise: Exercise | None) -> Prompt:
    """Word an alert.

    Args:
        alert: What the policy decided to say.
        exercise: The one to offer; None when the coach has none for this fault.

    Returns:
        The fault, by how much, for how long, and the exercise's name and first step.

    """
    how = f"{_BY_HOW_MUCH[alert.fault](alert.by)}, for {_for(alert.for_s)}."
    body = how[0].upper() + how[1:]
    return Prompt(
        alert.id, _TITLES[alert.fault], body + _offer(exercise), True, exercise is not None
    )


def break_prompt(due: BreakDue, exercise: Exercise | None) -> Prompt:
    """Word a break reminder.

    Args:
        due: What the policy decided to say.
        exercise: Something to do meanwhile; may be None.

    Returns:
        How long the person has sat, and that walking counts.

    """
    body = f"You have been sitting for {_for(due.sitting_s)}. Stand up, walk or change position."
    return Prompt(due.id, "Time for a break", body + _offer(exercise), False, exercise is not None)


def exercise_prompt(prompt_id: str, exercise: Exercise) -> Prompt:
    """Word the whole exercise, for whoever asked to see it.

    Args:
        prompt_id: Of the alert or reminder it goes with.
        exercise: The one that was offered.

    Returns:
        Its name and how to do it.
    """
    title = f"{exercise.name} ({_for(exercise.seconds)})"
    return Prompt(prompt_id, title, "\n".join(exercise.how), False, False)


def _offer(exercise: Exercise | None) -> str:
    if exercise is None:
        return ""
    return f"\n{exercise.name} ({_for(exercise.seconds)}): {exercise.first_step}"


def _for(seconds: float) -> str:
    if seconds < 60:
        return f"{round(seconds)} s"
    return f"{round(seconds / 60)} min"
