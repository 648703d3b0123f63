"""The few SVG elements that the charts are made of (pure), and what a chart consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

# A wide drawing for a page, a narrow one for a telephone: text keeps its size in both.
WIDE_PX = 760
NARROW_PX = 328
_NARROW_BELOW_PX = 500

# From a prefix for ids and a width in pixels to a height and the elements.
Draw = Callable[[str, int], tuple[int, Iterable[Markup]]]


@dataclass(frozen=True, slots=True)
class Table:
    """What a chart draws, for those who read it.

    Attributes:
        columns: The head.
        rows: The body.
        total: The last row, where columns add up; else empty.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing in two widths, and the same as a table.

    Attributes:
        name: Small letters; unique on a page.
        title: What it shows.
        says: The one thing to take from it, in a sentence; also its text for screen readers.
        wide: The drawing for a page.
        narrow: The drawing for a telephone.
        table: The same in words and numbers.
    """

    name: str
    title: str
    says: str
    wide: Markup
    narrow: Markup
    table: Table


def chart(name: str, title: str, says: str, draw: Draw, table: Table) -> Chart:
    """Draw a chart in both widths.

    Args:
        name: As in `Chart`.
        title: As in `Chart`.
        says: As in `Chart`.
        draw: Draws it.
        table: As in `Chart`.
    """
    wide = _picture(f"{name}-wide", WIDE_PX, title, says, draw)
    narrow = _picture(f"{name}-narrow", NARROW_PX, title, says, draw)
    return Chart(name, title, says, wide, narrow, table)


def is_narrow(width: int) -> bool:
    """Whether a drawing is for a telephone."""
    return width < _NARROW_BELOW_PX


def element(tag: str, *content: str, **attributes: float | str) -> Markup:
    """One element; text is escaped, numbers are kept short, `_` in names becomes `-`."""
    given = Markup("").join(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), _short(value))
        for name, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(tag, given, Markup("").join(content))


def text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "label") -> Markup:
    """A line of text; `y` is its base line."""
    return element("text", words, x=x, y=y, text_anchor=anchor, class_=kind)


def box(x: float, y: float, width: float, height: float, kind: str, *, title: str = "") -> Markup:
    """A rectangle, with words for who points at it."""
    inside = (element("title", title),) if title else ()
    return element(
        "rect", *inside, x=x, y=y, width=max(width, 0.0), height=max(height, 0.0), class_=kind
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def path(points: Sequence[tuple[float, float]], kind: str, *, closed: bool = False) -> Markup:
    """A line through points, or the area within."""
    steps = " ".join(
        f"{'M' if index == 0 else 'L'}{_short(x)} {_short(y)}"
        for index, (x, y) in enumerate(points)
    )
    return element("path", d=f"{steps}{' Z' if closed else ''}", class_=kind)


def hatch(prefix: str) -> Markup:
    """The pattern of time that was not good: stripes tell it apart without any colour."""
    stripe = element("path", d="M0 6 L6 0 M-1 1 L1 -1 M5 7 L7 5", class_="stripe")
    ground = box(0, 0, 6, 6, "poor")
    pattern = element(
        "pattern",
        ground,
        stripe,
        id=f"{prefix}-hatch",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
    )
    return element("defs", pattern)


def hatched(prefix: str, x: float, y: float, width: float, height: float, *, title: str) -> Markup:
    """A rectangle in that pattern."""
    return element(
        "rect",
        element("title", title),
        x=x,
        y=y,
        width=max(width, 0.0),
        height=max(height, 0.0),
        fill=f"url(#{prefix}-hatch)",
        class_="outlined",
    )


def nice_step(span: float, most: int) -> float:
    """A round step (1, 2, 5 times a power of ten) that cuts a span into no more than `most`."""
    step = 1.0
    while span / step > most:
        for factor in (2.0, 2.5, 2.0):
            step *= factor
            if span / step <= most:
                break
    return step


def _picture(prefix: str, width: int, title: str, says: str, draw: Draw) -> Markup:
    height, elements = draw(prefix, width)
    return element(
        "svg",
        element("title", title, id=f"{prefix}-title"),
        element("desc", says, id=f"{prefix}-says"),
        *elements,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-says",
        class_=f"chart {prefix.rsplit('-', 1)[-1]}",
    )


def _short(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
