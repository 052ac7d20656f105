"""The formats of a report: a line here and a module with ``render`` each."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from tilewizard.checking.checked import Checked
from tilewizard.language import _


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        purpose: whom or what it is for, in a few words.
        module: which one of this room renders it.
        cut: whether it is cut short where ``--all`` isn't given.
    """

    purpose: str
    module: str
    cut: bool = False


FORMATS = {
    "text": Format(_("for people"), "text", cut=True),
    "json": Format(_("for programs"), "json_form"),
    "github": Format(_("for annotations of a pull request"), "github"),
    "sarif": Format(_("2.1.0 for code scanning"), "sarif"),
    "markdown": Format(_("for the summary of a pull request"), "markdown", cut=True),
    "gitlab": Format(_("for GitLab's code quality"), "gitlab"),
    "junit": Format(_("for test reports"), "junit"),
}
"""By the name that ``--format`` takes."""


def rendered(reports: list[Checked], form: str, *, whole: bool) -> str:
    """The findings of some tiles in a format; text is without colours.

    Args:
        reports: the tiles.
        form: the format's name.
        whole: whether nothing is left out of what is cut short otherwise.
    """
    chosen = FORMATS[form]
    render = importlib.import_module(f"tilewizard.reporting.{chosen.module}").render
    text: str = render(reports, whole=whole) if chosen.cut else render(reports)
    return text
