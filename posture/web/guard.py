"""Who may talk to the local page: a browser of this user, on this machine, on a page of ours.

Any web page that the user visits can make the browser send requests to 127.0.0.1, and any user of
the machine can connect. The token in the path keeps out both; the Host check stops a foreign name
that resolves to 127.0.0.1 (DNS rebinding), the Origin check stops a foreign page that has learnt
the token, and the headers stop our own page from ever fetching from elsewhere.
"""

from __future__ import annotations

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE_METHODS = frozenset({"GET", "HEAD"})
_MOST_BODY = 1_000_000

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    # The token stands in the address, which therefore must not travel to other sites.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class Tickets:
    """Links that lead to a page once.

    A program's arguments can be read by everybody on the machine, and a browser is begun with the
    address as its argument: that address must be worth nothing afterwards.
    """

    FIRST = "open"

    def __init__(self) -> None:
        self._pages: dict[str, str] = {}

    def issue(self, page: str) -> str:
        """A path, without a leading slash, that leads to a page once."""
        ticket = secrets.token_urlsafe(24)
        self._pages[ticket] = page
        return f"{self.FIRST}/{ticket}"

    def redeem(self, path: str) -> str | None:
        """The page that a path leads to; None where it is no ticket, or was used."""
        first, _, ticket = path.strip("/").partition("/")
        return self._pages.pop(ticket, None) if first == self.FIRST else None


class Guard:
    """ASGI middleware in front of every page."""

    def __init__(self, app: ASGIApp, token: str, port: int, tickets: Tickets) -> None:
        """Guard an application.

        Args:
            app: What is behind it; sees paths without the token.
            token: First segment of every path.
            port: The one it listens on.
            tickets: Lead to the token once.
        """
        self._app = app
        self._token = token
        self._tickets = tickets
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._origins = frozenset(f"http://{host}" for host in self._hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self._app({**scope, "root_path": f"/{self._token}"}, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            return PlainTextResponse("This page answers to 127.0.0.1 only.", 403)
        origin = headers.get("origin")
        # Browsers name the origin of everything that changes something.
        foreign = origin not in self._origins
        if foreign and (origin is not None or scope["method"] not in _SAFE_METHODS):
            return PlainTextResponse("Requests from other pages are refused.", 403)
        first = str(scope["path"]).split("/", 2)[1]
        if not secrets.compare_digest(first.encode(), self._token.encode()):
            page = self._tickets.redeem(str(scope["path"]))
            if page is not None:
                return RedirectResponse(f"/{self._token}/{page}", 303)
            text = "This link is not complete or not current. Open the one that posture printed."
            return PlainTextResponse(text, 403)
        if int(headers.get("content-length", "0") or 0) > _MOST_BODY or (
            "transfer-encoding" in headers
        ):
            return PlainTextResponse("That is more than this page takes.", 413)
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
