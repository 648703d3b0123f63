"""What a summary says in words: the same in the terminal, in the report and on the local page."""

from __future__ import annotations

from posture.judge.verdict import State, Unit
from posture.log.hours import Hour
from posture.log.measures import Measure
from posture.log.records import LoggedAlert
from posture.log.summary import Summary
from posture.pose.landmarks import UnseenReason
from posture.review.period import Span
from posture.review.words import FAULT_WORDS, REASON_WORDS, duration, percent, weekday_name

OUTCOME_WORDS = {
    None: "still shown",
    "corrected": "corrected",
    "ignored": "not followed",
    "snoozed": "snoozed",
    "wrong": "called wrong",
    "unseen": "you left",
    "silenced": "silenced",
}
# What the time that a review compares with is called.
BEFORE = {
    Span.DAY: "the seven days before",
    Span.WEEK: "the week before",
    Span.MONTH: "the month before",
}
# Less than this is too little to compare with.
_ENOUGH_S = 3600


def headline(summary: Summary) -> str:
    """How much was seen, and how much of that was good."""
    share = summary.good_share
    good = "–" if share is None else percent(share)
    return (
        f"Seen for {duration(summary.observed_s)} of {duration(summary.total_s)}; "
        f"{good} of that in good posture, {duration(summary.longest_good_s)} at a stretch."
    )


def averages(summary: Summary) -> str:
    """Where head and shoulders were; empty where nothing was measured."""
    shoulders_cm = summary.shoulders_cm
    if shoulders_cm is None:
        return ""
    return (
        f"On average the head was {summary.means[Measure.FORWARD_HEAD]:+.0f}° and the shoulders "
        f"{shoulders_cm:+.1f} cm from your own neutral."
    )


def comparison(summary: Summary, before: Summary, name: str) -> str:
    """More or less good posture than before; empty where there is too little to compare.

    Args:
        summary: Now.
        before: Then.
        name: What "then" is called: "the seven days before".
    """
    now_share, then_share = summary.good_share, before.good_share
    if now_share is None or then_share is None or before.observed_s < _ENOUGH_S:
        return ""
    now, then = round(100 * now_share), round(100 * then_share)
    if now == then:
        return f"As much good posture as in {name} ({then} %)."
    more = "more" if now > then else "less"
    return f"{abs(now - then)} points {more} good posture than in {name} ({then} %)."


def hours(summary: Summary) -> str:
    """The best hour and the hardest; empty where there are not two to tell apart."""
    best, worst = summary.best_hour, summary.worst_hour
    if best is None or worst is None or best == worst:
        return ""
    weekdays = summary.first != summary.last
    return (
        f"Best hour: {hour_words(best, weekday=weekdays)} ({percent(best.good_share)} good); "
        f"hardest: {hour_words(worst, weekday=weekdays)} ({percent(worst.good_share)})."
    )


def hour_words(hour: Hour, *, weekday: bool) -> str:
    """An hour of the clock: `9–10`, with the weekday where days are many."""
    day = f"{weekday_name(hour.weekday)} " if weekday else ""
    return f"{day}{hour.hour}–{hour.hour + 1}"


def alerts(summary: Summary) -> str:
    """How many alerts there were and what became of them."""
    if not summary.alerts:
        return "No alerts."
    count = len(summary.alerts)
    number = "1 alert" if count == 1 else f"{count} alerts"
    after_s = summary.corrected_after_s
    usual = f", half of them within {duration(after_s)}" if after_s is not None else ""
    return f"{number}, {summary.heeded} followed by a correction{usual}."


def alert(logged: LoggedAlert) -> str:
    """One alert and what followed."""
    followed = OUTCOME_WORDS.get(logged.outcome, logged.outcome)
    if logged.outcome == "corrected" and logged.after_s is not None:
        followed = f"{followed} after {duration(logged.after_s)}"
    gap = "" if logged.unit == Unit.DEG else " "
    return (
        f"{FAULT_WORDS[logged.fault]}, {logged.by:+.0f}{gap}{logged.unit} "
        f"for {duration(logged.for_s)}: {followed}"
    )


def breaks(summary: Summary) -> str:
    """Breaks and reminders; empty where there were none."""
    if not summary.rests:
        return ""
    return f"Breaks taken: {summary.breaks_taken}; reminders: {summary.break_reminders}."


def exercises(summary: Summary) -> str:
    """Exercises done; empty where there were none."""
    if not summary.exercises:
        return ""
    counted = sum(exercise.seen is not None for exercise in summary.exercises)
    better = sum(exercise.comfort == "better" for exercise in summary.exercises)
    number = len(summary.exercises)
    text = f"Exercises done: {number}, {counted} of them counted by the camera"
    return f"{text}; {better} felt better afterwards." if better else f"{text}."


def unseen(summary: Summary) -> str:
    """Why there was little to see, where most of the time was unobserved for a reason to mend."""
    nobody = {State.ABSENT, State.PAUSED, State.ASLEEP, State.PRESENT}
    unsure_s = sum(s for state, s in summary.by_state.items() if state not in nobody)
    if unsure_s <= summary.observed_s:
        return ""
    reasons = sorted(summary.by_reason.items(), key=lambda item: -item[1])
    listed = ", ".join(
        f"{REASON_WORDS[reason]} ({duration(seconds)})"
        for reason, seconds in reasons
        if reason is not UnseenReason.ABSENT
    )
    return f"For much of the time nothing could be measured: {listed}."
