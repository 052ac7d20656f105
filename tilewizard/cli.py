"""The command line: finds the command, turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from . import __version__
from .drafts.appearance import Appearance, look_options
from .errors import Exit, TilewizardError, UnusableAnswers, unforeseen
from .surroundings.completing import VARIABLE


class Commands(click.Group):
    """The commands of :mod:`tilewizard.commands`; a command's module is imported when it is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the modules, with dashes."""
        import pkgutil

        from . import commands

        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A module's ``command``, or None when there is no such module."""
        import importlib

        name = cmd_name.replace("-", "_")
        if not name.isidentifier() or name.startswith("_"):
            return None
        try:
            module = importlib.import_module(f"tilewizard.commands.{name}")
        except ModuleNotFoundError as error:
            if error.name == f"tilewizard.commands.{name}":
                return None
            raise
        found: click.Command = module.command
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is meant; a wrong name is answered with the nearest right one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from .field.vocabulary import nearest

            near = nearest(args[0], self.list_commands(ctx)) if args else None
            hint = f" Did you mean {near!r}?" if near and "No such command" in error.message else ""
            raise click.UsageError(f"{error.message}{hint}", ctx) from None


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command the wizard opens. `tilewizard COMMAND --help` tells more of each.\n\n\b\nExit codes:\n"
    + "\n".join(f"{code.value:>5}  {code.meaning}" for code in Exit),
)
@click.option("--version", is_flag=True, help="Show the version and exit.")
@click.option("--verbose", is_flag=True, help="With --version: also those of all that it runs on, with licences.")
@look_options
@click.pass_context
def cli(ctx: click.Context, version: bool, verbose: bool, appearance: Appearance) -> None:
    """Write, check and edit tiles for the Datadog Marketplace and integrations-extras."""
    if verbose and not version:
        raise click.UsageError("--verbose says more of the --version: give both", ctx)
    if version:
        _tell_version(verbose=verbose)
        ctx.exit()
    if ctx.invoked_subcommand is None:
        from .commands.new import open_wizard

        open_wizard(appearance=appearance)


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
        click.echo("stopped; nothing was written", err=True)
        sys.exit(Exit.STOPPED)
    except BrokenPipeError:
        # Whoever read along has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.FOUND)
    except UnusableAnswers as error:
        for fault in error.faults:
            click.echo(f"tilewizard: {fault.render()}", err=True)
        sys.exit(error.exit_code)
    except TilewizardError as error:
        click.echo(f"tilewizard: {error.render()}", err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        if os.environ.get("TILEWIZARD_DEBUG"):
            raise
        click.echo(unforeseen(error), err=True)
        sys.exit(Exit.FAULTY)
