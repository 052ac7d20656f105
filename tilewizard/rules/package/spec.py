"""The spec of an Agent package: what ddev makes its example configuration and its config models from."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from tilewizard.inspection.agent_spec import SPEC, AgentSpec
from tilewizard.inspection.spec_faults import Fault
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import Tile, TileFile

from ..registry import Example, rule
from ..sources import VALIDATE_CONFIG

GOOD = """name: Acme Widget
files:
- name: acme_corp_acme_widget.yaml
  options:
  - template: init_config
    options:
    - template: init_config/default
  - template: instances
    options:
    - name: url
      required: true
      description: Where the widget answers.
      value:
        type: string
        example: http://localhost:8080
    - template: instances/default
"""
_SPECS: WeakKeyDictionary[TileFile, AgentSpec] = WeakKeyDictionary()


def spec_of(tile: Tile) -> AgentSpec | None:
    """The spec, read once for each file; None without one, and for one that is no YAML (``files/yaml`` tells of it)."""
    file = tile.file(SPEC)
    if file is None or file.yaml.fault is not None:
        return None
    known = _SPECS.get(file)
    if known is None or known.package != tile.name:
        known = _SPECS[file] = AgentSpec(file.yaml, tile.name)
    return known


def _bad(old: str, new: str) -> Example:
    assert old in GOOD
    return Example(SPEC, GOOD.replace(old, new), shown=new.strip("\n"))


def _problems(tile: Tile, *kinds: str) -> Iterator[Problem]:
    spec = spec_of(tile)
    for fault in spec.faults if spec is not None else ():
        if fault.kind in kinds:
            fix = _renaming(fault) if fault.rename else None
            yield Problem(visible(fault.message), SPEC, offset=fault.offset, hint=visible(fault.hint), fix=fix)


def _renaming(fault: Fault) -> Fix:
    """Put another key where the wrong one stands: nothing else of the file changes."""
    assert fault.rename is not None
    old, new = fault.rename

    def fix(tile: Tile) -> Tile:
        file = tile.file(SPEC)
        if file is None or not file.text.startswith(f"{old}:", fault.offset):
            return tile
        return tile.with_text(SPEC, file.text[: fault.offset] + new + file.text[fault.offset + len(old) :])

    return fix


@rule(
    "spec/syntax",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_CONFIG,
    why="Neither the example configuration nor the config models can be made from a spec that is no YAML.",
    form="The description of the check's options can't be read: mend it in an editor, at the place shown.",
    bad=Example(SPEC, "files: [\n"),
    good=Example(SPEC, GOOD),
)
def syntax(tile: Tile) -> Iterator[Problem]:
    """spec.yaml is YAML: a mapping with files in it."""
    file = tile.file(SPEC)
    if file is None or file.yaml.hazard is not None:
        return
    fault = file.yaml.fault
    if fault is not None:
        yield Problem(_("spec.yaml {message}", message=fault.message), SPEC, offset=fault.offset, hint=fault.hint)
    elif not file.yaml.keys:
        yield Problem(_("spec.yaml has no keys"), SPEC, hint=_("write files: and list the configuration file"))


@rule(
    "spec/file",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_CONFIG,
    why="The Agent looks for a check's configuration under the check's own name.",
    form="List each configuration file once, with a name and its options.",
    bad=_bad("- name: acme_corp_acme_widget.yaml", "- name: widget.yaml"),
    good=Example(SPEC, GOOD),
)
def file(tile: Tile) -> Iterator[Problem]:
    """The spec lists one file or several, each with a name of its own and a list of options."""
    yield from _problems(tile, "file")


@rule(
    "spec/option",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_CONFIG,
    why="Name and description are what a customer reads in the example configuration.",
    form="Give every option a name of its own and a description.",
    bad=_bad("      description: Where the widget answers.\n", ""),
    good=Example(SPEC, GOOD),
)
def option(tile: Tile) -> Iterator[Problem]:
    """Every option has a name, once, and a description."""
    yield from _problems(tile, "option")


@rule(
    "spec/value",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_CONFIG,
    why="The config model's types are made from it, and the example that a customer uncomments.",
    form="Give this option's value a type, and an example of that type.",
    bad=_bad("        type: string\n        example: http://localhost:8080", "        type: boolean"),
    good=Example(SPEC, GOOD),
)
def value(tile: Tile) -> Iterator[Problem]:
    """An option's value has a type, and an example of that type where it is true or false."""
    yield from _problems(tile, "value")


@rule(
    "spec/field",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_CONFIG,
    why="A field in the wrong place does nothing: the option stays as it is in the example, the model and the form.",
    form="Remove or rename the part of this option that Datadog doesn't know.",
    bad=_bad("    - template: instances/default\n",
             "    - template: instances/default\n      overrides:\n        tags.value.enabled: true\n"),
    good=Example(SPEC, GOOD),
    mends=True,
)  # fmt: skip
def spec_field(tile: Tile) -> Iterator[Problem]:
    """Options, their values and the overrides of templates use fields that ddev knows, each in its place."""
    yield from _problems(tile, "field")


@rule(
    "spec/template",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_CONFIG,
    why="ddev stops at a template, or an option of one, that it doesn't have.",
    form="Use one of Datadog's templates, and change only options that it has.",
    bad=_bad("    - template: instances/default\n", "    - template: instances/defaults\n"),
    good=Example(SPEC, GOOD),
    mends=True,
)
def template(tile: Tile) -> Iterator[Problem]:
    """Templates are Datadog's, and overrides speak of options that they have."""
    yield from _problems(tile, "template")


@rule(
    "spec/description",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_CONFIG,
    why="Descriptions are printed as they are, and a line of the example has at most 120 characters.",
    form="Break the long line of this option's description.",
    bad=_bad("Where the widget answers.", f"Where the widget answers, {'and what it says, ' * 7}"),
    good=Example(SPEC, GOOD),
)
def description(tile: Tile) -> Iterator[Problem]:
    """No line of a description is too long for the example."""
    yield from _problems(tile, "description")
