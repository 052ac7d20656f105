"""Files made to do harm: each is told of, in bounded time and memory, in a process that may use no more."""

from __future__ import annotations

import json
import struct
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target
from tilewizard.inspection.yaml_hazards import LEVELS_MAX
from tilewizard.inspection.yaml_text import YamlText

from tests.starting import run

from .clean_tile import UUID, clean_files, clean_tile, manifest

SECONDS = 20
MEGABYTES = 1500
PIPELINE = "assets/logs/acme_widget.yaml"
HEAD = "id: acme_widget\npipeline:\n  type: pipeline\n"
LETTERS = "abcdefghijkl"


def unfolding(first: str, later: str) -> str:
    """YAML in which each line names the one before nine times."""
    lines = [f"a: &a {first}"]
    lines += [f"{b}: &{b} " + later.format(", ".join([f"*{a}"] * 9)) for a, b in pairwise(LETTERS)]
    return HEAD + "\n".join(lines) + "\n"


def png(width: int, height: int) -> bytes:
    """A PNG that says it is this large and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"x")), (b"IEND", b""))
    made = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def pdf(filters: bytes) -> bytes:
    """A PDF whose one page unpacks to 100 MB."""
    packed = zlib.compress(zlib.compress(b" " * 100_000_000, 9), 9)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Filter [%s %s] /Length %d >>\nstream\n%s\nendstream" % (filters, filters, len(packed), packed),
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def svg(head: str, body: str = "") -> str:
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{body}</svg>'


def titled(title: str) -> str:
    return json.dumps(
        {**manifest(Target.MARKETPLACE), "tile": {**manifest(Target.MARKETPLACE)["tile"], "title": title}}
    )


LOGO = "assets/logos/acme_widget_logo.svg"
SHOWN = "images/acme_widget_overview.png"
BOARD = "assets/dashboards/acme_widget_overview.json"
HARM: dict[str, tuple[str, str | bytes, str]] = {
    "a tag of Python": (PIPELINE, HEAD + "x: !!python/object/apply:os.system [id]\n", "files/yaml"),
    "a tag of Python, far down": (PIPELINE, HEAD + "a: 1\n" * 60_000 + "x: !!python/name:os.system\n", "files/yaml"),
    "a tag of one's own": (PIPELINE, HEAD + "x: !run [id]\n", "files/yaml"),
    "a tag by its address": (PIPELINE, HEAD + "x: !<tag:yaml.org,2002:python/object:os.system> {}\n", "files/yaml"),
    "aliases": (PIPELINE, unfolding("[x, x]", "[{}]"), "files/yaml"),
    "aliases in merges": (PIPELINE, unfolding("{k: v}", "{{<<: [{}]}}"), "files/yaml"),
    "an alias of itself": (PIPELINE, HEAD + "a: &a [*a]\n", "files/yaml"),
    "brackets": (PIPELINE, HEAD + "x: " + "[" * 100_000 + "]" * 100_000, "files/yaml"),
    "brackets that stay open": (PIPELINE, HEAD + "x: " + "[{" * 100_000, "files/yaml"),
    "blocks in blocks": (PIPELINE, "".join(" " * level + "a:\n" for level in range(1000)), "files/yaml"),
    "blocks in blocks, old line ends": (PIPELINE, "".join(" " * level + "a:\r" for level in range(1000)), "files/yaml"),
    "lists in lists": (PIPELINE, HEAD + "x:\n " + "- " * 200_000, "files/yaml"),
    "lists in lists by tabs": (PIPELINE, HEAD + "x:\n " + "-\t" * 200_000, "files/yaml"),
    "keys in keys": (PIPELINE, HEAD + "x:\n " + "? " * 200_000, "files/yaml"),
    "colons": (PIPELINE, ": " * 200_000, "files/yaml"),
    "YAML elsewhere": ("assets/configuration/spec.yaml", "x: !!python/object/apply:os.system [id]\n", "files/yaml"),
    "three million lines of YAML": (PIPELINE, HEAD + "x: 1\n" * 3_000_000, "files/text"),
    "a manifest of brackets": ("manifest.json", "[" * 2_000_000, "manifest/syntax"),
    "a manifest of objects": ("manifest.json", '{"a":' * 500_000, "manifest/syntax"),
    "a manifest of keys": ("manifest.json", "{" + ",".join(f'"k{n}":{n}' for n in range(250_000)) + "}", "manifest/required-key"),
    "a manifest of one key": ("manifest.json", "{" + ",".join(f'"k":{n}' for n in range(250_000)) + "}", "manifest/duplicate-key"),
    "a manifest that breaks off": ("manifest.json", "{" + ",".join(f'"k{n}":{n}' for n in range(250_000)), "manifest/syntax"),
    "a manifest of 20 MB": ("manifest.json", " " * 20_000_000, "files/text"),
    "a dashboard of groups": (BOARD, '{"widgets":[{"definition":' * 300 + "1" + "}]}" * 300, "dashboards/widget"),
    "a number of a million digits": (BOARD, '{"description":"","template_variables":[],"widgets":[' + "9" * 1_000_000 + "]}",
                                     "dashboards/form"),
    "a table of blanks": ("metadata.csv", "metric_name\n" + "x\n" * 1_500_000, "metadata/form"),
    "a cell of a million characters": ("metadata.csv", "metric_name\n" + "x" * 1_000_000, "metadata/form"),
    "quotes in Markdown": ("README.md", "> " * 100_000 + "x", "readme/missing"),
    "tags in Markdown": ("README.md", "<div>" * 100_000 + '<img "' * 60_000, "readme/section-missing"),
    "links in Markdown": ("README.md", "[![a](" * 20_000, "readme/section-missing"),
    "entities": (LOGO, svg('<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', "&b;"), "logo/svg"),
    "an entity from a file": (LOGO, svg('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "&a;"), "logo/svg"),
    "an entity in a picture of the README": ("images/chart.svg", svg('<!DOCTYPE svg [<!ENTITY a "aaaa">]>', "&a;"), "logo/svg"),
    "a script": (LOGO, svg("", "<script>alert(1)</script>"), "logo/svg"),
    "a PNG of ten thousand million pixels": (SHOWN, png(100_000, 100_000), "image/pixels"),
    "a PNG that nothing shows": ("images/other.png", png(100_000, 100_000), "image/pixels"),
    "an escape of the terminal": ("assets/notes.md", "all well\x1b[31m or not", "files/text"),
    "an escape in a file without ending": ("LICENSE", "all well\x1b]0;title\x07", "files/text"),
    "an escape in HTML": ("assets/page.html", "all well\x9b31m", "files/text"),
    "a turned line": ("README.md", "# a\n\nall \u202ewell\n", "files/text"),
    "an escape that JSON spells": ("manifest.json", titled("Acme\x1b[31m"), "files/escape"),
    "a turned line that JSON spells": (BOARD, '{"title": "all \\u202ewell"}', "files/escape"),
    "a path above": ("manifest.json", titled("Acme").replace("README.md#Overview", "../README.md#Overview"), "manifest/path"),
    "a path of another system": ("manifest.json", titled("Acme").replace("metadata.csv", "..\\\\metadata.csv"), "manifest/path"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARM)
def test_harm_is_told_of_in_bounded_time_and_memory(name: str, tmp_path: Path) -> None:
    path, content, rule = HARM[name]
    found = checked(tmp_path, {path: content.encode("utf-8") if isinstance(content, str) else content})
    assert rule in {finding["rule"] for finding in found if finding["file"] == path}


@pytest.mark.slow
@pytest.mark.parametrize("filters", [b"/FlateDecode", b"/Fl#61teDecode"])
def test_a_pdf_that_unpacks_to_much_is_survived(filters: bytes, tmp_path: Path) -> None:
    found = checked(tmp_path, {"assets/eula.pdf": pdf(filters)})
    assert {finding["rule"] for finding in found if finding["file"] == "assets/eula.pdf"} == {"eula/readable"}


def checked(folder: Path, changes: dict[str, bytes]) -> list[dict[str, str]]:
    """The findings of a process of its own, with limits, on the clean tile with other files."""
    root = folder / "acme_corp_acme_widget"
    for path, data in {**clean_files(Target.MARKETPLACE), **changes}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    limits = {"RLIMIT_AS": MEGABYTES << 20, "RLIMIT_CPU": SECONDS}
    done = run("check", "--format", "json", "--target", "marketplace", root, limits=limits)
    assert done.returncode in (0, 1), done.stderr[-500:]
    assert "\x1b" not in done.stdout
    return findings_in(json.loads(done.stdout))


def findings_in(report: object) -> list[dict[str, str]]:
    """Every finding of a report, wherever it stands in it."""
    if isinstance(report, dict):
        inner = [found for each in report.values() for found in findings_in(each)]
        return [report, *inner] if {"rule", "severity", "file"} <= report.keys() else inner
    return [found for each in report for found in findings_in(each)] if isinstance(report, list) else []


def test_what_is_plain_is_no_hazard() -> None:
    for text in (
        "a: &a [x]\nb: *a\n",
        "a: !!str 5\n",
        "a: '!run * & [[[['\n",
        "a: &x {k: v}\nb:\n  <<: *x\n",
        f"id: {UUID}\n",
    ):
        assert YamlText(text).hazard is None, text
    levels = "".join(" " * level + "a:\n" for level in range(LEVELS_MAX - 1))
    assert YamlText(levels).hazard is None
    assert not [finding for finding in check(clean_tile()) if finding.rule.startswith("files/")]
