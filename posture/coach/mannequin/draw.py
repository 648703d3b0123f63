"""One figure: props, person and arrows, from the back to the front."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from posture.coach.mannequin import arrows, face
from posture.coach.mannequin.data import Figure, Figures, Prop, Window
from posture.coach.mannequin.motion import Moment, moments, still_moments
from posture.coach.mannequin.shape import View, body_parts, outline, path
from posture.coach.mannequin.skeleton import SIDES
from posture.coach.mannequin.svg import LINE, SIZE, Canvas, drawn, filled

Array = NDArray[np.float64]

_ORDER = {
    "front": (
        "neck", "torso", "leg_left", "leg_right", "foot_left", "foot_right",
        "head", "arm_left", "arm_right", "hand_left", "hand_right",
    ),
    "back": (
        "foot_left", "foot_right", "leg_left", "leg_right",
        "head", "neck", "torso", "arm_left", "arm_right", "hand_left", "hand_right",
    ),
    "side": (
        "foot_left", "leg_left", "hand_left", "arm_left", "neck", "torso", "head",
        "leg_right", "foot_right", "hand_right", "arm_right",
    ),
}  # fmt: skip
_TONE = {
    "head": "skin",
    "neck": "skin",
    "torso": "cloth",
    "arm": "cloth",
    "hand": "skin",
    "leg": "legs",
    "foot": "shoe",
}
_GHOST_OPACITY = 0.38
_PARTS = body_parts()


def elements(figures: Figures, figure: Figure, *, still: bool) -> list[str]:
    """The drawing's elements in order.

    Args:
        figures: Where its pose, window and props are.
        figure: The figure.
        still: Whether to draw the end alone, with the start faint behind it.

    Returns:
        SVG elements.
    """
    view = _view(figures.window[figure.window], figure)
    pose = figures.pose[figure.pose]
    way, end = still_moments(figure, pose)
    shown = [end] if still else moments(figure, pose)
    canvas = Canvas(tuple(moment.at_s for moment in shown))
    # Seen from behind, the chair is between us and the person.
    near = [figures.prop[name] for name in figure.props]
    far = [prop for prop in near if not prop.front and figure.view != "back"]
    near = [prop for prop in near if prop not in far]
    for prop in far:
        _draw_prop(canvas, prop, shown, view)
    if still:
        ghost = Canvas((0.0,))
        _person(ghost, figure, way[:1], view, only=figure.accent)
        canvas.elements.append(
            f'<g class="figure-start" opacity="{_GHOST_OPACITY}">{"".join(ghost.elements)}</g>'
        )
    _person(canvas, figure, shown, view)
    for prop in near:
        _draw_prop(canvas, prop, shown, view)
    _draw_arrows(canvas, figure, way, shown, view, still=still)
    return canvas.elements


def _view(window: Window, figure: Figure) -> View:
    return View(figure.view, window.across, window.up, SIZE / window.size, SIZE / 2)


def _person(
    canvas: Canvas,
    figure: Figure,
    shown: Sequence[Moment],
    view: View,
    only: Sequence[str] | None = None,
) -> None:
    usual = _ORDER[figure.view]
    for part in (*figure.behind, *(part for part in usual if part not in figure.behind)):
        if only is not None and part not in only:
            continue
        tone = "accent" if part in figure.accent else _TONE[part.split("_")[0]]
        if part == "head":
            _draw_ears(canvas, shown, view, tone, above=False)
        rings = [path([outline(hull, moment, view) for hull in _PARTS[part]]) for moment in shown]
        canvas.shape("path", filled(tone), {"d": rings})
        if part == "head":
            _draw_ears(canvas, shown, view, tone, above=True)
            _draw_face(canvas, shown, view)


def _draw_ears(
    canvas: Canvas, shown: Sequence[Moment], view: View, tone: str, *, above: bool
) -> None:
    for side in SIDES:
        moving: dict[str, Sequence[str]] = {
            "d": [path([face.ear(side, moment, view)]) for moment in shown]
        }
        if above:
            shows = [face.ear_shows(side, moment, view) for moment in shown]
            if not any(shows):
                continue
            moving["opacity"] = [f"{share:.2f}" for share in shows]
        canvas.shape("path", filled(tone), moving)


def _draw_face(canvas: Canvas, shown: Sequence[Moment], view: View) -> None:
    if view.facing == "back":
        return
    for side in SIDES:
        middles = [face.eye(side, moment, view) for moment in shown]
        canvas.shape(
            "circle",
            {"class": "figure-eye", "fill": "#1d2833", "r": f"{1.5 * view.scale:.1f}"},
            {
                "cx": [f"{x:.1f}" for x, _ in middles],
                "cy": [f"{y:.1f}" for _, y in middles],
                "opacity": [f"{face.eye_shows(side, moment, view):.2f}" for moment in shown],
            },
        )
    _draw_line(canvas, shown, lambda moment: face.mouth(moment, view), "ink")
    canvas.shape(
        "path",
        drawn("ink"),
        {
            "d": [_open(face.nose(moment, view)) for moment in shown],
            "opacity": [f"{face.nose_shows(moment, view):.2f}" for moment in shown],
        },
    )


def _draw_prop(canvas: Canvas, prop: Prop, shown: Sequence[Moment], view: View) -> None:
    for piece in prop.pieces:
        rings = [path([outline(piece.balls, moment, view)]) for moment in shown]
        canvas.shape("path", filled(piece.tone), {"d": rings})


def _draw_arrows(
    canvas: Canvas,
    figure: Figure,
    way: Sequence[Moment],
    shown: Sequence[Moment],
    view: View,
    *,
    still: bool,
) -> None:
    for arrow in figure.arrows:
        if arrow.push is not None:
            towards = arrow.push
            lines = [arrows.push(arrow, towards, moment, view) for moment in shown]
            opacity = [f"{moment.angles['press']:.2f}" for moment in shown]
        elif still:
            lines, opacity = [arrows.way(arrow, way, view)], ["1"]
        else:
            continue
        for part in (_open, lambda line: _open(arrows.head(line))):
            data = [part(line) for line in lines]
            canvas.shape("path", drawn("accent", width=2.2 * LINE), {"d": data, "opacity": opacity})


def _draw_line(
    canvas: Canvas, shown: Sequence[Moment], points: Callable[[Moment], Array], tone: str
) -> None:
    canvas.shape("path", drawn(tone), {"d": [_open(points(moment)) for moment in shown]})


def _open(points: Array) -> str:
    return "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in points)
