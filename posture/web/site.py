"""What every page shares: the menu, the templates, the files beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the menu.

    Attributes:
        path: Under the token, without a leading slash; empty for the first page.
        title: What it is called.
    """

    path: str
    title: str


TABS = (Tab("exercise", "Exercise"),)

_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render a page.

    Args:
        request: Whose answer it is.
        template: File name in `templates/`.
        status: HTTP status.
        **values: What the template shows.

    Returns:
        The page, with the menu; links in templates begin with `{{ root }}/`.
    """
    root = str(request.scope["root_path"])
    here = request.url.path.removeprefix(root).strip("/")
    content = _TEMPLATES.get_template(template).render(root=root, here=here, tabs=TABS, **values)
    return HTMLResponse(content, status)


def site(routes: Sequence[BaseRoute]) -> Starlette:
    """The application.

    Args:
        routes: The pages'.

    Returns:
        The pages and the files they use, to be put behind a `Guard`.
    """
    static = Mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    return Starlette(
        routes=[*routes, static],
        exception_handlers={404: _missing},
    )


async def _missing(request: Request, _error: Exception) -> HTMLResponse:
    return page(request, "missing.html", 404)
