"""Writes the templates of ``data/conf.yaml.example`` and the config models anew, by Datadog's own renderer.

Run it with a Python that has datadog-checks-dev, datamodel-code-generator 0.25, semver, tomli and black:

    python tools/agent_rendering.py [--check]

The texts of the options come out of Datadog's templates (BSD-3-Clause, see templates/agent/NOTICE) and stand in
every Agent integration; what differs from tile to tile is a place in the template. With ``--check`` nothing is written, and
differences are printed (exit 1).
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
ROOT = HOUSE / "templates" / "agent"
PLACES = {
    "http://place.example/endpoint": "{{ endpoint }}",
    "place_name": "{{ name }}",
    "place_source": "{{ source }}",
}
# Loaded by its place: this runs in an environment of Datadog's, without tilewizard.
_SPEC = importlib.util.spec_from_file_location(
    "datadog_renderer", HOUSE / "tilewizard" / "authoring" / "datadog_renderer.py"
)
assert _SPEC is not None and _SPEC.loader is not None
datadog_renderer = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(datadog_renderer)


def rendered(kind: str) -> dict[str, str]:
    """The files of one kind of check (``openmetrics``, ``python``) as Datadog's renderer makes them, places in them."""
    from jinja2 import Environment

    values = {"kind": kind, "name": "place_name", "source": "place_source", "logs": True, "title": '"Place"'}
    text = (ROOT / "both" / "assets" / "configuration" / "spec.yaml.j2").read_text(encoding="utf-8")
    environment = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    text = environment.from_string(text).render(endpoint="http://place.example/endpoint", **values)
    files, errors = datadog_renderer.rendered(text, "place_name")
    if errors:
        raise SystemExit("\n".join(errors))
    example = "data/conf.yaml.example"
    return {**files, example: _with_logs_apart(files[example])}


def _with_logs_apart(contents: str) -> str:
    start = contents.index("\n## Log Section")
    return f"{contents[:start]}{{% if logs %}}\n{contents[start:]}{{% endif %}}\n"


def placed(text: str) -> str:
    """A rendered text as a template."""
    assert not any(mark in text.replace("{% if logs %}", "").replace("{% endif %}", "") for mark in ("{{", "{%", "{#"))
    for place, expression in PLACES.items():
        text = text.replace(place, expression)
    return text


def main() -> int:
    different = 0
    for kind in ("openmetrics", "python"):
        for name, text in rendered(kind).items():
            folder = ROOT / kind / "datadog_checks" / "_name_"
            path = folder / f"{name}.j2"
            template = placed(text)
            if path.is_file() and path.read_text(encoding="utf-8") == template:
                continue
            different += 1
            print(f"differs: {path.relative_to(ROOT.parent.parent)}")
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(template, encoding="utf-8")
    return 1 if different and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
