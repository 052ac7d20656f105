"""The README section Data Collected, made from what the tile sends."""

from __future__ import annotations

import re

from ..answers.conditions import exchanges_data, repository
from ..answers.derived_values import settled
from ..answers.model import Answers
from ..answers.paths import replaced
from ..answers.telemetry import ServiceCheck
from ..authoring.parts import agent_metrics
from ..documents.readme_document import ReadmeDocument

TITLE = "Data Collected"
SERVICE_CHECKS = "«the service checks: the name of each, and when it is CRITICAL»"
"""Stands in the section where service checks were chosen and none is named yet."""
_MORE = {
    "traces": ("Traces", "{title} sends traces to Datadog. They show in the Trace Explorer."),
    "incidents": ("Incidents", "{title} declares incidents in Datadog. They show under Incidents."),
    "security_events": ("Security Events", "{title} sends security events to Datadog. They show under Security."),
}
"""What only some tiles send: the heading, and what it says."""


def data_collected(answers: Answers) -> str:
    """The section's text, from the metrics, service checks and kinds of data in the answers."""
    return refreshed("", answers)


def with_data_collected(answers: Answers) -> Answers:
    """The answers with the section made or made anew, and the link that it needs.

    In a section that is there, parts of one's own and what stands above the first heading stay; a new section goes
    behind Setup.
    """
    after = settled(answers)
    sections = dict(answers.readme)
    old = sections.get(TITLE, "")
    text = refreshed(old, answers)
    if TITLE in sections:
        sections[TITLE] = text
    else:
        titles = list(sections)
        at = titles.index("Setup") + 1 if "Setup" in titles else len(titles)
        titles.insert(at, TITLE)
        sections = {title: text if title == TITLE else sections[title] for title in titles}
    answers = replaced(answers, ("readme",), sections)
    if exchanges_data(after) and "metrics" in after.submits:
        label, url = _metadata_link(after)
        answers = replaced(answers, ("readme_links",), {**answers.readme_links, label: url})
    return answers


def refreshed(text: str, answers: Answers) -> str:
    """A section's text with its generated parts made anew; everything else stays."""
    after = settled(answers)
    parts = _parts(after)
    document = ReadmeDocument.parse(text)
    heads = [each for each in document.headings if each.level <= 3]
    starts = [each.start for each in heads]
    kept = [text[: starts[0]].strip()] if starts else [text.strip()]
    known = {each.casefold() for each in parts}
    for index, head in enumerate(heads):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        if head.title.casefold() not in known or head.level != 3:
            kept.append(text[head.start : end].strip())
    made = [f"### {heading}\n\n{body}" for heading, body in parts.items()]
    # What stands above the first heading stays there; parts of one's own follow.
    return (
        "\n\n".join(each for each in (kept[0], *made, *kept[1:]) if each) or f"{_name(after)} sends no data to Datadog."
    )


def _parts(answers: Answers) -> dict[str, str]:
    """The text under each H3."""
    title = _name(answers)
    if not exchanges_data(answers):
        return {}
    parts = {"Metrics": _metrics(answers, title), "Service Checks": _service_checks(answers, title)}
    sends = "events" in answers.submits
    parts["Events"] = (
        f"{title} sends events to Datadog. They show in the Event Explorer."
        if sends
        else f"{title} does not include any events."
    )
    if "logs" in answers.submits:
        source = f" with the source `{answers.logs.source}`" if answers.logs.source else ""
        parts["Logs"] = f"{title} sends logs{source} to Datadog. They show in the Log Explorer."
    for kind, (heading, text) in _MORE.items():
        if kind in answers.submits:
            parts[heading] = text.replace("{title}", title)
    return parts


def _name(answers: Answers) -> str:
    return answers.listing.title or "This integration"


def _metrics(answers: Answers, title: str) -> str:
    if "metrics" not in answers.submits:
        return f"{title} does not include any metrics."
    label, _ = _metadata_link(answers)
    # Datadog's site looks for this very sentence, and puts the table of metrics in its place.
    return f"See [metadata.csv][{label}] for a list of metrics provided by this integration."


def _metadata_link(answers: Answers) -> tuple[str, str]:
    url = f"https://github.com/DataDog/{repository(answers).value}/blob/master/{answers.listing.directory}/metadata.csv"
    return label_for(answers.readme_links, url), url


def label_for(links: dict[str, str], url: str) -> str:
    """The label of an address among link definitions: the one that it has, else the next free number."""
    for label, each in links.items():
        if each == url:
            return label
    return str(max((int(label) for label in links if label.isascii() and label.isdigit()), default=0) + 1)


def _service_checks(answers: Answers, title: str) -> str:
    # With the one that a generated Agent check sends of itself.
    checks = agent_metrics.service_checks(answers)
    if not checks and "service_checks" in answers.submits:
        # Starter text: what was chosen is not forgotten, and a rule asks for it until it is said.
        return f"{title} sends {SERVICE_CHECKS}."
    if not checks:
        return f"{title} does not include any service checks."
    return "\n".join(_service_check(each) for each in checks)


def _service_check(check: ServiceCheck) -> str:
    name = f"`{_line(check.check)}`" + (f" ({_line(check.name)})" if check.name else "")
    statuses = f" Statuses: {', '.join(check.statuses)}." if check.statuses else ""
    return f"- **{name}**: {_line(check.description)}{statuses}"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
