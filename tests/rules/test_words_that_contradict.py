"""Units against names and descriptions, contacts and authors that are Datadog's: other words than those of the repairs."""

from __future__ import annotations

import re

import pytest
from tilewizard.field.vocabulary import Target

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said, severities, with_value

HEAD = "metric_name,metric_type,interval,unit_name,per_unit_name,description,orientation,integration,short_name\n"


@pytest.mark.parametrize(
    ("name", "unit", "description", "expected"),
    [
        ("wait.seconds", "millisecond", "How long.", "second"),
        ("wait.seconds", "second", "How long.", ""),
        ("wait_ms", "second", "How long.", "millisecond"),
        ("uptime", "millisecond", "How long.", ""),
        ("uptime", "minute", "How long, in seconds.", "second"),
        ("uptime", "byte", "How long.", "a time"),
        ("size_kb", "megabyte", "How big.", "kilobyte"),
        ("size_kib", "kilobyte", "How big.", ""),
        ("size_gb", "gibibyte", "How big.", ""),
        ("size_megabytes", "byte", "How big.", "megabyte"),
        ("size_mb", "megabit", "How big.", ""),
        ("size.bytes", "gigabyte", "How big.", ""),
        ("wait", "microsecond", "How long (ms).", "millisecond"),
        ("wait", "millisecond", "How long (ms).", ""),
        ("wait", "second", "How long (µs).", "microsecond"),
        ("load", "watt", "The load as a percentage.", "percent"),
        ("load", "fraction", "The load as a percentage.", ""),
        ("items", "item", "The item(s) that wait.", ""),
        ("size", "byte", "How big, in megabytes.", "megabyte"),
        ("size", "second", "How big, in mbytes.", "byte"),
    ],
)
def test_a_unit_is_the_one_that_is_spoken_of(name: str, unit: str, description: str, expected: str) -> None:
    row = f'acme_widget.{name},gauge,,{unit},,"{description}",0,acme_widget,x\n'
    found = said("metadata/unit-contradiction", with_content(clean_tile(), "metadata.csv", HEAD + row))
    assert [re.findall(r"says ([\w ]+?):", each.hint) for each in found] == ([[expected]] if expected else [])


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("homepage", "https://github.com/DataDog/integrations-extras/", 1),
        ("homepage", "https://www.datadoghq.com", 1),
        ("homepage", "https://docs.datadoghq.eu/integrations/acme/", 1),
        ("homepage", "https://datadoghq.com.acme.example", 0),
        ("homepage", "https://acme.example/datadoghq.com", 0),
        ("name", "Your Company", 1),
        ("name", "Community", 1),
        ("name", "Community Software", 0),
        ("support_email", "community@datadoghq.com", 1),
        ("support_email", "jane.doe@datadoghq.com", 0),
        ("sales_email", "SALES@datadoghq.eu", 1),
        ("support_email", "support@acme.example", 0),
    ],
)
def test_an_author_has_values_of_its_own(key: str, value: str, expected: int) -> None:
    tile = with_value(f"/author/{key}", value, Target.EXTRAS)
    assert severities("author/scaffold-value", tile) == ["info"] * expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contact the Datadog team for help.", 1),
        ("Open a ticket with Datadog.", 1),
        ("For more, reach out to support@datadoghq.com.", 1),
        ("Email Datadog.", 1),
        ("Ask Datadog's support.", 1),
        ("Ask [Datadog](https://www.datadoghq.com).", 1),
        ("Contact Acme support, or Datadog support.", 0),
        ("Contact Datadog support, or help@acme.example.", 0),
        ("See [our page](https://acme.example/help), or contact Datadog.", 0),
        ("Send data to Datadog.", 0),
    ],
)
def test_a_contact_is_the_partners(text: str, expected: int) -> None:
    readme = clean_tile().file("README.md")
    assert readme is not None
    changed = re.sub(r"(## Support\n+)[^\n]*", lambda match: match[1] + text, readme.text)
    assert len(said("readme/own-support", clean_tile().with_text("README.md", changed))) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("1.0.0 / 2026-11-23 / Agent 7.66.0", 0),
        ("1.0.0 / 2026-11-23", 0),
        ("1.0.0 / 2026-11-23 / Agents", 1),
        ("1.0.0 / Agent 7.66.0", 1),
    ],
)
def test_a_release_may_name_its_agent(heading: str, expected: int) -> None:
    changelog = clean_tile().file("CHANGELOG.md")
    assert changelog is not None
    text = changelog.text.replace("1.0.0 / 2026-11-23", heading)
    assert text != changelog.text or heading in text
    assert len(said("changelog/date", clean_tile().with_text("CHANGELOG.md", text))) == expected
