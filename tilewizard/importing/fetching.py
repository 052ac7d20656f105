"""Metrics from an address that somebody typed: one plain GET, and nothing that they did not ask for."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import IO
from urllib.parse import SplitResult, urlsplit

from tilewizard.errors import TilewizardError
from tilewizard.language import _

from .reading import BYTES_MAX, decoded
from .rows import Cancelled, never

SECONDS = 10.0
"""Seconds that a server may be silent."""
SECONDS_ALL = 60.0
"""Seconds that everything may take."""
_CHUNK = 65_536
_SCHEMES = ("http", "https")
_ACCEPT = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.8,text/csv;q=0.5,*/*;q=0.1"
Progress = Callable[[int], None]
"""Told how many bytes there are so far."""


class FetchStopped(TilewizardError):
    """Somebody asked to stop."""


def is_url(text: str) -> bool:
    """Whether a text is meant as an address rather than a path."""
    return text.strip().casefold().startswith(("http://", "https://"))


def fetch(url: str, *, cancelled: Cancelled = never, progress: Progress | None = None, seconds: float = SECONDS) -> str:
    """The text at an address.

    Args:
        url: ``http`` or ``https``, without a password in it.
        cancelled: asked before connecting and between chunks.
        progress: told the bytes that came.
        seconds: that the server may be silent.

    Raises:
        FetchStopped: ``cancelled`` said so.
        TilewizardError: the address can't be used, the server can't be reached or refuses, the answer is larger than
            ``BYTES_MAX``, takes more than ``SECONDS_ALL``, or redirects to another scheme.
    """
    url = url.strip()
    parts = _checked(url)
    request = urllib.request.Request(url, headers={"Accept": _ACCEPT, "User-Agent": "tilewizard"})
    _stop_if(cancelled, url)
    try:
        with _opener(parts.hostname or "").open(request, timeout=seconds) as answer:
            return decoded(_body(answer, url, cancelled, progress))
    except urllib.error.HTTPError as error:
        error.close()
        raise TilewizardError(
            _("the server answers {code} {reason}", code=error.code, reason=error.reason), file=url
        ) from error
    except TimeoutError as error:
        raise TilewizardError(_("the server is silent for {seconds:g} seconds", seconds=seconds), file=url) from error
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise TilewizardError(_("can't be fetched: {error}", error=_reason(error, seconds)), file=url) from error


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, __ = parts.hostname, parts.port
    except ValueError as error:
        raise TilewizardError(_("is no address: {error}", error=error), file=url) from error
    if parts.scheme not in _SCHEMES or not host:
        raise TilewizardError(
            _("is no http or https address"), file=url, remedy=_("such as http://localhost:9090/metrics")
        )
    if parts.username is not None or parts.password is not None:
        shown = parts._replace(netloc=host).geturl()
        raise TilewizardError(_("holds a password"), file=shown, remedy=_("fetch it by other means, and give the file"))
    return parts


class _SameScheme(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only where the scheme stays."""

    max_redirections = 5

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme != urlsplit(req.full_url).scheme:
            fp.close()
            raise TilewizardError(
                _("redirects to {newurl}", newurl=newurl), file=req.full_url, remedy=_("if you mean that, type it")
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(host: str) -> urllib.request.OpenerDirector:
    """Plain http and https: no files, no FTP, no cookies, no passwords; no proxy on the way to this machine itself."""
    opener = urllib.request.OpenerDirector()
    handlers = [
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _SameScheme(),
    ]
    if host != "localhost" and host != "::1" and not host.startswith("127."):
        handlers.append(urllib.request.ProxyHandler())
    for handler in handlers:
        opener.add_handler(handler)
    return opener


def _body(answer: http.client.HTTPResponse, url: str, cancelled: Cancelled, progress: Progress | None) -> bytes:
    end = time.monotonic() + SECONDS_ALL
    data = bytearray()
    while True:
        _stop_if(cancelled, url)
        chunk = answer.read1(_CHUNK)
        if not chunk:
            if answer.length:  # What was promised and didn't come; ``read1`` says nothing of it.
                raise TilewizardError(_("the server broke off after {count} bytes", count=len(data)), file=url)
            return bytes(data)
        data += chunk
        if len(data) > BYTES_MAX:
            raise TilewizardError(_("is larger than {limit} MB", limit=BYTES_MAX // 1_000_000), file=url)
        if time.monotonic() > end:
            raise TilewizardError(_("takes more than {seconds_all:g} seconds", seconds_all=SECONDS_ALL), file=url)
        if progress is not None:
            progress(len(data))


def _stop_if(cancelled: Cancelled, url: str) -> None:
    if cancelled():
        raise FetchStopped("stopped", file=url)


def _reason(error: Exception, seconds: float) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return _("the server is silent for {seconds:g} seconds", seconds=seconds)
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
