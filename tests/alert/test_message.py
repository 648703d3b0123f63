"""What the alert says."""

from datetime import UTC, datetime

import pytest

from posture.alert.message import Exercise, alert_prompt, break_prompt
from posture.instant import Instant
from posture.judge.events import AlertRaised, BreakDue, Escalation
from posture.judge.verdict import Fault, Unit
from posture.measure.measurement import Estimate

NOW = Instant(0.0, datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
ROLL = Exercise("Shoulder rolls", "Lift both shoulders.", 20)


def said(fault: Fault, by: float, for_s: float = 125.0) -> str:
    alert = AlertRaised(
        NOW, "1", fault, Estimate(by, 2.0), Unit.DEG, for_s, Escalation.NOTIFICATION
    )
    return alert_prompt(alert, None).body


@pytest.mark.parametrize(
    ("fault", "by", "body"),
    [
        (Fault.FORWARD_HEAD, 13.4, "About 15° forward of your own neutral, for 2 min."),
        (Fault.RAISED_SHOULDERS, 2.6, "About 3 cm above your own neutral, for 2 min."),
        (
            Fault.UNEVEN_SHOULDERS,
            -4.1,
            "The right one higher, about 5° beyond your usual, for 2 min.",
        ),
        (Fault.SLUMP, 24.0, "About 25° forward of your own neutral, for 2 min."),
        (Fault.HEAD_TILT, 12.0, "About 10°, the left ear higher, for 2 min."),
        (Fault.TOO_NEAR, 6.2, "About 6 cm nearer than your limit, for 2 min."),
        (Fault.STATIC_SITTING, 2.1, "Sitting without a change, for 2 min."),
    ],
)
def test_every_fault_is_told_by_how_much_and_for_how_long_and_no_finer_than_known(
    fault, by, body
) -> None:
    assert said(fault, by) == body


def test_the_exercise_is_named_with_its_first_step() -> None:
    due = BreakDue(NOW, "1", 3000.0)
    assert break_prompt(due, ROLL).body == (
        "You have been sitting for 50 min. Stand up, walk or change position.\n"
        "Shoulder rolls (20 s): Lift both shoulders."
    )
