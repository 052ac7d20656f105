"""Packages that JMXFetch runs: the metrics that they name, and the templates of their spec. None of them is written by tilewizard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tilewizard.inspection.agent_spec import SPEC
from tilewizard.inspection.yaml_text import YamlText
from tilewizard.inspection.yaml_values import values_of
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile, TileFile

from ..registry import Example, rule
from ..sources import VALIDATE_JMX
from .project import package_name
from .spec import GOOD as SPEC_GOOD
from .spec import spec_of

_DATA = "datadog_checks/acme_corp_acme_widget/data"
_CONF, _METRICS = f"{_DATA}/conf.yaml.example", f"{_DATA}/metrics.yaml"
_SIGN = "init_config:\n  is_jmx: true\ninstances:\n- host: localhost\n"
GOOD = """jmx_metrics:
- include:
    domain: acme
    bean: acme:type=Queue
    attribute:
      Depth:
        alias: acme_widget.depth
        metric_type: gauge
"""
_SPEC = SPEC_GOOD.replace("init_config/default", "init_config/jmx").replace("instances/default", "instances/jmx")
_OFF = ("", "false", "no", "off", "0", "none", "null")
_SCOPES = ("domain", "domain_regex", "bean")


def _bad(content: str | None) -> Example:
    return Example(_METRICS, content, also={_CONF: _SIGN, SPEC: _SPEC}, shown=content or "no metrics.yaml")


_RIGHT = Example(_METRICS, GOOD, also={_CONF: _SIGN, SPEC: _SPEC})


def _values(file: TileFile) -> Any:
    """What a YAML file says; None for one that can't be read: ``files/yaml`` tells of it."""
    from ruamel.yaml.error import YAMLError

    try:
        return values_of(file.yaml) if file.yaml.hazard is None else None
    except (YAMLError, ValueError, RecursionError):
        return None


def _is_jmx(tile: Tile) -> bool:
    """Whether the example configuration says that JMXFetch runs the check."""
    file = tile.file(f"datadog_checks/{package_name(tile)}/data/conf.yaml.example")
    if file is None or "is_jmx" not in file.text:
        return False
    value = _values(file)
    settings = value.get("init_config") if isinstance(value, dict) else None
    return isinstance(settings, dict) and str(settings.get("is_jmx", "")).lower() not in _OFF


def _metrics_path(tile: Tile) -> str:
    return f"datadog_checks/{package_name(tile)}/data/metrics.yaml"


def _entries(tile: Tile) -> Iterator[tuple[int, Any, TileFile]]:
    """The entries of jmx_metrics, each with its place in the list and its file."""
    file = tile.file(_metrics_path(tile)) if _is_jmx(tile) else None
    value = _values(file) if file is not None else None
    listed = value.get("jmx_metrics") if isinstance(value, dict) else None
    if file is not None and isinstance(listed, list):
        for at, entry in enumerate(listed):
            yield at, entry, file


def _offset(yaml: YamlText, *path: str | int) -> int:
    span = yaml.span(*path)
    return span[0] if span is not None else 0


@rule(
    "package/jmx-metrics",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_JMX,
    why="JMXFetch collects what this file names and nothing else; of a key that stands twice only the last counts.",
    form="List the metrics that are read from the Java process: the package's file of them is missing, or says nothing.",
    bad=_bad(None),
    good=_RIGHT,
)
def jmx_metrics(tile: Tile) -> Iterator[Problem]:
    """A package that JMXFetch runs has data/metrics.yaml, with a list jmx_metrics and no key twice."""
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import YAMLError

    if not _is_jmx(tile):
        return
    path = _metrics_path(tile)
    file, hint = tile.file(path), _("list the beans under jmx_metrics:")
    if file is None:
        message = _("the example says is_jmx, and there is no data/metrics.yaml")
        yield Problem(message, _conf(tile), hint=hint)
        return
    if file.yaml.fault is not None:
        return  # ``files/yaml`` tells of it.
    try:
        value = values_of(file.yaml)
    except DuplicateKeyError as error:
        mark = error.problem_mark
        offset = mark.index if mark is not None else 0
        key = file.text[offset:].partition(":")[0].strip()
        message = _("the key {key} stands twice", key=quoted(key))
        yield Problem(message, path, offset=offset, hint=_("put the two together"))
        return
    except (YAMLError, ValueError, RecursionError):
        return
    listed = value.get("jmx_metrics") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        yield Problem(_("there is no list jmx_metrics"), path, offset=0, hint=hint)


def _conf(tile: Tile) -> str:
    return f"datadog_checks/{package_name(tile)}/data/conf.yaml.example"


@rule(
    "package/jmx-scope",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_JMX,
    why="Without a scope JMXFetch goes through every bean of the customer's process.",
    form="Say for each entry of the Java metrics which beans it is about.",
    bad=_bad("jmx_metrics:\n- include:\n    attribute:\n      Depth:\n        alias: acme_widget.depth\n"),
    good=_RIGHT,
)
def jmx_scope(tile: Tile) -> Iterator[Problem]:
    """Each entry of jmx_metrics has an include with a domain, a domain_regex or a bean."""
    hint = _("name them by domain, domain_regex or bean")
    for at, entry, file in _entries(tile):
        include = entry.get("include") if isinstance(entry, dict) else None
        offset = _offset(file.yaml, "jmx_metrics", at)
        if not isinstance(include, dict) or not include:
            yield Problem(_("entry {at} has no include", at=at + 1), file.path, offset=offset, hint=hint)
        elif not any(include.get(key) for key in _SCOPES):
            message = _("entry {at} says of no bean that it is about it", at=at + 1)
            yield Problem(message, file.path, offset=offset, hint=hint)


@rule(
    "package/jmx-duplicate",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_JMX,
    why="The same attribute of a bean would be sent twice, under two names or with two types.",
    form="Read each attribute of a bean once: one is listed twice.",
    bad=_bad(GOOD + GOOD.partition("\n")[2]),
    good=_RIGHT,
)
def jmx_duplicate(tile: Tile) -> Iterator[Problem]:
    """Each attribute of a bean stands in one entry of jmx_metrics, in a mapping."""
    seen: Counter[tuple[str, str]] = Counter()
    for at, entry, file in _entries(tile):
        include = entry.get("include") if isinstance(entry, dict) else None
        if not isinstance(include, dict) or not include.get("bean"):
            continue
        beans, attributes = include["bean"], include.get("attribute") or {}
        offset = _offset(file.yaml, "jmx_metrics", at, "include", "bean")
        if not isinstance(attributes, dict):
            hint = _("write each as a key, with alias and metric_type below it")
            yield Problem(
                _("the attributes of entry {at} are no mapping", at=at + 1), file.path, offset=offset, hint=hint
            )
            continue
        for bean in beans if isinstance(beans, list) else [beans]:
            for attribute in map(str, attributes):
                seen[str(bean), attribute] += 1
                if seen[str(bean), attribute] == 2:
                    message = _(
                        "{attribute} of {bean} is listed twice", attribute=quoted(attribute), bean=quoted(str(bean))
                    )
                    yield Problem(message, file.path, offset=offset, hint=_("keep one of them"))


@rule(
    "package/jmx-templates",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_JMX,
    why="How JMXFetch reaches the process, a customer finds only in the options of these templates.",
    form="Add Datadog's options for Java processes to those of the check.",
    bad=Example(SPEC, SPEC_GOOD, also={_CONF: _SIGN, _METRICS: GOOD}, shown=SPEC_GOOD),
    good=_RIGHT,
)
def jmx_templates(tile: Tile) -> Iterator[Problem]:
    """The spec of a package that JMXFetch runs has init_config/jmx in its init_config, and instances/jmx in its instances."""
    if not _is_jmx(tile):
        return
    spec = spec_of(tile)
    if spec is None:
        if not tile.has(SPEC):
            yield Problem(_("there is no spec of the options"), _conf(tile), hint=_("add {path}", path=SPEC))
        return
    found = [(section.get("template"), option.get("template"))
             for section in _listed(spec.value, "files", "options") for option in _listed(section, "options")]  # fmt: skip
    for section in ("init_config", "instances"):
        template = f"{section}/jmx"
        if (section, template) not in found:
            message = _("the options of {section} have no template {template}", section=section, template=template)
            yield Problem(message, SPEC, hint=_("add - template: {template}", template=template))


def _listed(holder: Any, *keys: str) -> Iterator[dict[str, Any]]:
    """The mappings in lists below lists, by the keys that lead there."""
    key, *rest = keys
    items = holder.get(key)
    for each in items if isinstance(items, list) else ():
        if isinstance(each, dict):
            yield from _listed(each, *rest) if rest else (each,)
