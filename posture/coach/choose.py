"""Which exercise answers a fault (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from posture.coach.exercise import Catalogue, Exercise, Where
from posture.judge.verdict import Fault


def choose(catalogue: Catalogue, fault: Fault, lately: Sequence[str]) -> Exercise:
    """Pick the best answer to a fault that was not given lately.

    The first choice comes first, then shorter before longer; what was offered in the last turns
    steps back, so that the day varies and nothing comes twice running.

    Args:
        catalogue: All exercises.
        fault: What was seen.
        lately: Ids offered so far, oldest first.

    Returns:
        A desk exercise for the fault.

    Raises:
        LookupError: The catalogue has none for this fault.
    """
    fitting = [
        exercise
        for exercise in catalogue.exercise
        if fault in exercise.faults and exercise.where is Where.DESK
    ]
    if not fitting:
        raise LookupError(f"no desk exercise answers {fault}")
    last_turn = {exercise_id: turn for turn, exercise_id in enumerate(lately)}

    def order(exercise: Exercise) -> tuple[int, int, int]:
        return (last_turn.get(exercise.id, -1), -exercise.faults[fault], exercise.seconds)

    return min(fitting, key=order)
