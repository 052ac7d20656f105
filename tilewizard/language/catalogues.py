"""The texts of a language: one compiled file in what is installed; in a checkout the catalogues themselves, a .po for each room."""

from __future__ import annotations

import io
import os
from contextlib import suppress
from gettext import GNUTranslations
from pathlib import Path

from .chosen import LOCALE

COMPILED = "tilewizard.mo"


def loaded(code: str) -> GNUTranslations:
    """The texts of a language.

    Raises:
        KeyError: there is no such language.
    """
    folder = LOCALE / code / "LC_MESSAGES"
    if not folder.is_dir():
        raise KeyError(code)
    with suppress(OSError), (folder / COMPILED).open("rb") as file:
        return GNUTranslations(file)
    return GNUTranslations(io.BytesIO(_remembered(folder, code)))


def compiled(folder: Path) -> bytes:
    """The catalogues of a folder as one .mo; needs Babel alone, so that building a wheel can do it too."""
    from datetime import UTC, datetime

    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=folder.parent.name, domain="tilewizard", header_comment="", fuzzy=False)
    whole.creation_date = whole.revision_date = datetime(
        2026, 1, 1, tzinfo=UTC
    )  # Else it is now, and no two wheels are alike.
    for place in sorted(folder.glob("*.po")):
        with place.open("rb") as file:
            part = read_po(file, locale=folder.parent.name)
        whole.mime_headers = [("Plural-Forms", part.plural_forms)]
        for message in part:
            if message.id and message.string and not message.fuzzy:
                whole.add(message.id, message.string, context=message.context)
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()


def _remembered(folder: Path, code: str) -> bytes:
    """The compiled catalogues of a checkout: reading them takes a second, so it is done once for each state of theirs."""
    from hashlib import blake2b

    states = sorted((each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in folder.glob("*.po"))
    name = blake2b(repr((str(folder), states)).encode(), digest_size=12).hexdigest()
    place = _cache() / "catalogues" / f"{code}-{name}.mo"
    with suppress(OSError):
        return place.read_bytes()
    data = compiled(folder)
    stage = place.with_name(f".{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in place.parent.glob(f"{code}-*.mo"):
            old.unlink(missing_ok=True)
        stage.write_bytes(data)
        stage.replace(place)
    return data


def _cache() -> Path:
    given = os.environ.get("TILEWIZARD_STATE")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("tilewizard", appauthor=False)
