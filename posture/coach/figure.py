"""Exercise figures: a drawn person who shows the movement, from joint angles alone."""

from __future__ import annotations

from functools import lru_cache
from xml.sax.saxutils import escape

from posture.coach.mannequin.draw import elements
from posture.coach.mannequin.load import bundled_figures
from posture.coach.mannequin.svg import SIZE


@lru_cache(maxsize=256)
def figure_svg(name: str, *, still: bool) -> str:
    """An exercise's figure.

    Args:
        name: The exercise's id.
        still: No animation: the end of the movement, its start faint behind it, and an arrow; for
            systems that ask for reduced motion, and for print.

    Returns:
        One `<svg>` element that needs nothing else: no style, no script, no file.

    Raises:
        LookupError: No figure has this name.
        ConfigError: The file of figures does not hold.
    """
    figures = bundled_figures()
    figure = figures.figure.get(figures.alias.get(name, name))
    if figure is None:
        raise LookupError(f"there is no figure of {name!r}")
    shapes = "".join(elements(figures, figure, still=still))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" '
        f'class="figure"><title>{escape(figure.title)}</title>{shapes}</svg>'
    )


def figure_names() -> tuple[str, ...]:
    """The ids of all exercises that have a figure."""
    figures = bundled_figures()
    return tuple(sorted({*figures.figure, *figures.alias}))
