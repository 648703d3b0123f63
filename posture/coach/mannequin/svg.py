"""Elements of the drawing: each shape once, with its animation where it moves.

Presentation attributes carry the look, so that no style sheet is needed; classes let one change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

SIZE = 240
"""Side length of the drawing, in its own units."""
LINE = 2.2
"""Width of every outline."""

# Colours that stand on white and on near-black alike; the outline is the text's colour.
TONES = {
    "skin": "#c9d3de",
    "cloth": "#8fa3b8",
    "legs": "#667b91",
    "shoe": "#4a5b6e",
    "accent": "#f0a04b",
    "furniture": "#8a8f98",
    "edge": "#8a8f98",
    "thing": "#3fa7a0",
    "screen": "#3b4b5e",
    "ink": "#1d2833",
}


@dataclass(slots=True)
class Canvas:
    """What has been drawn so far.

    Attributes:
        times: Seconds of the moments; one for a still figure.
        elements: The elements in order.
    """

    times: tuple[float, ...]
    elements: list[str] = field(default_factory=list)

    def shape(self, name: str, looks: dict[str, str], moving: dict[str, Sequence[str]]) -> None:
        """Add an element.

        Args:
            name: `path`, `circle` …
            looks: Its fixed attributes.
            moving: Its other attributes, a value for each moment.
        """
        attributes = looks | {key: values[0] for key, values in moving.items()}
        written = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
        inner = "".join(self._animate(key, values) for key, values in moving.items())
        self.elements.append(
            f"<{name} {written}>{inner}</{name}>" if inner else f"<{name} {written}/>"
        )

    def _animate(self, attribute: str, values: Sequence[str]) -> str:
        if len(set(values)) == 1:
            return ""
        # A value that both neighbours share adds nothing.
        last = len(values) - 1
        kept = [
            i
            for i in range(len(values))
            if i in (0, last) or not values[i - 1] == values[i] == values[i + 1]
        ]
        length = self.times[-1]
        key_times = ";".join(f"{self.times[i] / length:.4f}".rstrip("0").rstrip(".") for i in kept)
        return (
            f'<animate attributeName="{attribute}" dur="{length:.2f}s" repeatCount="indefinite" '
            f'keyTimes="{key_times}" values="{";".join(values[i] for i in kept)}"/>'
        )


def filled(tone: str, *, opacity: float = 1) -> dict[str, str]:
    """Looks of a part of the body or a thing: filled, with the outline behind the fill."""
    looks = {
        "class": f"figure-{tone}",
        "fill": TONES[tone],
        "stroke": "currentColor",
        "stroke-width": f"{2 * LINE:g}",
        "stroke-linejoin": "round",
        "paint-order": "stroke",
    }
    return looks if opacity == 1 else looks | {"opacity": f"{opacity:g}"}


def drawn(tone: str, *, width: float = LINE) -> dict[str, str]:
    """Looks of a line."""
    return {
        "class": f"figure-{tone}-line",
        "fill": "none",
        "stroke": TONES[tone],
        "stroke-width": f"{width:g}",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
