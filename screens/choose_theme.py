"""Choosing a theme by looking at it: the screen behind the list wears the one that is highlighted."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.theme import Theme
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.language import _

from .themes import OWN
from .widgets.keys import Keys


class ChooseTheme(ModalScreen[None]):
    """A list of themes, tilewizard's own first. Enter keeps the highlighted one, Escape puts back what was worn.

    Args:
        themes: those there are.
        worn: the name of the one that is worn.
        keep: takes the name of the one to keep.
    """

    DEFAULT_CSS = """
    ChooseTheme { align: right top; background: transparent; }
    ChooseTheme #themes { width: 38; max-width: 100%; height: auto; max-height: 100%; margin: 1 1 2 0; padding: 0 1;
        background: $surface; border: round $primary; border-title-color: $text-primary; border-title-style: bold; }
    ChooseTheme OptionList { height: auto; max-height: 1fr; border: none; background: $surface; scrollbar-size-vertical: 1; }
    ChooseTheme Static { color: $text-muted; height: auto; }
    """
    BINDINGS = [
        Binding("enter", "keep", _("Keep"), priority=True),
        Binding("escape", "put_back", _("Put back"), priority=True),
    ]

    def __init__(self, themes: dict[str, Theme], worn: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        own = {theme.name: theme for theme in OWN if theme.name in themes}
        self.names = [*own, *sorted(themes.keys() - own.keys())]
        self.worn = worn
        self._themes = themes
        self._keep = keep

    def compose(self) -> ComposeResult:
        """A line each: its name, whether it is dark or light, which one is worn."""
        with Vertical(id="themes") as box:
            box.border_title = _("Theme")
            yield Static(_("The screen shows each at once."), markup=False)
            yield OptionList(*(Option(self._line(name), id=name) for name in self.names), markup=False, compact=True)
        yield Keys(show_command_palette=False)

    def _line(self, name: str) -> str:
        ground = _("dark") if self._themes[name].dark else _("light")
        return f"{'●' if name == self.worn else ' '} {name:<22} {ground}"

    def on_mount(self) -> None:
        """Begin with the one that is worn."""
        options = self.query_one(OptionList)
        options.highlighted = self.names.index(self.worn)
        options.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Wear it."""
        event.stop()
        if self.is_current:
            self.app.theme = str(event.option_id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click keeps it."""
        event.stop()
        self._keep_it(str(event.option_id))

    def action_keep(self) -> None:
        """Keep the highlighted one."""
        at = self.query_one(OptionList).highlighted
        self._keep_it(self.names[at] if at is not None else self.worn)

    def _keep_it(self, name: str) -> None:
        self.app.theme = name
        self._keep(name)
        self.dismiss(None)

    def action_put_back(self) -> None:
        """Wear again what was worn."""
        self.app.theme = self.worn
        self.dismiss(None)
