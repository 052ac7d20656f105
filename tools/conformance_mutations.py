"""Tiles with one thing wrong each: a mutant for everything that Datadog's validators refuse.

Each is a clean tile with a change, named after the validator that must refuse it. What a validator trips over and breaks
down on counts as refused. Written by hand after reading the validators of ddev 14.4.0; the mutants that the rules' own
bad examples make come from ``conformance.py``. Here are those of texts and of the JSON below ``assets``; those of the
manifest and of metadata.csv are in ``conformance_manifest_mutations.py``.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.rules.clean_tile import CHECK, DASHBOARD, README, SAVED_VIEW, manifest
from tilewizard.field.vocabulary import Target

MANIFEST = "manifest.json"
ACME = {
    "dashboards": "assets/dashboards/acme_widget_overview.json",
    "saved_views": "assets/saved_views/acme_widget_errors.json",
}
CHECKS = "assets/service_checks.json"
HUGE = "9" * 5000
DEEP = "[" * 30_000 + "]" * 30_000
Changes = Mapping[str, Any]


@dataclass(frozen=True)
class Mutant:
    """A clean tile with a change.

    Attributes:
        name: what is wrong.
        validator: the one that must refuse it; empty when none needs to.
        changes: files and their new contents, as :class:`tilewizard.rules.registry.Example` has them.
        links: symbolic links to make.
        published: a manifest that stands on the default branch of the checkout.
    """

    name: str
    validator: str
    changes: Changes
    links: Mapping[str, str] = field(default_factory=dict)
    published: str | None = None


GONE = object()


def put(value: Any, pointer: str, new: Any) -> Any:
    """A copy of a JSON value with another one at a pointer; :data:`GONE` takes the member away."""
    value = copy.deepcopy(value)
    *way, last = pointer[1:].split("/")
    inner = value
    for part in way:
        inner = inner[int(part)] if isinstance(inner, list) else inner[part]
    key: Any = int(last) if isinstance(inner, list) else last
    if new is GONE:
        del inner[key]
    else:
        inner[key] = new
    return value


def with_manifest(target: Target, *changes: tuple[str, Any]) -> str:
    """The clean manifest with values put at pointers."""
    value = manifest(target)
    for pointer, new in changes:
        value = put(value, pointer, new)
    return json.dumps(value, indent=2)


def mutants(target: Target) -> Iterator[Mutant]:
    """The mutants of texts and assets."""
    yield from _readmes(target)
    yield from _eula(target)
    yield from _service_checks(target)
    yield from _dashboards(target)
    yield from _saved_views(target)


def _readmes(target: Target) -> Iterator[Mutant]:
    paid = target == Target.MARKETPLACE

    def changed(name: str, old: str, new: str, more: Changes | None = None) -> Mutant:
        assert old in README, old
        return Mutant(name, "readmes", {"README.md": README.replace(old, new, 1), **(more or {})})

    setup = "## Setup\n\n1. Install the integration from its tile.\n2. Enter an API key.\n"
    removal = "1. Uninstall the integration from its tile.\n"
    titles = ("Overview", "Setup", "Uninstallation", "Support") if paid else ("Overview", "Setup")
    if not paid:
        yield Mutant("no README.md", "readmes", {"README.md": None})
    yield Mutant("README.md is empty", "readmes", {"README.md": ""})
    yield Mutant("README.md is not UTF-8", "readmes", {"README.md": README.encode() + b"\xe9\n"})
    for title in titles:
        head = f"## {title}\n"
        yield changed(f"no {title}", head, "## Something else\n")
        yield changed(f"{title} is an H3", head, f"### {title}\n")
        yield changed(f"{title} in lower case", head, head.lower())
        yield changed(f"{title} with a space before it", head, f" {head}")
        yield changed(f"{title} in a block of HTML", head, f"<div>\n\n{head}\nText.\n\n</div>\n\n")
        yield changed(f"{title} in a paragraph of HTML", head, f"<p>\n\n{head}\nText.\n\n</p>\n\n")
        yield changed(f"{title} in a comment", head, f"<!--\n\n{head}\nText.\n\n-->\n\n")
        yield changed(f"{title} with a word more", head, f"## {title} guide\n")
        yield changed(f"{title} with blanks after its closing signs", head, f"## {title} ## \n")
        yield changed(f"{title} with an underline that is indented", head, f"{title}\n ---\n")
        yield changed(f"{title} in a section of HTML that is never closed", head, f"<section>\n\n{head}")
    yield changed("Overview as indented code", "## Overview\n", "    ## Overview\n")
    yield changed("Setup is empty", setup, "## Setup\n\n")
    yield changed("Setup is a comment", setup, "## Setup\n\n<!-- to be written -->\n\n")
    yield changed("Setup is a link definition", setup, "## Setup\n\n[7]: https://docs.acme.example/setup\n\n")
    yield changed("Setup is blanks", setup, "## Setup\n\n   \n\t\n")
    yield changed("Overview stands twice, the first empty", "## Overview\n", "## Overview\n\n## Overview\n")
    base = "https://raw.githubusercontent.com/DataDog/" + ("marketplace" if paid else "integrations-extras")
    there = f"{base}/master/acme_corp_acme_widget/images"
    images = {"picture by address": f"{there}/nope.png", "picture in a folder": f"{there}/more/nope.png"}
    if paid:
        images |= {"picture": "images/nope.png", "picture above": "images/../../nope.png"}
    for name, url in images.items():
        yield changed(f"{name} that is not there", setup, f"{setup}\n![it]({url})\n")
        yield changed(f"{name} that is not there, titled", setup, f'{setup}\n![it]({url} "It")\n')
        yield changed(f"{name} that is not there, by reference", setup, f"{setup}\n![it][9]\n\n[9]: {url}\n")
        yield changed(f"{name} that is not there, linked", setup, f"{setup}\n[![it]({url})](https://acme.example)\n")
        yield changed(f"{name} that is not there, as HTML", setup, f'{setup}\n<img src="{url}" alt="it">\n')
        yield changed(
            f"{name} that is not there, as HTML in text", setup, f"{setup}\nSee <img alt='it' src='{url}'/>.\n"
        )
        yield changed(f"{name} that is not there, in a table", setup, f"{setup}\n| a |\n|---|\n| ![it]({url}) |\n")
        yield changed(f"{name} that is not there, in a list", setup, f"{setup}\n* see\n\n  ![it]({url})\n")
        yield changed(f"{name} that is not there, in a quote", setup, f"{setup}\n> ![it]({url})\n")
        yield changed(f"{name} that is not there, in a fence", setup, f"{setup}\n```\na\n\n![it]({url})\n\n```\n")
        yield changed(f"{name} that is not there, of a width", setup, f"{setup}\n![it]({url} =300x)\n")
        blank = url.replace("nope", "no pe")
        yield changed(f"{name} that is not there, with a blank", setup, f"{setup}\n![it]({blank})\n")
    yield changed("a picture without an address", setup, f'{setup}\n<img alt="it">\n')
    if paid:
        shown = "![it](images/acme_widget_overview.png)"
        for name, text in {
            "": shown,
            ", as HTML": '<img src="images/acme_widget_overview.png">',
            ", as HTML in a block": '<div><p><img src="images/acme_widget_overview.png"></p></div>',
            ", by reference": "![it][9]\n\n[9]: images/acme_widget_overview.png",
            ", under an H3": f"### More\n\n{shown}",
            ", under an H1": f"# More\n\n{shown}",
            ", in a list": f"2. Look:\n\n    {shown}",
        }.items():
            yield changed(f"a picture in Uninstallation{name}", removal, f"{removal}\n{text}\n")
    else:
        for name, char in {"dash": "\u2014", "quote": "\u201c", "letter": "\u0101", "smile": "\U0001f600"}.items():
            yield changed(f"a {name} above U+0100", "every widget", f"every{char}widget")
            yield changed(f"a {name} above U+0100 in code", setup, f"{setup}\n```\n{char}\n```\n")
        yield Mutant("a byte order mark", "readmes", {"README.md": b"\xef\xbb\xbf" + README.encode()})


def _eula(target: Target) -> Iterator[Mutant]:
    def at(name: str, value: Any, more: Changes | None = None) -> Mutant:
        changed = with_manifest(target, ("/legal_terms", {"eula": value}))
        return Mutant(name, "eula", {MANIFEST: changed, **(more or {})})

    yield at("the EULA is not there", "assets/nope.pdf")
    yield at("the EULA's path is empty", "")
    yield at("the EULA's path is a number", 5)
    yield at("the EULA's path is a folder", "assets")
    yield at("the EULA's path is absolute", "/etc/hostname")
    yield at("the EULA's path ends in a slash", "assets/eula.pdf/", {"assets/eula.pdf": b"%PDF-1.4\n"})
    yield at("the EULA is in another case", "assets/EULA.pdf", {"assets/eula.pdf": b"%PDF-1.4\n"})
    yield at("the EULA is a text", "assets/eula.pdf", {"assets/eula.pdf": "An agreement.\n"})
    yield at("the EULA is empty", "assets/eula.pdf", {"assets/eula.pdf": b""})
    yield at("the EULA starts with a blank line", "assets/eula.pdf", {"assets/eula.pdf": b"\n%PDF-1.4\n"})
    for name, value in {"null": None, "a list": [], "a text": "assets/eula.pdf"}.items():
        yield Mutant(f"legal_terms is {name}", "eula", {MANIFEST: with_manifest(target, ("/legal_terms", value))})


def _service_checks(target: Target) -> Iterator[Mutant]:
    def whole(name: str, value: Any) -> Mutant:
        text = value if isinstance(value, str | bytes) else json.dumps(value, indent=2)
        return Mutant(f"service_checks.json {name}", "service-checks", {CHECKS: text})

    def entry(name: str, /, **changes: Any) -> Mutant:
        value = {key: each for key, each in {**CHECK, **changes}.items() if each is not GONE}
        return whole(f"has {name}", [value])

    yield Mutant("service_checks.json is not there", "service-checks", {CHECKS: None})
    yield whole("is no JSON", "[{]")
    yield whole("is empty", "")
    yield whole("has a comma too many", "[1,]")
    yield whole("is an object", CHECK)
    yield whole("is null", None)
    yield whole("is a number", 5)
    yield whole("is a list of texts", ["a"])
    yield whole("is a list of lists", [[CHECK]])
    yield whole("has a byte order mark", b"\xef\xbb\xbf[]")
    yield whole("is not UTF-8", b'["\xe9"]')
    yield whole("is nested too deeply", DEEP)
    yield whole("has a number of thousands of digits", f"[{HUGE}]")
    for key in CHECK:
        yield entry(f"no {key}", **{key: GONE})
        yield entry(f"{key} null", **{key: None})
        yield entry(f"{key} empty", **{key: "" if key != "statuses" else []})
        yield entry(f"{key} of another kind", **{key: 7 if key in ("groups", "statuses") else ["x"]})
    yield entry("an attribute more", colour="red")
    for version in ("6", "6.0", "6.0.0.0", "6.0.x", "v6.0.0", "6.0.0-rc", "6.\u00b2.0", "6..0"):
        yield entry(f"agent_version {version}", agent_version=version)
    for check in ("a b", "a-b", "a__b", "a..b", "a_.b", "a._b", "_a", "a_", "acme/can", "\u00e9.a", "a\u200b.b", "a:b"):
        yield entry(f"check {check!a}", check=check)
    for name, statuses in {"unknown": ["ok", "good"], "upper": ["OK"], "null": [None], "listed": [["ok"]]}.items():
        yield entry(f"a status that is {name}", statuses=statuses)
    yield entry("groups as a text", groups="host")
    yield entry("groups as an object", groups={"host": 1})
    yield entry("statuses as an object", statuses={"ok": 1})
    yield entry("another integration", integration="Acme")
    yield entry("the integration in lower case", integration="acme widget")
    yield whole("has a check twice", [CHECK, {**CHECK, "name": "Another"}])
    yield whole("has a name twice", [CHECK, {**CHECK, "check": "acme_widget.other"}])
    path = "/assets/integration/service_checks/metadata_path"
    for name, value in {
        "empty": "",
        "a number": 5,
        "elsewhere": "assets/nope.json",
        "with a slash": f"{CHECKS}/",
    }.items():
        yield Mutant(f"service_checks.metadata_path is {name}", "service-checks",
                     {MANIFEST: with_manifest(target, (path, value))})  # fmt: skip
    other = {MANIFEST: with_manifest(target, (path, "assets/checks.json")), "assets/checks.json": '[{"check": "a"}]'}
    yield Mutant("service_checks.metadata_path names another file, a bad one", "service-checks", other)
    other = {MANIFEST: with_manifest(target, (path, "assets/checks.json")), "assets/checks.json": "[", CHECKS: "[]"}
    yield Mutant("service_checks.metadata_path names another file, a broken one", "service-checks", other)
    for name, value in {"null": None, "a text": CHECKS}.items():
        yield Mutant(f"service_checks is {name}", "service-checks",
                     {MANIFEST: with_manifest(target, ("/assets/integration/service_checks", value))})  # fmt: skip
    gone = with_manifest(target, ("/assets/integration/source_type_name", GONE))
    yield Mutant("no source_type_name", "service-checks", {MANIFEST: gone})


def _named(target: Target, kind: str, validator: str) -> Iterator[Mutant]:
    """Mutants of the paths that the manifest has under ``assets``."""
    for name, value in {
        "not there": "assets/nope.json", "empty": "", "a folder": "assets", "a number": 5, "null": None, "a list": ["x"],
        "in another case": ACME[kind].upper(), "with a slash": f"{ACME[kind]}/", "absolute": "/etc/hostname",
        "above": "../nope.json",
    }.items():  # fmt: skip
        changed = with_manifest(target, (f"/assets/{kind}", {"acme": value}))
        yield Mutant(f"a path of assets.{kind} is {name}", validator, {MANIFEST: changed})
    for name, value in {"null": None, "a list": ["x"], "a text": "assets/nope.json", "a number": 5}.items():
        changed = with_manifest(target, (f"/assets/{kind}", value))
        yield Mutant(f"assets.{kind} is {name}", validator, {MANIFEST: changed})


def _broken(kind: str, validator: str) -> Iterator[Mutant]:
    """Mutants of a JSON file that can't be read as an object."""
    for name, text in {
        "no JSON": '{"title": "x",}', "empty": "", "a list": "[]", "null": "null", "a text": '"x"', "a number": "5",
        "not UTF-8": b'{"title": "\xe9"}', "with a byte order mark": b"\xef\xbb\xbf{}", "nested too deeply": DEEP,
        "cut off": '{"title": "x"', "two values": "{}{}", "with single quotes": "{'title': 'x'}",
        "with a huge number": json.dumps({**DASHBOARD, **SAVED_VIEW})[:-1] + f', "n": {HUGE}}}',
        "with a comment": '{"title": "x"} // mine',
    }.items():  # fmt: skip
        yield Mutant(f"a file of assets.{kind} is {name}", validator, {ACME[kind]: text})


def _dashboards(target: Target) -> Iterator[Mutant]:
    yield from _named(target, "dashboards", "dashboards")
    yield from _broken("dashboards", "dashboards")

    def changed(name: str, *changes: tuple[str, Any]) -> Mutant:
        value: Any = DASHBOARD
        for pointer, new in changes:
            value = put(value, pointer, new)
        return Mutant(f"dashboard: {name}", "dashboards", {ACME["dashboards"]: json.dumps(value)})

    for key in ("description", "template_variables", "widgets"):
        yield changed(f"no {key}", (f"/{key}", GONE))
    old = {"description": "", "template_variables": [], "board_title": "x", "widgets": [{"type": "note"}]}
    yield Mutant("dashboard: in the old form", "dashboards", {ACME["dashboards"]: json.dumps(old)})
    yield Mutant(
        "dashboard: in the old form, empty", "dashboards", {ACME["dashboards"]: json.dumps({**old, "widgets": []})}
    )
    for name, value in {
        "null": None,
        "a number": 5,
        "a text": "x",
        "a list of texts": ["x"],
        "a list of nulls": [None],
    }.items():
        yield changed(f"widgets is {name}", ("/widgets", value))
    for name, value in {"null": None, "a text": "x", "a list": [], "a number": 5}.items():
        yield changed(f"a definition is {name}", ("/widgets/0/definition", value))
        yield changed(f"a definition in a group is {name}",
                      ("/widgets/0/definition", {"type": "group", "widgets": [{"id": 9, "definition": value}]}))  # fmt: skip
    for name, value in {"a text": "x", "a number": 5, "an object": {"a": 1}, "nulls": [None]}.items():
        yield changed(f"widgets of a group are {name}", ("/widgets/0/definition", {"type": "group", "widgets": value}))
    for name, value in {"another": "other", "a number": 5, "true": True, "an object": {"a": 1}, "a list": ["x"],
                        "a list of lists": [[]], "in upper case": manifest(target)["app_uuid"].upper()}.items():  # fmt: skip
        yield changed(f"app_id is {name}", ("/widgets/0/definition/app_id", value))
        yield changed(f"app_id in a group is {name}", ("/widgets/0/definition", {
            "type": "group", "widgets": [{"id": 9, "definition": {"type": "note", "app_id": value}}]}))  # fmt: skip
    deep: Any = "x"
    for _ in range(40):
        deep = {"type": "group", "title": "x", "widgets": [{"id": 1, "definition": deep}]}
    yield changed("a definition forty groups deep is a text", ("/widgets/0/definition", deep))


def _saved_views(target: Target) -> Iterator[Mutant]:
    yield from _named(target, "saved_views", "saved-views")
    yield from _broken("saved_views", "saved-views")

    def changed(name: str, /, **changes: Any) -> Mutant:
        value = {key: each for key, each in {**SAVED_VIEW, **changes}.items() if each is not GONE}
        return Mutant(f"saved view: {name}", "saved-views", {ACME["saved_views"]: json.dumps(value)})

    for key in ("name", "page", "query", "type"):
        yield changed(f"no {key}", **{key: GONE})
    for key in ("type", "page"):
        for value in ("", "dreams", "Logs", None, 5, ["logs"], {"a": 1}):
            yield changed(f"{key} is {value!r}", **{key: value})
    yield changed("a key more", colour="red")
    yield changed("a key in upper case", Options={})
    for value in (None, [], "", "x", 5, ["sort"], False):
        yield changed(f"options is {value!r}", options=value)
    for page in ("stream", "analytics", "process_overview", "insights", "patterns", "traces"):
        yield changed(f"page {page} with an option that it doesn't know", page=page, options={"colour": "blue"})
    yield changed("page stream with an option of analytics", page="stream", options={"group_bys": []})
    yield changed("page analytics with an option of stream", page="analytics", options={"columns": []})
    yield changed("page patterns with an option of stream", page="patterns", options={"columns": []})
    for value in (
        {"interval": 1},
        {"interval_ms": "1"},
        {"interval_ms": None},
        {"interval_ms": [1]},
        [1],
        "interval_ms",
        5,
    ):
        yield changed(f"timerange is {value!r}", timerange=value)
    for value in ("@status", {"a": 1}, 5, True):
        yield changed(f"visible_facets is {value!r}", visible_facets=value)
