"""Findings as a JUnit report: a suite a tile, a case a rule that spoke.

Its form is that of Jenkins: https://github.com/jenkinsci/xunit-plugin, ``junit-10.xsd``.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from tilewizard.checking.checked import Checked
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.rules.findings import Finding, Severity


def render(reports: list[Checked]) -> str:
    """The findings of some tiles as XML: errors fail their rule's case, what is allowed alone is skipped, all else passes.

    A tile without findings has one case that says so: services take a report without any case for a broken one.
    """
    top = ET.Element("testsuites", name="tilewizard")
    for report in reports:
        top.append(_suite(report))
    for key in ("tests", "failures", "errors"):
        top.set(key, str(sum(int(suite.get(key, "0")) for suite in top)))
    ET.indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(top, encoding="unicode")}\n'


def _suite(report: Checked) -> ET.Element:
    name = visible(str(report.path))
    suite = ET.Element("testsuite", name=name)
    by_rule: dict[str, list[Finding]] = {}
    for finding in (*report.findings, *report.allowed):
        by_rule.setdefault(finding.rule, []).append(finding)
    for rule, findings in by_rule.items():
        suite.append(_case(rule, name, findings))
    if not by_rule:
        ET.SubElement(suite, "testcase", name=_("no findings"), classname=name)
    failures, skipped = (len(suite.findall(f"testcase/{tag}")) for tag in ("failure", "skipped"))
    counts = {"tests": len(suite), "failures": failures, "errors": 0, "skipped": skipped}
    for key, count in counts.items():
        suite.set(key, str(count))
    return suite


def _case(rule: str, suite: str, findings: list[Finding]) -> ET.Element:
    case = ET.Element("testcase", name=rule, classname=suite)
    standing = [each for each in findings if not each.allowed]
    errors = [each for each in standing if each.severity == Severity.ERROR]
    if errors:
        first = errors[0].message + (_(", and {count} more", count=len(errors) - 1) if len(errors) > 1 else "")
        failure = ET.SubElement(case, "failure", message=visible(first), type=Severity.ERROR.value)
        failure.text = "\n".join(map(_line, errors))
    elif not standing:
        reasons = dict.fromkeys(visible(each.allowed) for each in findings)
        ET.SubElement(case, "skipped", message=_("allowed: {reasons}", reasons="; ".join(reasons)))
    rest = [each for each in findings if each not in errors]
    if rest:
        ET.SubElement(case, "system-out").text = "\n".join(map(_line, rest))
    return case


def _line(finding: Finding) -> str:
    place = f":{finding.line}:{finding.column}" if finding.line else ""
    severity = "allowed" if finding.allowed else finding.severity.value
    after = _("allowed: {allowed}", allowed=finding.allowed) if finding.allowed else finding.hint
    return visible(f"{finding.file}{place}: {severity}: {finding.message}{f' — {after}' if after else ''}")
