"""Which exercises a person may be offered, by what they said about themselves (pure)."""

from __future__ import annotations

from posture.coach.exercise import Catalogue, Exercise
from posture.config.coach import CoachSection


def allowed(catalogue: Catalogue, coach: CoachSection) -> Catalogue:
    """Leave out what does not suit this person.

    Args:
        catalogue: All exercises.
        coach: `doctor_diagnosed` leaves only the gentle ones, `pain_now` none of effort.

    Returns:
        The rest; nothing made of parts stays without all its parts.
    """

    def suits(exercise: Exercise) -> bool:
        if coach.doctor_diagnosed and not exercise.gentle:
            return False
        return not (coach.pain_now and exercise.effort)

    return catalogue.only(suits)
