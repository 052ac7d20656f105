"""Configuration of the Agent that README.md shows: the YAML that customers copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import README, Tile

from ..package.config_fields import ConfigField, config_fields, takes
from ..package.spec import spec_of
from ..registry import rule
from ..sources import REVIEW
from .readme import _changed

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*(\S*)")
_A = {
    "string": _("a text"),
    "boolean": _("true or false"),
    "number": _("a number"),
    "integer": _("a whole number"),
    "array": _("a list"),
    "object": _("a mapping"),
}
"""What an option of a kind is."""
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
    """A YAML block of README.md with instances is YAML, and its keys are options of the check, each with a value that it takes."""
    file = tile.file(README)
    if file is None or "instances:" not in file.text:
        return
    options = {section: config_fields(tile, section) for section in ("instances", "init_config")}
    for offset, text in _blocks(file.text):
        if not re.search(r"^\s*instances:", text, re.MULTILINE):
            continue
        value, fault = _read(text)
        if fault:
            hint = _("write it as it would stand in conf.yaml")
            yield Problem(
                _("a block of configuration is no YAML: {fault}", fault=fault), README, offset=offset, hint=hint
            )
            continue
        for section, fields in options.items():
            said = dict.fromkeys(told for entry in _entries(value, section) for told in _faults(entry, fields))
            for message, hint, severity in said:
                yield Problem(message, README, offset=offset, hint=hint, severity=severity)
        yield from _of_logs(tile, value, offset)


def _faults(entry: dict[str, object], fields: dict[str, ConfigField]) -> Iterator[tuple[str, str, Severity | None]]:
    """What is wrong with an entry of a section: message, hint, severity where it isn't the rule's."""
    for key, value in entry.items() if fields else ():
        field = fields.get(key) if isinstance(key, str) else None
        if isinstance(key, str) and field is None:
            hint = _("write an option that assets/configuration/spec.yaml has, or add it there")
            yield _("{key} is no option of the check", key=quoted(key)), hint, None
        elif field is not None and not takes(field.kind, value):
            hint = (
                _("put it in quotes")
                if field.kind == "string" and not isinstance(value, list | dict)
                else _("write {a}", a=_A[field.kind])
            )
            yield (
                _(
                    "{key} is {a}, and the block has {value}",
                    key=quoted(key),
                    a=_A[field.kind],
                    value=quoted(str(value)),
                ),
                hint,
                None,
            )
    missing = [name for name, field in fields.items() if field.required and name not in entry]
    if entry and missing and entry.keys() <= fields.keys():  # What is misspelled is told of once.
        message = _(
            "the check doesn't run without {quoted}, which a block of configuration leaves out",
            quoted=", ".join(map(quoted, missing)),
        )
        yield message, _("add it to the block, so that it can be copied as it stands"), Severity.INFO


def _of_logs(tile: Tile, value: object, offset: int) -> Iterator[Problem]:
    """A source of logs that is another one than the spec's: the pipeline reads that of the spec."""
    spec = spec_of(tile)
    known = _sources(spec.value) if spec is not None and not spec.faults else set()
    for each in _entries(value, "logs") if known else ():
        source = each.get("source")
        if isinstance(source, str) and takes("string", source) and "<" not in source and source not in known:
            right = ", ".join(sorted(known))
            message = _(
                "logs have the source {source} in a block of configuration, and {right} in the spec",
                source=quoted(source),
                right=quoted(right),
            )
            yield Problem(message, README, offset=offset, hint=_("write source: {right} in both", right=right))


def _sources(spec: Mapping[str, object]) -> set[str]:
    """The sources of logs that a spec's examples have."""
    found = set()
    files = spec.get("files")
    for file in files if isinstance(files, list) else []:
        options = file.get("options") if isinstance(file, dict) else None
        for section in options if isinstance(options, list) else []:
            if isinstance(section, dict) and section.get("template") == "logs":
                entries = section.get("example")
                found |= (
                    {each.get("source") for each in entries if isinstance(each, dict)}
                    if isinstance(entries, list)
                    else set()
                )
    return {each for each in found if isinstance(each, str)}


def instances_of(tile: Tile) -> Iterator[tuple[int, dict[str, object]]]:
    """Each instance that a block of README.md configures, and where the block begins."""
    file = tile.file(README)
    for offset, text in _blocks(file.text) if file is not None and "instances:" in file.text else ():
        for entry in _entries(_read(text)[0], "instances"):
            yield offset, entry


def _entries(value: object, section: str) -> list[dict[str, object]]:
    """The mappings of a section: the items of a list, or the one that it is."""
    found = value.get(section) if isinstance(value, dict) else None
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]


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
        return None, (error.problem or error.context or _("it can't be read")).strip()
    except TypeError:
        return None, _("a key is a list or a mapping")
    except (YAMLError, ValueError, RecursionError) as error:
        return None, str(error).splitlines()[0] if str(error) else _("it can't be read")
