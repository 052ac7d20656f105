"""Samples put into a tests file, taken out, masked; facets put into a pipeline: every other byte of the files stays."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from tilewizard.language import _

from ..errors import TilewizardError
from ..inspection.yaml_text import YamlText, node_at
from .lab import samples_of
from .personal import found_in, masks_of
from .pipeline import load, read, run
from .proposing import facets_for, prefix_of, result_of
from .updating import updated

if TYPE_CHECKING:
    from tree_sitter import Node


def personal_in(samples: list[str]) -> Counter[str]:
    """How many pieces of personal data of each kind there are in samples."""
    return Counter(kind for kind, __ in {(each.kind, each.text) for sample in samples for each in found_in(sample)})


def with_samples(pipeline: str, tests: str, samples: list[str]) -> str:
    """A tests file's text with samples more, each with what the pipeline gives today; those that are there already stay.

    Raises:
        TilewizardError: the pipeline can't be run, or the tests' list is one to which nothing can be added safely.
    """
    made = read(pipeline)
    there = {row["sample"] for row in samples_of(tests) if isinstance(row["sample"], str)}
    new = [each for each in dict.fromkeys(samples) if each not in there]
    rows = [{"sample": each, "result": result_of(run(made, each))} for each in new]
    return appended(tests or _dumped({"id": made.id, "tests": []}), "tests", rows)


def without_sample(tests: str, number: int) -> str:
    """A tests file's text without the test of a number, from 1.

    Raises:
        TilewizardError: it can't be taken out safely.
    """
    rows = samples_of(tests)
    sequence = node_at(YamlText(tests), "tests")
    if sequence is None or sequence.type != "block_sequence" or not 0 < number <= len(rows):
        raise TilewizardError(
            _("test {number} can't be taken out", number=number), remedy=_("take it out in an editor")
        )
    items = [each for each in sequence.named_children if each.type == "block_sequence_item"]
    lines = tests.splitlines(keepends=True)
    start = items[number - 1].start_point.row
    stop = items[number].start_point.row if number < len(items) else _last_row(lines, items[-1])
    left = lines[:start] + lines[stop:]
    if len(rows) == 1:
        left = [*lines[: start - 1], re.sub(r"\s*(\r?\n)$", r" []\1", lines[start - 1]), *lines[stop:]]
    text = "".join(left)
    _sure(text, "tests", [row for at, row in enumerate(rows, 1) if at != number])
    return text


def without_personal_data(pipeline: str, tests: str) -> str:
    """A tests file's text with the personal data of its samples masked, in what the tests state as well.

    Where the pipeline gives something else for the masked sample, a test that was right before is written anew.

    Raises:
        TilewizardError: the files can't be read or run.
    """
    from .cases import run_tests

    made = read(pipeline)
    right = {case.number for case in run_tests(made, tests) if not case.differences and case.expected}
    text = tests
    masks = masks_of([case.sample for case in run_tests(made, tests)])
    for found in sorted(masks, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(found)}(?!\w)", masks[found].replace("\\", r"\\"), text)
    wrong = [case for case in run_tests(made, text) if case.differences and case.number in right]
    return updated(text, wrong) if wrong else text


def accepted(pipeline: str, tests: str) -> str:
    """A tests file's text in which the tests that differ, or state nothing, state what the pipeline gives now.

    Raises:
        TilewizardError: the files can't be read or run, or a result has no place that could be written safely.
    """
    from .cases import run_tests

    made = read(pipeline)
    wrong = [case for case in run_tests(made, tests) if case.differences or not case.expected]
    return updated(tests, wrong) if wrong else tests


def with_facets(pipeline: str, tests: str) -> tuple[str, int]:
    """A pipeline's text with a facet for each attribute of the source's own that has none, and how many that were.

    Raises:
        TilewizardError: the files can't be read or run, or the list of facets is one to which nothing can be added safely.
    """
    made = read(pipeline)
    whole = load(pipeline, "")
    source = min(made.sources, default=made.id)
    there = {str(each.get("path")) for each in whole.get("facets") or [] if isinstance(each, dict)}
    group = next(
        (each["groups"][0] for each in whole.get("facets") or [] if isinstance(each, dict) and each.get("groups")), ""
    )
    customs = [run(made, row["sample"]).custom for row in samples_of(tests)]
    new = [each for each in facets_for(customs, prefix_of(source), str(group)) if each["path"] not in there]
    return (appended(pipeline, "facets", new) if new else pipeline), len(new)


def appended(text: str, key: str, rows: list[dict[str, Any]]) -> str:
    """A YAML text with rows more at the end of a list at the top.

    Raises:
        TilewizardError: the list is written in a way to which nothing can be added safely.
    """
    if not rows:
        return text
    before = load(text, "").get(key) or []
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    sequence = node_at(YamlText(text), key)
    if sequence is not None and sequence.type == "block_sequence":
        at, indent = _last_row(lines, sequence), sequence.start_point.column
    else:
        at, indent = _opened(lines, text, key, end), 2
    block = [" " * indent + line if line else line for line in _dumped(rows).splitlines()]
    lines[at:at] = [line + end for line in block]
    whole = "".join(lines)
    _sure(whole, key, [*before, *rows])
    return whole


def _opened(lines: list[str], text: str, key: str, end: str) -> int:
    """Makes ``key: []``, or nothing at all, a list that is to be gone on with; gives the line at which."""
    row = next((at for at, line in enumerate(lines) if re.match(rf"{key}:\s*(\[\s*\]|null|~)?\s*$", line)), None)
    if row is None and YamlText(text).get(key) is not None:
        raise TilewizardError(
            _("`{key}` is no list with an entry a line", key=key), remedy=_("write each entry on lines of its own")
        )
    if row is None:
        lines.append(f"{key}:{end}")
        return len(lines)
    lines[row] = f"{key}:{end}"
    return row + 1


def _last_row(lines: list[str], node: Node) -> int:
    """The line past the last one of a node that says anything."""
    stop = node.end_point.row + (1 if node.end_point.column else 0)
    while stop > node.start_point.row + 1 and not lines[stop - 1].strip():
        stop -= 1
    return stop


def _sure(text: str, key: str, rows: list[Any]) -> None:
    if (load(text, "").get(key) or []) != rows:
        raise TilewizardError(_("`{key}` could not be rewritten", key=key), remedy=_("change it in an editor"))


def _dumped(value: Any) -> str:
    from ruamel.yaml import YAML

    yaml, stream = YAML(typ="rt", pure=True), io.StringIO()
    yaml.width, yaml.default_flow_style, yaml.allow_unicode = 10**9, False, True
    yaml.dump(value, stream)
    return stream.getvalue()
