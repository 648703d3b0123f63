"""The mannequin's flesh: every part is the tight cover of balls that hang on joints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.coach.mannequin.motion import Moment
from posture.coach.mannequin.skeleton import SIDES

Array = NDArray[np.float64]

Ball = tuple[str, float, float, float, float]
"""The point it hangs on, the shift from it, the radius."""
Hull = tuple[Ball, ...]

_LARGE_CM = 7.0


def _around(count: int) -> Array:
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack((np.cos(angles), np.sin(angles)), axis=1)


# Directions in which an outline has its corners: enough that none of them is seen.
_FINE, _COARSE = _around(36), _around(20)


@dataclass(frozen=True, slots=True)
class View:
    """How the room is projected onto the drawing.

    Attributes:
        facing: `front`: the person looks at us; `side`: to the drawing's right; `back`: away.
        across: Middle of the window, centimetres.
        up: The same, from the floor.
        scale: Drawing units for a centimetre.
        middle: Middle of the drawing, in its units.
    """

    facing: str
    across: float
    up: float
    scale: float
    middle: float

    def place(self, point: Array) -> Array:
        """A point of the room (3,) in drawing units (2,), y down."""
        across = {"front": point[0], "side": point[2], "back": -point[0]}[self.facing]
        return np.array(
            (
                self.middle + (across - self.across) * self.scale,
                self.middle - (point[1] - self.up) * self.scale,
            )
        )

    def depth(self, point: Array) -> float:
        """How near a point is to the eye, centimetres."""
        return float({"front": point[2], "side": -point[0], "back": -point[2]}[self.facing])


def outline(hull: Hull, moment: Moment, view: View) -> Array:
    """The outline of a hull's balls: the farthest point in each of some directions.

    Args:
        hull: The balls.
        moment: Where the joints are.
        view: Where it is seen from.

    Returns:
        Corners in drawing units (n, 2), in the same order at every moment.
    """
    centres = np.stack([view.place(moment.joints[on].point((x, y, z))) for on, x, y, z, _ in hull])
    radii = np.array([radius for *_, radius in hull]) * view.scale
    around = _FINE if max(radius for *_, radius in hull) >= _LARGE_CM else _COARSE
    farthest = np.argmax(centres @ around.T + radii[:, None], axis=0)
    corners: Array = centres[farthest] + radii[farthest, None] * around
    return corners


def body_parts() -> dict[str, tuple[Hull, ...]]:
    """The parts by name, each of one or more hulls."""
    parts: dict[str, tuple[Hull, ...]] = {
        "head": (
            (
                ("head", 0, 2.6, -1.2, 11.2),
                ("head", 2.2, -6.4, 2.6, 7.0),
                ("head", -2.2, -6.4, 2.6, 7.0),
                ("head", 0, -4.2, -2.2, 8.2),
            ),
            (("head", 0, 1.2, 8.6, 1.4), ("head", 0, -3.0, 11.9, 1.5), ("head", 0, -4.0, 8.6, 1.2)),
        ),
        "neck": ((("neck", 0, 0, 0, 5.8), ("skull", 0, 2, 0, 5.4)),),
        "torso": (
            _pair(("shoulder", -5, -2, 0, 6.0), ("chest", 7.5, -3, 1.5, 9.6)),
            (
                *_pair(("chest", 7.5, -3, 1.5, 9.6), ("pelvis", 7.5, 0, 0, 9.5)),
                ("waist", 0, 2, 1, 10.0),
                ("belly", 0, 0, -8.5, 8.0),
            ),
            (("neck", 0, 1, 0, 5.0), *_pair(("shoulder", -4, 1.6, -0.5, 4.0))),
        ),
    }
    for side in SIDES:
        parts[f"arm_{side}"] = (
            ((f"shoulder_{side}", 0, 0, 0, 5.8), (f"elbow_{side}", 0, 0, 0, 4.5)),
            ((f"elbow_{side}", 0, 0, 0, 4.5), (f"wrist_{side}", 0, 0, 0, 3.5)),
        )
        parts[f"hand_{side}"] = (
            (((f"wrist_{side}"), 0, 0, 0, 3.1), (f"hand_{side}", 0, 0, 0, 4.6)),
        )
        parts[f"leg_{side}"] = (
            ((f"hip_{side}", 0, 0, 0, 8.8), (f"knee_{side}", 0, 0, 0, 6.4)),
            ((f"knee_{side}", 0, 0, 0, 6.4), (f"ankle_{side}", 0, 0, 0, 4.4)),
        )
        parts[f"foot_{side}"] = (
            ((f"ankle_{side}", 0, -1.5, -2, 4.8), (f"toes_{side}", 0, -2, 0, 3.4)),
        )
    return parts


def _pair(*balls: Ball) -> Hull:
    """Balls for both sides: joints with sides are named by side, others mirrored."""
    both: list[Ball] = []
    for on, x, y, z, radius in balls:
        for side, sign in SIDES.items():
            name = f"{on}_{side}" if on == "shoulder" else on
            both.append((name, sign * x, y, z, radius))
    return tuple(both)


def path(corners: Sequence[Array]) -> str:
    """SVG path data of closed outlines."""
    return "".join("M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in corners)
