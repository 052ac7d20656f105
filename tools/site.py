"""Pages of the documentation site that are made and not written: from README.md and CONTRIBUTING.md, and from the code itself.

A hook of MkDocs (``mkdocs.yml``). What stands in a file already is taken from there, so that no text is kept twice.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.site_rooms import drawn  # noqa: E402

if TYPE_CHECKING:
    import click
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

NAME = """
::: tilewizard.{name}
    options:
      show_root_heading: true
      show_root_toc_entry: true
      heading_level: 3
"""


def taken(file: str, *sections: str) -> str:
    """The text of sections of a file at the root, each by its heading; without any, the whole file below its title."""
    from tilewizard.documents.readme_document import ReadmeDocument

    document = ReadmeDocument.parse((ROOT / file).read_text("utf-8"))
    if not sections:
        return document.text.partition("\n")[2]
    missing = [each for each in sections if document.section(each) is None]
    if missing:
        raise SystemExit(f"{file} has no section {missing[0]!r}: mend tools/site.py")
    return "\n\n".join(document.body(each) for each in sections)


def steps() -> str:
    """Every step, with what it asks."""
    from tilewizard.answers.questions import Question
    from tilewizard.answers.steps import STEPS_ASKED

    def row(question: Question) -> str:
        ask = question.ask
        limit = f" At most {ask.limit} characters." if isinstance(ask.limit, int) else ""
        cells = (
            f"**{ask.title}**<br>`{question.name}`",
            f"{ask.help}{limit}",
            f"`{ask.example}`" if ask.example else "",
            ask.shows,
        )
        return f"| {' | '.join(each.replace('|', '&#124;').replace(chr(10), ' ') for each in cells)} |"

    lines = [
        "# The steps",
        "",
        "In this order the wizard asks; a step that has nothing to ask is skipped. `Ctrl+N` goes on, `Ctrl+P` back,",
    ]
    lines += [
        "`F6` to any. The same questions are asked line by line by `tilewizard new --plain`, and are the keys of an"
    ]
    lines += ["[answers file](answers.md).", ""]
    for number, step in enumerate(STEPS_ASKED, 1):
        asked = (*step.first_questions(), *step.last_questions())
        lines += [f"## {number}. {step.title}", "", step.intro, ""]
        if not asked:
            continue
        lines += ["| question | what it is | for example | where it shows |", "|---|---|---|---|"]
        for question in asked:
            lines.append(row(question))
        for question in asked:
            if question.columns:
                lines += [
                    "",
                    f"Each row of **{question.ask.title}**:",
                    "",
                    "| column | what it is | for example | where it shows |",
                ]
                lines += ["|---|---|---|---|", *map(row, question.columns)]
        lines.append("")
    return "\n".join(lines)


def commands() -> str:
    """What ``--help`` says of each command."""
    import click
    from tilewizard.cli import cli

    lines = ["# Commands", "", "What `tilewizard COMMAND --help` says. Exit codes are told with each.", ""]

    def told(command: click.Command, name: str) -> None:
        context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
        lines.extend([f"## {name}", "", "```text", command.get_help(context).rstrip(), "```", ""])
        if isinstance(command, click.Group):
            for each in command.list_commands(context):
                inner = command.get_command(context, each)
                if inner is not None:
                    told(inner, f"{name} {each}")

    told(cli, "tilewizard")
    return "\n".join(lines)


def answers() -> str:
    """The format of answers, as ``tilewizard answers`` and the models tell it."""
    from click.testing import CliRunner
    from tilewizard.answers.questions import questions
    from tilewizard.cli import cli

    printed = CliRunner().invoke(cli, ["answers"], standalone_mode=False).output
    lines = [
        "# Answers",
        "",
        "An answers file, a draft and the export of a tile are one format: YAML, whose keys are the wizard's questions. What is",
        "left out is derived, or asked. Paths are relative to the file; `~` and variables work. `tilewizard schema` prints the JSON",
        "Schema, for editors that complete YAML; [the steps](steps.md) tell what each key is for.",
        "",
        "## To start from",
        "",
        "`tilewizard answers` prints this:",
        "",
        "```yaml",
        printed.rstrip(),
        "```",
        "",
        "## Metrics from elsewhere",
        "",
        "`metrics: {from: metrics.txt}` takes the rows from what your product exposes: a Prometheus or OpenMetrics exposition, a JSON",
        "answer, a `metadata.csv` or a spreadsheet.",
        "",
        "## Every key",
        "",
        "| key | title | kind | kept at |",
        "|---|---|---|---|",
    ]
    for question in questions():
        for each in (question, *question.columns):
            name = question.name if each is question else f"{question.name}[].{each.name}"
            kept = f"`{each.ask.at}`" if each.ask.at else ""
            lines.append(f"| `{name}` | {each.ask.title} | {each.ask.kind.value} | {kept} |")
    return "\n".join(lines) + "\n"


def library() -> str:
    """The library's names, by mkdocstrings."""
    import tilewizard

    names = [each for each in tilewizard.__all__ if not each.startswith("_")]
    told = "".join(NAME.format(name=each) for each in names)
    return f"# As a library\n\n{taken('README.md', 'As a library')}\n\n## What it has\n{told}"


def architecture() -> str:
    """The rooms, drawn and told."""
    kept = taken("README.md", "What it keeps to").partition("\n\n")[0]
    return f"# Architecture\n\n{kept}\n\n## The rooms\n\n{drawn()}\n\n{taken('CONTRIBUTING.md', 'The house')}\n"


def types() -> str:
    """Which integration type is whose, as the wizard's guide proposes it."""
    from itertools import product

    from tilewizard.session.guide import GUIDE, WHY_TARGET, WHY_TYPE, proposed

    lines = [
        "# Integration types",
        "",
        "How your offering and Datadog exchange data decides what a tile consists of. The wizard's first step asks",
    ]
    lines += ["three questions (`F4`) and proposes one:", ""]
    for asked in GUIDE:
        lines += [f"- {asked.title}", *(f"    - *{choice}*: {told}" for choice, told in asked.choices.items())]
    data, runs, offered = (list(asked.choices) for asked in GUIDE)
    lines += ["", "## What follows", "", "| metrics | it runs | type | why |", "|---|---|---|---|"]
    for said, where in product(data, runs):
        kind = proposed({"data": said, "runs": where, "offered": offered[0]}).type
        lines.append(f"| {said} | {where} | [{kind.value}]({kind.value}.md) | {WHY_TYPE[kind]} |")
    lines += ["", "## Where it goes", ""]
    for choice in offered:
        target = proposed({"data": data[0], "runs": runs[0], "offered": choice}).target
        lines.append(f"- **{target.value}**, when it is {choice}: {WHY_TARGET[target]}")
    return "\n".join(lines) + "\n"


def under(title: str, file: str, *sections: str) -> Callable[[], str]:
    """A page that is made of sections of a file."""
    return lambda: f"# {title}\n\n{taken(file, *sections)}\n"


PAGES: dict[str, Callable[[], str]] = {
    "first-tile.md": under("A first tile in five minutes", "README.md", "Two commands", "A first tile in five minutes"),
    "keys.md": under("Keys", "README.md", "Keys"),
    "terminals.md": under(
        "Browser, bright screens, no mouse", "README.md", "In a browser, on a bright screen, without a mouse"
    ),
    "without-a-terminal.md": under("Without a terminal", "README.md", "Without a terminal"),
    "linter.md": under("The linter", "README.md", "The linter"),
    "changelog.md": under("Changelog", "CHANGELOG.md"),
    "adding.md": under("Adding to it", "CONTRIBUTING.md", "Adding …", "Looking at it"),
    "types/index.md": types,
    "steps.md": steps,
    "commands.md": commands,
    "answers.md": answers,
    "library.md": library,
    "architecture.md": architecture,
}
"""The pages that are made, by their paths on the site."""
_MOVED = {"CONTRIBUTING.md": "architecture.md", "CHANGELOG.md": "changelog.md", "README.md": "index.md"}


def linked(text: str) -> str:
    """A text of the repository's root with its links as they are on the site."""
    text = re.sub(r"\]\(docs/", "](", text)
    return re.sub(r"\]\((CONTRIBUTING|CHANGELOG|README)\.md", lambda match: f"]({_MOVED[match[1] + '.md']}", text)


_CODE = re.compile(r"(^(`{3,}).*?^\2[ \t]*$|(`+)(?!`).*?(?<!`)\3(?!`))", re.MULTILINE | re.DOTALL)


def literal(text: str) -> str:
    """A page whose sentences speak of Markdown and HTML, with both shown as they are; code and links of its own stay."""
    found, at = [], 0
    for match in _CODE.finditer(text):
        found += [_shown(text[at : match.start()]), match[0]]
        at = match.end()
    return "".join([*found, _shown(text[at:])])


def _shown(text: str) -> str:
    text = re.sub(r"<(?=[a-zA-Z/!])(?!br>)", "&lt;", text)
    text = re.sub(r"\*{3}|__", lambda match: "".join(f"\\{char}" for char in match[0]), text)
    return re.sub(r"\[([^\]\n]+)\](?=\[\w{1,3}\]|\(address\))", r"\\[\1\\]", text)


def in_both_themes(text: str) -> str:
    """Pictures of the tour with those in the light theme beside them: the page shows the one that fits its own."""

    def both(match: re.Match[str]) -> str:
        told, path, ending = match.groups()
        if not (ROOT / "docs" / f"{path}-light{ending}").is_file():
            return match[0]
        return f"![{told}]({path}{ending}#only-dark)![{told}]({path}-light{ending}#only-light)"

    return re.sub(r"!\[([^\]]*)\]\((pictures/tour[\w-]*)(\.svg|\.gif)\)", both, text)


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Called by MkDocs: the texts of rules and questions are no Markdown."""
    if page.file.src_uri in ("rules.md", "voices.md", "steps.md"):
        return literal(markdown)
    return in_both_themes(markdown)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Called by MkDocs: adds the pages that are made."""
    from mkdocs.structure.files import File

    for path, make in PAGES.items():
        files.append(File.generated(config, path, content=linked(make())))
    return files


def on_page_content(html: str, **_: object) -> str:
    """Called by MkDocs: what a test is told of a block is none of a reader's."""
    return re.sub(r"<!-- (?:not run|exit|each alone)[^>]*-->\n?", "", html)
