"""The forms in which lines of logs come: each a grok rule of ours, tried on the sample itself.

Sources of the forms: RFC 3164, RFC 5424, Apache's and nginx' documentation of their logs, ArcSight's Common Event Format, IBM's
LEEF, the manuals of Logback, Log4j and Python's logging. Attributes are Datadog's standard ones where there are such
(docs.datadoghq.com/standard-attributes); all others begin with the source, written ``@``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tilewizard.language import _

_DAY = r"\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}"
_MOMENT = rf'%{{regex("{_DAY}(?:[.,]\\d+)?(?:Z|[+-]\\d{{2}}:?\\d{{2}})?"):@.timestamp}}'
_BSD = r'%{regex("\\w{3} +\\d{1,2} \\d{2}:\\d{2}:\\d{2}"):@.timestamp}'
_LEVEL = r'%{regex("TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE"):@.level}'
_STACK = r"%{data:@.message}(\n%{data:error.stack})?"
_HEAD = r'%{regex("(?:[^|\\\\]|\\\\.)*"):@.'
_ACCESS = (
    r'%{ipOrHost:network.client.ip} %{notSpace:http.ident:nullIf("-")} %{notSpace:http.auth:nullIf("-")} '
    r'\[%{date("dd/MMM/yyyy:HH:mm:ss Z"):@.timestamp}\] "%{word:http.method} %{notSpace:http.url} '
    r'HTTP/%{regex("\\d(?:\\.\\d)?"):http.version}" %{integer:http.status_code} (%{integer:network.bytes_written}|-)'
)
_BEFORE = rf"(<%{{integer:syslog.prival}}>)?((1 )?({_BSD}|{_MOMENT}) %{{notSpace:syslog.hostname}}( %{{notSpace}})* )?"


@dataclass(frozen=True)
class Form:
    """One form: its name for people, and the grok rule that takes it."""

    name: str
    title: str
    rule: str

    def of(self, prefix: str) -> str:
        """The rule with a source's prefix, as ``matchRules`` writes it."""
        return f"{self.name} {self.rule.replace('@.', f'{prefix}.')}"


FORMS = (
    Form("cef", "CEF", _BEFORE + r"CEF:%{integer:@.cef.version}\|" + r"\|".join(f"{_HEAD}cef.{name}}}" for name in ("vendor", "product", "product_version", "class_id", "name"))
         + r"\|(%{integer:@.cef.severity}|%{word:@.cef.severity_name})\|%{data:@.cef.extension}"),
    Form("leef", "LEEF", _BEFORE + r'LEEF:%{regex("[12]\\.0"):@.leef.version}\|' + r"\|".join(f"{_HEAD}leef.{name}}}" for name in ("vendor", "product", "product_version", "event_id"))
         + r'\|(%{regex("(?:x[0-9A-Fa-f]{2,4}|0x[0-9A-Fa-f]{2,4}|[^|=\\s])?")}\|)?%{data:@.leef.extension}'),
    Form("access_combined", _("access log of Apache or nginx (combined)"), _ACCESS + r' "%{notSpace:http.referer:nullIf("-")}" "%{data:http.useragent}"( "%{data:http.forwarded_for:nullIf("-")}")?'),
    Form("access_common", _("access log of Apache or nginx (common)"), _ACCESS),
    Form("nginx_error", _("error log of nginx"), r'%{date("yyyy/MM/dd HH:mm:ss"):@.timestamp} \[%{word:@.level}\] %{integer:@.pid}\#%{integer:@.tid}: (\*%{integer:@.connection} )?%{data:@.message}(, client: %{ipOrHost:network.client.ip}, server: %{data:@.server})?'),
    Form("apache_error", _("error log of Apache"), r'\[%{date("EEE MMM dd HH:mm:ss.SSSSSS yyyy"):@.timestamp}\] \[(%{word:@.module})?:%{word:@.level}\] \[pid %{integer:@.pid}(:tid %{integer:@.tid})?\] (\[client %{ipOrHost:network.client.ip}(:%{integer:network.client.port})?\] )?%{data:@.message}'),
    Form("syslog_5424", "syslog (RFC 5424)", r'<%{integer:syslog.prival}>%{integer:syslog.version} ' + _MOMENT.replace(_DAY, _DAY) + r' %{notSpace:syslog.hostname:nullIf("-")} %{notSpace:syslog.appname:nullIf("-")} %{notSpace:syslog.procid:nullIf("-")} %{notSpace:syslog.msgid:nullIf("-")} (-|%{regex("(?:\\[[^\\]]*\\])+"):@.data:keyvalue})( %{data:@.message})?'),
    Form("syslog_3164", "syslog (RFC 3164)", r"(<%{integer:syslog.prival}>)?" + rf"({_BSD}|{_MOMENT})" + r' %{notSpace:syslog.hostname} %{regex("[^\\s\\[:]+"):syslog.appname}(\[%{integer:syslog.procid}\])?: %{data:@.message}'),
    Form("spring", "Spring Boot", _MOMENT + rf" +{_LEVEL} %{{integer:@.pid}} --- \[ *%{{notSpace:logger.thread_name}}\] %{{notSpace:logger.name}} *: {_STACK}"),
    Form("java_thread_first", "Java (Logback)", _MOMENT + rf" \[%{{data:logger.thread_name}}\] {_LEVEL} +%{{notSpace:logger.name}} -+ {_STACK}"),
    Form("java_level_first", "Java (Log4j)", _MOMENT + rf" {_LEVEL} +[\[\(]%{{data:logger.thread_name}}[\]\)] %{{notSpace:logger.name}}( -|:) {_STACK}"),
    Form("python", _("Python (logging, as its manual shows)"), _MOMENT + rf" - %{{notSpace:logger.name}} - {_LEVEL} - {_STACK}"),
    Form("python_level_first", "Python (date, level, logger)", _MOMENT + rf" {_LEVEL} +%{{notSpace:logger.name}}(:| -) {_STACK}"),
    Form("python_basic", "Python (basicConfig)", rf'{_LEVEL}:%{{regex("[^:\\s]+"):logger.name}}:{_STACK}'),
)  # fmt: skip
"""From the narrowest to the widest: the first whose rule matches is the sample's."""
_PAIR = re.compile(r'(?:^|\s)([\w.\-]+)=("[^"]*"|\S*)')
_PAIRS_MIN, _COVERED_MIN = 2, 0.6


def pairs_rule(lines: list[str], prefix: str) -> str:
    """The rule for lines of ``key=value``, with the characters that their values need."""
    others = {char for line in lines for __, value in _PAIR.findall(line) if value[:1] != '"' for char in value}
    wanted = "".join(sorted(char for char in others if not re.match(r'[\w.\-@"\\]', char) and char.isprintable()))
    more = f'("=", "{wanted}")' if wanted else ""
    moment = _MOMENT.replace("@.", f"{prefix}.")
    return f"key_value ({moment} )?%{{data:{prefix}:keyvalue{more}}}"


def is_pairs(line: str) -> bool:
    """Whether a line is mostly ``key=value``."""
    found = list(_PAIR.finditer(line))
    return len(found) >= _PAIRS_MIN and sum(len(each[0]) for each in found) >= _COVERED_MIN * len(line)


def samples_in(text: str) -> list[str]:
    """The samples of a text: a line each, with the lines of a stack trace that follow it; or one JSON document over many lines."""
    import json

    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, (dict, list)) and "\n" in text.strip():
        rows = whole if isinstance(whole, list) else [whole]
        if all(isinstance(row, dict) for row in rows):
            return [json.dumps(row, ensure_ascii=False) for row in rows]
    found: list[str] = []
    traced = False
    for line in text.splitlines():
        goes_on = bool(found) and (
            line[:1] in (" ", "\t")
            or re.match(r"Caused by: |Traceback \(most recent|(?:[a-z_]\w*\.)+[A-Z]\w*(?:Exception|Error)\b", line)
            is not None
        )
        ends = traced and re.match(r"[\w.]+(?:Error|Exception|Exit|Interrupt|Warning)\b", line) is not None
        if line.strip() and (goes_on or ends):
            found[-1] += f"\n{line.rstrip()}"
        elif line.strip():
            found.append(line.rstrip())
        traced = goes_on or (traced and not line.strip())
    return found
