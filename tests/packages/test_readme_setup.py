"""What the README's setup names of the package, against the package: commands, folder, options, values, sources of logs."""

from __future__ import annotations

import pytest
from tilewizard.authoring.author import author
from tilewizard.checking.check import check
from tilewizard.rules.findings import Severity
from tilewizard.rules.package.config_fields import ConfigField, config_fields, takes

from tests.packages.test_agent_package import answers, row

SETUP = ("readme/install-package", "readme/check-name", "readme/option-name")


def tile_saying(text, type_="openmetrics-check", **more):
    readme = {"Overview": "What.", "Setup": f"Do.\n\n{text}\n"}
    return author(answers(type_, [row("a")], readme=readme, **more))


def said(tile, *rules):
    return [each for each in check(tile) if each.rule in rules]


@pytest.mark.parametrize(
    ("text", "rule", "wrong"),
    [
        ("Run `datadog-agent integration install -t datadog-acme_widget==1.2.0`.", "", ""),
        ("Run `datadog-agent integration install -t datadog-acme-widget==<VERSION>`.", "", ""),
        ("Run `agent integration install -t datadog-acme_gadget==1.2.0`.", "install-package", "datadog-acme_gadget"),
        ("```\nagent.exe integration install -t acme_gadget==1.2.0\n```", "install-package", "acme_gadget"),
        ("Run `pip install acme_gadget==1.2.0`.", "", ""),
        ("Edit `conf.d/acme_widget.d/conf.yaml`.", "", ""),
        ("Edit `conf.d/acme_gadget.d/conf.yaml`.", "check-name", "acme_gadget"),
        ("Edit `C:\\ProgramData\\Datadog\\conf.d\\acme_gadget.d\\conf.yaml`.", "check-name", "acme_gadget"),
        ("Edit `conf.d/acme_widget.d/conf.yaml` and `conf.d/nginx.d/conf.yaml`.", "", ""),
        ("Edit `conf.d/acme_widget.d/conf.yaml`, then `conf.d/acme_widgets.d/auto_conf.yaml`.", "check-name", "acme_widgets"),
        ("Run `sudo -u dd-agent -- datadog-agent check acme_gadget`.", "check-name", "acme_gadget"),
        ("Run `datadog-agent check acme_widget`.", "", ""),
        ("See the Agent check on your cluster.", "", ""),
        ("Set the `openmetrics_endpiont` option.", "option-name", "openmetrics_endpiont"),
        ("Set the option `openmetrics_endpoints`.", "option-name", "openmetrics_endpoints"),
        ("Set the `openmetrics_endpoint` option and the `tls_verify` parameter.", "", ""),
        ("Set the `logs_enabled` option in `datadog.yaml`.", "", ""),
        ("Set `openmetrics_endpiont`.", "", ""),
    ],
)  # fmt: skip
def test_the_setup_names_the_package_as_it_is_called(text, rule, wrong):
    tile = tile_saying(text)
    found = said(tile, *SETUP)
    assert [each.rule for each in found] == ([f"readme/{rule}"] if rule else [])
    for each in found:
        assert f"“{wrong}”" in each.message
        if each.fix is not None:
            assert said(each.fix(tile), *SETUP) == [] and wrong not in each.fix(tile).file("README.md").text.replace(
                f"{wrong}_", ""
            )


def test_a_tile_without_a_package_may_name_any():
    text = (
        "Run `datadog-agent integration install -t datadog-acme_gadget==1.2.0`, edit `conf.d/acme_gadget.d/conf.yaml`."
    )
    assert said(tile_saying(text, "rest-api"), *SETUP) == []


@pytest.mark.parametrize(
    ("entry", "messages"),
    [
        ("openmetrics_endpoint: http://x", []),
        ("openmetrics_endpoint: 9090", ["“openmetrics_endpoint” is a text, and the block has “9090”"]),
        ("openmetrics_endpoint: http://x\n    tls_verify: maybe", ["“tls_verify” is true or false, and the block has “maybe”"]),
        ("openmetrics_endpoint: http://x\n    tls_verify: 'false'\n    timeout: '10'", []),
        ("openmetrics_endpoint: http://x\n    timeout: soon", ["“timeout” is a number, and the block has “soon”"]),
        ("openmetrics_endpoint: http://x\n    timeout: <SECONDS>\n    tags: <TAGS>", []),
        ("openmetrics_endpoint: http://x\n    tags: env:prod", ["“tags” is a list, and the block has “env:prod”"]),
        ("openmetrics_endpoint: http://x\n    headers: [a]", ["“headers” is a mapping, and the block has “['a']”"]),
        ("openmetrics_endpoint: http://x\n    password: 1234", ["“password” is a text, and the block has “1234”"]),
        ("tags: [a]", ["the check doesn't run without “openmetrics_endpoint”, which a block of configuration leaves out"]),
        ("openmetrics_endpiont: http://x", ["“openmetrics_endpiont” is no option of the check"]),
    ],
)  # fmt: skip
def test_the_values_of_a_block_are_those_that_the_check_takes(entry, messages):
    tile = tile_saying(f"```yaml\ninstances:\n  - {entry}\n```")
    found = said(tile, "readme/configuration")
    assert [each.message for each in found] == messages
    assert all((each.severity == Severity.INFO) == ("run without" in each.message) for each in found)


def test_options_of_all_instances_are_held_against_the_spec_too():
    tile = tile_saying(
        "```yaml\ninit_config:\n  prxy: {}\n  timeout: 5\ninstances:\n  - openmetrics_endpoint: http://x\n```"
    )
    assert [each.message for each in said(tile, "readme/configuration")] == ["“prxy” is no option of the check"]


@pytest.mark.parametrize(("source", "speaks"), [("acme", False), ("other", True), ("<SOURCE>", False)])
def test_the_source_of_logs_is_that_of_the_spec(source, speaks):
    block = f"```yaml\ninstances:\n  - openmetrics_endpoint: http://x\nlogs:\n  - type: file\n    path: /x\n    source: {source}\n```"
    tile = tile_saying(block, submits=["metrics", "logs"], logs={"source": "acme"})
    found = [each.message for each in said(tile, "readme/configuration")]
    assert found == (
        [f"logs have the source “{source}” in a block of configuration, and “acme” in the spec"] if speaks else []
    )


def test_the_kinds_of_options_are_read_off_the_models_else_off_the_spec():
    tile = tile_saying("")
    fields = config_fields(tile, "instances")
    assert fields["openmetrics_endpoint"] == ConfigField("string", True)
    assert fields["namespace"] == ConfigField("string", False)
    assert fields["tls_verify"].kind == "boolean" and fields["extra_metrics"].kind == "array"
    assert fields["proxy"].kind == "object" and fields["kerberos_auth"].kind == ""
    assert "url" in config_fields(tile_saying("", "python-check"), "instances")
    assert config_fields(tile, "init_config")["timeout"] == ConfigField("number", False)
    spec = "assets/configuration/spec.yaml"
    python = tile_saying("", "python-check")
    bare = python.with_files([], without=[path for path in python.paths if "config_models" in path])
    assert config_fields(bare, "instances")["url"] == ConfigField("string", True)
    assert config_fields(bare.with_text(spec, "files: ["), "instances") == {}


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("boolean", (True, "yes", "0", 1), ("maybe", 2, [])),
        ("number", (1, 1.5, "2", "1e3"), ("x", True, {})),
        ("string", ("", "x"), (1, False, [], {})),
        ("array", ([],), ("x", {}, 1)),
        ("object", ({},), ([], "x", 1)),
        ("", (1, "x", []), ()),
    ],
)
def test_a_kind_takes_what_the_models_take(kind, right, wrong):
    assert all(takes(kind, each) for each in right) and not any(takes(kind, each) for each in wrong)
    assert all(takes(kind, each) for each in (None, "<X>", "%%host%%", "ENC[x]", "${X}"))
