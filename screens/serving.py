"""The wizard in a browser of this machine: textual-serve, on loopback only, for whoever was given the address.

A page that listens on loopback can be reached by every program and, through a browser, by every site that one visits.
So a request must name this host, come from this page, and bring the key that is part of the printed address.
"""

from __future__ import annotations

import errno
import hmac
import importlib.resources
import secrets
import shlex
import socket
from collections.abc import Awaitable, Callable

import aiohttp_jinja2
import click
import jinja2
from aiohttp import web
from textual_serve.server import Server
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.surroundings.program import program

HOST = "127.0.0.1"
"""The only address that is listened on."""
_FORBIDDEN = _("Open the address that `tilewizard serve` printed: it holds the key of this session.\n")
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self' ws://{host}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LoopbackServer(Server):
    """Serves one command; each page that is opened runs it anew.

    Args:
        command: the words of the command.
        port: on which to listen.
        key: what the address must hold; by default a new one.
    """

    def __init__(self, command: list[str], port: int, key: str = "") -> None:
        pages = str(importlib.resources.files("tilewizard.templates").joinpath("web"))
        super().__init__(shlex.join(command), host=HOST, port=port, title="tilewizard", templates_path=pages)
        self.key = key or secrets.token_urlsafe(24)

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"{self.public_url}/?key={self.key}"

    def initialize_logging(self) -> None:
        """Nothing is logged."""

    def application(self) -> web.Application:
        """The pages, all behind the guard; the server's own way of making them can't be added to."""
        app = web.Application(middlewares=[self._guard])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(self.templates_path))
        app.router.add_get("/", self.handle_index, name="index")
        app.router.add_get("/ws", self.handle_websocket, name="websocket")
        app.router.add_get("/download/{key}", self.handle_download, name="download")
        app.router.add_static("/static", self.statics_path, name="static")
        app.router.add_static("/page", self.templates_path)
        app.on_shutdown.append(self.on_shutdown)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let in who has the key; the address is exchanged for a cookie, so that the key doesn't stay in it."""
        if request.host != f"{HOST}:{self.port}" or request.headers.get("Origin") not in (None, self.public_url):
            return web.Response(status=403, text=_FORBIDDEN)
        cookie = f"tilewizard-{self.port}"
        if self._is_key(request.cookies.get(cookie, "")):
            response = await handler(request)
            if not response.prepared:
                response.headers["Content-Security-Policy"] = _POLICY.format(host=f"{HOST}:{self.port}")
                response.headers["Referrer-Policy"] = "no-referrer"
            return response
        if request.path == "/" and self._is_key(request.query.get("key", "")):
            moved = web.HTTPFound(self.public_url + "/")
            moved.set_cookie(cookie, self.key, httponly=True, samesite="Strict")
            return moved
        return web.Response(status=403, text=_FORBIDDEN)

    def _is_key(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.key.encode())


def serve(words: list[str], port: int, *, ready: Callable[[str], object] = lambda __: None) -> None:
    """Serve ``tilewizard WORDS`` until it is stopped.

    Args:
        words: the command and its options.
        port: on which to listen; 0: any that is free.
        ready: called with the address once it can be reached.

    Raises:
        TilewizardError: the port can't be had.
    """
    listening = _listening(port)
    server = LoopbackServer([*program(), *words], listening.getsockname()[1])

    def started(__: str) -> None:
        click.echo(_("tilewizard is at {address}\nCtrl+C stops it; drafts are kept.", address=server.address))
        ready(server.address)

    web.run_app(server.application(), sock=listening, print=started)


def _listening(port: int) -> socket.socket:
    """A socket that has the port."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
    except OSError as error:
        found.close()
        taken = (
            _("is taken") if error.errno == errno.EADDRINUSE else _("can't be had: {strerror}", strerror=error.strerror)
        )
        raise TilewizardError(
            _("port {port} {taken}", port=port, taken=taken), remedy=_("give another one: --port 0 takes any")
        ) from error
    return found
