"""One local server on 127.0.0.1, in a thread of its own, for as long as a command runs."""

from __future__ import annotations

import os
import secrets
import socket
import threading

import uvicorn
from starlette.types import ASGIApp

from posture.closing import Closing
from posture.errors import PortTakenError
from posture.web.guard import Guard, Tickets

_TOKEN_BYTES = 24
_STARTS_WITHIN_S = 10.0


class LocalServer(Closing):
    """Serves an application to this machine; use with `with`.

    Attributes:
        url: Where it is, with the token; ends with a slash.
    """

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        """Listen and serve.

        Args:
            app: The pages.
            port: From the config; 0 takes any free one.

        Raises:
            PortTakenError: Another program has that port.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        listening = _listen(port)
        port = listening.getsockname()[1]
        self._origin = f"http://127.0.0.1:{port}/"
        self._tickets = Tickets()
        self.url = f"{self._origin}{token}/"
        self._server = uvicorn.Server(
            uvicorn.Config(
                Guard(app, token, port, self._tickets),
                access_log=False,  # it would hold the token
                log_level="warning",
                lifespan="off",
                server_header=False,
                limit_concurrency=64,
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = threading.Thread(
            target=self._server.run, args=([listening],), name="local page", daemon=True
        )
        self._thread.start()

    def once(self, page: str) -> str:
        """A link to a page that works once, for a browser to be begun with.

        Args:
            page: Path under `url`.
        """
        return self._origin + self._tickets.issue(page)

    def close(self) -> None:
        """End it; open pages say so by themselves."""
        self._server.should_exit = True
        self._thread.join(_STARTS_WITHIN_S)


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let another program share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise PortTakenError(
            f"Port {port} cannot be used ({error.strerror}).",
            meaning="The local page was not opened.",
            action="Set another `port` in the [review] table, or 0 for any free one.",
        ) from error
    # Connections wait in the queue until the thread serves them.
    listening.listen(128)
    return listening
