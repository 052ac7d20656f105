"""Faults of the kinds that published tiles were repaired for, case by case: webhooks, clients, detection rules, logs, widgets."""

from __future__ import annotations

from typing import Any

import pytest
from tilewizard.tile.tile import Tile

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said, severities

WEBHOOK = "assets/webhook_config.json"
CLIENTS = "assets/oauth_clients.json"
DETECTION = "assets/security/acme.json"
PIPELINE = "assets/logs/acme_widget.yaml"
MONITOR = "assets/monitors/acme_widget_errors.json"
DASHBOARD = "assets/dashboards/acme_widget_overview.json"
UUID = "0f8fad5b-d9cb-11ef-a165-70867728950e"


def mended(rule: str, tile: Tile) -> bool:
    """Whether the first finding of a rule has a mend after which it is gone."""
    finding = said(rule, tile)[0]
    return finding.fix is not None and len(said(rule, finding.fix(tile))) < len(said(rule, tile))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"type": "url", "source": "acme_widget"}, []),
        ({"source": "acme_widget"}, ["type is missing"]),
        ({"type": "url"}, ["source is missing"]),
        ({"type": "url", "source": ["a"]}, ["source is missing"]),
        ({"type": "url", "source": "a", "more": 1}, ["unknown key “more”"]),
    ],
)
def test_a_webhook_configuration_has_two_keys(value: Any, expected: list[str]) -> None:
    assert [each.message for each in said("webhook/keys", with_content(clean_tile(), WEBHOOK, value))] == expected


def test_a_webhook_of_another_source_is_mended() -> None:
    tile = with_content(clean_tile(), WEBHOOK, {"type": "url", "source": "other"})
    assert severities("webhook/source", tile) == ["warning"] and mended("webhook/source", tile)


def test_the_choice_of_a_key_wants_a_webhook_configuration() -> None:
    tile = with_content(clean_tile(), "README.md", "# A\n\n## Setup\n\n1. {{< integration-api-key-picker >}}\n")
    assert severities("webhook/setup", tile) == ["info"]
    assert severities("webhook/setup", with_content(tile, WEBHOOK, {"type": "url", "source": "acme_widget"})) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"integration": {"id": UUID}}, []),
        ({"integration": {"id": None}}, ["info"]),
        ({"integration": {"id": ""}}, ["info"]),
        ({"integration": {"id": "acme"}}, ["warning"]),
        ({"integration": {"id": [UUID]}}, ["warning"]),
        ({"integration": {"id": UUID}, "other": {"id": UUID.upper()}}, ["warning"]),
    ],
)
def test_a_client_has_the_id_of_its_own(value: Any, expected: list[str]) -> None:
    assert severities("oauth/id", with_content(clean_tile(), CLIENTS, value)) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a1b2.ngrok.io/callback", ["info"]),
        ("https://10.1.2.3/callback", ["info"]),
        ("https://app.acme.internal/callback", ["info"]),
        ("https://staging2.acme.example/callback", ["info"]),
        ("https://example.com/callback", ["info"]),
        ("https://sandbox.acme.example/callback", ["info"]),
        ("https://acme.example/callback?env=staging", ["info"]),
        ("https://oauth.pstmn.io/v1/callback", ["info"]),
        ("https://ngrok.com/callback", []),
        ("https://8.8.8.8/callback", []),
        ("https://internal-affairs.acme.example/callback", []),
    ],
)
def test_an_address_is_not_of_a_developers_machine(address: str, expected: list[str]) -> None:
    tile = with_content(clean_tile(), CLIENTS, {"integration": {"redirect_uris": [address]}})
    assert severities("oauth/test-address", tile) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("source:acme_widget @a:b", []),
        ("source:(acme_widget OR other)", []),
        ("@a:b", []),
        ("-source:other @a:b", []),
        ("@source:other", []),
        ("source:waf_test", ["info"]),
        (7, []),
    ],
)
def test_a_detection_rule_watches_the_tiles_logs(query: Any, expected: list[str]) -> None:
    tile = with_content(clean_tile(), DETECTION, {"queries": [{"query": query}]})
    assert severities("security/query-source", tile) == expected


def test_detection_rules_have_their_category() -> None:
    tile = with_content(clean_tile(), DETECTION, {"name": "x"})
    assert severities("security/category", tile) == ["warning"] and mended("security/category", tile)
    assert severities("security/category", clean_tile()) == []


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("id: acme_widget\nmetric_id: acme-corp-acme-widget\n", 0),
        ("id: acme-corp-acme-widget\n", 0),
        ("id: acme-corp-acme-widget\nmetric_id: acme-corp-acme-widget\n", 0),
        ("id: acme_widget\n", 1),
        ("id: acme_widget\r\n", 1),
        ("id: acme_widget\nmetric_id: acme_widget\n", 1),
        ("id: acme-corp-acme-widget\nmetric_id: other\n", 1),
    ],
)
def test_a_pipeline_says_whose_it_is(head: str, expected: int) -> None:
    tile = with_content(clean_tile(), PIPELINE, f"{head}facets: []\npipeline:\n  type: pipeline\n  name: Acme\n")
    assert len(said("logs/metric-id", tile)) == expected
    assert not expected or mended("logs/metric-id", tile)


@pytest.mark.parametrize(
    ("path", "group", "expected"),
    [
        ("http.status_code", "Acme", 1),
        ("usr.id", "Acme", 1),
        ("duration", "Acme", 1),
        ("http.status_code", "Web Access", 0),
        ("duration", "Measure", 0),
        ("acme.http.status_code", "Acme", 0),
        ("durations", "Acme", 0),
    ],
)
def test_no_own_facet_of_a_standard_attribute(path: str, group: str, expected: int) -> None:
    facet = f"  - name: X\n    path: {path}\n    source: log\n    groups:\n      - {group}\n"
    text = f"id: acme_widget\nfacets:\n{facet}pipeline:\n  type: pipeline\n  name: Acme\n"
    assert len(said("logs/facet-standard", with_content(clean_tile(), PIPELINE, text))) == expected


@pytest.mark.parametrize(
    ("query", "critical", "expected"),
    [
        ("avg(last_5m):avg:a.b{*} > 5", 5, 0),
        ("avg(last_5m):avg:a.b{*} >= 5.0", 5, 0),
        ("avg(last_5m):avg:a.b{*} < -1", -1, 0),
        ("avg(last_5m):avg:a.b{*} > 1e3", 1000, 0),
        ("avg(last_5m):avg:a.b{*} > 5", 4, 1),
        ("avg(last_5m):avg:a.b{*} < 0.9", 0.8, 1),
        ('"a.can_connect".over("*").last(2).count_by_status()', 1, 0),
        ("avg(last_5m):avg:a.b{*} > 5", "5", 0),
        ("avg(last_5m):avg:a.b{*} > 5", None, 0),
    ],
)
def test_a_monitor_compares_with_its_threshold(query: str, critical: Any, expected: int) -> None:
    body = {"definition": {"query": query, "options": {"thresholds": {"critical": critical}}}}
    assert len(said("monitors/threshold", with_content(clean_tile(), MONITOR, body))) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Request Latency", 0),
        ("Overview of the Cluster", 0),
        ("etcd.io Members", 0),
        ("eBPF", 0),
        ("Request latency", 1),
        ("New group", 1),
        ("", 0),
        (7, 0),
    ],
)
def test_groups_have_titles_in_title_case(title: Any, expected: int) -> None:
    group = {"id": 1, "definition": {"type": "group", "title": title, "widgets": []}}
    assert len(said("dashboards/group-title", with_content(clean_tile(), DASHBOARD, {"widgets": [group]}))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://app.datadoghq.com/logs", 1),
        ("https://us5.datadoghq.com/logs and https://us5.datadoghq.com/logs", 1),
        ("https://app.ddog-gov.com", 1),
        ("https://docs.datadoghq.com/logs", 0),
        ("https://www.datadoghq.com", 0),
        ("/logs", 0),
    ],
)
def test_links_of_assets_are_for_every_site(text: str, expected: int) -> None:
    note = {"id": 1, "definition": {"type": "note", "content": text}}
    assert len(said("dashboards/site-link", with_content(clean_tile(), DASHBOARD, {"widgets": [note]}))) == expected
    assert (
        len(said("dashboards/site-link", with_content(clean_tile(), MONITOR, {"definition": {"message": text}})))
        == expected
    )


@pytest.mark.parametrize(("kind", "expected"), [("logs", 0), ("traces", 0), ("metric", 1), ("Logs", 1)])
def test_a_flow_is_of_a_known_type(kind: str, expected: int) -> None:
    flow = f"provides:\n  - id: a\n    always_on: true\n    granular: false\n    data_type: {kind}\n    direction: inbound\n"
    assert len(said("dataflows/entry", with_content(clean_tile(), "assets/dataflows.yaml", flow))) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("assets/dataflows.yml", 1),
        ("assets/dataflow.yaml", 1),
        ("assets/Dataflows.yaml", 1),
        ("assets/data_flows.yaml", 1),
        ("assets/dataflows/dataflows.yaml", 1),
        ("dataflows.yaml", 1),
        ("assets/dataflows.yaml", 0),
        ("tests/dataflows.yaml", 0),
        ("assets/logs/dataflows.yaml", 0),
        ("images/dataflows.png", 0),
    ],
)
def test_the_list_of_flows_stands_where_it_is_read(path: str, expected: int) -> None:
    tile = with_content(with_content(clean_tile(), "assets/dataflows.yaml", None), path, "provides: []\n")
    assert [each.file for each in said("dataflows/place", tile)] == [path] * expected


def readme(text: str, tile: Tile | None = None) -> Tile:
    return with_content(tile or clean_tile(), "README.md", f"# A\n\n## Overview\n\n{text}\n\n## Setup\n\n1. Do it.\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is **bold** and `code`.", []),
        ("It is **bold\nover two lines**.", []),
        ("Files match `**/*.py`, 2 ** 3 and a * b.", []),
        ("It is **bold.\n\nMore **here**.", ["bold text is not closed in its paragraph"]),
        ("* It is **bold\n* More", ["bold text is not closed in its paragraph"]),
        ("It is `code.\n\nMore `here`.", ["code is not closed in its paragraph"]),
        ("See [it][1 for more.", ["there is a link whose number is not closed: “[it][1”"]),
        ("See [it] [1].", ["there is a blank between a link's text and its number: “[it] [1]”"]),
        ("See [1] and [2].", []),
        ("See [it]().", ["there is a link without an address: “[it]()”"]),
        ("See [](https://acme.example).", ["there is a link without a text: “[](https://acme.example)”"]),
        ("See it](https://acme.example).", ["there is a link whose text is not opened: “See it](https://acme.example)”"]),
        ("See [a (b)](https://acme.example).", []),
        ("See [it]((https://acme.example)).", ["there is a link with two brackets before its address: “[it]((https://acme.example)”"]),
        ("1.Install it", ["there is a numbered step without a blank after its number: “1.”"]),
        ("1.5 times, and 1.x", []),
        ("See [it][9].\n\n[9] : https://acme.example",
         ["there is a definition with a blank before its colon: “[9] : https://acme.example”"]),
        ("Replace <your-key> and <Host Name>.", ["“<your-key>” is taken for HTML, and not shown",
                                                  "“<Host Name>” is taken for HTML, and not shown"]),
        ("See [it](https:// acme.example).", ["there is a blank in a link's address: “[it](https:// acme.example)”"]),
        ("[us](mailto: us@acme.example)", ["there is a blank in a link's address: “[us](mailto: us@acme.example)”"]),
        ("[9]; https://acme.example", ["there is a definition with another sign than a colon: “[9]; https://acme.example”"]),
        ("See [it]\n(https://acme.example).", ["there is a line's end between a link's text and its address: “[it]␊(https://acme.example)”"]),
        ("See <https://acme.example", ["there is an address that is not closed: “<https://acme.example”"]),
        ("See <https://acme.example> or a<b.", []),
        ("It is **bold ** here.", ["a blank beside the marks of bold text: “**bold **”"]),
        ("It is **a** and **b**, 2 ** 3 ** 4.", []),
        ("One<br>two</br>", ["there is a closing tag of an element that has none: “</br>”"]),
        ('<a herf="https://acme.example">it</a>', ["there is a link without href: “<a herf=\"https://acme.example\">”"]),
        ('<a name="x"></a><a class="b" href="https://acme.example">it</a>', []),
        ('<a href=https://acme.example">it</a>', ["there is an attribute whose quotes are no pair: “<a href=https://acme.example\">”"]),
        ('<a href="https://acme.example>it</a>', ["there is an attribute whose quotes are no pair: “<a href=\"https://acme.example>”"]),
        ("<img src='a.png' alt=\"it's\"> <img width=5 src=\"a.png\">", []),
        ('{{< img src="a.png" >', ["there is a shortcode that is not closed: “{{< img src=\"a.png\" >”"]),
        ('{{< region-param key="dd_site" >}} and {{% a %}}', []),
        ("| a | b |\n| 1 | 2 |", ["rows of a table without a line below its head"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", []),
        ("<!-- xxx tabs xxx -->\n<!-- xxx tab \"Host\" xxx -->\nIt.\n<!-- xxz tab xxx -->", ["the shortcode “tabs” is not closed"]),
        ("<!-- xxx tabs xxx -->\n<!-- xxx tab \"Host\" xxx -->\nIt.\n<!-- xxz tab xxx -->\n<!-- xxz tabs xxx -->", []),
        ("Replace `<your-key>`, <YOUR_KEY>, x <br> y, <https://acme.example> and <x-y>z</x-y>.", []),
    ],
)  # fmt: skip
def test_markup_is_whole(text: str, expected: list[str]) -> None:
    assert [each.message for each in said("readme/markup", readme(text))] == expected


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("https://acme.example/x", None),
        ("mailto:us@acme.com", None),
        ("/organization-settings/api-keys", None),
        ("#setup", None),
        ("images/a.png", None),
        ("us@acme.com", "write mailto:us@acme.com"),
        ("www.acme.com/x", "write https://www.acme.com/x"),
        ("docs.datadoghq.com/agent/", "write https://docs.datadoghq.com/agent/"),
        ("//acme.com/x", "write https://acme.com/x"),
        ("htps://acme.com", "write https://… or mailto:…"),
        ("https//acme.com", "write https://… or mailto:…"),
        ("mail:us@acme.com", "write https://… or mailto:…"),
        ("vscode://x/y", None),
        ("tel:+123", None),
        ("https://https://acme.com", "write https://acme.com"),
        ("https:/acme.com", "write https://acme.com"),
        ("http://localhost:80/x", "show it as code, or name a page that customers can open"),
    ],
)
def test_addresses_lead_somewhere(url: str, hint: str | None) -> None:
    expected = [hint] if hint else []
    assert [each.hint for each in said("readme/address", readme(f"See [it][9].\n\n[9]: {url}"))] == expected
    assert [each.hint for each in said("readme/address", readme(f"See [it]({url})."))] == expected
    assert said("readme/address", readme(f"See `[it]({url})`.")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://github.com/DataDog/integrations-extras/blob/master/acme_corp_acme_widget/metadata.csv", 0),
        (
            "https://github.com/DataDog/integrations-extras/blob/master/acme_widget/metadata.csv",
            0,
        ),  # its source_type_name
        ("https://github.com/DataDog/integrations-extras/blob/master/other/metadata.csv", 1),
        ("https://github.com/DataDog/integrations-extras/blob/master/other/README.md", 0),
        ("Edit `acme_corp_acme_widget.d/conf.yaml`.", 0),
        ("Edit `acme_corp_acme_widget.d/conf.yaml`. See other.d/conf.yaml", 1),
        ("Edit `acme_corp_acme_widget.d/conf.yaml` and `conf.d/openmetrics.d/conf.yaml`.", 0),
        ("Edit `other.d/conf.yaml`.", 0),
    ],
)
def test_files_are_the_tiles_own(text: str, expected: int) -> None:
    tile = readme(text, with_content(clean_tile(), "assets/configuration/spec.yaml", None))
    tile = tile.with_text("manifest.json", tile.manifest.with_value("/assets/integration/configuration", {}).text)
    assert len(said("readme/other-integration", tile)) == expected


@pytest.mark.parametrize(
    ("name", "unit", "description", "expected"),
    [
        ("acme.latency_ms", "millisecond", "", 0),
        ("acme.latency_ms", "request", "", 1),
        ("acme.cpu_pct", "percent", "", 0),
        ("acme.cpu_pct", "core", "", 1),
        ("acme.disk_gb", "gibibyte", "", 0),
        ("acme.disk_gb", "disk", "", 1),
        ("acme.gpu.temperature", "degree celsius", "", 0),
        ("acme.gpu.temperature", "percent", "", 1),
        ("acme.busy", "percent", "Percentage of the widget that is busy.", 0),
        ("acme.busy", "byte", "The percentage of the widget that is busy.", 1),
        ("acme.sent", "byte", "Number of bytes sent.", 0),
        ("acme.sent", "second", "Total number of bytes sent.", 1),
        ("acme.sent", "byte", "Number of transmitted Bytes", 0),
        ("acme.threads", "thread", "Number of threads.", 0),
        ("acme.threads", "second", "Number of threads.", 1),
        ("acme.idle", "second", "Number of seconds without a request.", 0),
        ("acme.idle", "second", "The number of the seconds without a request.", 0),
        ("acme.hits", "percent", "Number of hits as a share of requests.", 0),
        ("acme.wait", "request", "Time spent in the queue.", 1),
        ("acme.wait", "second", "Time spent in the queue.", 0),
        ("acme.threads", "", "Number of threads.", 0),
        ("widget.usage", "second", "Count of usage connection time", 0),
        ("widget.usage", "second", "Number of records sent", 1),
        ("widget.lag_msec", "second", "", 1),
        ("widget.lag_msec", "millisecond", "", 0),
        ("widget.moved.per.sec", "item", "", 0),
        ("widget.age_days", "second", "", 1),
        ("widget.clock_mhz", "megahertz", "", 0),
        ("widget.clock", "second", "Clock in MHz of the core", 1),
        ("widget.used", "item", "Memory in bytes used by the widget", 1),
        ("widget.used", "byte", "Memory in bytes used by the widget", 0),
        ("widget.age", "minute", "Age in hours, rounded", 1),
        ("widget.rate", "item", "Moved in seconds-long windows", 0),
    ],
)
def test_units_are_what_names_and_descriptions_say(name: str, unit: str, description: str, expected: int) -> None:
    head = "metric_name,metric_type,interval,unit_name,per_unit_name,description,orientation,integration,short_name,curated_metric"
    text = f"{head}\n{name},gauge,,{unit},,{description},0,acme_widget,,\n"
    assert len(said("metadata/unit-contradiction", clean_tile().with_text("metadata.csv", text))) == expected
