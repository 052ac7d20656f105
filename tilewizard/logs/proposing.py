"""A pipeline proposed from raw lines: grok rules for their forms, remappers, facets, and a tests file of what it gives."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from . import dates
from .cases import NOW
from .event import MISSING, get
from .formats import FORMS, is_pairs, pairs_rule
from .grok import compiled
from .pipeline import Pipeline, made_of, run
from .processors import meaning_of
from .usual_names import DATES, LEVELS, MESSAGES, SERVICES, SPANS, STANDARD, TRACES

OWN = _("no known form")
"""The form of lines for which a grok rule is to be written."""
SAMPLES_MAX = 30
"""Tests that are made: one for each kind of line, at most."""
_MEASURES = re.compile(
    r"(?:^|_)(?:duration|latency|bytes|size|count|total|elapsed|time|ms|seconds|length|ratio|percent)(?:_|$)"
)
_SYSLOG = ("emergency", "alert", "critical", "error", "warning", "notice", "info", "debug")
_FACILITIES = 24


@dataclass(frozen=True)
class Proposal:
    """What was made: both files' texts, the name of each sample's form with how many have it, samples that no rule takes."""

    pipeline: str
    tests: str
    forms: dict[str, int]
    unread: list[str]


def propose(samples: list[str], source: str, app_id: str = "", *, own: bool = False) -> Proposal:
    """A pipeline for a source from samples of its logs; ``app_id``, where it is known, says whose it is (``metric_id``).

    Lines of no known form are left out, and told as ``unread``; with ``own`` they get a grok rule to start from, which takes the
    whole line as the message.

    Raises:
        TilewizardError: the source is no name, or there is no sample of a known form.
    """
    if not is_source(source):
        raise TilewizardError(
            _("the source {source!r} is no source of logs", source=source),
            remedy=_("lower-case letters, digits, `_`, `-`, begun by a letter"),
        )
    if not samples:
        raise TilewizardError(_("there is no sample"), remedy=_("give a file with a line of the log at least"))
    prefix = prefix_of(source)
    forms, unread, rules = _forms(samples, prefix)
    if own and unread:
        forms[OWN], unread = len(unread), []
        rules.append(f"own_form %{{data:{prefix}.message}}")
    if not forms:
        raise TilewizardError(_("no sample has a form that is known"), remedy=_("see docs/logs.md for those that are"))
    samples = [each for each in samples if each not in unread]
    seen = _Seen(prefix)
    for each in samples:
        seen.take(run(Pipeline(source, tuple(_parsers(rules, prefix, samples)), frozenset()), each).custom)
    processors = [*_parsers(rules, prefix, samples), *_after(seen)]
    whole: dict[str, Any] = {
        "id": source,
        "metric_id": app_id or source,
        "backend_only": False,
        "facets": [],
        "pipeline": {
            "type": "pipeline",
            "name": _title(source),
            "enabled": True,
            "filter": {"query": f"source:{source}"},
            "processors": processors,
        },
    }
    pipeline = made_of(whole)
    kept = _kinds(pipeline, samples)
    results = [run(pipeline, each) for each in kept]
    whole["facets"] = facets_for([each.custom for each in results], prefix, _title(source))
    tests = [{"sample": each, "result": result_of(event)} for each, event in zip(kept, results, strict=True)]
    return Proposal(_yaml(whole), _yaml({"id": source, "tests": tests}), forms, unread)


def is_source(name: str) -> bool:
    """Whether a name can be a source of logs."""
    return re.fullmatch(r"[a-z][a-z0-9_.\-]{0,79}", name) is not None


def forms_of(samples: list[str]) -> tuple[dict[str, int], list[str]]:
    """How many samples have each known form, and those of none."""
    counts, unread, __ = _forms(samples, "log")
    return counts, unread


def _forms(samples: list[str], prefix: str) -> tuple[dict[str, int], list[str], list[str]]:
    """Forms with how many samples have each, samples of none, and the match rules in the order of the forms."""
    counts: dict[str, int] = {}
    unread, wanted = [], set()
    ready = [(form, compiled(form.of(prefix), "")[0]) for form in FORMS]
    pairs: list[str] = []
    for sample in samples:
        form = next((form for form, rule in ready if rule.parse(sample) is not None), None)
        if _object(sample) is not None:
            name = "JSON"
        elif form is not None:
            name = form.title
            wanted.add(form.name)
        elif is_pairs(sample):
            name = "key=value (logfmt)"
            pairs.append(sample)
        else:
            unread.append(sample)
            continue
        counts[name] = counts.get(name, 0) + 1
    rules = [form.of(prefix) for form in FORMS if form.name in wanted]
    return counts, unread, [*rules, *([pairs_rule(pairs, prefix)] if pairs else [])]


def _object(sample: str) -> dict[str, Any] | None:
    try:
        value = json.loads(sample) if sample.lstrip()[:1] == "{" else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _parsers(rules: list[str], prefix: str, samples: list[str]) -> list[dict[str, Any]]:
    """The grok parsers: of the line, then of the fields that CEF and LEEF carry in one text."""
    if not rules:
        return []
    texts = [each for each in samples if _object(each) is None][:5]
    made = [_grok("Parse the line", "message", rules, texts)]
    for name, filter_ in (
        ("cef", 'keyvalue("=", ":/+,@%")'),
        ("leef", f'keyvalue("=", " :/+,@%", "", "{_between(samples)}")'),
    ):
        if any(rule.startswith(f"{name} ") for rule in rules):
            rule = f"fields %{{data:{prefix}.{name}.fields:{filter_}}}"
            made.append(_grok(f"Read the fields of {name.upper()}", f"{prefix}.{name}.extension", [rule], []))
    if any(re.search(r"CEF:.*[|\s]msg=", each) for each in samples):
        made.append(_grok("Read the message of CEF", f"{prefix}.cef.extension", [_CEF_MESSAGE % prefix], []))
    return made


_CEF_MESSAGE = r'message (%%{data} )?msg=%%{regex("(?:[^=\\\\]|\\\\.)*"):%s.message}( %%{regex("[\\w.]+")}=%%{data})?'
"""The message may hold spaces, at which ``keyvalue`` ends: it goes on to the next key."""


def _between(samples: list[str]) -> str:
    """What stands between the fields of LEEF: a tab, or what version 2 names in its header."""
    for each in samples:
        named = re.search(r"LEEF:2\.0\|(?:[^|]*\|){4}([^|=\s])\|", each)
        if named:
            return named[1]
    return "\t"


def _grok(name: str, source: str, rules: list[str], samples: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "grok-parser", "name": name, "enabled": True, "source": source}
    if samples:
        made["samples"] = samples
    return {**made, "grok": {"supportRules": "", "matchRules": "\n".join(rules) + "\n"}}


class _Seen:
    """The attributes that the samples have after parsing, each path with its values."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.values: dict[str, list[Any]] = {}
        self.tops: list[str] = []

    def take(self, custom: dict[str, Any]) -> None:
        self.tops += [key for key in custom if key not in self.tops]
        for path, value in leaves(custom):
            self.values.setdefault(path, []).append(value)

    def named(self, names: tuple[str, ...], fits: Any) -> list[str]:
        """Paths at the top, or below the prefix, whose last word is one of some names and whose values fit."""
        inside = (self.prefix, f"{self.prefix}.cef.fields", f"{self.prefix}.leef.fields")
        paths = [*names, *(f"{above}.{name}" for above in inside for name in names)]
        return [path for path in paths if path in self.values and all(fits(value) for value in self.values[path])]


def leaves(custom: dict[str, Any]) -> list[tuple[str, Any]]:
    """Every attribute that is no object, by its dotted path."""
    found, pending = [], [("", custom)]
    while pending:
        above, tree = pending.pop()
        for key, value in tree.items():
            path = f"{above}.{key}" if above else str(key)
            if isinstance(value, dict):
                pending.append((path, value))
            else:
                found.append((path, value))
    return found


def _after(seen: _Seen) -> list[dict[str, Any]]:
    """What follows the parsing: official fields first, then names, then what is worked out of them."""
    when = seen.named(DATES, lambda value: dates.official(value) is not None)
    level = seen.named(LEVELS, lambda value: isinstance(value, (str, int)) and meaning_of(value) is not None)
    said = seen.named(MESSAGES, lambda value: isinstance(value, str))
    service = seen.named(SERVICES, lambda value: isinstance(value, str))
    ids = [
        (kind, what, found)
        for kind, what, names in (("trace-id-remapper", "trace", TRACES), ("span-id-remapper", "span", SPANS))
        if (found := seen.named(names, lambda value: isinstance(value, (str, int)) and not isinstance(value, bool)))
    ]
    linked = {path.partition(".")[0] for __, ___, found in ids for path in found}
    cef = [path for path in (f"{seen.prefix}.cef.name", f"{seen.prefix}.leef.event_id") if path in seen.values]
    made = [*_severities(seen), *_renamed(seen, {*when, *level, *said, *service, *linked, "message"})]
    targets = {each["target"] for each in made if each} | set(seen.values)
    status = [path for path in ("http.status_category", f"{seen.prefix}.severity_name") if path in targets]
    if "http.useragent" in targets:
        made.append(
            _one(
                "user-agent-parser",
                "Read the user agent",
                ["http.useragent"],
                target="http.useragent_details",
                encoded=False,
            )
        )
    if "http.url" in targets:
        made.append(_one("url-parser", "Read the URL", ["http.url"], target="http.url_details"))
    if "http.status_code" in targets:
        made.append(
            _categories(
                "http.status_category",
                [
                    (f"@http.status_code:[{low} TO {low + 99}]", name)
                    for low, name in ((200, "OK"), (300, "notice"), (400, "warning"), (500, "error"))
                ],
            )
        )
        status = list(dict.fromkeys(["http.status_category", *status]))
    made += [
        _one("date-remapper", "Official date", when or ["timestamp"]),
        _one("status-remapper", "Official status", [*level, *status] or ["status"]),
        _one(
            "service-remapper",
            "Official service",
            [*service, *(["syslog.appname"] if "syslog.appname" in seen.values else [])] or ["service"],
        ),
        _one("message-remapper", "Official message", [*said, *cef] or ["message"]),
        *(_one(kind, f"Official {what}", found) for kind, what, found in ids),
    ]
    return [each for each in made if each]


def _severities(seen: _Seen) -> list[dict[str, Any]]:
    """Words for the numbers by which CEF, LEEF and syslog tell how bad it is; a source may send several of these forms."""
    target, made = f"{seen.prefix}.severity_name", []
    for path in (f"{seen.prefix}.cef.severity", f"{seen.prefix}.leef.fields.sev"):
        if path in seen.values:
            rows = ((0, 3, "info"), (4, 6, "warning"), (7, 8, "error"), (9, 10, "critical"))
            made.append(_categories(target, [(f"@{path}:[{low} TO {high}]", word) for low, high, word in rows]))
    if "syslog.prival" in seen.values:
        each = [" OR ".join(str(8 * facility + level) for facility in range(_FACILITIES)) for level in range(8)]
        named = [(f"@syslog.prival:({numbers})", word) for numbers, word in zip(each, _SYSLOG, strict=True)]
        # In front of the others: what CEF says of itself is nearer than the syslog around it.
        made.insert(0, _categories(target, named))
    return made


def _renamed(seen: _Seen, official: set[str]) -> list[dict[str, Any]]:
    """Remappers for what a JSON log has at its top: to the standard attribute, or below the source."""
    made = []
    ours = {seen.prefix, "http", "network", "logger", "error", "syslog", "usr", "db", "evt"}
    for top in seen.tops:
        if top in ours or top in official or re.search(r"[\s,]", top):
            continue
        target = next((path for path, names in STANDARD.items() if top in names), f"{seen.prefix}.{top}")
        made.append(
            _one(
                "attribute-remapper",
                f"Map `{top}` to `{target}`",
                [top],
                sourceType="attribute",
                target=target,
                targetType="attribute",
                preserveSource=False,
                overrideOnConflict=False,
            )
        )
    return made


def _one(kind: str, name: str, sources: list[str], **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "enabled": True, "sources": sources, **more}


def _categories(target: str, rows: list[tuple[str, str]]) -> dict[str, Any]:
    listed = [{"filter": {"query": query}, "name": name} for query, name in rows]
    return {
        "type": "category-processor",
        "name": f"Set `{target}`",
        "enabled": True,
        "categories": listed,
        "target": target,
    }


def _kinds(pipeline: Pipeline, samples: list[str]) -> list[str]:
    """One sample of each kind: the same grok rule, attributes and status are one kind."""
    kept: dict[tuple[object, ...], str] = {}
    for sample in samples:
        event = run(pipeline, sample, trace=True)
        rules = tuple(step.rule for step in event.steps or ())
        kept.setdefault((event.status, rules, frozenset(path for path, __ in leaves(event.custom))), sample)
    return list(kept.values())[:SAMPLES_MAX]


def result_of(event: Any) -> dict[str, Any]:
    """What a test states of an event: the whole of what can be known offline, keys sorted."""
    whole = {key: value for key, value in event.result().items() if key != "unknown"}
    whole.setdefault("timestamp", NOW)
    sorted_: dict[str, Any] = json.loads(json.dumps(whole, sort_keys=True, default=str))
    return sorted_


def prefix_of(source: str) -> str:
    """What the attributes of a source's own begin with."""
    return re.sub(r"[^a-z0-9_]", "_", source)


def facets_for(customs: list[dict[str, Any]], prefix: str, group: str = "") -> list[dict[str, Any]]:
    """A facet for each attribute of the source's own; standard attributes have theirs already."""
    made = []
    group = group or _title(prefix)
    paths = sorted({path for custom in customs for path, __ in leaves(custom) if path.startswith(f"{prefix}.")})
    for path in paths:
        values = [value for custom in customs if (value := get(custom, path)) is not MISSING]
        kind = _type(values)
        last = path.rpartition(".")[2]
        if not kind or last in ("timestamp", "message", "extension"):
            continue
        measure = kind in ("integer", "double") and (kind == "double" or _MEASURES.search(last.lower()))
        facet = {"groups": [group], "name": _title(path.partition(".")[2]), "path": path, "source": "log", "type": kind}
        made.append({**facet, "facetType": "range" if measure else "list"})
    return made


def _type(values: list[Any]) -> str:
    kinds = {bool if isinstance(each, bool) else type(each) for each in values if each is not None}
    names = {
        frozenset({bool}): "boolean",
        frozenset({int}): "integer",
        frozenset({float}): "double",
        frozenset({str}): "string",
    }
    if kinds == {int, float}:
        return "double"
    return names.get(frozenset(kinds), "")


def _title(name: str) -> str:
    return " ".join(word.capitalize() for word in re.split(r"[_.\-\s]+", name) if word)


def _yaml(whole: dict[str, Any]) -> str:
    from ruamel.yaml import YAML
    from ruamel.yaml.scalarstring import LiteralScalarString

    yaml, stream = YAML(typ="rt", pure=True), io.StringIO()
    yaml.width, yaml.default_flow_style, yaml.allow_unicode = 10**9, False, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    for one in whole.get("pipeline", {}).get("processors", []):
        if "grok" in one:
            one["grok"]["matchRules"] = LiteralScalarString(one["grok"]["matchRules"])
    yaml.dump(whole, stream)
    return stream.getvalue()
