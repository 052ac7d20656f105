"""The app: only routes from screen to screen."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.widgets import Input
from tilewizard.drafts.appearance import Appearance
from tilewizard.errors import Exit, TilewizardError
from tilewizard.language import _

from .gate import Gate, is_input
from .own_process import own_process
from .shims.fatal_error import ToldApp
from .shims.letting_go import keep_no_work, let_go
from .sweeping import Sweep

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import SystemCommand
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.theme import Theme
    from tilewizard.session.kept_draft import KeptDraft
    from tilewizard.session.session import Session

    from .owners import Routes

KEPT = _("Your draft is kept: run tilewizard again to go on with it.")
LET_GO_EVERY = 20.0
"""Seconds after which what was removed from the screens is forgotten; a step that is left is at once."""
GONE_EVERY = 5.0
"""Seconds after which it is seen that the terminal is gone, where nobody said so: under nohup, or in another session."""


class WizardApp(ToldApp[str]):
    """tilewizard in a terminal.

    Args:
        into: the folder in which a new tile's directory is made.
        answers: an answers file to start with.
        tile: an existing tile to open at once; ``answers`` are then merged into its own.
        upgrade: whether its manifest of version 1.0.0 is turned into one of version 2.0.0.
        step: the slug of the step that it is opened at; empty: the first.
        appearance: theme, contrast, motion.
    """

    TITLE = "tilewizard"
    CSS_PATH = "tilewizard.tcss"
    COMMAND_PALETTE_BINDING = "f10"
    # Editors' terminals keep some keys for themselves, Visual Studio Code's F1, F5 and Ctrl+P: the palette has it all.
    BINDINGS = [Binding("f10,alt+x", "command_palette", _("Commands"), show=False, priority=True)]
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        *,
        into: Path | None = None,
        answers: Path | None = None,
        tile: Path | None = None,
        upgrade: bool = False,
        step: str = "",
        appearance: Appearance | None = None,
    ) -> None:
        super().__init__()
        self.gate, self.sweep = Gate(self, super().on_event), Sweep(self)
        self.appearance = appearance or Appearance()
        self.upgrade, self.step = upgrade, step
        self._held = ExitStack()
        self.into = into or Path()
        self.answers_file = answers
        self.tile_path = tile
        self.anew: tuple[str, str] | None = None
        self._undressed: TilewizardError | None = None
        self._dress()

    async def on_event(self, event: events.Event) -> None:
        """Let input through the gate, everything else at once."""
        if is_input(event):
            self.sweep.put_off()
            self.gate.take(event)
        else:
            await super().on_event(event)

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Apply the sheet to a node whose classes changed: to one that is not mounted yet, mounting does it."""
        if node.is_attached or isinstance(node, App):
            super().update_styles(node, animate=animate)

    def action_focus_next(self) -> None:
        """Tab: who goes to a line may type over what is there. A line that gets the focus by itself selects nothing."""
        super().action_focus_next()
        self._select_line()

    def action_focus_previous(self) -> None:
        """Shift+Tab, likewise."""
        super().action_focus_previous()
        self._select_line()

    def _select_line(self) -> None:
        if isinstance(self.focused, Input):
            self.focused.action_select_all()

    def on_mount(self) -> None:
        """Open the first screen: home, or the wizard when it is clear what for."""
        from tilewizard.surroundings.pictures import way_by

        try:
            if self._undressed is not None:
                raise self._undressed
            keep_no_work()
            self.theme_changed_signal.subscribe(self, self._theme_chosen, immediate=True)
            way_by(os.environ)
            self._open_first()
            self.set_interval(LET_GO_EVERY, self.let_go)
            if _at_terminal():
                self.set_interval(GONE_EVERY, self._leave_what_is_gone)
        except TilewizardError as error:
            self.exit(error.render(), return_code=error.exit_code)

    def _leave_what_is_gone(self) -> None:
        """End where the terminal is gone: Textual 8.2 would read its end for ever, as fast as it can."""
        if not _at_terminal():
            self.exit(return_code=Exit.STOPPED)

    def let_go(self) -> None:
        """Hold no more of what was removed from the screens."""
        let_go(self)

    def left_step(self) -> None:
        """Hold no more of a step that was removed, and make room once the next one is shown."""
        self.let_go()
        self.sweep.later()

    def _dress(self) -> None:
        """Put on the theme before anything is drawn: once it is, every rule of the sheet is read and applied anew."""
        from .themes import OWN, theme_for

        for theme in OWN:
            self.register_theme(theme)
        if not self.appearance.motion:
            self.animation_level = "none"  # Whatever TEXTUAL_ANIMATIONS says.
        try:
            self.theme = theme_for(self.appearance, set(self.available_themes))
        except TilewizardError as error:
            self._undressed = error
        self._worn = self.theme
        self.stylesheet.set_variables(self.get_css_variables())

    def _theme_chosen(self, theme: Theme) -> None:
        """Keep a theme that was chosen here; the one that was put on at the start is none, nor is one that is looked at."""
        from .choose_theme import ChooseTheme

        if not isinstance(self.screen, ChooseTheme):
            self._keep_theme(theme.name)

    def _keep_theme(self, name: str) -> None:
        from tilewizard.drafts.appearance import remember_theme

        if name != self._worn:
            self._worn = name
            remember_theme(name)

    def search_themes(self) -> None:
        """The palette's list of themes, each worn while it is highlighted."""
        from .choose_theme import ChooseTheme

        self.push_screen(ChooseTheme(self.available_themes, self.theme, self._keep_theme))

    def _open_first(self) -> None:
        from .anew import was_at

        what, step = was_at()
        if what:
            self.start(what, step)
        elif self.tile_path is not None:
            self._open_tile(self.tile_path, self.step)
        elif self.answers_file is not None:
            from tilewizard.importing.answers_file import load
            from tilewizard.session.session import Session

            self._show(Session(load(self.answers_file), into=self.into))
        else:
            from .home import HomeScreen

            self.push_screen(HomeScreen())

    def start(self, what: str, step: str = "") -> None:
        """Start what the home screen's choice names: ``new``, ``example``, ``draft:<id>`` or ``tile:<path>``."""
        kind, __, name = what.partition(":")
        try:
            if kind == "new":
                self._new(step)
            elif kind == "example":
                self._open_example(step)
            elif kind == "draft":
                self._open_draft(name, step)
            else:
                self._open_tile(Path(name), step)
        except TilewizardError as error:
            self.notify(error.render(), severity="error", timeout=15, markup=False)

    def _new(self, step: str) -> None:
        from tilewizard.session.session import Session, starting_answers

        self._show(Session(starting_answers(self.into), into=self.into), step=step)

    def _open_example(self, step: str) -> None:
        from tilewizard.session.session import Session

        self._show(Session.on_example(), step=step)

    def _open_tile(self, path: Path, step: str = "") -> None:
        from tilewizard.importing.answers_file import load_onto
        from tilewizard.session.session import Session

        self._hold(path)
        session = Session.open(path, upgrade=self.upgrade)
        if self.answers_file is not None:
            session.replace(load_onto(session.answers, self.answers_file))
        self._show(session, step=step)
        self.call_after_refresh(self._remember_tile, path, session.answers.listing.title)

    def _remember_tile(self, path: Path, title: str) -> None:
        """Put it at the top of the tiles opened lately.

        Who left changes to a tile unwritten, and opens it again, may look for them here.
        """
        from tilewizard.drafts.drafts import DraftStore
        from tilewizard.drafts.when import in_words

        store = DraftStore()
        store.remember(path.resolve(), title)
        kept = next((each for each in store.all() if each.tile == str(path.resolve())), None)
        if kept is not None:
            self.notify(
                _(
                    "A draft keeps changes to this tile that were never written, the last {saved_at}. To go on with it, leave "
                    "(Ctrl+Q) and run tilewizard without a directory.",
                    saved_at=in_words(kept.saved_at),
                ),
                timeout=12,
                markup=False,
            )

    def _hold(self, path: Path) -> None:
        """Keep other wizards off a tile while this one is open."""
        from tilewizard.writing.locks import tile_lock

        self._held.close()
        self._held.enter_context(tile_lock(path))

    def on_unmount(self) -> None:
        """Let others have the tile."""
        self.gate.close()
        self._held.close()

    def _open_draft(self, name: str, step: str) -> None:
        from tilewizard.answers.draft_text import kept_answers
        from tilewizard.drafts.drafts import DraftStore
        from tilewizard.session.session import Session
        from tilewizard.tile.tile import read

        draft = DraftStore().load(name)
        answers = kept_answers(draft.text, file=name)
        if draft.tile:
            self._hold(Path(draft.tile))
        tile = read(draft.tile) if draft.tile else None
        session = Session(answers, tile=tile, into=Path(draft.into or "."))
        session.take_as_typed()
        self._show(session, draft=draft.id, step=step or draft.step)

    def _show(self, session: Session, *, draft: str = "", step: str = "") -> None:
        from .wizard import WizardScreen

        self.push_screen(WizardScreen(session, draft=draft, step=step))

    def words_for(self, error: Exception | None) -> str | None:
        """A fault of our own: the draft is brought to the disk, and a line says so; a traceback only where it is asked for."""
        if os.environ.get("TILEWIZARD_DEBUG"):
            return None
        from tilewizard.errors import unforeseen

        from .wizard import WizardScreen

        kept = False
        for screen in self.screen_stack:
            if isinstance(screen, WizardScreen):
                with suppress(Exception):
                    screen.kept.flush()
                    kept = kept or screen.kept.exists
        return unforeseen(error, KEPT if kept else "")

    async def action_quit(self) -> None:
        """Close the app: its own key comes before those of a screen, and the palette offers it too."""
        for screen in self.screen_stack:
            if hasattr(screen, "action_leave"):
                await screen.action_leave()
                return
        await super().action_quit()

    def leave_wizard(self, kept: KeptDraft) -> None:
        """Close the app, telling where the draft is when there is one; from the example back to the start."""
        if kept.session.example:
            self.pop_screen()
            return
        self.exit(KEPT if kept.exists else None)

    def speak(self, code: str) -> None:
        """Go on in another language: close, for :func:`run` to start the program anew at this place."""
        from tilewizard.drafts.appearance import remember_language

        from .anew import place_of

        remember_language(code)
        self.anew = (code, place_of(self.screen_stack))
        self.exit()

    def action_command_palette(self) -> None:
        """Open the palette, which asks for words in the language that is spoken."""
        from textual.command import CommandPalette

        if self.use_command_palette and not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(id="--command-palette", placeholder=_("Search for commands…")))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: what one can do on this screen, every step, then the theme and Textual's own."""
        from .wizard import WizardScreen

        if isinstance(screen, WizardScreen):
            from .palette import commands

            yield from commands(screen)
        from .anew import languages

        yield from languages(screen, self.speak)
        from .palette import textuals

        yield from textuals(super().get_system_commands(screen))


def _at_terminal() -> bool:
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


if TYPE_CHECKING:
    _routes: type[Routes] = WizardApp


def run(
    appearance: Appearance | None = None,
    *,
    into: Path | None = None,
    answers: Path | None = None,
    tile: Path | None = None,
    upgrade: bool = False,
    step: str = "",
) -> None:
    """Open the app in this terminal.

    Raises:
        TilewizardError: the answers file or the tile can't be read.
    """
    if os.environ.get("NO_COLOR"):
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "standard")
    appearance = appearance or Appearance()
    app = WizardApp(appearance=appearance, into=into, answers=answers, tile=tile, upgrade=upgrade, step=step)
    own_process(appearance, app.sweep)
    message = app.run(mouse=appearance.mouse)
    if app.anew is not None:
        from .anew import start_anew

        start_anew(*app.anew)
    if message:
        import click

        # In a browser what is printed would be taken for what is drawn.
        click.echo(message, err=bool(app.return_code) or app.is_web)
    if app.return_code:
        raise SystemExit(app.return_code)
