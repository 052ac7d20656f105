"""User agents and URLs, taken apart: by ua-parser's own tables and the standard library."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit


def useragent(text: str) -> dict[str, Any]:
    """``os``, ``browser`` and ``device`` of a user agent, as Datadog names them."""
    from ua_parser import parse

    found = parse(text[:2000].encode("utf-8", "replace").decode("utf-8"))
    system, browser, device = found.os, found.user_agent, found.device
    made: dict[str, Any] = {
        "os": {"family": system.family if system else "Other"},
        "browser": {"family": browser.family if browser else "Other"},
        "device": {"family": device.family if device else "Other"},
    }
    for name, part, keys in (
        ("os", system, ("major", "minor", "patch")),
        ("browser", browser, ("major", "minor", "patch", "patch_minor")),
    ):
        made[name] |= {key: getattr(part, key) for key in keys if part and getattr(part, key)}
    if device:
        made["device"] |= {key: getattr(device, key) for key in ("brand", "model") if getattr(device, key)}
    made["device"]["category"] = _category(text, made)
    return made


def _category(text: str, made: dict[str, Any]) -> str:
    family, system = made["device"]["family"], made["os"]["family"]
    if family == "Spider" or "bot" in text.lower():
        return "Bot"
    if family in ("iPad",) or ("Android" in system and "Mobile" not in text):
        return "Tablet"
    if system in ("iOS", "Android", "Windows Phone"):
        return "Mobile"
    return "Desktop" if system.startswith(("Windows", "Mac", "Linux", "Ubuntu", "Chrome OS", "Fedora")) else "Other"


def url(text: str) -> dict[str, Any] | None:
    """The parts of a URL: scheme, host, port, path, queryString, hash; None when it is none."""
    try:
        parts = urlsplit(text[:20_000])
        port, host = parts.port, parts.hostname
    except ValueError:
        return None
    made: dict[str, Any] = {"path": parts.path}
    # The values stay as the URL has them: nothing is decoded, and of a key that stands twice the last counts.
    pairs = (pair.partition("=") for pair in parts.query.split("&", 1000)[:1000])
    query = {key: value for key, _, value in pairs if key}
    for key, value in (
        ("scheme", text[: len(parts.scheme)]),
        ("host", host),
        ("port", port),
        ("hash", parts.fragment),
        ("queryString", query),
    ):
        if value:
            made[key] = value
    return made
