"""What every page shares: the menu, the templates, the files beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from posture.errors import PostureError
from posture.review.report import ASSETS

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


TABS = (
    Tab("", "Now"),
    Tab("day", "Day"),
    Tab("trends", "Trends"),
    Tab("calibrate", "Calibrate"),
    Tab("exercise", "Exercise"),
    Tab("settings", "Settings"),
    Tab("data", "About my data"),
)

_TEMPLATES = Environment(
    # The charts are those of the printed report.
    loader=FileSystemLoader([_HERE / "templates", ASSETS]),
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
    root = root_of(request)
    here = request.url.path.removeprefix(root).strip("/")
    tabs = [tab for tab in TABS if tab.path in request.app.state.served]
    content = _TEMPLATES.get_template(template).render(root=root, here=here, tabs=tabs, **values)
    return HTMLResponse(content, status)


def root_of(request: Request) -> str:
    """What links within the site begin with: a slash and the token."""
    return str(request.scope["root_path"])


def site(routes: Sequence[BaseRoute]) -> Starlette:
    """The application.

    Args:
        routes: The pages'.

    Returns:
        The pages and the files they use, to be put behind a `Guard`.
    """
    static = Mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app = Starlette(
        routes=[*routes, static],
        exception_handlers={404: _missing, PostureError: _problem, 500: _mistake},
    )
    # The menu names what this site has: an exercise session alone has no other pages.
    app.state.served = {
        route.path.split("/")[1] for route in routes if isinstance(route, (Route, Mount))
    }
    return app


async def _missing(request: Request, _error: Exception) -> HTMLResponse:
    return page(request, "missing.html", 404)


async def _problem(request: Request, error: Exception) -> HTMLResponse:
    return page(request, "problem.html", 503, problem=error)


async def _mistake(request: Request, _error: Exception) -> HTMLResponse:
    return page(request, "problem.html", 500, problem=None)
