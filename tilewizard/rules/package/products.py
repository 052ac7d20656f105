"""Whether the example configuration and the config models of an Agent package still say what its spec says."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.inspection import spec_products as products
from tilewizard.inspection.agent_spec import SPEC, AgentSpec
from tilewizard.inspection.spec_faults import Option
from tilewizard.language import _
from tilewizard.quoting import quoted, visible
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile

from ..registry import Example, rule
from ..sources import VALIDATE_CONFIG, VALIDATE_MODELS
from .project import package_name
from .spec import GOOD as SPEC_GOOD
from .spec import spec_of

_FOLDER = "datadog_checks/acme_corp_acme_widget"
_EXAMPLE = f"{_FOLDER}/data/conf.yaml.example"
_INSTANCE = f"{_FOLDER}/config_models/instance.py"
_DEFAULTS = f"{_FOLDER}/config_models/defaults.py"
_SPEC = SPEC_GOOD.replace("    - template: instances/default\n", "").replace(
    "  - template: init_config\n    options:\n    - template: init_config/default\n", ""
)
GOOD = """instances:

    ## @param url - string - required
    ## Where the widget answers.
    #
  - url: http://localhost:8080
"""
GOOD_MODEL = "class InstanceConfig(BaseModel):\n    url: str\n"
_HINT = _("run `ddev validate config {} --sync`")
_HINT_MODELS = _("run `ddev validate models {} --sync`")


def _overridden(spec: AgentSpec) -> Iterator[tuple[str, str, object]]:
    """What the spec overrides in options of templates: option, field, value."""
    for holder in spec.overrides:
        for key, value in holder.items():
            name, __, what = str(key).partition(".")
            yield name, what, value


@rule(
    "package/example",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_CONFIG,
    why="Customers copy the example; what it lacks they can't configure, and what it shows beyond the spec does nothing.",
    form="Make the package's example configuration anew: it doesn't match the check's options.",
    bad=Example(_EXAMPLE, GOOD.replace("string - required", "string - optional"), also={SPEC: _SPEC}),
    good=Example(_EXAMPLE, GOOD, also={SPEC: _SPEC}),
)
def example(tile: Tile) -> Iterator[Problem]:
    """data/conf.yaml.example has the options of the spec: each one's type, whether it is required, its default, and no other."""
    spec, path = spec_of(tile), f"datadog_checks/{package_name(tile)}/data/conf.yaml.example"
    file, hint = tile.file(path), _HINT.format(tile.name)
    if spec is None or spec.faults or len(spec.files) != 1 or not tile.under(f"datadog_checks/{package_name(tile)}"):
        return
    if file is None:
        yield Problem(_("the package has no data/conf.yaml.example"), SPEC, hint=hint)
        return
    shown = products.lines(file.text)
    by_name = {line.name: line for line in shown}
    for option in _spelled(spec):
        line, right = by_name.get(option.name), products.line_of(option)
        if line is None:
            yield Problem(_("the example lacks the option {option}", option=visible(option.name)), path, hint=hint)
        elif right is not None and right not in {each.said for each in shown if each.name == option.name}:
            message = _(
                "{option} is {said} here, and {right} in the spec",
                option=visible(option.name),
                said=quoted(line.said),
                right=quoted(right),
            )
            yield Problem(message, path, offset=line.offset, hint=hint)
    for name, what, value in _overridden(spec):
        line = by_name.get(name)
        if what == "enabled" and line is not None and line.enabled is not bool(value):
            state = _("switched on") if value else _("a comment")
            yield Problem(
                _("{name} is {state} in the spec, and not here", name=visible(name), state=state),
                path,
                offset=line.offset,
                hint=hint,
            )
        elif what == "hidden" and value and line is not None:
            yield Problem(
                _("{name} is hidden in the spec, and shown here", name=visible(name)),
                path,
                offset=line.offset,
                hint=hint,
            )
    for name in sorted(products.shown_in(spec) - by_name.keys()):
        yield Problem(_("the example lacks the option {name}", name=visible(name)), path, hint=hint)
    names, whole = _every_name(spec)
    foreign = [(line.name, line.offset) for line in shown if whole and line.name not in names]
    told = {name for name, __ in foreign}
    foreign += [(name, offset) for name, offset in products.foreign_keys(spec, file.yaml) if name not in told]
    for name, offset in foreign:
        yield Problem(_("the spec has no option {line}", line=visible(name)), path, offset=offset, hint=hint)


def _spelled(spec: AgentSpec) -> list[Option]:
    """The options that are spelled out in the spec and shown in the example."""
    return [
        option
        for option in spec.options
        if isinstance(option.entry.get("value"), dict) and not option.entry.get("hidden")
    ]


def _every_name(spec: AgentSpec) -> tuple[set[str], bool]:
    names, whole = {option.name for option in spec.options}, True
    for section in {template.partition("/")[0].partition(".")[0] for template in spec.templates}:
        found, all_known = products.names_in(spec, section)
        names, whole = names | found | {section}, whole and all_known
    return names, whole


@rule(
    "package/models",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_MODELS,
    why="The check reads its configuration through the models: an option that they lack is never seen by it.",
    form="Make the package's models of its options anew: they differ from the check's options.",
    bad=Example(_INSTANCE, GOOD_MODEL.replace("url", "address"), also={SPEC: _SPEC}),
    good=Example(_INSTANCE, GOOD_MODEL, also={SPEC: _SPEC}),
)
def models(tile: Tile) -> Iterator[Problem]:
    """The config models have the options of the spec, required where it says so, and no other."""
    spec, folder = spec_of(tile), f"datadog_checks/{package_name(tile)}/config_models"
    if spec is None or spec.faults:
        return
    for section, model in products.SECTIONS.items():
        path, hint = f"{folder}/{model}.py", _HINT_MODELS.format(tile.name)
        file = tile.file(path)
        if file is None:
            continue
        found = products.classes(file.text)
        fields = (found or {}).get(f"{model.capitalize()}Config")
        if fields is None:
            yield Problem(
                _("{path} has no class {model}Config", path=path.rpartition("/")[2], model=model.capitalize()),
                path,
                hint=hint,
            )
            continue
        names, whole = products.names_in(spec, section)
        asked = {products.field_name(name): name for name in names}
        for name in sorted(asked.keys() - fields.keys() if whole else ()):
            yield Problem(_("the model lacks the option {asked}", asked=visible(asked[name])), path, hint=hint)
        for name in sorted(fields.keys() - asked.keys() - {"model_config"} if whole else ()):
            yield Problem(
                _("the spec has no option {name}", name=visible(name)), path, offset=_place(file.text, name), hint=hint
            )
        for option in spec.options:
            name, required = products.field_name(option.name), bool(option.entry.get("required", False))
            if option.section == section and name in fields and fields[name] is required:
                state = "required" if required else "optional"
                message = _("{option} is {state} in the spec, and not here", option=visible(option.name), state=state)
                yield Problem(message, path, offset=_place(file.text, name), hint=hint)


@rule(
    "package/defaults",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_MODELS,
    why="A customer who leaves an option out gets the default of the model, whatever the example says.",
    form="Make the package's defaults anew: they differ from the options that the check has.",
    bad=Example(_DEFAULTS, "def instance_retries():\n    return 3\n",
                also={SPEC: _SPEC + "    - name: retries\n      description: How often.\n      value:\n        type: integer\n        example: 5\n"}),
    good=Example(_DEFAULTS, "def instance_retries():\n    return 5\n",
                 also={SPEC: _SPEC + "    - name: retries\n      description: How often.\n      value:\n        type: integer\n        example: 5\n"}),
)  # fmt: skip
def defaults(tile: Tile) -> Iterator[Problem]:
    """defaults.py returns the defaults of the spec's options."""
    spec, path = spec_of(tile), f"datadog_checks/{package_name(tile)}/config_models/defaults.py"
    file, hint = tile.file(path), _HINT_MODELS.format(tile.name)
    found = products.returned(file.text) if file is not None else None
    if spec is None or spec.faults or file is None or found is None:
        return
    for option in spec.options:
        model = products.SECTIONS.get(option.section)
        function, right = f"{model}_{products.field_name(option.name)}", products.default_of(option)
        if model is None or "value" not in option.entry:
            continue
        said = found.get(function)
        offset = max(file.text.find(f"def {function}("), 0)
        if said is None and right is not products.NO_DEFAULT and f"def {function}(" not in file.text:
            yield Problem(
                _(
                    "{option} has the default {right} in the spec, and none here",
                    option=visible(option.name),
                    right=quoted(right),
                ),
                path,
                hint=hint,
            )
        elif said is not None and right is products.NO_DEFAULT:
            yield Problem(
                _("{option} has no default in the spec", option=visible(option.name)), path, offset=offset, hint=hint
            )
        elif said is not None and (said[0] != right or type(said[0]) is not type(right)):
            message = _(
                "the default of {option} is {said}, and {right} in the spec",
                option=visible(option.name),
                said=quoted(said[0]),
                right=quoted(right),
            )
            yield Problem(message, path, offset=offset, hint=hint)


def _place(text: str, name: str) -> int:
    return max(text.find(f"\n    {name}:") + 1, 0)
