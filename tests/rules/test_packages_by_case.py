"""What rules say of a package and of the README that tells of it, case by case: what a mutation of the rules left unseen."""

from __future__ import annotations

import pytest
from tilewizard.inspection.agent_spec import SPEC
from tilewizard.rules.package.config_fields import ConfigField, config_fields
from tilewizard.rules.package.python_map import figures_of
from tilewizard.rules.package.spec import GOOD as SPEC_GOOD
from tilewizard.rules.registry import rules_by_name
from tilewizard.tile.tile import MANIFEST, README, Tile

from .applying import applied, with_content
from .clean_tile import clean_tile
from .edges import said

PACKAGE = "datadog_checks/acme_corp_acme_widget"
MODEL = """class InstanceConfig(BaseModel):
    model_config = ConfigDict(validate_default=True)
    url: str
    hosts: tuple[str, ...]
    from_: str = Field(alias='from')
    port: int = 80
    user: Optional[str] = None
    either: Union[str, int]
    nested: Nested

    @model_validator(mode='before')
    def _initial_validation(cls, values):
        other: str
"""


def example(rule: str) -> Tile:
    return applied(rules_by_name()[rule].bad)


def with_model() -> Tile:
    return with_content(clean_tile(), f"{PACKAGE}/config_models/instance.py", MODEL)


def test_a_model_tells_its_options_their_kinds_and_which_must_be_given() -> None:
    assert config_fields(with_model(), "instances") == {
        "url": ConfigField("string", True),
        "hosts": ConfigField("array", True),
        "from": ConfigField("string", True),
        "port": ConfigField("integer", False),
        "user": ConfigField("string", False),
        "either": ConfigField("", True),
        "nested": ConfigField("object", True),
    }


@pytest.mark.parametrize(
    ("entry", "messages", "hints"),
    [
        ("url: a\\n    hosts: [b]\\n    from: c\\n    either: 1\\n    nested: {}", [], []),
        ("url: [a]", ["“url” is a text, and the block has “['a']”"], ["write a text"]),
        ("url: 5", ["“url” is a text, and the block has “5”"], ["put it in quotes"]),
        ("port: <PORT>\\n    hosts: <HOSTS>", [], []),
        ("5: a", [], []),
    ],
)
def test_a_block_of_configuration_is_held_against_the_model(entry: str, messages: list[str], hints: list[str]) -> None:
    text = (
        clean_tile()
        .file(README)
        .text.replace(  # type: ignore[union-attr]
            "## Setup\n", f"## Setup\n\n```yaml\ninstances:\n  - {entry.replace(chr(92) + 'n', chr(10))}\n```\n"
        )
    )
    found = [
        each for each in said("readme/configuration", with_model().with_text(README, text)) if each.hint[:3] != "add"
    ]
    assert ([each.message for each in found], [each.hint for each in found]) == (messages, hints)


EXAMPLE = """init_config:
    service: widgets

    # proxy:
    #   http: http://<PROXY>

instances:

    ## @param url - string - required
    ## Where the widget answers.
    #
  - url: http://localhost:8080
    tags:
      - is_jmx:true
    metric_patterns:
      include: []
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", []),
        ("    service: widgets\n", "", []),
        ("    service", "    is_jmx: true\n    service", ["is_jmx"]),
        ("    tags", "    is_jmx: true\n    tags", ["is_jmx"]),
        ("    tags", "    # is_jmx: true\n    tags", []),
        ("  - url: http://localhost:8080\n", "  - url: a\n  -\n  - {url: b, 'is_jmx': true}\n  - url: c\n", ["is_jmx"]),
        ("service: widgets", "tags: [a]", ["tags"]),
        ("    tags", "    ## @param is_jmx - boolean - optional\n    is_jmx: true\n    tags", ["is_jmx"]),
        ("    service: widgets", "    service: [widgets", []),
    ],
)
def test_a_key_of_the_example_that_the_spec_does_not_have_is_told_once(old: str, new: str, told: list[str]) -> None:
    tile, text = applied(rules_by_name()["package/example"].good), EXAMPLE.replace(old, new, 1)
    path = f"{PACKAGE}/data/conf.yaml.example"
    found = said("package/example", with_content(tile, SPEC, SPEC_GOOD).with_text(path, text))
    foreign = [each for each in found if "the spec has no option" in each.message]
    assert [each.message.rpartition(" ")[2] for each in foreign] == told
    for each in foreign:
        assert each.line == 1 + next(index for index, line in enumerate(text.splitlines()) if told[0] in line)


@pytest.mark.parametrize(
    ("override", "line", "told"),
    [
        ("tags.enabled: true", "tags:", []),
        ("tags.enabled: 1", "tags:", []),
        ("tags.enabled: true", "# tags:", ["tags is switched on in the spec, and not here"]),
        ("tags.enabled: false", "# tags:", []),
        ("tags.enabled: false", "tags:", ["tags is a comment in the spec, and not here"]),
        ("tags.enabled: false", "", []),
        ("tags.hidden: true", "# tags:", ["tags is hidden in the spec, and shown here"]),
        ("tags.hidden: true", "", []),
        ("tags.hidden: false", "# tags:", []),
        ("tags.display_priority: 5", "# tags:", []),
        ("tags.value.example: [a]", "# tags:", []),
        ("tags: true", "# tags:", []),
        ("other.enabled: true", "# tags:", []),
    ],
)
def test_what_the_spec_overrides_is_so_in_the_example(override: str, line: str, told: list[str]) -> None:
    spec = SPEC_GOOD.replace("instances/default", f"instances/default\n      overrides:\n        {override}")
    param = f"    ## @param tags - list of strings - optional\n    ## Tags.\n    #\n    {line}\n    #   - a:b\n"
    tile = with_content(applied(rules_by_name()["package/example"].good), SPEC, spec)
    text = EXAMPLE.replace("    tags:\n      - is_jmx:true\n", param if line else "")
    found = said("package/example", tile.with_text(f"{PACKAGE}/data/conf.yaml.example", text))
    about = [each for each in found if "in the spec" in each.message]
    assert [each.message for each in about] == told
    assert all(text.splitlines()[(each.line or 0) - 1].startswith("    ## @param tags") for each in about)


def test_the_list_of_a_python_check_is_found_among_other_statements() -> None:
    check = "class C:\n    __NAMESPACE__ = 'acme'\n    def check(self, _):\n        for a, b, c in METRICS:\n            pass\n"
    tile = with_content(clean_tile(), f"{PACKAGE}/check.py", check)
    tile = with_content(tile, f"{PACKAGE}/metrics.py", "import os\nMORE = []\nMETRICS = [('a', 'gauge', 'b')]\n")
    found = figures_of(tile, "acme_corp_acme_widget")
    assert found is not None and found.entries == (("a", "gauge", "b"),)


def test_of_two_imports_alike_each_mend_mends_one() -> None:
    tile = example("package/import")
    (finding,) = said("package/import", tile)
    twice = tile.with_text(finding.file, tile.file(finding.file).text * 2)  # type: ignore[union-attr]
    first = said("package/import", twice)[0]
    assert first.fix is not None
    assert len(said("package/import", first.fix(twice))) == 1


def test_the_version_of_the_package_comes_before_that_of_the_changelog() -> None:
    tile = with_content(example("readme/install-version"), f"{PACKAGE}/__about__.py", '__version__ = "1.0.0"\n')
    assert said("readme/install-version", tile) == []


@pytest.mark.parametrize("words", ["Acme's support", "Acme support", "the Acme team"])
def test_somebodys_support_is_a_contact_of_ones_own(words: str) -> None:
    support = f"## Support\n\nAsk {words}, or Datadog support.\n"
    text = clean_tile().file(README).text.partition("## Support")[0] + support  # type: ignore[union-attr]
    assert said("readme/own-support", clean_tile().with_text(README, text)) == []


@pytest.mark.parametrize(
    "words", ["Email Datadog's support", "Write to our support, or Datadog support", "Datadog support"]
)
def test_datadogs_support_alone_is_none(words: str) -> None:
    text = clean_tile().file(README).text.partition("## Support")[0] + f"## Support\n\n{words}.\n"  # type: ignore[union-attr]
    assert len(said("readme/own-support", clean_tile().with_text(README, text))) == 1


def test_a_metric_that_is_nearly_right_is_told_of_at_its_plan() -> None:
    tile = example("pricing/metric-format")
    vendor = tile.text_at("/author/vendor_id").replace("-", "_")
    plan = {**tile.at("/pricing/0"), "metric": f"datadog.marketplace.{vendor}.thing"}
    found = said("pricing/metric-format", with_content(tile, MANIFEST, {"pricing": [plan]}))
    assert [(each.pointer, each.severity.value) for each in found] == [("/pricing/0/metric", "info")]
