"""A tests file with some results written anew: keys sorted at all depths, every other byte kept."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from .cases import NOW, Case
from .event import put
from .pipeline import load


def updated(text: str, cases: list[Case], file: str = "") -> str:
    """The text of a tests file with the results of some cases replaced; what is unknown offline stays as it was stated.

    Raises:
        TilewizardError: a test has no place in the text that could be replaced safely.
    """
    lines = text.splitlines(keepends=True)
    spans = _spans(text, file)
    for case in sorted(cases, key=lambda case: -case.number):
        start, end, indent = spans[case.number - 1]
        newline = "\r\n" if lines[start].endswith("\r\n") else "\n"
        lines[start:end] = [f"{line}{newline}" for line in _block(_whole(case), indent)]
    whole = "".join(lines)
    if load(whole, file).get("tests") is None:
        raise TilewizardError(_("could not be rewritten"), file=file, remedy=_("mend its indentation by hand"))
    return whole


def _spans(text: str, file: str) -> list[tuple[int, int, int]]:
    """For each test the lines of its result, first and one past the last, and the indentation of its key."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        tests = YAML(typ="rt", pure=True).load(text)["tests"]
    except (
        YAMLError,
        ValueError,
        RecursionError,
    ):  # It is stricter than what reads the tests: a control character, a key twice.
        raise TilewizardError(_("could not be rewritten"), file=file, remedy=_("change it in an editor")) from None
    lines, found = text.split("\n"), []
    for number, test in enumerate(tests, 1):
        if "result" not in test or list(test)[-1] != "result" or test.fa.flow_style():
            raise TilewizardError(
                _("test {number} has no `result:` as its last key", number=number),
                file=file,
                remedy=_("write it there"),
            )
        start, indent = test.lc.key("result")
        end = start + 1
        while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip(" ")) > indent):
            end += 1
        while end > start + 1 and not lines[end - 1].strip():
            end -= 1
        if lines[start][:indent].strip():
            raise TilewizardError(
                _("test {number} begins with its `result:`", number=number),
                file=file,
                remedy=_("begin it with its `sample:`"),
            )
        found.append((start, end, indent))
    return found


def _whole(case: Case) -> dict[str, Any]:
    whole = {name: value for name, value in case.result.items() if name != "unknown"}
    whole.setdefault("timestamp", case.expected.get("timestamp", NOW))
    if case.expected:
        whole = {name: value for name, value in whole.items() if name in case.expected}
    for path in case.result["unknown"]:
        stated: Any = case.expected
        for key in path.split("."):
            stated = stated.get(key) if isinstance(stated, dict) else None
        if stated is None and path.partition(".")[0] in whole:
            raise TilewizardError(
                _("test {number} can't be written: `{path}` is known to Datadog alone", number=case.number, path=path),
                remedy=_("state what Datadog answers there, then run it again"),
            )
        if stated is not None:
            put(whole, path, stated)
    return whole


def _block(value: dict[str, Any], indent: int) -> list[str]:
    import io
    import json

    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.width, yaml.default_flow_style, yaml.allow_unicode = 10**9, False, True
    stream = io.StringIO()
    yaml.dump({"result": json.loads(json.dumps(value, sort_keys=True, default=str))}, stream)
    return [" " * indent + line if line else line for line in stream.getvalue().splitlines()]


def write(path: Path, text: str) -> None:
    """Replaces a file whole: whoever reads it finds the old text or the new one.

    Raises:
        TilewizardError: it can't be written; it is as it was.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise TilewizardError(
            _("can't be written: {strerror}", strerror=error.strerror),
            file=str(path),
            remedy=_("look at its permissions"),
        ) from None
