"""The options of a check with what values they take, off the package's own config models, else off its spec."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tilewizard.inspection.spec_products import SECTIONS, names_in
from tilewizard.tile.tile import Tile

from .spec import spec_of

_FIELD = re.compile(r"^    (?P<name>\w+): (?P<type>[^=\n]+?)(?P<rest> = [^\n]*)?$", re.MULTILINE)
_ALIAS = re.compile(r"alias='(\w+)'")
_KINDS = {
    "bool": "boolean",
    "float": "number",
    "int": "integer",
    "str": "string",
    "tuple": "array",
    "MappingProxyType": "object",
}
"""The kinds of the models' types, as specs call them."""
_CLASSES = {"instances": "InstanceConfig", "init_config": "SharedConfig"}


@dataclass(frozen=True, slots=True)
class ConfigField:
    """An option: its kind (``string``, ``boolean``, …; empty where that isn't known), and whether it must be given."""

    kind: str
    required: bool


def config_fields(tile: Tile, section: str) -> dict[str, ConfigField]:
    """The options of a section by name, those of a spec in alphabetical order; empty where neither models nor spec tell all of them.

    Args:
        section: ``instances`` or ``init_config``.
    """
    paths = [
        path for path in tile.under("datadog_checks", ".py") if path.endswith(f"/config_models/{SECTIONS[section]}.py")
    ]
    found: dict[str, ConfigField] = {}
    for file in filter(None, map(tile.file, paths)):
        found |= _of_model(file.text, _CLASSES[section])
    spec = None if found else spec_of(tile)
    if spec is None or spec.faults:
        return found
    names, whole = names_in(spec, section)
    if not whole:
        return {}
    spelled = {each.name: each.entry for each in spec.options if each.section == section}
    values = {name: entry.get("value") for name, entry in spelled.items()}
    return {
        name: ConfigField(
            str(value.get("type", "")) if isinstance(value := values.get(name), dict) else "",
            spelled.get(name, {}).get("required") is True,
        )
        for name in sorted(names)
    }


def _of_model(code: str, name: str) -> dict[str, ConfigField]:
    _, _, body = code.partition(f"class {name}(")
    fields = body.partition("@model_validator")[0]
    found = {}
    for match in _FIELD.finditer(fields):
        if match["name"] == "model_config":
            continue
        kind = re.sub(r"^Optional\[(.*)\]$", r"\1", match["type"].strip())
        alias = _ALIAS.search(match["rest"] or "")
        required = not match["type"].startswith("Optional[") and (not match["rest"] or alias is not None)
        found[alias[1] if alias else match["name"]] = ConfigField(_kind(kind), required)
    return found


def _kind(written: str) -> str:
    """The kind of a type as it is written; a class of the module is a mapping, of several types none is known."""
    head = written.partition("[")[0]
    if head in _KINDS:
        return _KINDS[head]
    return "object" if head.isidentifier() and head not in ("Any", "Literal", "Union") else ""


def takes(kind: str, value: object) -> bool:
    """Whether an option of a kind takes a value, as the Agent's models do; places to fill in are taken for right."""
    if value is None or (isinstance(value, str) and re.search(r"[<>]|%%|\{\{|ENC\[|\$\{", value)):
        return True
    number = isinstance(value, int | float) and not isinstance(value, bool)
    text = value.strip() if isinstance(value, str) else ""
    match kind:
        case "boolean":
            return isinstance(value, bool) or str(value).lower() in (
                "true",
                "false",
                "yes",
                "no",
                "on",
                "off",
                "0",
                "1",
            )
        case "integer" | "number":
            return number or re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", text) is not None
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
    return True
