"""Samples of a log, pasted or from a file: their forms and the personal data in them are told before anything is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Button, Checkbox, Input, Label, Static, TextArea
from tilewizard.errors import TilewizardError
from tilewizard.language import _, pgettext
from tilewizard.quoting import quoted, visible

from .gate import gate_of
from .widgets.keys import Keys
from .widgets.path_input import ChooseFile, PathInput
from .widgets.tick_box import TickBox

SIZE_MAX = 1_000_000
"""Characters of samples that are read: a pipeline wants a line of each kind, not a day's log."""


@dataclass(frozen=True)
class Added:
    """What is taken: the samples, the source, whether a pipeline is proposed from them."""

    samples: list[str]
    source: str
    propose: bool


class AddSamples(ModalScreen[Added | None]):
    """Asks for lines of a log, gives them, or None.

    Args:
        source: of the logs, to start with.
        text: lines that were pasted elsewhere.
        fresh: whether there is no pipeline yet, so that one is proposed.
        keep: takes what is pasted or typed, whenever it changes.
    """

    DEFAULT_CSS = """
    AddSamples { align: center middle; }
    #add { width: 100%; max-width: 120; height: 1fr; max-height: 34; background: $surface; border: round $primary; padding: 0 1; }
    #add .add-line { height: 1; }
    #add .add-line Label { width: 13; }
    #add Input { width: 1fr; background: $boost; margin-right: 2; }
    #add Input:focus { background: $primary-muted; text-style: bold; }
    #add TextArea { height: 1fr; min-height: 4; border: none; background: $boost; padding: 0; }
    #add TextArea:focus { background: $primary-muted; }
    #add-told { height: auto; max-height: 6; color: $text-muted; }
    #add .buttons { margin: 0; height: 1; }
    #add Checkbox { width: auto; margin-right: 2; }
    #add Checkbox:focus { text-style: bold reverse; }
    """
    BINDINGS = [
        Binding("f9", "take", _("Take"), priority=True),
        Binding("f2", "mask", _("Mask"), priority=True),
        Binding("escape", "dismiss(None)", _("Cancel"), priority=True),
    ]

    @dataclass
    class Read(Message):
        """What was pasted, or is in the file, was looked at."""

        serial: int
        text: str
        samples: list[str]
        words: str

    def __init__(
        self, source: str, text: str = "", *, fresh: bool = True, keep: Callable[[str], None] = lambda __: None
    ) -> None:
        super().__init__()
        self._source = source
        self._text = text
        self._fresh = fresh
        self._keep = keep
        self._serial = 0
        self._samples: list[str] = []

    def compose(self) -> ComposeResult:
        """The lines; what they are; the source; the buttons."""
        with Vertical(id="add"):
            yield Static(
                _("Lines of your log, as they are sent; one of each kind is enough"), classes="step-title", markup=False
            )
            with Horizontal(classes="add-line"):
                yield Label(_("From a file"), markup=False)
                path = PathInput("", (), _("access.log — Enter reads it; or paste below"), "logs")
                yield path
                yield ChooseFile(path)
            yield TextArea(self._text, soft_wrap=False, show_line_numbers=False, id="add-text")
            yield Static("", id="add-told", markup=False)
            with Horizontal(classes="add-line"):
                yield Label(pgettext("before a field", "Log source"), markup=False)
                yield Input(
                    self._source, placeholder=_("acme: lower case, as the logs carry it"), compact=True, id="add-source"
                )
            with Horizontal(classes="buttons"):
                yield Button(_("Take (F9)"), id="add-take", variant="primary", compact=True, disabled=True)
                yield Button(_("Cancel (Esc)"), id="add-cancel", compact=True)
                yield TickBox(_("mask personal data (F2)"), id="add-mask", compact=True)
                yield TickBox(_("propose a pipeline"), self._fresh, id="add-propose", compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Ask for the lines; without a pipeline one is proposed in any case."""
        self.query_one("#add-propose").display = not self._fresh
        self.query_one("#add-text", TextArea).focus()
        if self._text:
            self._keep(self._text)
        self._owe()

    # -- reading

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Look at what was pasted before the next key counts."""
        event.stop()
        self._keep(event.text_area.text)
        self._owe()

    def on_paste(self, event: events.Paste) -> None:
        """Lines that are pasted while a button has the focus are meant for the editor."""
        if event.text.strip() and not isinstance(self.focused, (Input, TextArea)):
            event.stop()
            self.query_one("#add-text", TextArea).insert(event.text)

    def _owe(self) -> None:
        self._serial += 1
        gate_of(self).owe(self, self._look)

    async def _look(self) -> None:
        gate_of(self).pay(self)
        work = partial(self._work, self._serial, self.query_one("#add-text", TextArea).text, "")
        self.run_worker(work, thread=True, exclusive=True, group="logs", exit_on_error=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the file; on the source's line take all."""
        event.stop()
        if not isinstance(event.input, PathInput):
            self.action_take()
        elif event.input.full_path:
            self._serial += 1
            work = partial(self._work, self._serial, "", event.input.full_path)
            self.run_worker(work, thread=True, exclusive=True, group="logs", exit_on_error=False)

    def _work(self, serial: int, text: str, file: str) -> None:
        from pathlib import Path

        from tilewizard.logs.cases import read_file
        from tilewizard.logs.formats import samples_in

        try:
            text = (
                read_file(Path(file), _("give a text file with a line of the log at least, in UTF-8")) if file else text
            )
            if len(text) > SIZE_MAX:
                raise TilewizardError(
                    _("has more than a million characters"), file=file, remedy=_("take a few lines of each kind")
                )
            samples = samples_in(text)
            done = self.Read(serial, text if file else "", samples, _told(samples))
        except TilewizardError as error:
            done = self.Read(serial, "", [], error.render())
        self.post_message(done)

    def on_add_samples_read(self, event: Read) -> None:
        """Tell what they are."""
        event.stop()
        if event.serial != self._serial:
            return
        self._samples = event.samples
        if event.text:
            area = self.query_one("#add-text", TextArea)
            with self.prevent(TextArea.Changed):
                area.load_text(event.text)
            area.focus()
        self._say(event.words)
        self.query_one("#add-take", Button).disabled = not event.samples

    def _say(self, words: str) -> None:
        self.query_one("#add-told", Static).update(words)

    # -- ending

    def action_mask(self) -> None:
        """Whether personal data is masked."""
        self.query_one("#add-mask", Checkbox).toggle()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Take or cancel."""
        event.stop()
        if event.button.id == "add-take":
            self.action_take()
        else:
            self.dismiss(None)

    def action_take(self) -> None:
        """Give the samples, masked where that is wanted."""
        from tilewizard.logs.personal import masked
        from tilewizard.logs.proposing import is_source

        source = self.query_one("#add-source", Input).value.strip()
        if not self._samples:
            self._say(_("Paste a line of the log at least, or name a file and press Enter."))
        elif not is_source(source):
            wanted = _("lower-case letters, digits, _, -, begun by a letter.")
            said = (
                _("{source} is no log source: {wanted}", source=quoted(source), wanted=wanted)
                if source
                else _("Say which source the logs carry: {wanted}", wanted=wanted)
            )
            self._say(said)
            self.query_one("#add-source", Input).focus()
        else:
            samples = masked(self._samples) if self.query_one("#add-mask", Checkbox).value else self._samples
            self.dismiss(Added(samples, source, self.query_one("#add-propose", Checkbox).value))


def _told(samples: list[str]) -> str:
    """What samples are, a line each: how many of which form, lines of none, personal data."""
    from tilewizard.logs.proposing import forms_of
    from tilewizard.logs.sampling import personal_in

    if not samples:
        return _(
            "JSON, key=value, access and error logs of nginx and Apache, syslog, CEF, LEEF, Java, Python are known; for others you write the grok rule."
        )
    forms, unread = forms_of(samples)
    lines = [
        _("{count} of {count2}: {form}", count=count, count2=len(samples), form=form) for form, count in forms.items()
    ]
    if unread:
        lines.append(
            _(
                "{count} of {count2}: no known form, a grok rule is begun: {unread}",
                count=len(unread),
                count2=len(samples),
                unread=visible(unread[0][:60]),
            )
        )
    personal = ", ".join(f"{kind} ({count})" for kind, count in sorted(personal_in(samples).items()))
    return "\n".join(
        [
            *lines,
            *(
                [_("Personal data, which tests would publish: {personal}. F2 masks it.", personal=personal)]
                if personal
                else []
            ),
        ]
    )
