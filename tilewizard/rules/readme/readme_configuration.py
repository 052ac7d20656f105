"""Configuration of the Agent that README.md shows: the YAML that customers copy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.inspection.spec_products import names_in
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import README, Tile

from ..package.spec import spec_of
from ..registry import rule
from ..sources import REVIEW
from .readme import _changed

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*(\S*)")
_MODEL_FIELD = re.compile(r"^    (\w+): ", re.MULTILINE)
_ALIAS = re.compile(r"alias='(\w+)'")
_BLOCK = "What it is.\n\n```yaml\ninstances:\n  - url: {}\n```\n\n"


@rule(
    "readme/configuration",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Customers copy it into their Agent's conf.yaml; what is no YAML, or names no option of the check, stops the check.",
    form="Mend this block of configuration: customers copy it, and the check doesn't take it as it stands.",
    bad=_changed("What it is.", _BLOCK.format("[http://localhost")),
    good=_changed("What it is.", _BLOCK.format("http://localhost")),
)
def configuration(tile: Tile) -> Iterator[Problem]:
    """A YAML block of README.md with instances is YAML, and its keys are options of the check."""
    file = tile.file(README)
    if file is None or "instances:" not in file.text:
        return
    options = _options(tile)
    for offset, text in _blocks(file.text):
        if not re.search(r"^\s*instances:", text, re.MULTILINE):
            continue
        value, fault = _read(text)
        if fault:
            hint = "write it as it would stand in conf.yaml"
            yield Problem(f"a block of configuration is no YAML: {fault}", README, offset=offset, hint=hint)
            continue
        keys = [key for each in _instances(value) for key in each]
        for key in dict.fromkeys(key for key in keys if isinstance(key, str) and options and key not in options):
            hint = "write an option that assets/configuration/spec.yaml has, or add it there"
            yield Problem(f"{quoted(key)} is no option of the check", README, offset=offset, hint=hint)


def instances_of(tile: Tile) -> Iterator[tuple[int, dict[str, object]]]:
    """Each instance that a block of README.md configures, and where the block begins."""
    file = tile.file(README)
    for offset, text in _blocks(file.text) if file is not None and "instances:" in file.text else ():
        for entry in _instances(_read(text)[0]):
            yield offset, entry


def _instances(value: object) -> list[dict[str, object]]:
    found = value.get("instances") if isinstance(value, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _options(tile: Tile) -> set[str]:
    """The options of an instance, off the package's own model, else off its spec; nothing where neither tells all of them."""
    paths = [path for path in tile.under("datadog_checks", ".py") if path.endswith("/config_models/instance.py")]
    found: set[str] = set()
    for file in filter(None, map(tile.file, paths)):
        _, _, model = file.text.partition("class InstanceConfig(")
        fields = model.partition("@model_validator")[0]
        found |= {*_MODEL_FIELD.findall(fields), *_ALIAS.findall(fields)} - {"model_config"}
    spec = None if found else spec_of(tile)
    if spec is not None and not spec.faults:
        names, whole = names_in(spec, "instances")
        return names if whole else set()
    return found


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The fenced blocks that are YAML or say nothing of what they are: their offset and content, indentation taken away."""
    offset, fence, start, is_yaml = 0, "", 0, False
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        found = _FENCE.match(line)
        if not fence and found:
            fence, start, lines = found[1], offset, []
            is_yaml = found[2].lower() in ("", "yaml", "yml")
        elif fence and found and found[1].startswith(fence) and not found[2]:
            fence = ""
            if is_yaml:
                indent = min((len(each) - len(each.lstrip()) for each in lines if each.strip()), default=0)
                yield start, "".join(each[indent:] if each.strip() else "\n" for each in lines)
        elif fence:
            lines.append(line)
        offset += len(line)


def _read(text: str) -> tuple[object, str]:
    """A block's value, or what is wrong with it; ``<PLACES>`` to fill in are taken as they stand."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if len(text) > 50_000:
        return None, ""
    try:
        return YAML(typ="safe", pure=True).load(re.sub(r"\t", "    ", text)), ""
    except MarkedYAMLError as error:
        return None, (error.problem or error.context or "it can't be read").strip()
    except (YAMLError, ValueError, RecursionError) as error:
        return None, str(error).splitlines()[0] if str(error) else "it can't be read"
