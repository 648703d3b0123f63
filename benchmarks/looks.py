"""An animated body as the stream of looks that a webcam and the models would give.

Noise: what is left of each quantity against the truth while the person of *rendered-film* sits
still (three stretches of 5 s, model `lite`), frame to frame and slowly, times `REAL`, for rendered
pictures are cleaner than real ones (docs/accuracy.md, "What it is not"). The slow part is bound by
`posture.measure.fit.NOISE`, the error over all people and postures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.synthetic import ARM_ROWS, Arms, Camera, Person, pose, shoot
from posture.coach.signals import Signal, signal_of
from posture.measure.baseline import Baseline, neutral_of
from posture.measure.calibrate import calibrate
from posture.measure.estimate import fit_frame
from posture.measure.fit import FACE_ROWS, SHOULDER_ROWS, Neutral
from posture.measure.rotation import Array, angles, rotation
from posture.pose.landmarks import Landmarks, Point, Unseen, UnseenReason

REAL = 2.5
SLOW_S = 2.0
"""Correlation time of the slow part."""
# Yaw, pitch, roll (°), depth (log), eyes, face and arm points, shoulders sideways and up (cm).
_QUICK = REAL * np.array([0.3, 0.5, 0.16, 0.004, 0.1, 0.1, 0.05, 0.1])
_SLOW = np.minimum(
    REAL * np.array([0.4, 0.5, 0.16, 0.005, 0.12, 0.2, 0.1, 0.15]),
    [3.0, 1.3, 1.5, 0.035, 0.45, 0.75, 0.25, 0.2],
)
_EYES, _FACE, _SIDEWAYS, _UP, _ARMS = slice(4, 6), slice(6, 28), [28, 30], [29, 31], slice(32, 44)
_KINDS = np.array([0, 1, 2, 3] + [4] * 2 + [5] * 22 + [6, 7] * 2 + [5] * 12)
_OUTLIER_SHARE = 0.003
_OUTLIER = 6.0
_FINE_S = 0.02
FINE_HZ = 50.0
"""Animations are sampled at this rate."""


@dataclass(frozen=True)
class Animation:
    """What really happens, at `FINE_HZ`.

    Attributes:
        poses: (n, POSE_SIZE).
        arms: (n, 6, 3) as in `Arms`.
        arms_seen: (n, 6) their visibility.
        face_hidden: (n,) bool, a hand is before the face.
    """

    poses: Array
    arms: Array
    arms_seen: Array
    face_hidden: Array


@dataclass(frozen=True)
class Setting:
    """Who sits before which camera, and how often it looks.

    Attributes:
        person: The body.
        camera: The camera.
        looks_hz: Looks a second, on average.
        away_deg: Turned further against the camera, the face mesh is lost.
        gap_s: Seconds from one loss of sight to the next, on average.
    """

    person: Person
    camera: Camera
    looks_hz: float
    away_deg: float
    gap_s: float


def any_setting(rng: np.random.Generator) -> Setting:
    """A person and a camera in front, in a laptop or to the side."""
    kind = rng.integers(3)
    camera = Camera(
        hfov_deg=rng.uniform(58, 86),
        elevation_deg=(rng.uniform(-5, 15), rng.uniform(-22, -8), rng.uniform(-5, 15))[kind],
        azimuth_deg=(rng.uniform(-8, 8), rng.uniform(-5, 5), rng.choice([-1, 1]) * 30.0)[kind],
        distance_cm=rng.uniform(50, 85),
    )
    person = Person(size=rng.uniform(0.92, 1.08), pitch_gain=rng.uniform(0.72, 0.82))
    return Setting(person, camera, rng.uniform(5, 15), rng.uniform(55, 68), rng.uniform(8, 40))


def signals(scene: Animation, setting: Setting, rng: np.random.Generator) -> list[Signal]:
    """What the counter gets to see of an animation."""
    neutral = _calibrated(setting, rng)
    seen = _shot(scene, setting, rng)
    return [
        signal_of(look, look if isinstance(look, Unseen) else fit_frame(look, neutral), neutral)
        for look in seen
    ]


def _calibrated(setting: Setting, rng: np.random.Generator) -> Neutral:
    still = np.repeat(pose()[None], int(3 * FINE_HZ), axis=0)
    quiet = Animation(
        still, np.zeros((len(still), 6, 3)), np.zeros((len(still), 6)), np.zeros(len(still), bool)
    )
    steady = replace(setting, gap_s=1e9)
    # Who is refused, as noise makes happen, tries again.
    while True:
        baseline = calibrate(_shot(quiet, steady, rng))
        if isinstance(baseline, Baseline):
            return neutral_of(baseline)


def _shot(scene: Animation, setting: Setting, rng: np.random.Generator) -> list[Landmarks | Unseen]:
    seen: list[Landmarks | Unseen] = []
    slow = rng.normal(size=len(_KINDS))
    t_s, blind_until_s = 0.0, -1.0
    while True:
        dt_s = rng.uniform(0.6, 1.4) / setting.looks_hz
        t_s += dt_s
        row = int(t_s / _FINE_S)
        if row >= len(scene.poses):
            return seen
        if rng.uniform() < dt_s / setting.gap_s:
            blind_until_s = t_s + rng.uniform(0.2, 1.2)
        kept = np.exp(-dt_s / SLOW_S)
        slow = kept * slow + np.sqrt(1 - kept**2) * rng.normal(size=len(_KINDS))
        if t_s < blind_until_s:
            seen.append(Unseen(t_s, UnseenReason.OCCLUDED))
            continue
        noise = slow * _SLOW[_KINDS] + rng.normal(size=len(_KINDS)) * _QUICK[_KINDS]
        if rng.uniform() < _OUTLIER_SHARE:
            noise *= _OUTLIER
        arms = Arms(scene.arms[row], scene.arms_seen[row])
        clean = shoot(scene.poses[row], setting.camera, t_s, setting.person, arms)
        seen.append(_noisy(clean, setting, noise, hidden=bool(scene.face_hidden[row])))


def _noisy(clean: Landmarks, setting: Setting, noise: Array, *, hidden: bool) -> Landmarks:
    camera, face = setting.camera, clean.face
    assert face is not None
    focal = camera.size_px[0] / 2 / np.tan(np.radians(camera.hfov_deg / 2))
    px = noise * focal / camera.distance_cm
    xy = clean.xy_px.copy()
    xy[FACE_ROWS] += px[_FACE].reshape(11, 2)
    xy[SHOULDER_ROWS, 0] += px[_SIDEWAYS]
    xy[SHOULDER_ROWS, 1] += px[_UP]
    xy[ARM_ROWS] += px[_ARMS].reshape(6, 2)
    yaw, pitch, roll = angles(face.rotation)
    visibility = clean.visibility.copy()
    away_deg = abs(float(np.degrees(yaw)))
    if away_deg > setting.away_deg + 20:
        visibility[[Point.LEFT_EYE, Point.RIGHT_EYE]] = 0.3
    if away_deg > setting.away_deg or hidden:
        return replace(clean, xy_px=xy, visibility=visibility, face=None)
    off = np.radians(noise[:3])
    turned = rotation(yaw + off[0], pitch + off[1], roll + off[2])
    meshed = replace(
        face,
        rotation=turned,
        depth=face.depth * float(np.exp(noise[3])),
        eyes_px=face.eyes_px + px[_EYES],
    )
    return replace(clean, xy_px=xy, visibility=visibility, face=meshed)
