"""What ddev makes from a spec, as far as it follows from the spec alone: the example's lines, the models' fields and defaults.

Options that come from Datadog's templates are known by name only; what is spelled out in the spec is known whole.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .agent_spec import AgentSpec, known
from .spec_faults import Option
from .yaml_text import YamlText, entries_of, key_of, node_at, pairs_of

_PARAM = re.compile(r"^[ ]{0,40}## @param (\S+) - (.*)$", re.MULTILINE)
_NONE = object()
SECTIONS = {"init_config": "shared", "instances": "instance"}
"""The sections of a configuration, and what their models are named."""


@dataclass(frozen=True, slots=True)
class Line:
    """One ``@param`` line of an example: its option, what follows the name, where it stands, and whether the option is on."""

    name: str
    said: str
    offset: int
    enabled: bool


def lines(example: str) -> list[Line]:
    """Every ``@param`` line of an example, in its order."""
    found = []
    for match in _PARAM.finditer(example):
        name = match[1]
        after = re.compile(rf"^[ ]{{0,40}}(# )?(?:- )?{re.escape(name)}:", re.MULTILINE).search(example, match.end())
        found.append(Line(name, match[2].rstrip(), match.start(), bool(after and after[1] is None)))
    return found


def line_of(option: Option) -> str | None:
    """What stands behind an option's name in its line; None where that can't be told from the spec."""
    value = option.entry.get("value")
    if not isinstance(value, dict) or _kind(value) is None:
        return None
    required = bool(option.entry.get("required", False))
    said = f"{_kind(value)} - {'required' if required else 'optional'}"
    return said if required else said + _default_shown(value)


def _kind(value: Mapping[str, Any]) -> str | None:
    kind, items = value.get("type"), value.get("items")
    if kind == "array":
        inner = items.get("type") if isinstance(items, dict) else None
        return (
            {"object": "list of mappings", "array": "list of lists"}.get(inner, f"list of {inner}s") if inner else None
        )
    return {"object": "mapping"}.get(str(kind), str(kind)) if isinstance(kind, str) else None


def _default_shown(value: Mapping[str, Any]) -> str:
    default, example = value.get("display_default", value.get("default")), value.get("example")
    if default is not None:
        return "" if str(default).lower() == "none" else f" - default: {_shown(default)}"
    if "display_default" in value and "default" not in value:
        return ""
    if isinstance(example, str):
        return f" - default: {example}" if example and not (example[0] == "<" and example[-1] == ">") else ""
    return f" - default: {_shown(example)}" if isinstance(example, bool | int | float) else ""


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str(value)
    return repr(plain(value))


def plain(value: Any) -> Any:
    """A YAML value as Python's own types."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def default_of(option: Option) -> Any:
    """The value that ``defaults.py`` returns for an option; :data:`NO_DEFAULT` where it has no function for it."""
    value = option.entry.get("value")
    if option.entry.get("required") or not isinstance(value, dict):
        return NO_DEFAULT
    if "default" in value:
        return plain(value["default"])
    if "display_default" in value:
        return NO_DEFAULT if value["display_default"] is None else plain(value["display_default"])
    example, kind = value.get("example"), value.get("type")
    if kind in (None, "array", "object") or example is None:
        return NO_DEFAULT
    if isinstance(example, str) and (
        kind != "string" or ("<" in example and ">" in example and example == example.upper())
    ):
        return NO_DEFAULT
    return plain(example)


NO_DEFAULT = _NONE


def field_name(option: str) -> str:
    """The name that an option has as a Python attribute."""
    name = option.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


def names_in(spec: AgentSpec, section: str) -> tuple[set[str], bool]:
    """The options of a section by name, spelled out or from templates, and whether they are all that it has."""
    found = {option.name for option in spec.options if option.section == section and option.name != section}
    whole = True
    for template in spec.templates:
        base, _, branch = template.partition(".")
        if base == section or base.partition("/")[0] not in (section, "common"):
            continue
        whole = whole and base in known()["templates"]
        found |= {branch.rpartition(".")[2]} if branch else set(known()["templates"].get(base, ()))
    return found, whole


def shown_in(spec: AgentSpec) -> set[str]:
    """The options of templates that the example shows: those that neither the template nor the spec hides."""
    found: set[str] = set()
    for template, entry in spec.named_templates:
        base, _, branch = template.partition(".")
        if "/" not in base or branch or entry.get("hidden"):
            continue
        hidden = set(known()["hidden_options"].get(base, ()))
        overrides = entry.get("overrides")
        for key, value in (overrides if isinstance(overrides, dict) else {}).items():
            name, _, what = str(key).partition(".")
            if what == "hidden":
                (hidden.add if value else hidden.discard)(name)
        found |= set(known()["templates"].get(base, ())) - hidden
    return found


def foreign_keys(spec: AgentSpec, example: YamlText) -> Iterator[tuple[str, int]]:
    """The keys of an example's sections that are no comments and no options of the spec, each with where it stands."""
    if example.fault is not None:
        return
    for section in SECTIONS:
        names, whole = names_in(spec, section)
        node = node_at(example, section)
        listed = node is not None and node.type.endswith("_sequence")
        for holder in entries_of(node) if listed and node is not None else [node]:
            for pair in pairs_of(holder) if whole else ():
                name = key_of(pair)
                if name and name not in names:
                    yield name, example.characters(pair.start_byte)


def classes(code: str) -> dict[str, dict[str, bool]] | None:
    """The annotated attributes of each class, and whether each may be left out; None for what is no Python."""
    tree = _parsed(code)
    if tree is None:
        return None
    return {
        each.name: {
            line.target.id: line.value is not None or "Optional" in ast.unparse(line.annotation)
            for line in each.body
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
        }
        for each in tree.body
        if isinstance(each, ast.ClassDef)
    }


def returned(code: str) -> dict[str, tuple[Any, int]] | None:
    """What each function of ``defaults.py`` returns, and its line; None for what is no Python."""
    tree = _parsed(code)
    return None if tree is None else dict(_returned(tree))


def _returned(tree: ast.Module) -> Iterator[tuple[str, tuple[Any, int]]]:
    for each in tree.body:
        last = each.body[-1] if isinstance(each, ast.FunctionDef) else None
        if isinstance(each, ast.FunctionDef) and isinstance(last, ast.Return) and last.value is not None:
            try:
                yield each.name, (ast.literal_eval(last.value), each.lineno)
            except (ValueError, TypeError, MemoryError, RecursionError):
                continue


def _parsed(code: str) -> ast.Module | None:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
