"""The list of a README's sections, and lines of keys that can be clicked."""

from __future__ import annotations

from functools import lru_cache

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Button, OptionList
from textual.widgets.option_list import Option
from tilewizard.language import _, ngettext
from tilewizard.quoting import visible
from tilewizard.readme.starters import gaps, unedited
from tilewizard.rules.findings import Severity

from .step import Step
from .widgets.faults import SIGNS


class SectionList(OptionList):
    """The sections: number, title, state in words and a sign."""

    DEFAULT_CSS = """
    SectionList { border: none; background: $panel; height: auto; max-height: 8; text-wrap: nowrap;
        text-overflow: ellipsis; scrollbar-size-vertical: 1; }
    SectionList:focus { border: none; }
    .-short SectionList { max-height: 4; }
    """
    SCOPED_CSS = False
    BINDINGS = [
        Binding("insert,plus", "add", show=False),
        Binding("delete", "remove", show=False),
        Binding("r", "rename", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True, id="readme-list")
        self._prompts: list[Text] = []

    def fill(self, lines: list[Text], chosen: int) -> None:
        """Show the sections' lines; only those that differ are drawn anew."""
        with self.prevent(OptionList.OptionHighlighted):
            if len(lines) == len(self._prompts) == self.option_count:
                for at, line in enumerate(lines):
                    if line != self._prompts[at]:
                        self.replace_option_prompt_at_index(at, line)
            else:
                self.clear_options()
                self.add_options([Option(line) for line in lines])
            self._prompts = lines
            if self.highlighted != chosen:
                self.highlighted = chosen

    async def action_add(self) -> None:
        """Add a section."""
        await self._step.run_action("add")

    async def action_remove(self) -> None:
        """Remove the chosen one."""
        await self._step.run_action("remove")

    async def action_rename(self) -> None:
        """Rename the chosen one."""
        await self._step.run_action("rename")

    @property
    def _step(self) -> Step:
        return self.query_ancestor(Step)


def section_line(
    number: int, title: str, text: str | None, *, required: bool, chosen: bool, worst: Severity | None
) -> Text:
    """A section's line in the list. ``text`` is None where there is no such section yet."""
    sign = SIGNS[worst] if worst is not None else " "
    mark = "▸" if chosen else " "
    name = Text(f"{mark}{sign}{number:>2} {visible(title)}{' *' if required else ''}", "bold" if chosen else "")
    name.truncate(34, overflow="ellipsis", pad=True)
    return Text.assemble(name, " ", (state_of(title, text), ""), no_wrap=True, overflow="ellipsis")


def state_of(title: str, text: str | None) -> str:
    """A section's state in words."""
    if text is None:
        return _("not there yet")
    if not text.strip():
        return _("empty")
    if unedited(title, text):
        return _("starter text")
    left = len(gaps(text))
    words = sum(map(_words_in, text.split("\n")))
    told = ngettext("{count} word", "{count} words", words)
    return _("{words}, {left} to fill in", words=told, left=left) if left else told


@lru_cache(4096)
def _words_in(line: str) -> int:
    return len(line.split())


class Tools(Horizontal):
    """A line of keys that can be clicked; each runs an action of the step.

    Args:
        keys: by action, the label and what it does.
    """

    DEFAULT_CSS = """
    Tools { height: 1; }
    Tools Button { width: auto; min-width: 0; }
    """

    def __init__(self, keys: dict[str, tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """A button for each action."""
        for action, (label, meaning) in self._keys.items():
            button = Button(label, id=f"readme-{action}", compact=True, tooltip=meaning)
            button.can_focus = False
            yield button
