"""What had to be repaired in published READMEs: links, commands, versions, markup, in every way in which each can stand."""

from __future__ import annotations

import pytest
from tilewizard.field.vocabulary import Target
from tilewizard.rules.readme.readme_sites import is_documentation
from tilewizard.tile.tile import CHANGELOG, MANIFEST, METADATA, README, Tile

from .applying import with_content
from .clean_tile import README as TEXT
from .clean_tile import clean_tile
from .edges import said

SITE = "https://app.datadoghq.com"


def readme(line: str) -> Tile:
    return with_content(clean_tile(Target.EXTRAS), README, TEXT.replace("## Setup\n", f"## Setup\n\n{line}\n"))


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        (f"[9]: {SITE}/organization-settings/api-keys", "[9]: /organization-settings/api-keys"),
        (f"[9]: <{SITE}/dash/list>", "[9]: </dash/list>"),
        ("[9]: https://app.datadoghq.eu/account/settings#agent", "[9]: /account/settings#agent"),
        ("[9]: http://us3.datadoghq.com/logs?query=a%3Ab", "[9]: /logs?query=a%3Ab"),
        ("[9]: https://us5.datadoghq.com/x", "[9]: /x"),
        ("[9]: https://ap1.datadoghq.com/x", "[9]: /x"),
        ("[9]: //app.datadoghq.com/x", "[9]: /x"),
        ("[9]: app.us3.datadoghq.com/x", "[9]: /x"),
        ("[9]: https://app.ddog-gov.com/monitors/manage", "[9]: /monitors/manage"),
        (f"[9]: {SITE}", "[9]: /"),
        (f"Open [it]({SITE}/event/explorer).", "Open [it](/event/explorer)."),
        (f'Open <a href="{SITE}/event/explorer">it</a>.', 'Open <a href="/event/explorer">it</a>.'),
        (f"Open {SITE}/event/explorer.", None),
        (f"Open <{SITE}/event/explorer>.", None),
    ],
)
def test_a_link_to_one_site_is_told_wherever_it_stands(line: str, mended: str | None) -> None:
    tile = readme(line)
    found = said("readme/site-link", tile)
    assert len(found) == 1, found
    fixed = [finding.fix(tile).file(README) for finding in found if finding.fix]
    assert [file.text for file in fixed if file] == (
        [TEXT.replace("## Setup\n", f"## Setup\n\n{mended}\n")] if mended else []
    )


@pytest.mark.parametrize(
    "line",
    [
        f"Send it: `curl {SITE}/api/v1/series`.",
        f"```\n{SITE}/x\n```",
        f"[{SITE}/x][1] is its name.",
        "[9]: https://docs.datadoghq.com/logs/",
        "[9]: https://www.datadoghq.com/blog/",
        "[9]: https://api.datadoghq.com/api/v1/x",
        "[9]: https://p.datadoghq.com/sb/x",
        "[9]: https://app.acme.example/x?to=https://app.datadoghq.com/x",
    ],
)
def test_what_is_no_link_into_the_application_is_left(line: str) -> None:
    assert said("readme/site-link", readme(line)) == []


@pytest.mark.parametrize(
    ("path", "documented"),
    [
        ("/logs/", True), ("/logs/#edit-reserved-attributes", True), ("/logs/processing/#x", True), ("/logs", False),
        ("/logs?query=a", False), ("/logs/livetail", False), ("/synthetics/", True), ("/synthetics/list", False),
        ("/help/", True), ("/help", False), ("/metrics/explorer", True), ("/metric/explorer", False),
        ("/developers/authorization/oauth2_in_datadog/", True), ("/integrations", False), ("/integrations/acme", False),
        ("/infrastructure/map", False), ("/monitors#/create", False), ("/agent/guide/x", True), ("/account/settings", False),
        ("/getting_started/tagging/assigning_tags?tab=x", True), ("/dashboard/lists", False), ("/dashboards/", True),
        ("/logs/explorer/search/", True), ("/monitors/manage/", False), ("/infrastructure/list/", True), ("/monitors/12/", False),
        ("/fr/agent/", True), ("/security_platform/", True), ("/en/logs", False),
    ],
)  # fmt: skip
def test_an_address_of_the_documentation_is_told_from_one_of_the_application(path: str, documented: bool) -> None:
    assert is_documentation(path) is documented
    for line in (f"[9]: {path}", f"See [it]({path}).", f'See <a href="{path}">it</a>.'):
        tile = readme(line)
        found = said("readme/documentation-link", tile)
        assert bool(found) is documented
        for finding in found:
            assert finding.fix is not None
            file = finding.fix(tile).file(README)
            assert file is not None and line.replace(path, f"https://docs.datadoghq.com{path}") in file.text


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("`ddev config set extras ./x`", True), ("`ddev config set core ./x`", True), ("`ddev config set repos.core ./x`", False),
        ("Run ddev config set marketplace ./x.", True), ("`ddev config set repo extras`", False),
        ("`ddev create -t tile acme`", True), ("`ddev create acme`", True), ("`ddev create check acme`", False),
        ("`ddev create -t check_only acme --skip-manifest`", True), ("`pip install datadog-checks-dev[cli]`", True),
        ("`pip install ddev`", False), ("`ddev validate manifest acme`", True), ("`ddev validate metadata acme`", False),
        ("`ddev env ls`", True), ("`ddev env prune`", True), ("`ddev env show`", False), ("`ddev -e release build acme`", False),
        ("```shell\nddev manifest migrate acme\n```", True), ("    $ ddev agent changelog", True),
        ('`ddev create "Acme Widget"`', True), ("`ddev create 'Acme Widget'`", True), ('`ddev create check "Acme Widget"`', False),
        ('`ddev create -t tile "Acme Widget"`', True), ('`ddev test "acme"`', False),
        ("ddev is a tool, and ddev helps.", False), ("`ddev test acme`", False), ("`ddev --version`", False),
    ],
)  # fmt: skip
def test_a_command_that_ddev_has_no_more_is_told(line: str, speaks: bool) -> None:
    assert bool(said("readme/ddev-command", readme(line))) is speaks


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("`datadog-agent integration install datadog-x==1.0.0`", True),
        ("`sudo -u dd-agent -- datadog-agent integration install datadog-x==<VERSION>`", True),
        ("`agent.exe integration install datadog-x`", True),
        ("```\nagent integration install -r datadog-x==1.0.0\n```", True),
        ("`datadog-agent integration install <PACKAGE>`", True),
        ("`datadog-agent integration install -t datadog-x==1.0.0`", False),
        ("`datadog-agent integration install -r -t datadog-x==1.0.0`", False),
        ("`datadog-agent integration install --third-party datadog-x==1.0.0`", False),
        ("`datadog-agent integration install datadog-x==1.0.0 -t`", False),
        ("`agent integration install -w x/datadog_x-1.0.0-py3-none-any.whl`", False),
        ("The command `datadog-agent integration install` does it.", False),
    ],
)
def test_the_package_of_a_third_party_is_installed_as_such(line: str, speaks: bool) -> None:
    tile = readme(line)
    found = said("readme/third-party", tile)
    assert bool(found) is speaks
    for finding in found:
        assert finding.fix is not None
        assert said("readme/third-party", finding.fix(tile)) == []


@pytest.mark.parametrize(
    ("command", "mended"),
    [
        (
            "datadog-agent integration install -t datadog-x=1.0.0",
            "datadog-agent integration install -t datadog-x==1.0.0",
        ),
        ("agent integration install -r -t datadog-x=<VERSION>", "agent integration install -r -t datadog-x==<VERSION>"),
        (
            'agent.exe integration install -t "datadog-x_y=1.0.0"',
            'agent.exe integration install -t "datadog-x_y==1.0.0"',
        ),
        ("datadog-agent integration install -t datadog-x==1.0.0", None),
        ("datadog-agent integration install -t datadog-x", None),
        ("datadog-agent integration install --log=debug -t datadog-x==1.0.0", None),
        ("DD_VERSION=1 datadog-agent status", None),
        ("pip install datadog-x=1.0.0", None),
    ],
)
def test_a_package_and_its_version_have_two_signs_between_them(command: str, mended: str | None) -> None:
    tile = readme(f"`{command}`")
    found = said("readme/install-sign", tile)
    fixed = [finding.fix(tile).file(README) for finding in found if finding.fix]
    assert [file.text for file in fixed if file] == ([readme(f"`{mended}`").file(README).text] if mended else [])


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("`pip install datadog-acme_widget==1.0.0`", "readme/install-version"),
        ("`pip install datadog-acme-widget==1.0.0`", "readme/install-version"),
        ("`agent integration install -w datadog_acme_widget-1.0.0-py3-none-any.whl`", "readme/install-version"),
        ("`pip install datadog-acme-widget==0.9.0`", "readme/install-unreleased"),
        ("`pip install datadog-acme-widget==1.1.0`", None),
        ("`pip install datadog-acme-widget==<VERSION>`", None),
        ("`pip install datadog-other==1.0.0`", None),
    ],
)
def test_the_version_in_the_readme_is_the_packages(line: str, rule: str | None) -> None:
    releases = "# CHANGELOG\n\n## 1.1.0 / 2026-02-01\n\n* B\n\n## 1.0.0 / 2026-01-01\n\n* A\n"
    tile = with_content(with_content(readme(line), CHANGELOG, releases), MANIFEST, {"app_id": "acme-widget"})
    names = ("readme/install-version", "readme/install-unreleased")
    assert [name for name in names if said(name, tile)] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("[a] (https://acme.example)", True), ("(the guide)[https://acme.example]", True), ("##Heading", True),
        ("[a](https://acme.example", True), ("<div>never closed", True), ("text</div>", True), ("<div>closed</div>", False),
        ("{{< tabs >}}\nx", True), ("{{< tabs >}}\nx\n{{< /tabs >}}", False), ("<div>see [a][1]</div>", True),
        ("<div>\n\nsee [a][1]\n\n</div>", False), ("```\nnever closed", True), ("```\n##x <div>\n```", False),
        ("| a | b |\n|---|\n| 1 | 2 |", True), ("| a | b |\n|---|---|\n| 1 |", True), ("| a | b |\n|---|---|\n| 1 | 2 |", False),
        ("`[a] (https://acme.example)`", False), ("Text (see below) [a][1].", False), ("<br>a<br/>", False), ("[9]:", True),
    ],
)  # fmt: skip
def test_markup_that_does_not_render_is_told(line: str, speaks: bool) -> None:
    assert bool(said("readme/markup", readme(line))) is speaks


@pytest.mark.parametrize(
    ("name", "unit", "per", "description", "speaks"),
    [
        ("acme_widget.input.voltage.nominal", "sample", "", "", True), ("acme_widget.input.voltage", "millivolt", "", "", False),
        ("acme_widget.charge", "sample", "percent", "", True), ("acme_widget.cpu.percent", "core", "", "", True),
        ("acme_widget.cpu.percent", "fraction", "", "", False), ("acme_widget.heap_bytes", "second", "", "", True),
        ("acme_widget.heap_bytes", "mebibyte", "", "", False), ("acme_widget.read_bytes_seconds", "byte", "", "", False),
        ("acme_widget.lag", "second", "", "Lag in milliseconds", True), ("acme_widget.lag", "second", "", "Lag in seconds", False),
        ("acme_widget.lag", "", "", "Lag in milliseconds", False), ("acme_widget.uptime", "sample", "", "", True),
        ("acme_widget.requests", "request", "second", "Requests", False),
    ],
)  # fmt: skip
def test_a_unit_agrees_with_what_the_metric_says(
    name: str, unit: str, per: str, description: str, speaks: bool
) -> None:
    header = "metric_name,metric_type,interval,unit_name,per_unit_name,description,orientation,integration,short_name"
    tile = with_content(clean_tile(), METADATA, f"{header}\n{name},gauge,,{unit},{per},{description},0,acme_widget,\n")
    assert bool(said("metadata/unit-contradiction", tile)) is speaks


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Need help? Contact [Datadog support][1].", True), ("Contact Datadog.", True),
        ("Contact [Datadog support][1] or [Acme Support][2].", False), ("Contact [Datadog support][1] or [support@acme.example][2].", False),
        ("Write to [support][1].", False),
    ],
)  # fmt: skip
def test_support_is_the_partners_own(text: str, speaks: bool) -> None:
    tile = with_content(clean_tile(), README, TEXT.replace(TEXT[TEXT.index("## Support") :], f"## Support\n\n{text}\n"))
    assert bool(said("readme/own-support", tile)) is speaks
