"""A README section's editor, and the preview beside it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.color import Color, ColorParseError
from textual.containers import VerticalScroll
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea
from textual.widgets.text_area import TextAreaTheme
from tilewizard.answers.declaring import Ask, Kind
from tilewizard.answers.questions import Question, question_at
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.readme.paste import is_whole
from tilewizard.rules.findings import Finding, Severity

from .shims.line_highlights import Highlight, HighlightedArea
from .widgets.faults import told
from .widgets.field import Field

if TYPE_CHECKING:
    from textual.widgets import Markdown

    from .widgets.markdown_page import MarkdownPage

QUIET = 0.3
"""Seconds without a key after which the preview is drawn anew, at least."""
EXCERPT = 4_000
"""Characters around the cursor that the preview of a long section shows."""
BLOCKS_MAX = 40_000
"""Characters of a section of which headings, lists and code are highlighted: the grammar reads all of it anew at every key."""
HELP = {
    "Overview": _("What it is and what a customer gains: the first tab. A picture or two help."),
    "Setup": _("Numbered steps from installing to the first data: the Configuration tab."),
    "Data Collected": _("What is sent: metrics, events, service checks, logs, each under an H3. F3 makes it."),
    "Uninstallation": _("Numbered steps to take it away again. No pictures here."),
    "Support": _("Whom to ask, and where: the Support tab."),
    "Troubleshooting": _("What goes wrong, and what to do."),
    "Further Reading": _("Links to more."),
}
"""What belongs into a section."""
_INLINE = re.compile(
    r"(?P<gap>«[^«»\n]+»)|(?P<inline_code>`[^`\n]+`)|(?P<bold>\*\*[^*\n]+\*\*)|(?P<label>!?\[[^\]\n]*\]"
    r"(?:\[[^\]\n]*\]|\([^)\n]*\)))"
)
_STYLES: dict[str, tuple[str, str]] = {
    "heading": ("text-primary", "bold"),
    "heading.marker": ("text-primary", ""),
    "list.marker": ("text-accent", "bold"),
    "text.literal": ("text-success", ""),
    "punctuation.delimiter": ("text-success", ""),
    "inline_code": ("text-success", ""),
    "link.uri": ("text-accent", "underline"),
    "link.label": ("text-accent", ""),
    "label": ("text-accent", ""),
    "bold": ("", "bold"),
    "gap": ("text-warning", "bold"),
    "punctuation.special": ("text-accent", ""),
}
"""What is highlighted: a colour of the app's theme, and how it is set."""


class MarkdownArea(HighlightedArea):
    """An editor of Markdown. A whole README that is pasted is posted as :class:`Whole` and not put in."""

    DEFAULT_CSS = """
    MarkdownArea { border: none; padding: 0 1; background: $boost; height: 1fr; min-height: 3; }
    MarkdownArea:focus { border: none; }
    MarkdownArea.-long { overflow-y: scroll; }
    """
    # The base class has other uses for F6 and F7, which are the wizard's.
    BINDINGS = [Binding("f6", "screen.steps", show=False), Binding("f7", "screen.row('add')", show=False)]

    class Whole(Message):
        """A README of several sections was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, text: str, placeholder: str) -> None:
        long = len(text) > BLOCKS_MAX
        language = None if long else "markdown"
        super().__init__(
            text, language=language, soft_wrap=True, tab_behavior="focus", placeholder=placeholder, max_checkpoints=1
        )
        self.set_class(long, "-long")  # With the bar there from the start it is wrapped once.

    def on_mount(self) -> None:
        """Take the app's colours, now and when they change."""
        self.app.theme_changed_signal.subscribe(self, lambda __: self._colour())
        self._colour()

    def _colour(self) -> None:
        name = f"markdown-{self.app.theme}"
        self.register_theme(TextAreaTheme(name, syntax_styles=_syntax_styles(self.app.theme_variables)))
        self.theme = name

    def highlights_in(self, line: str) -> tuple[Highlight, ...]:
        """The grammar knows blocks; code, links and gaps within a line are found here."""
        return _inline(line)

    def on_paste(self, event: events.Paste) -> None:
        """A whole README is not put in."""
        event.stop()
        if is_whole(event.text):
            event.prevent_default()
            self.post_message(self.Whole(event.text))

    def action_paste(self) -> None:
        """Paste what was copied in this app."""
        if is_whole(self.app.clipboard):
            self.post_message(self.Whole(self.app.clipboard))
        else:
            super().action_paste()

    def show_text(self, text: str) -> None:
        """Show another text; the cursor goes to where it differs."""
        old = self.text
        if text == old:
            return
        start = next((n for n, (a, b) in enumerate(zip(old, text, strict=False)) if a != b), min(len(old), len(text)))
        same = 0
        while same < min(len(old), len(text)) - start and old[-1 - same] == text[-1 - same]:
            same += 1
        stop = len(old) - same
        result = self.replace(text[start : len(text) - same], self.place(start), self.place(stop))
        if self.text != text:  # Other line ends than the editor's own.
            self.load_text(text)
        else:
            self.move_cursor(result.end_location)

    def place(self, offset: int) -> tuple[int, int]:
        """The row and column of an offset in the text."""
        before = self.text[:offset]
        return before.count("\n"), offset - (before.rfind("\n") + 1)

    @property
    def offset_of_cursor(self) -> int:
        """The cursor's offset in the text."""
        row, column = self.cursor_location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column


@lru_cache(8192)
def _inline(line: str) -> tuple[Highlight, ...]:
    return tuple(
        (_bytes(line[: match.start()]), _bytes(line[: match.end()]), str(match.lastgroup))
        for match in _INLINE.finditer(line)
    )


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _syntax_styles(variables: dict[str, str]) -> dict[str, Style]:
    found = {}
    for name, (variable, how) in _STYLES.items():
        try:
            colour = Color.parse(variables.get(variable, "")).rich_color if variable else None
        except ColorParseError:
            colour = None
        found[name] = Style.parse(how) + Style(color=colour)
    return found


class SectionField(Field):
    """One section's editor, and below it what is wrong. Folded to nothing while another one is chosen.

    A folded editor stays in the order of focus: Tab goes from section to section, and what is typed ahead gets where it
    belongs.
    """

    DEFAULT_CSS = """
    SectionField { height: 1fr; }
    SectionField.-folded { height: 0; }
    SectionField .section-fault { display: none; height: auto; max-height: 3; color: $text-muted; }
    SectionField.-error .section-fault { color: $text-error; }
    SectionField.-warning .section-fault { color: $text-warning; }
    """

    def __init__(self, title: str, text: str, required: bool, keep: Callable[..., object]) -> None:
        heading = f"## {title}"
        ask = Ask(
            heading,
            HELP.get(title, _("A section of its own.")),
            shows="a tab of the tile's page" if required else "in the tabs of the tile's page",
            kind=Kind.LONG_TEXT,
            required=required,
            docs=question_at(("readme",)).ask.docs,
        )
        path = ("readme", title)
        super().__init__(Question(path, ask, "readme"), path, text, keep=keep)
        self.remove_class("field")
        self.add_class("-folded")
        self.title = title
        start = _("\nF4 puts a text in to start with.") if title in HELP else ""
        self.area = MarkdownArea(text, f"{ask.help}{start}")
        self._said = Static("", classes="section-fault", markup=False)

    def compose(self) -> ComposeResult:
        """The editor and the faults."""
        yield self.area
        yield self._said

    @property
    def ready(self) -> bool:
        """Whether its parts are there."""
        return self.area.is_mounted and self._said.is_mounted

    @property
    def control(self) -> MarkdownArea:
        """The editor."""
        return self.area

    def set_value(self, value: Any) -> None:
        """Show another text, without posting it."""
        text = value or ""
        if text == self._value or not self.ready:
            return
        self._value = text
        with self.prevent(TextArea.Changed):
            self.area.show_text(text)
        self._pristine = (self.area.text, text)

    def show(self, findings: list[Finding], *, open_only: bool = False) -> None:
        """Show what is wrong with the text; of a section that nobody has come to yet the list says that it is empty."""
        findings = [] if open_only else findings
        if findings == self.findings or not self.ready:
            return
        self.findings = findings
        self._said.update(Text("\n".join(told(each) for each in findings[:3])))
        self._said.display = bool(findings)
        for severity in Severity:
            self.set_class(bool(findings) and severity == findings[0].severity, f"-{severity.value}")


class Preview(VerticalScroll, can_focus=False):
    """A section as the tile's page shows it, drawn once it is quiet."""

    DEFAULT_CSS = """
    Preview { display: none; width: 1fr; height: 1fr; background: $surface; padding: 0 1; scrollbar-size-vertical: 1; }
    Preview:focus { background: $panel; }
    Preview Markdown { padding: 0; margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__(id="readme-preview-pane")
        self._timer: Timer | None = None
        self._took = 0.0
        self._shown = ""

    def draw(self, source: Callable[[], tuple[str, int, str]], *, now: bool = False) -> None:
        """Draw what the source gives - text, cursor, link definitions - when it is quiet, or at once."""
        if self._timer is not None:
            self._timer.stop()
        # A text that takes long to draw is drawn less often: the keys come first.
        quiet = 0.01 if now else max(QUIET, 3 * self._took)
        self._timer = self.set_timer(quiet, lambda: self._start(source))

    def _start(self, source: Callable[[], tuple[str, int, str]]) -> None:
        if self.display and self.is_attached:
            self.run_worker(self._draw(*source()), exclusive=True, group="readme-preview")

    async def _draw(self, text: str, cursor: int, definitions: str) -> None:
        shown = excerpt(text, cursor)
        whole = f"{shown}\n\n{definitions}" if shown.strip() else _("*Nothing is written yet.*")
        if whole == self._shown:
            return
        began = time.monotonic()
        await (await self._page()).update(whole)
        self._shown = whole
        self._took = time.monotonic() - began
        if len(text) > 200:
            at = max(0, cursor - text.find(shown[:200])) / max(1, len(shown))
            self.call_after_refresh(lambda: self.scroll_to(y=at * self.max_scroll_y, animate=False))

    async def _page(self) -> MarkdownPage:
        """The rendered text, there from the first time that it is looked at: what draws it is 3 MB of code."""
        from .widgets.markdown_page import MarkdownPage

        if not self.query(MarkdownPage):
            await self.mount(MarkdownPage())
        return self.query_one(MarkdownPage)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Nothing is opened: say where it leads."""
        event.stop()
        self.notify(visible(event.href), title=_("The link leads to"), markup=False)


def excerpt(text: str, cursor: int, size: int = EXCERPT) -> str:
    """The stretch of a long text around the cursor, from one blank line to another; code is kept whole."""
    if len(text) <= size:
        return text
    starts, fenced, offset = [0], False, 0
    for line in text.splitlines(keepends=True):
        offset += len(line)
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not line.strip() and not fenced:
            starts.append(offset)
    start = max((each for each in starts if each <= max(0, cursor - size // 3)), default=0)
    end = next((each for each in starts if each >= cursor + size // 2), len(text))
    return text[start:end]
