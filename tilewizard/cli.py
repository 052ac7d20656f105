"""The command line: finds the command, turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Any

import click

from . import __version__
from .drafts.appearance import Appearance, look_options, remembered_language
from .language import _, known, normal, paragraphs, settle

settle(sys.argv[1:], remembered_language)  # What follows makes words.

from .errors import Exit, TilewizardError, UnusableAnswers, unforeseen
from .surroundings.click_words import translate_click
from .surroundings.completing import VARIABLE

translate_click()


class Commands(click.Group):
    """The commands of :mod:`tilewizard.commands`; a command's module is imported when it is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the modules, with dashes."""
        import pkgutil

        from . import commands

        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A module's ``command``, or None when there is no such module."""
        name = cmd_name.replace("-", "_")
        return _command(name) if name.isidentifier() and not name.startswith("_") else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is meant; a wrong name is answered with the nearest right one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from .field.vocabulary import nearest

            near = nearest(args[0], self.list_commands(ctx)) if args else None
            hint = _(" Did you mean {near!r}?", near=near) if near and not args[0].startswith("-") else ""
            raise click.UsageError(f"{error.message}{hint}", ctx) from None


@cache
def _command(name: str) -> click.Command | None:
    """The command of a module: its texts in the language that is spoken, and ``--lang`` behind it as well as before it."""
    import importlib

    try:
        module = importlib.import_module(f"tilewizard.commands.{name}")
    except ModuleNotFoundError as error:
        if error.name == f"tilewizard.commands.{name}":
            return None
        raise
    pending: list[click.Command] = [module.command]
    while pending:
        each = pending.pop()
        each.help = paragraphs(each.help or "") or None
        each.params.append(_language(hidden=True))
        pending += each.commands.values() if isinstance(each, click.Group) else []
    found: click.Command = module.command
    return found


def _language(*, hidden: bool = False) -> click.Option:
    """The option ``--lang``. The language is chosen before anything is said: here it is only held to be one that there is."""
    return click.Option(
        ["--lang"],
        metavar="LANGUAGE",
        envvar=None if hidden else "TILEWIZARD_LANG",
        expose_value=False,
        is_eager=True,
        hidden=hidden,
        callback=_demand_known,
        help=_(
            "The language to speak: {languages}. Default: the one chosen last, else the system's.",
            languages=", ".join(known()),
        ),
    )


def _demand_known(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value and not normal(value):
        raise click.BadParameter(
            _("{value!r} is no language that there is: take {languages}", value=value, languages=", ".join(known())),
            context,
            option,
        )


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_("Without a command the wizard opens. `tilewizard COMMAND --help` tells more of each.")
    + "\n\n\b\n"
    + _("Exit codes:")
    + "\n"
    + "\n".join(f"{code.value:>5}  {code.meaning}" for code in Exit),
)
@click.option("--version", is_flag=True, help=_("Show the version and exit."))
@click.option("--verbose", is_flag=True, help=_("With --version: also those of all that it runs on, with licences."))
@look_options
@click.pass_context
def cli(ctx: click.Context, version: bool, verbose: bool, appearance: Appearance) -> None:
    """Write, check and edit tiles for the Datadog Marketplace and integrations-extras."""
    if verbose and not version:
        raise click.UsageError(_("--verbose says more of the --version: give both"), ctx)
    if version:
        _tell_version(verbose=verbose)
        ctx.exit()
    if ctx.invoked_subcommand is None:
        from .commands.new import open_wizard

        open_wizard(appearance=appearance)


cli.help = paragraphs(cli.help or "")
cli.params.append(_language())


def _tell_version(*, verbose: bool) -> None:
    from .reporting.printing import put_out

    if verbose:
        from .surroundings.versions import versions

        put_out("\n".join(versions()) + "\n")
    else:
        put_out(f"tilewizard, version {__version__}\n")


def main() -> None:
    """The entry point: runs the command line and never shows a traceback to a user."""
    try:
        code = cli.main(standalone_mode=False, complete_var=VARIABLE)
        sys.exit(code if isinstance(code, int) else Exit.DONE)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.UNUSABLE)
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("stopped; nothing was written"), err=True)
        sys.exit(Exit.STOPPED)
    except BrokenPipeError:
        # Whoever read along has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.FOUND)
    except UnusableAnswers as error:
        for fault in error.faults:
            click.echo(_("tilewizard: {fault}", fault=fault.render()), err=True)
        sys.exit(error.exit_code)
    except TilewizardError as error:
        click.echo(_("tilewizard: {error}", error=error.render()), err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        if os.environ.get("TILEWIZARD_DEBUG"):
            raise
        click.echo(unforeseen(error), err=True)
        sys.exit(Exit.FAULTY)
