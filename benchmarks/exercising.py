"""Sets of exercises, done well and badly, and what else people do at a desk, as animations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.looks import FINE_HZ, Animation
from posture.coach.movement import Aim, Movement, Sides
from posture.coach.own_range import goal_of
from posture.coach.reading import RULES
from posture.measure.body import POSE_SIZE, Dof
from posture.measure.rotation import Array

Rng = np.random.Generator

SPEEDS_S = {"slow": 2.2, "normal": 1.2, "fast": 0.65}
"""Seconds out, and seconds back."""

_HEAD = (Sides.ALTERNATING, Sides.EACH)
# Target, hold asked for where there is one, sides.
PLANS: dict[Movement, tuple[float, float, tuple[Sides, ...]]] = {
    Movement.TURN: (40.0, 5.0, _HEAD),
    Movement.TILT: (20.0, 5.0, _HEAD),
    Movement.NOD: (30.0, 2.0, (Sides.NONE,)),
    Movement.CHIN_ARC: (20.0, 0.0, (Sides.NONE, Sides.ALTERNATING)),
    Movement.TUCK: (4.0, 3.0, (Sides.NONE,)),
    Movement.SHRUG: (2.5, 3.0, (Sides.NONE,)),
    Movement.SHOULDER_ROLL: (2.5, 0.0, (Sides.NONE,)),
    Movement.SQUEEZE: (2.0, 5.0, (Sides.NONE,)),
    Movement.HANDS_AT_HEAD: (0.7, 5.0, (Sides.NONE, Sides.EACH)),
}
_SMALL = (Movement.TUCK, Movement.SHRUG, Movement.SHOULDER_ROLL, Movement.SQUEEZE)

_ANGLES = [Dof.LEAN, Dof.TWIST, Dof.BEND, Dof.NECK, Dof.YAW, Dof.PITCH, Dof.ROLL]

# Palms, wrists and knuckles about them, from mid-tragus, cm: subject's left hand.
_DESK = np.array([14.0, -48.0, 22.0])
_CHEST = np.array([12.0, -24.0, 26.0])
_CHIN = np.array([2.0, -11.0, 11.0])
_MOUTH = np.array([4.0, -7.5, 14.0])
_TEMPLE = np.array([10.5, 2.0, 3.0])
_FOREHEAD = np.array([1.5, 5.5, 10.5])
_NAPE = np.array([3.0, 0.0, -11.0])
_TO_WRIST = np.array([2.0, -6.0, -2.0])
_ELBOW_LOW = np.array([24.0, -40.0, 8.0])
_ELBOW_UP = np.array([32.0, -14.0, 8.0])
_MIRROR = np.array([-1.0, 1.0, 1.0])


@dataclass(frozen=True)
class Session:
    """One set with its truth.

    Attributes:
        aim: What was asked for.
        scene: What happened.
        repetitions: How many of them count.
        held_s: True length of every hold that reached the goal.
        speed: How fast it was done.
    """

    aim: Aim
    scene: Animation
    repetitions: int
    held_s: tuple[float, ...]
    speed: str


def perform(movement: Movement, speed: str, rng: Rng) -> Session:
    """A set with whole, sloppy, partial and, where holding is asked for, short repetitions."""
    target, hold_s, sides = PLANS[movement]
    held = hold_s > 0 and (movement is Movement.HANDS_AT_HEAD or rng.uniform() < 0.5)
    own = target * rng.uniform(1.2, 2.0) if rng.uniform() < 0.5 else None
    aim = Aim(movement, target, hold_s if held else 0.0, sides[rng.integers(len(sides))], own)
    moves, counted = _moves(aim, SPEEDS_S[speed], rng)
    path = _path(moves, tail_s=2.0)
    scene = _animate(movement, path, goal_of(aim), aim.sides, rng)
    holds = _true_holds(movement, np.abs(path)) if held else ()
    if held:
        counted = sum(true_s >= hold_s for true_s in holds)
    return Session(aim, scene, counted, holds, speed)


def _moves(aim: Aim, way_s: float, rng: Rng) -> tuple[list[tuple[float, float]], int]:
    """Key points (seconds since the last, parts of the goal), and how many ways count."""
    hands, small = aim.movement is Movement.HANDS_AT_HEAD, aim.movement in _SMALL
    most = (1.25, 1.9) if small else (1.0, 1.0) if hands else (1.12, 1.6)
    least = (0.3, 0.6) if small or hands else (0.4, 0.75)
    count = 4 if aim.hold_s else 6
    two_sided = aim.movement in (Movement.TURN, Movement.TILT, Movement.CHIN_ARC) or hands
    moves = [(rng.uniform(1.5, 3.0), 0.0)]
    counted = 0
    for turn in range(count):
        sign = 1.0
        if two_sided and aim.sides is Sides.EACH:
            sign = 1.0 if turn < count // 2 else -1.0
        elif two_sided and not hands:
            sign = 1.0 if turn % 2 == 0 else -1.0
        kind = rng.choice(["whole", "sloppy", "partial", "short"], p=[0.55, 0.2, 0.15, 0.1])
        reach = sign * rng.uniform(*(least if kind == "partial" else most))
        stay_s = rng.uniform(0.15, 0.8)
        if aim.hold_s:
            enough = kind != "short"
            stay_s = aim.hold_s + (
                rng.uniform(0.1, 2.0) if enough else rng.uniform(-2.6, -1.6) - 0.3 * way_s
            )
            stay_s = max(0.2, stay_s)
        back = sign * rng.uniform(0.15, 0.35) if kind == "sloppy" and not hands else 0.0
        pace_s = way_s * rng.uniform(0.8, 1.25)
        moves += [(pace_s, reach), (stay_s, reach), (pace_s, back), (rng.uniform(0.3, 1.5), back)]
        counted += kind != "partial" and not (aim.hold_s and kind == "short")
    return moves, counted


def _path(moves: list[tuple[float, float]], tail_s: float) -> Array:
    """Minimum-jerk curve through the key points, at `FINE_HZ`."""
    parts, level = [], 0.0
    for seconds, goal in [*moves, (max(0.4, tail_s), 0.0), (0.5, 0.0)]:
        share = np.linspace(0, 1, max(2, int(seconds * FINE_HZ)), endpoint=False)
        parts.append(level + (goal - level) * share**3 * (10 - 15 * share + 6 * share**2))
        level = goal
    return np.concatenate(parts)


def _true_holds(movement: Movement, out: Array) -> tuple[float, ...]:
    """From reaching the goal until falling below what still counts as staying.

    A hand is there within 9 cm of where it goes, a sixth of its way from the desk.
    """
    reached = RULES[movement].reached
    hands = movement is Movement.HANDS_AT_HEAD
    start, end = (0.84, 0.84) if hands else (reached, reached - 0.17)
    held, since = [], None
    for row, here in enumerate(out):
        if since is None and here >= start:
            since = row
        elif since is not None and here < end:
            held.append((row - since) / FINE_HZ)
            since = None
    return tuple(held)


def _animate(movement: Movement, path: Array, goal: float, sides: Sides, rng: Rng) -> Animation:
    change = np.zeros((len(path), POSE_SIZE))
    x = path * goal
    stray = rng.uniform(-0.12, 0.12, size=2)[:, None] * x
    match movement:
        case Movement.TURN:
            change[:, Dof.YAW] = x
            change[:, [Dof.PITCH, Dof.ROLL]] = stray.T
        case Movement.TILT:
            change[:, Dof.ROLL] = -x
            change[:, [Dof.YAW, Dof.PITCH]] = stray.T
            change[:, Dof.BEND] = 0.06 * x
        case Movement.NOD:
            change[:, Dof.PITCH] = x
            change[:, [Dof.YAW, Dof.ROLL]] = stray.T
        case Movement.CHIN_ARC:
            lowered = np.clip((np.arange(len(path)) / FINE_HZ - 0.3) / 1.0, 0, 1)
            change[:, Dof.PITCH] = lowered * rng.uniform(20, 35)
            change[:, Dof.YAW], change[:, Dof.ROLL] = x, rng.uniform(0, 0.5) * x
        case Movement.TUCK:
            change[:, Dof.PITCH] = rng.uniform(-0.5, 0.7) * x
            change[:, Dof.NECK] = -x - 0.24 * change[:, Dof.PITCH]
        case Movement.SHRUG | Movement.SHOULDER_ROLL:
            change[:, Dof.SHRUG] = x * rng.uniform(0.85, 1.15)
            change[:, Dof.UNEVEN] = rng.uniform(-0.15, 0.15) * x
            if movement is Movement.SHOULDER_ROLL:
                speed = np.gradient(x) * FINE_HZ
                forward = 1.5 * speed / max(1e-6, np.abs(speed).max())
                change[:, Dof.LEFT_FORWARD] = change[:, Dof.RIGHT_FORWARD] = forward
        case Movement.SQUEEZE:
            change[:, Dof.LEFT_FORWARD] = change[:, Dof.RIGHT_FORWARD] = -x
        case Movement.HANDS_AT_HEAD:
            pass
    if movement is Movement.HANDS_AT_HEAD:
        arms, seen, hidden = _press(path, rng, one_hand=sides is Sides.EACH)
    else:
        arms, seen = _resting(len(path), rng)
        hidden = np.zeros(len(path), bool)
    return Animation(_sit(change, rng), arms, seen, hidden)


def _sit(change: Array, rng: Rng) -> Array:
    """A living body: sits otherwise than when it was calibrated, sways, breathes."""
    n = len(change)
    poses = change.copy()
    offset = {Dof.SIDE: 4, Dof.NEARER: 5, Dof.LEAN: 3, Dof.NECK: 3, Dof.YAW: 3, Dof.PITCH: 3}
    for dof, spread in (offset | {Dof.ROLL: 2, Dof.SHRUG: 0.4}).items():
        poses[:, dof] += rng.normal() * spread
    sway = {Dof.SIDE: 0.4, Dof.NEARER: 0.4, Dof.LEAN: 0.5, Dof.NECK: 0.5, Dof.YAW: 1.0}
    for dof, spread in (sway | {Dof.PITCH: 1.0, Dof.ROLL: 0.7, Dof.SHRUG: 0.1}).items():
        poses[:, dof] += spread * _wander(n, 2.0, rng)
    poses[:, Dof.SHRUG] += 0.15 * np.sin(2 * np.pi * 0.25 * np.arange(n) / FINE_HZ)
    poses[:, _ANGLES] = np.radians(poses[:, _ANGLES])
    return poses


def _wander(n: int, slow_s: float, rng: Rng) -> Array:
    """A smooth random line of spread 1."""
    size = int(slow_s * FINE_HZ)
    window = np.hanning(2 * size + 1)
    line: Array = np.convolve(rng.normal(size=n + 2 * size), window, "valid")
    line /= np.sqrt((window**2).sum())
    return line


def _arm(palm: Array, elbow: Array, side: int) -> Array:
    """(n, 3 points, 3) elbow, wrist and knuckle of the left (0) or right (1) arm."""
    points = np.stack([elbow, palm + _TO_WRIST, palm - _TO_WRIST], axis=1)
    return points if side == 0 else points * _MIRROR


def _both(left: Array, right: Array) -> Array:
    """Interleave as `ARM_ROWS` does."""
    return np.stack([left, right], axis=2).reshape(len(left), 6, 3)


def _resting(n: int, rng: Rng, palms: Array | None = None) -> tuple[Array, Array]:
    """Hands on the desk, mostly below the picture, typing a little."""
    arms = []
    for side in (0, 1):
        palm = _DESK + np.stack([_wander(n, 0.15, rng) for _ in range(3)], axis=1)
        if palms is not None and side == 0:
            palm = palms
        arms.append(_arm(palm, np.repeat(_ELBOW_LOW[None], n, axis=0), side))
    seen = np.full((n, 6), 0.3) + 0.4 * (rng.uniform() < 0.4)
    if palms is not None:
        seen[palms[:, 1] > _CHEST[1] - 4, ::2] = 0.95
    return _both(*arms), seen


def _press(path: Array, rng: Rng, *, one_hand: bool) -> tuple[Array, Array, Array]:
    """A hand to forehead, temple or (both) nape; an attempt that ends at the chin is partial."""
    n = len(path)
    spot = (_FOREHEAD, _TEMPLE, _NAPE)[rng.integers(2 if one_hand else 3)]
    two = spot is _NAPE
    near = np.abs(path)[:, None]
    arms, seen = [], np.full((n, 6), 0.3)
    for side in (0, 1):
        mine = (path > 0) if side == 0 else (path < 0)
        way = np.where((mine | two)[:, None], near, 0.0)
        palm = (
            _DESK
            + way * (spot - _DESK)
            + 0.4 * np.stack([_wander(n, 0.2, rng) for _ in range(3)], axis=1)
        )
        elbow = _ELBOW_LOW + way * (_ELBOW_UP - _ELBOW_LOW)
        arms.append(_arm(palm, elbow, side))
        high = way[:, 0] > 0.4
        seen[high, side::2] = 0.95
        if spot is _NAPE:
            seen[way[:, 0] > 0.8, 2 + side :: 2] = 0.35
    hidden = (near[:, 0] > 0.9) & (spot is _FOREHEAD) & (rng.uniform() < 0.5)
    return _both(*arms), seen, np.asarray(hidden, bool)


def _pulses(
    n: int,
    rng: Rng,
    each_s: float,
    size: tuple[float, float],
    *,
    stay_s: tuple[float, float],
    way_s: tuple[float, float],
    signed: bool = False,
) -> Array:
    """Out and back at random times: every `each_s` seconds, by `size`, for `stay_s`."""
    moves: list[tuple[float, float]] = []
    while sum(seconds for seconds, _ in moves) * FINE_HZ < n:
        reach = rng.uniform(*size) * (rng.choice([-1, 1]) if signed else 1)
        pace_s = rng.uniform(*way_s)
        moves += [(rng.exponential(each_s), 0.0), (pace_s, reach), (rng.uniform(*stay_s), reach)]
        moves.append((pace_s, 0.0))
    return _path(moves, 1.0)[:n]


def _typing(change: Array, palm: Array, rng: Rng) -> Array:
    n = len(change)
    glance = _pulses(n, rng, 4.0, (8, 22), stay_s=(0.3, 3.0), way_s=(0.2, 0.5))
    change[:, Dof.PITCH] += glance
    change[:, Dof.NECK] += 0.15 * glance
    change[:, Dof.SHRUG] += 0.3 * _wander(n, 1.0, rng)
    change[:, Dof.YAW] += 3 * _wander(n, 1.0, rng)
    return palm


def _talking(change: Array, palm: Array, rng: Rng) -> Array:
    n = len(change)
    change[:, Dof.YAW] += 6 * _wander(n, 0.6, rng)
    change[:, Dof.PITCH] += 3.5 * _wander(n, 0.35, rng) + _pulses(
        n, rng, 4.0, (4, 12), stay_s=(0.0, 0.2), way_s=(0.15, 0.3)
    )
    change[:, Dof.ROLL] += 3.5 * _wander(n, 0.7, rng)
    change[:, Dof.NECK] += 1.2 * _wander(n, 1.0, rng)
    change[:, Dof.LEAN] += 1.5 * _wander(n, 2.0, rng)
    change[:, Dof.SHRUG] += _pulses(n, rng, 12.0, (0.5, 1.5), stay_s=(0.1, 0.5), way_s=(0.2, 0.4))
    lift = _pulses(n, rng, 3.0, (0.5, 1.1), stay_s=(0.2, 2.0), way_s=(0.3, 0.6))[:, None]
    raised: Array = palm + lift * (_CHEST - _DESK)
    return raised


def _looking_around(change: Array, palm: Array, rng: Rng) -> Array:
    n = len(change)
    gaze = _pulses(n, rng, 4.0, (15, 55), stay_s=(0.4, 5.0), way_s=(0.25, 0.6), signed=True)
    change[:, Dof.YAW] += gaze
    change[:, Dof.PITCH] += _pulses(n, rng, 8.0, (-12, 12), stay_s=(0.4, 3.0), way_s=(0.25, 0.6))
    return palm


def _drinking(change: Array, palm: Array, rng: Rng) -> Array:
    n = len(change)
    sip = _pulses(n, rng, 5.0, (0.9, 1.0), stay_s=(1.5, 4.0), way_s=(0.8, 1.5))
    change[:, Dof.PITCH] -= rng.uniform(8, 22) * sip
    change[:, Dof.SHRUG] += 0.5 * sip
    raised: Array = palm + sip[:, None] * (_MOUTH - _DESK)
    return raised


def _leaning(change: Array, palm: Array, rng: Rng) -> Array:
    n = len(change)
    change[:, Dof.LEAN] += _pulses(
        n, rng, 5.0, (4, 14), stay_s=(2, 14), way_s=(0.8, 2.0), signed=True
    )
    change[:, Dof.NECK] += _pulses(
        n, rng, 6.0, (3, 10), stay_s=(2, 14), way_s=(0.8, 2.0), signed=True
    )
    change[:, Dof.BEND] += _pulses(
        n, rng, 9.0, (2, 7), stay_s=(2, 10), way_s=(0.8, 2.0), signed=True
    )
    return palm


def _rolling(change: Array, palm: Array, rng: Rng) -> Array:
    n = len(change)
    change[:, Dof.NEARER] += _pulses(
        n, rng, 5.0, (4, 15), stay_s=(1, 10), way_s=(0.8, 2.0), signed=True
    )
    change[:, Dof.SIDE] += _pulses(
        n, rng, 6.0, (3, 12), stay_s=(1, 10), way_s=(0.8, 2.0), signed=True
    )
    swivel = _pulses(n, rng, 6.0, (8, 30), stay_s=(1, 8), way_s=(0.8, 2.0), signed=True)
    change[:, Dof.TWIST] += swivel
    change[:, Dof.YAW] += 0.6 * swivel
    return palm


def _touching(change: Array, palm: Array, rng: Rng) -> Array:
    """Glasses, hair, an itch; a chin on the hand."""
    n = len(change)
    spot = (_TEMPLE, _FOREHEAD, _CHIN, _CHIN)[rng.integers(4)]
    stay_s = (3.0, 10.0) if spot is _CHIN else (0.3, 2.5)
    touch = _pulses(n, rng, 5.0, (0.97, 1.0), stay_s=stay_s, way_s=(0.5, 0.9))
    raised: Array = palm + touch[:, None] * (spot - _DESK)
    return raised


DISTRACTORS: dict[str, Callable[[Array, Array, Rng], Array]] = {
    "typing": _typing,
    "talking": _talking,
    "looking around": _looking_around,
    "drinking": _drinking,
    "leaning": _leaning,
    "rolling the chair": _rolling,
    "touching the face": _touching,
}


def distract(kind: str, seconds: float, rng: Rng) -> Animation:
    """Something other than an exercise."""
    n = int(seconds * FINE_HZ)
    change = np.zeros((n, POSE_SIZE))
    desk = np.repeat(_DESK[None], n, axis=0)
    palm = DISTRACTORS[kind](change, desk, rng)
    arms, seen = _resting(n, rng, palm)
    return Animation(_sit(change, rng), arms, seen, np.zeros(n, bool))
