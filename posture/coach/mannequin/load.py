"""Reading the file of figures: everything wrong with it is named at once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from posture.coach.mannequin.data import Figures
from posture.coach.mannequin.motion import point_names
from posture.coach.mannequin.stance import ArmTouching, Stance
from posture.errors import ConfigError
from posture.resources import bundled


def load_figures(path: Path) -> Figures:
    """Read a file of figures.

    Args:
        path: The file.

    Returns:
        The checked figures.

    Raises:
        ConfigError: With every problem of the file, naming the figure and the key.
    """
    try:
        figures = Figures.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, [str(error)]) from error
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, d['loc']))}: {d['msg']}" for d in error.errors()]
        raise _wrong(path, problems) from error
    unknown = _unknown_points(figures)
    if unknown:
        raise _wrong(path, unknown)
    return figures


@lru_cache(maxsize=1)
def bundled_figures() -> Figures:
    """The program's own figures."""
    return load_figures(bundled("config") / "figures.toml")


def _unknown_points(figures: Figures) -> list[str]:
    """Points that hands, props or arrows name and no body has."""
    named: dict[str, set[str]] = {}
    for name, prop in figures.prop.items():
        named[f"prop.{name}"] = {ball[0] for piece in prop.pieces for ball in piece.balls}
    for name, pose in figures.pose.items():
        named[f"pose.{name}"] = _touched(pose)
    for name, figure in figures.figure.items():
        named[f"figure.{name}"] = {arrow.follow for arrow in figure.arrows}.union(
            *(_touched(frame) for frame in figure.keyframes)
        )
    points = point_names()
    return [
        f"{place}: there is no point {point}"
        for place, used in named.items()
        for point in sorted(used - points)
    ]


def _touched(stance: Stance) -> set[str]:
    touching = (arm for arm in (stance.arm_left, stance.arm_right) if isinstance(arm, ArmTouching))
    return {arm.to for arm in touching}


def _wrong(path: Path, problems: list[str]) -> ConfigError:
    return ConfigError(
        f"The figure file {path} does not hold:\n" + "\n".join(f"  {p}" for p in problems) + "\n",
        meaning="Exercises cannot be drawn.",
        action="Correct the file, or install the program anew.",
    )
