"""What a checkout asks of ``check``: ``tilewizard.toml``, or ``[tool.tilewizard]`` in ``pyproject.toml``.

It is looked for around the tiles, never in them: a tile is read, not obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from ..field.vocabulary import Target, nearest
from ..quoting import visible
from ..rules.findings import Severity
from .allowed import Allowance, allowance_of

OWNERS = re.compile(r"@[A-Za-z0-9][\w-]*(/[\w.-]+)?( +@[A-Za-z0-9][\w-]*(/[\w.-]+)?)*", re.ASCII)
"""Who may own a line of CODEOWNERS: users and teams."""
NAMES = ("tilewizard.toml", "pyproject.toml")
ALLOW = _('write [[allow]] with rule = "readme/image", reason = "…" and, where you like, file and until = 2027-01-31')
_ALLOW_HEAD = re.compile(r"""[ \t]*\[\[[ \t]*(tool[ \t]*\.[ \t]*tilewizard[ \t]*\.[ \t]*)?["']?allow["']?[ \t]*\]\]""")


@dataclass(frozen=True)
class Configuration:
    """The settings; keys are written with ``-`` in the file.

    Attributes:
        target: in place of finding it out; None: find out.
        severity: the least that is reported.
        select: rules to run; empty: all.
        ignore: rules to leave out.
        ignore_in: rules to leave out in some tiles: ``{"acme_*": ["image"]}``, by the directory's name.
        allow: findings that are let stand, with a reason.
        owner: who owns new tiles: written to CODEOWNERS by ``--fix``.
        file: where it was read; None for the defaults.
    """

    target: Target | None = None
    severity: Severity = Severity.INFO
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    allow: tuple[Allowance, ...] = ()
    owner: str = ""
    file: Path | None = None

    def ignored_in(self, tile: str) -> tuple[str, ...]:
        """The rules that are left out in a tile of this name."""
        words = (word for pattern, each in self.ignore_in.items() if fnmatchcase(tile, pattern) for word in each)
        return (*self.ignore, *words)


def configuration_around(folder: Path) -> Configuration:
    """The nearest configuration in ``folder`` or above it, up to the checkout's root; the defaults when there is none.

    Raises:
        TilewizardError: it can't be read, or says something unknown.
    """
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        for name in NAMES:
            found = configuration_in(place / name, demanded=False) if (place / name).is_file() else None
            if found is not None:
                return found
        if (place / ".git").exists():
            break
    return Configuration()


def configuration_in(file: Path, *, demanded: bool = True) -> Configuration | None:
    """The configuration in a file; None when a pyproject.toml holds none and none was ``demanded``.

    Raises:
        TilewizardError: it can't be read, is no TOML, or says something unknown.
    """
    import tomllib

    try:
        text = file.read_text("utf-8-sig")
        data: Any = tomllib.loads(text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise TilewizardError(
            _("can't be read: {reason}", reason=reason), file=visible(str(file)), remedy=_("check the path")
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        if file.name == "pyproject.toml" and not demanded:
            return None  # Somebody else's file: its owner is told by their own tools.
        raise _broken(file, error) from error
    if file.name == "pyproject.toml":
        tools = data.get("tool", {})
        data = tools.get("tilewizard") if isinstance(tools, Mapping) else None
        if data is None:
            if demanded:
                raise TilewizardError(
                    _("has no [tool.tilewizard]"), file=visible(str(file)), remedy=_("name another file")
                )
            return None
        if not isinstance(data, Mapping):
            raise _Source(file, text).wrong(
                "tilewizard", _("says tool.tilewizard = {data!r}", data=data), _("write [tool.tilewizard]")
            )
    return _read(data, _Source(file, text))


def _broken(file: Path, error: Exception) -> TilewizardError:
    if isinstance(error, RecursionError):
        return TilewizardError(_("is nested too deeply"), file=visible(str(file)), remedy=_("write it plainly"))
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return TilewizardError(_("is not UTF-8"), file=visible(str(file)), line=line, remedy=_("save it as UTF-8"))
    told = visible(str(error))
    place = re.search(r" \(at line (\d+), column \d+\)$", told)
    line_named = int(place[1]) if place else None
    fault = _("is not valid TOML: {told}", told=told[: place.start()] if place else told)
    return TilewizardError(fault, file=visible(str(file)), line=line_named, remedy=_("mend that place"))


@dataclass(frozen=True)
class _Source:
    """Where settings were read, to name the line that is wrong."""

    file: Path
    text: str

    def wrong(self, key: str, fault: str, remedy: str) -> TilewizardError:
        """A fault at the line that starts with a key, as far as one does."""
        pattern = rf"""^[ \t]*\[?[ \t]*(?:tool[ \t]*\.[ \t]*)?["']?{re.escape(key)}["']?[ \t]*[=\].]"""
        lines = (at for at, line in enumerate(self.text.splitlines(), 1) if re.match(pattern, line))
        return TilewizardError(visible(fault), file=visible(str(self.file)), line=next(lines, None), remedy=remedy)


def _read(data: Mapping[str, Any], source: _Source) -> Configuration:
    known = tuple(each.name.replace("_", "-") for each in fields(Configuration) if each.name != "file")
    values: dict[str, Any] = {"file": source.file}
    for key, value in data.items():
        if key not in known:
            near = nearest(key, known)
            remedy = _("did you mean {near!r}?", near=near) if near else _among(known)
            raise source.wrong(key, _("has the unknown key {key!r}", key=key), remedy)
        values[key.replace("-", "_")] = _value(key, value, source)
    return Configuration(**values)


def _value(key: str, value: Any, source: _Source) -> Any:
    if key in ("target", "severity"):
        kind = Target if key == "target" else Severity
        words = tuple(each.value for each in kind)
        if value not in words:
            raise source.wrong(key, _("says {key} = {value!r}", key=key, value=value), _among(words))
        return kind(value)
    if key == "owner":
        if not isinstance(value, str) or not OWNERS.fullmatch(value):
            raise source.wrong(
                key, _("says owner = {value!r}", value=value), _('write a user or team: "@acme/integrations"')
            )
        return value
    if key == "ignore-in":
        if not isinstance(value, Mapping):
            raise source.wrong(
                key, _("says {key} = {value!r}", key=key, value=value), _('write a table: "acme_*" = ["image"]')
            )
        return {pattern: _words(pattern, words, source, f"{key}.{pattern}") for pattern, words in value.items()}
    if key == "allow":
        return _allowances(value, source)
    return _words(key, value, source, key)


def _allowances(value: Any, source: _Source) -> tuple[Allowance, ...]:
    if not isinstance(value, list):
        raise source.wrong("allow", _("says allow = {value!r}", value=value), ALLOW)
    heads = [at for at, line in enumerate(source.text.splitlines(), 1) if _ALLOW_HEAD.match(line)]
    lines = heads if len(heads) == len(value) else [None] * len(value)
    found = []
    for at, (entry, line) in enumerate(zip(value, lines, strict=True), 1):
        file = visible(str(source.file))
        try:
            found.append(replace(allowance_of(entry), line=line))
        except ValueError as error:
            fault = _("exception {place} of [[allow]] {error}", place=at, error=error)
            raise TilewizardError(visible(fault), file=file, line=line, remedy=ALLOW) from error
        except TilewizardError as error:
            fault = _("exception {place} of [[allow]]: {fault}", place=at, fault=error.fault)
            raise TilewizardError(fault, file=file, line=line, remedy=error.remedy) from error
    return tuple(found)


def _words(key: str, value: Any, source: _Source, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise source.wrong(
            key,
            _("says {name} = {value!r}", name=name, value=value),
            _('write a list of rules: ["readme/image", "media"]'),
        )
    from .select import demand_known

    for word in value:
        try:
            demand_known(word)
        except TilewizardError as error:
            raise source.wrong(key, f"{name}: {error.fault}", error.remedy) from error
    return tuple(value)


def _among(words: Iterable[str]) -> str:
    return _("one of {words}", words=", ".join(words))
