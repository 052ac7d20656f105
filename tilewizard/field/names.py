"""Names that follow from other names: directories, app ids, metric names, integration names.

Pure functions on text; the forms are those of tile-facts ("The directory", "metadata.csv", "A pricing plan").
"""

from __future__ import annotations

import re
import unicodedata

_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SNAKE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))


def kebab(text: str) -> str:
    """``"Acme Widget"`` → ``"acme-widget"``; letters without an ASCII form are left out."""
    return "-".join(_words(text))


def snake(text: str) -> str:
    """``"Acme Widget"`` → ``"acme_widget"``."""
    return "_".join(_words(text))


def is_kebab(text: str) -> bool:
    """Whether ``text`` is lower-case words joined by single dashes."""
    return _KEBAB.fullmatch(text) is not None


def is_snake(text: str) -> bool:
    """Whether ``text`` is lower-case words joined by single underscores."""
    return _SNAKE.fullmatch(text) is not None


_STORED = re.compile(r"[A-Za-z][A-Za-z0-9]*+(?:(?:_|\.+)[A-Za-z0-9]++)*+")
"""A name that is stored as it stands."""


def normalized_metric(name: str) -> str:
    """A metric name as Datadog stores it: a letter, then ``[A-Za-z0-9_.]``, no ``_`` beside a dot, none at the ends."""
    if _STORED.fullmatch(name):
        return name  # As nearly every name is.
    name = re.sub(r"[^A-Za-z0-9_.]+", "_", re.sub(r"^[^A-Za-z]+", "", name))
    name = re.sub(r"_*\._*", ".", name)
    return re.sub(r"__+", "_", name).strip("_")


def is_normalized_metric(name: str) -> bool:
    """Whether Datadog would store the metric under exactly this name (tile-facts, metadata.csv)."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_.]*", name):
        return False
    return not ("_." in name or "._" in name or name.endswith("_"))


def integration_name(source_type_name: str) -> str:
    """The ``integration`` column of metadata.csv for a ``source_type_name``.

    Lower-cased, all but ASCII letters, digits and ``-`` made ``_``, runs of ``_`` merged and trimmed.
    """
    return re.sub(r"_+", "_", re.sub(r"[^A-Za-z0-9-]", "_", source_type_name)).strip("_").lower()


def metering_metric(vendor_id: str, product_id: str) -> str:
    """The metric that a tag_count plan is billed by: ``datadog.marketplace.<partner>.<offering>``."""
    return f"datadog.marketplace.{snake(vendor_id)}.{snake(product_id)}"
