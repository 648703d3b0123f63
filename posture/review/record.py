"""A summary for other programs: one flat row of numbers, and the whole as JSON (pure)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from posture.judge.verdict import Fault, State
from posture.log.summary import Summary

# 1: as documented in docs/log.md.
_VERSION = 1


def row_of(summary: Summary) -> dict[str, str | float | None]:
    """The numbers of a summary; every state and fault has a column, seen or not."""
    share = summary.good_share
    return {
        "first": summary.first.isoformat(),
        "last": summary.last.isoformat(),
        "ran_s": round(summary.total_s, 1),
        "observed_s": round(summary.observed_s, 1),
        "good_s": round(summary.good_s, 1),
        "good_share": None if share is None else round(share, 4),
        "longest_good_s": round(summary.longest_good_s, 1),
        **{f"state_{state}_s": round(summary.by_state.get(state, 0.0), 1) for state in State},
        **{f"fault_{fault}_s": round(summary.by_fault.get(fault, 0.0), 1) for fault in Fault},
        **{f"mean_{measure}": round(mean, 1) for measure, mean in summary.means.items()},
        "alerts": len(summary.alerts),
        "alerts_corrected": summary.heeded,
        "corrected_after_s": summary.corrected_after_s,
        "breaks_taken": summary.breaks_taken,
        "break_reminders": summary.break_reminders,
        "exercises": len(summary.exercises),
    }


def as_json(summary: Summary, by_day: Sequence[Summary]) -> str:
    """The whole summary, its alerts, breaks, exercises, hours, and each day's row.

    Args:
        summary: Of all days together.
        by_day: Of each of them.
    """
    content = {
        "posture_summary": _VERSION,
        **row_of(summary),
        "hours": [asdict(hour) for hour in summary.hours],
        "alerts_given": [asdict(alert) for alert in summary.alerts],
        "breaks": [asdict(rest) for rest in summary.rests],
        "exercises_done": [asdict(exercise) for exercise in summary.exercises],
        "days": [row_of(day) for day in by_day],
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=str)


def as_csv(days: Sequence[Summary]) -> str:
    """One line of numbers for each day."""
    rows = [row_of(day) for day in days]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
