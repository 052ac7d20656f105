"""``tilewizard serve``: the wizard in a browser of this machine."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.drafts.appearance import Appearance, look_options
from tilewizard.errors import Exit, TilewizardError
from tilewizard.language import _
from tilewizard.surroundings.completing import TilePath


@click.command("serve")
@click.argument("tile", required=False, type=TilePath(exists=True, file_okay=False))
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path(),
    help=_("The folder that a new tile's directory is made in."),
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=_("0 takes any free one."))
@click.option("--open", "opened", is_flag=True, help=_("Open the browser too."))
@look_options
def command(tile: Path | None, into: Path, port: int, opened: bool, appearance: Appearance) -> int:
    """Run the wizard in a browser: for a new tile, or for the TILE in a directory.

    Listens on this machine's loopback address only, and lets in only who has the printed address. Files are those of
    this machine. Needs the extra: pip install 'tilewizard[web]'.

    \b
    tilewizard serve --open
    tilewizard serve acme_corp_acme_widget --port 8080
    """
    try:
        from tilewizard.screens.serving import serve
    except ModuleNotFoundError as error:
        if error.name not in ("textual_serve", "aiohttp", "aiohttp_jinja2"):
            raise
        raise TilewizardError(
            _("the browser needs a package that is not installed"), remedy="pip install 'tilewizard[web]'"
        ) from error
    words = ["edit", str(tile.resolve())] if tile is not None else ["new", "--into", str(into.resolve())]
    words += ["--theme", appearance.theme] if appearance.theme else []
    words += ["--high-contrast"] if appearance.high_contrast else []
    words += ["--reduced-motion"] if not appearance.motion else []

    import webbrowser

    serve(words, port, ready=webbrowser.open if opened else lambda __: None)
    return Exit.DONE
