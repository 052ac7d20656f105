"""Text files from the Jinja2 sources in ``templates/``.

User text is only ever a value that a template prints; it is never a template itself. In HTML every value is escaped.
"""

from __future__ import annotations

import importlib.resources
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
    from jinja2.sandbox import SandboxedEnvironment

    from ..field import names

    folder = importlib.resources.files("tilewizard.templates").joinpath("")
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(str(folder)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=select_autoescape(("html.j2",), default=False),
    )
    environment.filters |= {"snake": names.snake, "kebab": names.kebab, "pascal": _pascal}
    environment.filters |= {"python": python_literal, "toml": _toml, "shell": _shell}
    return environment


def python_literal(text: str) -> str:
    """A text as a literal of Python, in ASCII; what stands in it is never code."""
    return ascii(str(text))


def _shell(text: str) -> str:
    """A text as one word of a shell; what stands in it is never run."""
    import shlex

    return shlex.quote(str(text))


def _toml(text: str) -> str:
    """A text as a basic string of TOML, whose escapes JSON's are among; U+007F, which JSON leaves, is escaped too."""
    import json

    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _pascal(text: str) -> str:
    """``"Acme Widget"`` → ``"AcmeWidget"``, a class name."""
    from ..field import names

    word = "".join(part.capitalize() for part in names.snake(text).split("_"))
    return word if word[:1].isalpha() else f"Tile{word}"


def render(template: str, **values: Any) -> str:
    """The text that a template gives for some values.

    Args:
        template: the file's name in ``templates/``.
        values: what the template prints.
    """
    return _environment().get_template(template).render(**values)


def files_below(folder: str) -> list[str]:
    """The paths of the files that a folder of templates makes: its templates', below it and without their ending."""
    root = importlib.resources.files("tilewizard.templates").joinpath(folder)
    with importlib.resources.as_file(root) as place:
        return sorted(path.relative_to(place).as_posix().removesuffix(".j2") for path in place.rglob("*.j2"))
