"""An Agent package's ``assets/configuration/spec.yaml``: the options that a check's configuration has, and what is wrong with it.

From this one file ddev makes ``data/conf.yaml.example`` and the config models; what it refuses in a spec, it refuses in all.
The fields and the templates that it knows stand in ``field/agent_specs.json``, taken from datadog-checks-dev.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from tilewizard.field.vocabulary import nearest
from tilewizard.language import _

from .spec_faults import Fault, Option
from .yaml_text import YamlText
from .yaml_values import values_of

SPEC = "assets/configuration/spec.yaml"
LINE_MAX = 120
"""Characters of a line of a description, its indentation in the example and ``## `` before it counted (datadog-checks-dev)."""
SPEC_MAX = 200_000
"""Characters of a spec that is read: the longest published one has 20,000."""
_BEFORE = r"(?:[:-][ \t]+|[\[{,][ \t]*|^[ \t]*)"
_AFTER = r"[ \t]*(?:[,\]}#]|$)"
_READ_OTHERWISE = re.compile(
    rf"{_BEFORE}(?:(?:y|n|yes|no|on|off){_AFTER}|(?!-?(?:0|[1-9]\d*)(?:\.\d+)?{_AFTER})[-+.]*\d[^\s,\]}}#]*{_AFTER})",
    re.IGNORECASE | re.MULTILINE,
)
"""Words and numbers that YAML 1.1, and so PyYAML, may read otherwise than YAML 1.2: ``yes``, ``0o7``, ``010``, ``1_000``, ``1:30``."""
DEPTH_MAX = 12
"""Options within options that are walked; published specs have three levels."""
_TYPES: dict[Any, Any] = {
    "string": str, "integer": (int, float), "number": (int, float), "boolean": bool, "array": list, "object": dict,
}  # fmt: skip
_EXAMPLES = {
    "string": _("a text"), "integer": _("a number"), "number": _("a number"), "boolean": _("true or false"), "array": _("a list"),
    "object": _("a mapping"),
}  # fmt: skip


@cache
def known() -> dict[str, Any]:
    """``option_fields``, ``value_fields`` and ``templates`` (the names of each template's options)."""
    text = files("tilewizard.field").joinpath("agent_specs.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


class AgentSpec:
    """A spec's text. A text that is no YAML mapping has no options and no faults: other rules tell of it."""

    def __init__(self, yaml: YamlText, package: str) -> None:
        self.text = yaml.text
        self.package = package
        self._yaml = yaml
        self._starts = [0, *(each.end() for each in re.finditer("\n", self.text))]

    @cached_property
    def value(self) -> Mapping[str, Any]:
        """The whole document as PyYAML reads it: yes and on are true."""
        from ruamel.yaml.error import YAMLError

        if len(self.text) > SPEC_MAX:
            return {}
        try:
            found = self._placed() if _READ_OTHERWISE.search(self.text) else values_of(self._yaml)
        except (YAMLError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _placed(self) -> Any:
        """The document by YAML 1.1, each mapping and list with the places of its keys and items. Slow."""
        from ruamel.yaml import YAML

        yaml = YAML(typ="rt", pure=True)
        yaml.version = (1, 1)
        with warnings.catch_warnings(action="ignore"):  # What it thinks of 1e3 goes to nobody's terminal.
            return yaml.load(self.text)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Every option that is spelled out, those within sections too."""
        return tuple(option for option, __ in self._walk())

    @cached_property
    def templates(self) -> tuple[str, ...]:
        """The templates that are named, as often as they are."""
        return tuple(str(entry["template"]) for __, entry in self._entries() if isinstance(entry.get("template"), str))

    @cached_property
    def named_templates(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """The templates that are named, each with the mapping that names it."""
        return tuple(
            (str(entry["template"]), entry) for __, entry in self._entries() if isinstance(entry.get("template"), str)
        )

    @cached_property
    def overrides(self) -> tuple[Mapping[str, Any], ...]:
        """What is overridden in the options of templates, a mapping for each template."""
        found = (entry.get("overrides") for __, entry in self._entries() if "template" in entry)
        return tuple(each for each in found if isinstance(each, dict))

    @property
    def files(self) -> list[Any]:
        """The configuration files that the spec lists."""
        listed = self.value.get("files")
        return listed if isinstance(listed, list) else []

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """All that ddev refuses and can be told without its templates' texts."""
        found = self._faults()
        if found and not hasattr(self.value, "lc"):  # Now the places are asked for.
            self.__dict__["value"] = self._placed()
            found = self._faults()
        return found

    def _faults(self) -> tuple[Fault, ...]:
        return (*self._listed(), *self._options(), *self._templates())

    def _at(self, holder: Any, key: Any = None) -> int:
        """Where a mapping's key, a list's item or a holder itself stands, in characters."""
        try:
            line, column = (holder.lc.line, holder.lc.col) if key is None else holder.lc.key(key)
        except (AttributeError, KeyError, TypeError):
            try:
                line, column = holder.lc.item(key)
            except (AttributeError, KeyError, TypeError):
                return 0
        return self._starts[min(int(line), len(self._starts) - 1)] + int(column)

    def _listed(self) -> Iterator[Fault]:
        if not self.value:
            return
        listed = self.value.get("files")
        if not isinstance(listed, list):
            message = _("files is missing") if listed is None else _("files is no list")
            yield Fault(
                "file",
                self._at(self.value, "files"),
                message,
                _("list the file: - name: {package}.yaml", package=self.package),
            )
            return
        names: list[str] = []
        for index, each in enumerate(listed):
            if not isinstance(each, dict) or not isinstance(each.get("name"), str):
                yield Fault(
                    "file",
                    self._at(listed, index),
                    _("a file has no name"),
                    _("write name: {package}.yaml", package=self.package),
                )
                continue
            name, right = each["name"], f"{self.package.lower().replace('-', '_')}.yaml"
            if len(listed) == 1 and name not in (right, "auto_conf.yaml", "conf.yaml.default"):
                yield Fault(
                    "file",
                    self._at(each, "name"),
                    _("the file's name is {name}", name=name),
                    _("write name: {right}", right=right),
                )
            if name in names:
                yield Fault(
                    "file",
                    self._at(each, "name"),
                    _("{name} stands twice", name=name),
                    _("give one of them another name"),
                )
            names.append(name)
            if not isinstance(each.get("options"), list):
                yield Fault(
                    "file",
                    self._at(each, "name"),
                    _("{name} has no list of options", name=name),
                    _("write options: and list them"),
                )

    def _entries(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every mapping in a list of options, with the section that it stands in."""
        for section, holder in self._holders():
            yield from ((section, each) for each in holder if isinstance(each, dict))

    def _holders(self) -> Iterator[tuple[str, list[Any]]]:
        """Every list of options, with the section that it stands in."""
        listed = self.value.get("files")
        pending: list[tuple[str, Any, int]] = [
            ("", each.get("options"), 0)
            for each in reversed(listed if isinstance(listed, list) else [])
            if isinstance(each, dict)
        ]
        while pending:
            section, options, depth = pending.pop()
            if not isinstance(options, list) or depth >= DEPTH_MAX:
                continue
            yield section, options
            for each in options:
                if isinstance(each, dict):
                    head = str(each.get("template") or each.get("name") or "")
                    pending.append((section or head.partition("/")[0], each.get("options"), depth + 1))

    def _walk(self) -> Iterator[tuple[Option, Mapping[str, Any]]]:
        for section, entry in self._entries():
            if "template" not in entry and isinstance(entry.get("name"), str):
                yield Option(section, entry["name"], entry), entry

    def _options(self) -> Iterator[Fault]:
        for section, entry in self._entries():
            if "template" in entry:
                continue
            name = entry.get("name")
            if not isinstance(name, str):
                yield Fault(
                    "option", self._at(entry), _("an option has no name"), _("write name: and the option's name")
                )
                continue
            yield from self._fields(entry, name)
            yield from self._described(entry, name, section)
            yield from self._valued(entry, name)
        yield from self._twice()

    def _twice(self) -> Iterator[Fault]:
        for __, holder in self._holders():
            names: set[str] = set()
            for each in holder:
                name = each.get("name") if isinstance(each, dict) and not each.get("hidden") else None
                if isinstance(name, str) and name in names:
                    yield Fault(
                        "option",
                        self._at(each, "name"),
                        _("the option {name} stands twice", name=name),
                        _("take one of them away"),
                    )
                names.add(str(name))

    def _fields(self, entry: Mapping[str, Any], name: str) -> Iterator[Fault]:
        value = entry.get("value")
        for holder, allowed, other, elsewhere in (
            (entry, known()["option_fields"], known()["value_fields"], _("under its value")),
            (
                value if isinstance(value, dict) else {},
                known()["value_fields"],
                known()["option_fields"],
                _("beside its name"),
            ),
        ):
            for key in holder:
                if key in allowed:
                    continue
                near = None if key in other else nearest(str(key), allowed)
                hint = (
                    _("write it {elsewhere}", elsewhere=elsewhere)
                    if key in other
                    else _("write {near}", near=near)
                    if near
                    else _("take it away")
                )
                message = _("the option {name} has a field {key}, which ddev doesn't know there", name=name, key=key)
                yield Fault("field", self._at(holder, key), message, hint, (str(key), near) if near else None)

    def _described(self, entry: Mapping[str, Any], name: str, section: str) -> Iterator[Fault]:
        text = entry.get("description")
        if not isinstance(text, str):
            message = _("the option {name} has no description", name=name)
            yield Fault("option", self._at(entry, "name"), message, _("write description: and what it is for"))
            return
        room = LINE_MAX - 3 - (4 if section else 0)
        for line in text.splitlines():
            if len(line) > room and not line.endswith(" /noqa"):
                message = _("a line of the description of {name} has {count} characters", name=name, count=len(line))
                yield Fault(
                    "description",
                    self._at(entry, "description"),
                    message,
                    _("break it after {room} characters at most", room=room),
                )
                return

    def _valued(self, entry: Mapping[str, Any], name: str) -> Iterator[Fault]:
        value, place = entry.get("value"), self._at(entry, "value" if "value" in entry else "name")
        if "value" not in entry:
            return
        if "options" in entry:
            yield Fault(
                "value",
                place,
                _("the option {name} has both a value and options", name=name),
                _("take one of them away"),
            )
        elif not isinstance(value, dict):
            yield Fault(
                "value", place, _("the value of {name} is no mapping", name=name), _("write value: and below it type:")
            )
        elif "anyOf" not in value:
            yield from self._typed(value, name, place)

    def _typed(self, value: Mapping[str, Any], name: str, place: int) -> Iterator[Fault]:
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in _TYPES:
            hint = _("write type: and one of {types}", types=", ".join(_TYPES))
            yield Fault("value", place, _("the value of {name} has no type that ddev knows", name=name), hint)
            return
        example = value.get("example")
        if kind == "boolean" and "example" not in value:
            yield Fault(
                "value",
                place,
                _("the value of {name} is true or false and has no example", name=name),
                _("add example: false or true"),
            )
        elif "example" in value and not isinstance(example, _TYPES[kind]):
            message = _(
                "the example of {name} is not {examples}, as its type says", name=name, examples=_EXAMPLES[str(kind)]
            )
            yield Fault(
                "value", self._at(value, "example"), message, _("write {examples} there", examples=_EXAMPLES[str(kind)])
            )
        if kind == "array" and not isinstance(value.get("items"), dict):
            yield Fault(
                "value",
                place,
                _("the value of {name} is a list that doesn't say of what", name=name),
                _("add items: and below it type:"),
            )

    def _templates(self) -> Iterator[Fault]:
        for __, entry in self._entries():
            template = entry.get("template")
            if not isinstance(template, str):
                continue
            # A template may be one of the file's own tree below another, as instances/http.auth_type.
            base, __, branch = template.partition(".")
            if base not in known()["templates"]:
                near = nearest(template, list(known()["templates"]))
                hint = (
                    _("write {near}", near=near) if near else _("name one of Datadog's templates, as instances/default")
                )
                yield Fault(
                    "template",
                    self._at(entry, "template"),
                    _("there is no template {template}", template=template),
                    hint,
                )
                continue
            overrides = entry.get("overrides")
            names = known()["templates"][base]
            for key in overrides if isinstance(overrides, dict) else ():
                yield from self._override(overrides, str(key), names if not branch else [*names, branch])

    def _override(self, overrides: Any, key: str, names: list[str]) -> Iterator[Fault]:
        parts, place = key.split("."), self._at(overrides, key)
        if len(parts) < 2:
            return
        if parts[0] not in names and parts[0] not in known()["option_fields"]:
            near = nearest(parts[0], names)
            rename = (key, ".".join([near, *parts[1:]])) if near else None
            hint = _("write {right}", right=rename[1]) if rename else _("take it away, or add the option itself")
            yield Fault(
                "template", place, _("{key} overrides an option that the template doesn't have", key=key), hint, rename
            )
            return
        options, values = known()["option_fields"], known()["value_fields"]
        if len(parts) == 3 and parts[1] == "value" and parts[2] not in values:
            right = f"{parts[0]}.{parts[2]}" if parts[2] in options else ""
        elif len(parts) == 2 and parts[0] in names and parts[1] not in options:
            right = f"{parts[0]}.value.{parts[1]}" if parts[1] in values else ""
        else:
            return
        if not right:
            near = nearest(parts[-1], values if len(parts) == 3 else options)
            right = ".".join([*parts[:-1], near]) if near else ""
        message = _("{key} overrides what no option has", key=key)
        yield Fault(
            "field",
            place,
            message,
            _("write {right}", right=right) if right else _("take it away"),
            (key, right) if right else None,
        )
