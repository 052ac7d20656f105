"""Importing metrics: from a file, an address, or what is pasted; shown before anything is taken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Button, Checkbox, Input, Label, OptionList, Static, TextArea
from textual.worker import Worker, get_current_worker
from tilewizard.answers.telemetry import MetricRow
from tilewizard.errors import TilewizardError
from tilewizard.importing.fetching import fetch, is_url
from tilewizard.importing.merging import Merged, merge
from tilewizard.importing.reading import load, read_text
from tilewizard.importing.rows import Reading
from tilewizard.importing.sample import sample_of
from tilewizard.language import _
from tilewizard.quoting import visible

from .gate import gate_of
from .import_words import TITLES, explain, fault_line, verdict
from .widgets.columns import Column
from .widgets.grid import Grid
from .widgets.keys import Keys
from .widgets.path_input import PathInput
from .widgets.tick_box import TickBox

QUIET = 0.3
"""Seconds without a key after which what was pasted is read."""
FAULTS_SHOWN = 200
"""Faults that are listed; the rest is counted."""
_COLUMNS = (
    Column("Metric", 38),
    Column(_("Type"), 5),
    Column("Unit", 10),
    Column("Guessed", 20),
    Column("Description", 60),
)
_SIGNS = {"added": ("+", ""), "changed": ("~", "warning"), "unchanged": ("=", "")}


class _Source(PathInput):
    """The path or address. Several lines pasted into it are metrics themselves."""

    class Lines(Message):
        """More than a line was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        """Several lines are not the path."""
        lines = event.text.strip("\r\n").splitlines()  # Terminals end the lines of a paste by a carriage return.
        if len(lines) > 1:
            event.prevent_default()
            event.stop()
            self.post_message(self.Lines("\n".join(lines) + "\n"))


@dataclass(frozen=True)
class Taken:
    """What is taken: the rows that there are then, and the sample of the product's answer, which may be empty."""

    rows: list[MetricRow]
    sample: str = ""


class ImportMetrics(ModalScreen[Taken | None]):
    """Asks where metrics come from, shows what was read and guessed, and gives what is taken, or None.

    Args:
        metrics: those that are there.
        prefix: what names start with, a dot at its end; may be empty.
        pasted: metrics that were pasted elsewhere, to be read at once.
        sampled: whether a sample of the product's answer is wanted too, for the tests of an Agent check.
    """

    DEFAULT_CSS = """
    ImportMetrics { align: center middle; }
    #import { width: 100%; max-width: 130; height: 1fr; background: $surface; border: round $primary; padding: 0 1; }
    #import-head { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    .import-line { height: 1; }
    .import-line Label { width: 13; }
    #import Input { width: 1fr; background: $boost; margin-right: 2; }
    #import Input:focus { background: $primary-muted; text-style: bold; }
    #import TextArea { width: 1fr; height: 3; border: none; background: $boost; padding: 0; }
    #import TextArea:focus { background: $primary-muted; }
    #import-pasted { height: 3; }
    #import-verdict { height: auto; max-height: 2; text-style: bold; }
    #import-list { height: 1fr; min-height: 4; max-height: 100%; }
    #import-told { height: auto; max-height: 3; color: $text-muted; }
    #import-faults { height: auto; max-height: 4; border: none; background: $boost; text-wrap: nowrap; text-overflow: ellipsis; display: none; }
    #import-faults:focus { background: $panel; }
    #import .buttons { margin: 0; }
    #import Checkbox { width: auto; }
    #import Checkbox:focus { text-style: bold reverse; }
    """
    BINDINGS = [
        Binding("f9", "take", _("Import"), priority=True),
        Binding("f2", "overwrite", _("Overwrite"), priority=True),
        Binding("escape", "leave", _("Stop or cancel"), priority=True),
    ]

    @dataclass
    class Progress(Message):
        """Something came, or something was read."""

        serial: int
        words: str

    @dataclass
    class Done(Message):
        """Reading ended: with metrics and faults, or with words on why not."""

        serial: int
        reading: Reading | None
        words: str = ""
        sample: str = ""

    def __init__(self, metrics: list[MetricRow], prefix: str, pasted: str = "", *, sampled: bool = False) -> None:
        super().__init__()
        self.sampled = sampled
        self.sample = ""
        self.metrics = metrics
        self.prefix = prefix
        self.reading: Reading | None = None
        self.merged: Merged | None = None
        self._states: dict[str, str] = {}
        self._serial = 0
        self._worker: Worker[None] | None = None
        self._timer: Timer | None = None
        self._text = ""
        self._pasted = pasted

    # -- making

    def compose(self) -> ComposeResult:
        """Where from; what was read; what is wrong; the buttons."""
        with Vertical(id="import"):
            yield Static(self._head(), id="import-head", markup=False)
            with Horizontal(classes="import-line"):
                yield Label(_("File or URL"), markup=False)
                yield _Source("", (), _("metrics.txt, metadata.csv, http://localhost:9090/metrics"))
                yield Button(_("Read (Enter)"), id="import-read", compact=True)
            with Horizontal(id="import-pasted", classes="import-line"):
                yield Label(_("or paste"), markup=False)
                yield TextArea(soft_wrap=False, show_line_numbers=False, id="import-text")
            yield Static("", id="import-verdict", markup=False)
            grid = Grid(_COLUMNS, self._cells, self._sign)
            grid.id = "import-list"
            yield grid
            yield Static("", id="import-told", markup=False)
            yield OptionList(id="import-faults", markup=False, compact=True)
            with Horizontal(classes="buttons"):
                yield Button(_("Import (F9)"), id="import-take", variant="primary", compact=True, disabled=True)
                yield Button(_("Cancel (Esc)"), id="import-cancel", compact=True)
                yield TickBox(_("overwrite what is there (F2)"), id="import-overwrite", compact=True)
        yield Keys(show_command_palette=False)

    def _head(self) -> Text:
        text = Text(_("Import metrics"), "bold")
        if self.prefix:
            return text.append(_(" · names get the prefix "), "not bold").append(visible(self.prefix), "bold")
        return text.append(_(" · there is no prefix yet: names stay as they are exposed"), "not bold")

    def on_mount(self) -> None:
        """Ask for the source."""
        self.query_one(_Source).focus()
        self._say(
            _(
                "Reads Prometheus text or OpenMetrics, a JSON answer, metadata.csv, CSV, or cells of a spreadsheet. Nothing is fetched "
                "before you press Enter."
            )
        )
        if self._pasted:
            self.query_one(TextArea).load_text("\n".join(self._pasted.splitlines()))
            self.query_one("#import-take", Button).focus()

    # -- asking

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the file or address."""
        event.stop()
        self.action_read()

    def on__source_lines(self, event: _Source.Lines) -> None:
        """Several lines belong below."""
        event.stop()
        self.query_one(TextArea).load_text(event.text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Read what was pasted, once it is quiet."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        text = event.text_area.text
        if text != self._text:
            self._text = text
            self._timer = self.set_timer(QUIET, self._start_pasted)
            gate_of(self).owe(self, self._start_pasted)

    async def _start_pasted(self) -> None:
        gate_of(self).pay(self)
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._start("", self._text)

    def action_read(self) -> None:
        """Read what the file or address holds."""
        source = self.query_one(_Source)
        typed = source.value.strip()
        if typed:
            self._start(typed if is_url(typed) else source.full_path, "")
        else:
            self._say(_("Type a path or an address first, or paste metrics below."))

    def _start(self, source: str, text: str) -> None:
        self._serial += 1
        self._show(None)
        if not source and not text.strip():
            self._stop_worker()
            self._say("")
            return
        self._say(_("Fetching… (Escape stops)") if is_url(source) else _("Reading… (Escape stops)"))
        work = partial(self._work, self._serial, source, text)
        self._worker = self.run_worker(work, thread=True, exclusive=True, group="import", exit_on_error=False)

    def _work(self, serial: int, source: str, text: str) -> None:
        """In a thread: get the text, read it, tell the screen."""
        worker = get_current_worker()

        def stopped() -> bool:
            return worker.is_cancelled

        def came(size: int) -> None:
            self.post_message(self.Progress(serial, _("Fetching… {size} KB (Escape stops)", size=size // 1024)))

        try:
            if is_url(source):
                text = fetch(source, cancelled=stopped, progress=came)
            elif source:
                text = load(source)
            reading = read_text(text, self.prefix, cancelled=stopped)
        except TilewizardError as error:
            done = self.Done(serial, None, error.render())
        else:
            # In the thread too: a large exposition takes as long again to be trimmed.
            sample = sample_of(reading.text) if self.sampled and reading.rows and not stopped() else ""
            done = self.Done(serial, reading, sample=sample)
        if not stopped():
            self.post_message(done)

    def on_import_metrics_progress(self, event: Progress) -> None:
        """Say how far it is."""
        if event.serial == self._serial:
            self._say(event.words)

    def on_import_metrics_done(self, event: Done) -> None:
        """Show what was read."""
        if event.serial != self._serial:
            return
        self._worker = None
        self.sample = event.sample
        self._show(event.reading)
        if event.reading is None:
            self._say(event.words)
        elif event.reading.rows and not isinstance(self.focused, TextArea):
            self.query_one("#import-take", Button).focus()

    # -- showing

    def _show(self, reading: Reading | None) -> None:
        self.reading = reading
        self.query_one(Grid).unmark()
        self.query_one(Grid).fill(len(reading.imported) if reading is not None else 0)
        faults = self.query_one("#import-faults", OptionList)
        faults.clear_options()
        found = reading.faults if reading is not None else ()
        faults.display = bool(found)
        if reading is not None:
            faults.add_options([fault_line(reading, at) for at in range(min(len(found), FAULTS_SHOWN))])
        if len(found) > FAULTS_SHOWN:
            faults.add_option(Text(_("and {count} more", count=len(found) - FAULTS_SHOWN)))
        self._merge()

    def _merge(self) -> None:
        """Merge the rows that are wanted: the marked ones, or all."""
        reading, marked = self.reading, self.query_one(Grid).marked
        rows = reading.rows if reading is not None else []
        wanted = [row for at, row in enumerate(rows) if not marked or at in marked]
        merged = merge(self.metrics, wanted, overwrite=self.query_one(Checkbox).value)
        self.merged = merged if wanted else None
        self._states = dict.fromkeys(merged.added, "added") | {each.name: "changed" for each in merged.changed}
        self._states |= dict.fromkeys(merged.unchanged, "unchanged")
        take = self.query_one("#import-take", Button)
        take.disabled = not (merged.added or merged.changed)
        self.query_one(Grid).refresh()
        if reading is not None:
            self._say(verdict(reading, merged, len(marked)))
        self._tell()

    def _say(self, words: str) -> None:
        self.query_one("#import-verdict", Static).update(Text(visible(words)))

    def _cells(self, at: int) -> list[str]:
        if self.reading is None or at >= len(self.reading.imported):
            return []
        each = self.reading.imported[at]
        guessed = ", ".join(TITLES.get(guess.field, guess.field) for guess in each.guesses)
        row = each.row
        return [row.metric_name, row.metric_type, row.unit_name, guessed, row.description]

    def _sign(self, at: int) -> tuple[str, str]:
        if self.reading is None or at >= len(self.reading.imported):
            return " ", ""
        return _SIGNS.get(self._states.get(self.reading.imported[at].row.metric_name, ""), (" ", ""))

    def _tell(self) -> None:
        """Say what was guessed about the current row, or what is so for all."""
        grid, text = self.query_one(Grid), Text()
        if self.reading is not None and self.reading.imported and grid.row is not None:
            guesses = (*self.reading.guesses, *self.reading.imported[grid.row].guesses)
            for guess in guesses:
                explain(text, guess)
        self.query_one("#import-told", Static).update(text)

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Tell the guesses of another row."""
        event.stop()
        self._tell()

    def on_grid_marked(self, event: Grid.Marked) -> None:
        """Take marked rows alone."""
        event.stop()
        self._merge()

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        """Merge anew."""
        event.stop()
        self._merge()

    # -- ending

    def action_overwrite(self) -> None:
        """Whether what is there gives way."""
        self.query_one(Checkbox).toggle()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Read, import or cancel."""
        event.stop()
        acts = {"import-read": self.action_read, "import-take": self.action_take, "import-cancel": self.action_cancel}
        acts[str(event.button.id)]()

    def action_take(self) -> None:
        """Give the merged rows back."""
        if self.merged is not None and (self.merged.added or self.merged.changed):
            self.dismiss(Taken(self.merged.rows, self.sample))

    def action_leave(self) -> None:
        """Stop what is under way; else leave with nothing."""
        if self._worker is not None:
            self._serial += 1
            self._stop_worker()
            self._say(_("Stopped; nothing was read."))
        else:
            self.action_cancel()

    def action_cancel(self) -> None:
        """Leave with nothing."""
        self._stop_worker()
        self.dismiss(None)

    def _stop_worker(self) -> None:
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
