"""The man page, in roff, from the commands' own declarations.

Source: groff's man(7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from tilewizard import __version__
from tilewizard.errors import Exit
from tilewizard.language import _

VARIABLES = {
    "TILEWIZARD_STATE": _("the folder of drafts, recent tiles and what check remembers; by default the system's"),
    "TILEWIZARD_LANG": _("as --lang"),
    "TILEWIZARD_THEME": _("as --theme"),
    "TILEWIZARD_HIGH_CONTRAST": _("1: as --high-contrast"),
    "TILEWIZARD_REDUCED_MOTION": _("1: as --reduced-motion"),
    "TILEWIZARD_PICTURES": _("how pictures are shown: kitty, iterm2, sixel, blocks, none or auto"),
    "TILEWIZARD_TEST_PYTHON": _("the Python that a tile's own tests run on; by default the one that runs tilewizard"),
    "TILEWIZARD_DEBUG": _("1: a fault of tilewizard itself shows its traceback"),
    "NO_COLOR": _("not empty: no colours"),
    "FORCE_COLOR": _("not 0: colours in what is no terminal, too"),
}
"""What is read from the environment, by name."""
FILES = {
    "tilewizard.toml": _(
        "settings of a checkout, in it or in a folder above the tile; or [tool.tilewizard] in pyproject.toml"
    ),
}


def man_page(program: click.Command) -> str:
    """The page tilewizard(1).

    Args:
        program: the command line.
    """
    root = click.Context(program, info_name="tilewizard", **program.context_settings)
    lines = [
        f'.TH TILEWIZARD 1 "" "tilewizard {__version__}" "User Commands"',
        ".SH NAME",
        f"tilewizard \\- {_plain(program.get_short_help_str(200)).rstrip('.')}",
        ".SH SYNOPSIS",
        ".B tilewizard",
        "[OPTIONS] [COMMAND] [ARGS]...",
        ".SH DESCRIPTION",
        *_prose(program.help or ""),
        ".PP",
        _("Without a command the wizard opens."),
        ".SH OPTIONS",
        *_options(root),
        ".SH COMMANDS",
        *_commands(root),
        ".SH EXIT STATUS",
        *(line for code in Exit for line in (".TP", f"\\fB{code.value}\\fR", _plain(code.meaning))),
        ".SH ENVIRONMENT",
        *(line for name, what in VARIABLES.items() for line in (".TP", f"\\fB{name}\\fR", _plain(what))),
        ".SH FILES",
        *(line for name, what in FILES.items() for line in (".TP", f"\\fI{name}\\fR", _plain(what))),
    ]
    return "\n".join(lines) + "\n"


def _commands(parent: click.Context) -> Iterator[str]:
    """The sections of a group's commands, and of the commands of those that are groups."""
    group = parent.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(parent):
        found = group.get_command(parent, name)
        if found is None or found.hidden:
            continue
        context = click.Context(found, info_name=name, parent=parent, **found.context_settings)
        if isinstance(found, click.Group):
            yield from _commands(context)
            continue
        path = context.command_path
        yield f".SS {_plain(path)}"
        yield f".B {_plain(path)}"
        yield _plain(" ".join(found.collect_usage_pieces(context)))
        yield ".PP"
        yield from _prose(found.help or "")
        yield from _options(context)


def _options(context: click.Context) -> Iterator[str]:
    for param in context.command.get_params(context):
        record = param.get_help_record(context)
        if isinstance(param, click.Option) and record is not None and "--help" not in param.opts:
            names, told = record
            yield ".TP"
            yield f"\\fB{_plain(names)}\\fR"
            yield _plain(told) or "\\&"


def _prose(text: str) -> Iterator[str]:
    """A command's help: paragraphs, and as they are those that are marked so."""
    for at, paragraph in enumerate(text.split("\n\n")):
        lines = paragraph.strip("\n").split("\n")
        if at:
            yield ".PP"
        if lines[0].strip() == "\b":
            yield from (".RS 4", ".nf", *(_shown(line.strip()) for line in lines[1:]), ".fi", ".RE")
        else:
            words = _plain(" ".join(line.strip() for line in lines))
            yield re.sub(r"`([^`]+)`", r"\\fB\1\\fR", words)


def _plain(text: str) -> str:
    """A text that roff shows as it is, in one line."""
    return _shown(" ".join(text.split()))


def _shown(text: str) -> str:
    """A line that roff shows as it is, with all its spaces."""
    shown = text.replace("\\", "\\e").replace("-", "\\-")
    shown = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in shown)
    return f"\\&{shown}" if shown.startswith((".", "'")) else shown
