"""How well exercises are counted: `python -m benchmarks.counting [--sessions N] [--seed S]`.

Animated bodies before webcams (benchmarks/exercising.py, benchmarks/looks.py): each movement at
three speeds, whole, sloppy, partial and too short, by different people before cameras in front, in
a laptop and to the side, 5 to 15 looks a second, with losses of sight. Then what else people do at
a desk, while each of the movements is being counted. Beside ours: a rule that counts upward
crossings of the goal.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from benchmarks.exercising import DISTRACTORS, PLANS, SPEEDS_S, distract, perform
from benchmarks.looks import any_setting, signals
from posture.coach.counter import begin, count
from posture.coach.movement import Aim, Movement, Sides, Tally
from posture.coach.own_range import goal_of
from posture.coach.reading import read
from posture.coach.signals import Signal
from posture.pose.landmarks import Unseen

_SEGMENT_S = 60.0


@dataclass(frozen=True)
class Scored:
    """One session: what was counted, what was right."""

    movement: Movement
    speed: str
    held: bool
    truth: int
    ours: int
    peer: int
    hold_errors_s: tuple[float, ...]
    too_fast: bool


def main() -> None:
    """Run, print the table and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=20, help="for each movement")
    parser.add_argument("--minutes", type=int, default=3, help="for each kind of distraction")
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--only", choices=[movement.value for movement in Movement])
    arguments = parser.parse_args()
    movements = [m for m in Movement if arguments.only in (None, m.value)]
    jobs = list(product(movements, range(arguments.sessions), [arguments.seed]))
    apart = list(product(DISTRACTORS, range(arguments.minutes), [arguments.seed]))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        scored = list(pool.map(_session, jobs, chunksize=4))
        false = list(pool.map(_distraction, apart))
    print(json.dumps(_report(movements, scored, false, arguments.minutes)))


def _session(job: tuple[Movement, int, int]) -> Scored:
    movement, index, seed = job
    rng = np.random.default_rng([seed, list(Movement).index(movement), index])
    speed = list(SPEEDS_S)[index % len(SPEEDS_S)]
    session = perform(movement, speed, rng)
    seen = signals(session.scene, any_setting(rng), rng)
    tally = counted(session.aim, seen)
    return Scored(
        movement,
        speed,
        session.aim.hold_s > 0,
        session.repetitions,
        tally.repetitions,
        crossings(session.aim, seen),
        _hold_errors(session.held_s, tally.held_s),
        tally.too_fast,
    )


def _distraction(job: tuple[str, int, int]) -> tuple[str, dict[Movement, tuple[int, int]]]:
    """Repetitions that ours and the peer count of each movement in a minute of something else."""
    kind, index, seed = job
    rng = np.random.default_rng([seed, 100 + list(DISTRACTORS).index(kind), index])
    seen = signals(distract(kind, _SEGMENT_S, rng), any_setting(rng), rng)
    aims = [_usual_aim(movement) for movement in Movement]
    return kind, {
        aim.movement: (counted(aim, seen).repetitions, crossings(aim, seen)) for aim in aims
    }


def _usual_aim(movement: Movement) -> Aim:
    target, hold_s, _ = PLANS[movement]
    return Aim(movement, target, hold_s if movement is Movement.HANDS_AT_HEAD else 0.0, Sides.NONE)


def counted(aim: Aim, seen: Sequence[Signal]) -> Tally:
    """What the counter says at the end of a stream."""
    counter = begin(aim)
    tally = counter.tally
    for signal in seen:
        counter, tally = count(counter, signal, signal.t_s)
    return tally


def crossings(aim: Aim, seen: Sequence[Signal]) -> int:
    """The plain rule: every upward crossing of the goal, against the calibrated neutral."""
    goal, crossed, out = goal_of(aim), 0, False
    for signal in seen:
        reading = read(aim, signal, goal)
        if isinstance(reading, Unseen):
            continue
        value = reading.value if aim.sides is Sides.NONE else abs(reading.value)
        crossed += value >= goal and not out
        out = value >= goal
    return crossed


def _hold_errors(truth: Sequence[float], ours: Sequence[float]) -> tuple[float, ...]:
    """Against the true ones, in order; only where as many were found."""
    if len(truth) != len(ours):
        return ()
    return tuple(abs(a - b) for a, b in zip(truth, ours, strict=True))


def _report(
    movements: Sequence[Movement],
    scored: Sequence[Scored],
    false: Sequence[tuple[str, dict[Movement, tuple[int, int]]]],
    minutes: int,
) -> dict[str, Any]:
    print(
        f"{'movement':15}{'exact':>7}{'±1':>6}{'plain':>7}{'hold: median':>14}{'p95':>6}"
        f"{'worst':>7}{'n':>5}   false in 10 min: " + ", ".join(DISTRACTORS) + "  (plain)"
    )
    figures: dict[str, Any] = {}
    for movement in movements:
        mine = [score for score in scored if score.movement is movement]
        off = np.array([score.ours - score.truth for score in mine])
        peer = np.array([score.peer - score.truth for score in mine])
        errors = np.array([error for score in mine for error in score.hold_errors_s])
        wrong = {
            kind: [
                10 / minutes * sum(found[movement][who] for name, found in false if name == kind)
                for who in (0, 1)
            ]
            for kind in DISTRACTORS
        }
        row = {
            "exact": float((off == 0).mean()),
            "within_one": float((np.abs(off) <= 1).mean()),
            "plain_exact": float((peer == 0).mean()),
            "hold_median_s": float(np.median(errors)) if len(errors) else None,
            "hold_p95_s": float(np.percentile(errors, 95)) if len(errors) else None,
            "hold_worst_s": float(errors.max()) if len(errors) else None,
            "false_in_10_min": {kind: ours for kind, (ours, _) in wrong.items()},
            "plain_false_in_10_min": {kind: plain for kind, (_, plain) in wrong.items()},
        }
        figures[movement] = row
        hold = [row[name] for name in ("hold_median_s", "hold_p95_s", "hold_worst_s")]
        print(
            f"{movement:15}{row['exact']:7.0%}{row['within_one']:6.0%}{row['plain_exact']:7.0%}"
            + "".join(
                f"{'-' if h is None else f'{h:.2f}':>{w}}"
                for h, w in zip(hold, (14, 6, 7), strict=True)
            )
            + f"{len(errors):5}   "
            + "  ".join(f"{ours:.0f} ({plain:.0f})" for ours, plain in wrong.values())
        )
    return figures


if __name__ == "__main__":
    main()
