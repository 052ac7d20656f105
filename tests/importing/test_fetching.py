"""An address that somebody typed: fetched as far as it is safe, refused in words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tilewizard.errors import TilewizardError
from tilewizard.importing import fetching
from tilewizard.importing.fetching import FetchStopped, fetch, is_url


class Server(BaseHTTPRequestHandler):
    """Answers by path."""

    seen: list[dict[str, str]] = []

    def do_GET(self) -> None:
        self.seen.append({name.lower(): value for name, value in self.headers.items()})
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.send_header("Set-Cookie", "a=b")
            self.end_headers()
            return
        self.send_response(200 if self.path in ("/metrics", "/slow", "/big", "/cut", "/silent") else 404)
        if self.path == "/cut":
            self.send_header("Content-Length", "100")
        self.end_headers()
        getattr(self, f"answer_{self.path.strip('/')}", lambda: self.wfile.write(b"# no"))()

    def answer_metrics(self) -> None:
        self.wfile.write("# TYPE a gauge\na 1\n# é\n".encode())

    def answer_cut(self) -> None:
        self.wfile.write(b"a 1\n")

    def answer_silent(self) -> None:
        time.sleep(0.6)

    def answer_big(self) -> None:
        self._pour(b"a 1\n" * 100_000)

    def answer_slow(self) -> None:
        self._pour(b"a 1\n", 0.02)

    def _pour(self, piece: bytes, pause: float = 0.0) -> None:
        try:
            for _ in range(200):
                self.wfile.write(piece)
                time.sleep(pause)
        except OSError:
            pass  # The other side has had enough.

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # This machine is asked directly, whatever proxy there is.
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    Server.seen = []
    yield lambda path: f"http://127.0.0.1:{server.server_port}{path}"
    server.shutdown()
    server.server_close()


def test_a_text_is_fetched_with_its_progress(at: Callable[[str], str]) -> None:
    sizes: list[int] = []
    assert fetch(f" {at('/metrics')} ", progress=sizes.append) == "# TYPE a gauge\na 1\n# é\n"
    assert sizes[-1] == 24
    assert "openmetrics" in Server.seen[0]["accept"]


def test_a_redirect_is_followed_without_cookies(at: Callable[[str], str]) -> None:
    assert fetch(at("/to?/metrics")).startswith("# TYPE")
    assert "cookie" not in Server.seen[-1]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/none", "answers 404"),
        ("/big", "larger than 10 MB"),
        ("/cut", "broke off after 4 bytes"),
        ("/silent", "silent for 0.3 seconds"),
        ("/to?https://127.0.0.1/", "redirects to https"),
        ("/to?file:///etc/passwd", "redirects to file|302"),
        ("/to?ftp://127.0.0.1/", "redirects to ftp|302"),
    ],
)
def test_what_a_server_does_wrong_is_said(at: Callable[[str], str], path: str, words: str) -> None:
    with pytest.raises(TilewizardError, match=words):
        fetch(at(path), seconds=0.3)


def test_a_redirect_in_circles_ends(at: Callable[[str], str]) -> None:
    target = at("/to?")
    with pytest.raises(TilewizardError):
        fetch(f"{target}{'/to?' * 30}/metrics")


def test_fetching_stops_between_chunks(at: Callable[[str], str]) -> None:
    came: list[int] = []
    with pytest.raises(FetchStopped):
        fetch(at("/slow"), cancelled=lambda: len(came) > 2, progress=came.append)
    with pytest.raises(FetchStopped):
        fetch(at("/slow"), cancelled=lambda: True)
    assert len(Server.seen) == 1


def test_a_server_that_never_ends_is_left(at: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS_ALL", 0.1)
    with pytest.raises(TilewizardError, match=r"more than 0\.1 seconds"):
        fetch(at("/slow"))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", "no http or https"),
        ("ftp://example.com/", "no http or https"),
        ("http://", "no http or https"),
        ("http://127.0.0.1:99999/", "no address"),
        ("http://[::1/", "no address"),
        ("http://me:secret@127.0.0.1/", "holds a password"),
        ("http://127.0.0.1:1/metrics", "can't be fetched: .*refused"),
        ("http://127.0.0.1:1/a b\r\nX: y", "can't be fetched"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_words(url: str, words: str) -> None:
    with pytest.raises(TilewizardError, match=words) as caught:
        fetch(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("http://a/", True), (" HTTPS://a", True), ("metrics.txt", False), ("~/http", False), ("", False)],
)
def test_an_address_is_told_from_a_path(text: str, expected: bool) -> None:
    assert is_url(text) == expected
