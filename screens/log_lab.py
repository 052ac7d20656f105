"""The lab of a log pipeline: its samples, the pipeline in an editor, and beside them what it makes of the chosen sample."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static, TextArea
from tilewizard.documents.line_ends import plain, with_line_ends
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.logs.lab import Look, Run
from tilewizard.quoting import visible
from tilewizard.session.log_files import LogFiles

from .add_samples import Added, AddSamples
from .gate import gate_of
from .lab_words import DONE, SIGNS, head, lines_of, step_line
from .pipeline_area import PipelineArea
from .text_history import TextHistory
from .widgets.columns import Column
from .widgets.grid import Grid
from .widgets.keys import Keys

SPARED = ("mask", "facets", "accept", "remove", "trace")
"""Actions whose keys are left out at the foot where it is too narrow, the first ones first."""


class LogLab(Screen[LogFiles | None]):
    """Shows a pipeline at work. Gives the texts as they stand when one leaves.

    Args:
        files: to start with.
        pasted: lines that were pasted before it was opened.
        keep: takes the texts when the screen goes away with the app.
        meanwhile: takes the texts whenever they change, and lines that are pasted and not taken yet.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (112, "-wide")]
    DEFAULT_CSS = """
    LogLab #lab-head { height: 1; background: $primary; color: $text; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    LogLab #lab-body { height: 1fr; layout: vertical; }
    LogLab.-wide #lab-body { layout: horizontal; }
    LogLab #lab-left { height: 13; }
    LogLab.-wide #lab-left { height: 1fr; width: 1fr; }
    LogLab #lab-right { height: 1fr; width: 1fr; padding: 0 1; }
    LogLab #lab-samples { height: 5; max-height: 5; }
    LogLab.-wide #lab-samples { height: 10; max-height: 10; }
    LogLab #lab-said { height: auto; max-height: 3; color: $text-error; display: none; }
    LogLab #lab-sample { height: auto; max-height: 4; color: $text-muted; display: none; }
    LogLab.-wide #lab-sample { display: block; }
    LogLab #lab-result { height: 1fr; scrollbar-size-vertical: 1; background: $surface; }
    LogLab #lab-result:focus { background: $panel; }
    LogLab #lab-trace { height: 1fr; border: none; background: $boost; display: none; }
    LogLab #lab-trace:focus { background: $panel; }
    LogLab.-wide #lab-trace { display: block; }
    LogLab.-narrow.-traced #lab-trace { display: block; }
    LogLab.-narrow.-traced #lab-result { display: none; }
    """
    BINDINGS = [
        Binding("f2", "add", _("Samples"), priority=True),
        Binding("f3", "propose", _("Propose"), priority=True),
        Binding("f4", "rules", _("Grok"), priority=True),
        Binding("f6", "trace", _("Trace"), priority=True),
        Binding("f7", "facets", _("Facets"), priority=True),
        Binding("f8", "remove", _("Remove"), priority=True),
        Binding("f9", "accept", _("Accept"), priority=True),
        Binding("f10", "mask", _("Mask"), priority=True),
        Binding("ctrl+z", "undo", _("Undo"), show=False),
        Binding("ctrl+y", "redo", _("Redo"), show=False),
        Binding("escape,ctrl+q", "done", _("Done"), key_display="Esc", priority=True),
    ]

    @dataclass
    class Looked(Message):
        """The samples were run."""

        serial: int
        look: Look

    def __init__(
        self,
        files: LogFiles,
        pasted: str = "",
        *,
        keep: Callable[[LogFiles], None] = lambda __: None,
        meanwhile: Callable[[LogFiles, str], None] = lambda __, ___: None,
    ) -> None:
        super().__init__()
        self._start = files
        self._source = files.source
        self._tests = files.tests
        self._pasted = pasted
        self._keep = keep
        self._meanwhile = meanwhile
        self._gone = self._saved = False
        self._serial = 0
        self._look = Look()
        self._history = TextHistory((files.pipeline, files.tests))

    # -- making

    def compose(self) -> ComposeResult:
        """Samples and pipeline on one side, or above; what comes of them on the other."""
        yield Static("", id="lab-head", markup=False)
        with Container(id="lab-body"):
            with Vertical(id="lab-left"):
                grid = Grid((Column("Sample", 400, True),), self._cells, self._sign)
                grid.id = "lab-samples"
                yield grid
                yield PipelineArea()
            with Vertical(id="lab-right"):
                yield Static("", id="lab-said", markup=False)
                yield Static("", id="lab-sample", markup=False)
                with VerticalScroll(id="lab-result", can_focus=True):
                    yield Static("", id="lab-lines", markup=False)
                yield OptionList(id="lab-trace", markup=False, compact=True)
        yield Keys(SPARED, show_command_palette=False)

    def on_mount(self) -> None:
        """Show what there is; with no samples ask for some."""
        area = self._area
        with self.prevent(TextArea.Changed):
            area.load_text(plain(self._start.pipeline))
        self._changed()
        self.query_one(Grid).focus()
        if self._pasted or not self._start.tests.strip():
            self.action_add(self._pasted)

    def on_unmount(self) -> None:
        """Nothing is lost when the app goes."""
        if not self._gone:
            self._keep(self._files())

    @property
    def _area(self) -> PipelineArea:
        return self.query_one(PipelineArea)

    def _pipeline(self) -> str:
        return with_line_ends(self._history.texts[0], self._area.text)

    def _files(self) -> LogFiles:
        pipeline, tests = self._history.texts
        return replace(self._start, pipeline=pipeline, tests=tests, source=self._source)

    def _save(self, lines: str = "") -> None:
        self._saved = self._saved or bool(lines) or self._files() != self._start
        if self._saved:
            self._meanwhile(self._files(), lines)

    # -- running

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Run the samples through what is typed, before another kind of key is let through."""
        event.stop()
        self._typed(self._pipeline())

    def _typed(self, pipeline: str) -> None:
        if self._history.typed((pipeline, self._tests)):
            self._put(self._history.texts)

    def _put(self, texts: tuple[str, str]) -> None:
        self._tests = texts[1]
        self._area.put(plain(texts[0]))
        self._save()
        self._changed()

    def _changed(self) -> None:
        self._serial += 1
        gate_of(self).owe(self, self._run)

    async def _run(self) -> None:
        gate_of(self).pay(self)
        work = partial(self._work, self._serial, self._pipeline(), self._tests)
        self.run_worker(work, thread=True, exclusive=True, group="logs", exit_on_error=False)

    def _work(self, serial: int, pipeline: str, tests: str) -> None:
        from tilewizard.logs.lab import look

        self.post_message(self.Looked(serial, look(pipeline, tests) if pipeline.strip() or tests.strip() else Look()))

    def on_log_lab_looked(self, event: Looked) -> None:
        """Show what came of it."""
        event.stop()
        if event.serial != self._serial:
            return
        self._look = event.look
        grid = self.query_one(Grid)
        grid.fill(len(event.look.runs), min(grid.row or 0, max(0, len(event.look.runs) - 1)))
        self.query_one("#lab-head", Static).update(head(self._source, event.look))
        self._show()

    # -- showing

    @property
    def _chosen(self) -> Run | None:
        row = self.query_one(Grid).row
        return self._look.runs[row] if row is not None and row < len(self._look.runs) else None

    def _cells(self, at: int) -> list[str]:
        return [self._look.runs[at].sample.replace("\n", " ⏎ ")] if at < len(self._look.runs) else []

    def _sign(self, at: int) -> tuple[str, str]:
        return SIGNS[self._look.runs[at].state] if at < len(self._look.runs) else (" ", "")

    def _show(self) -> None:
        run = self._chosen
        said = self._look.fault or (run.fault if run is not None else "")
        self.query_one("#lab-said", Static).update(Content(visible(said)))
        self.query_one("#lab-said").display = bool(said)
        self.query_one("#lab-sample", Static).update(Content(visible(run.sample) if run is not None else ""))
        self.query_one("#lab-lines", Static).update(lines_of(run))
        trace = self.query_one("#lab-trace", OptionList)
        at = trace.highlighted
        trace.clear_options()
        steps = run.steps if run is not None else ()
        trace.add_options([step_line(step) for step in steps])
        trace.highlighted = min(at, len(steps) - 1) if at is not None and steps else None

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Another sample: its result is shown before anything but a further movement is let through."""
        event.stop()
        gate_of(self).owe(self.query_one(Grid), self._moved)

    async def _moved(self) -> None:
        gate_of(self).pay(self.query_one(Grid))
        self._show()

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enter on a sample: on to the rule that took it, else to the first one."""
        event.stop()
        run = self._chosen
        taken = next((step for step in run.steps if step.rule), None) if run is not None else None
        if taken is not None:
            self._go_to_step(taken.place)
        else:
            self.action_rules()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a step of the trace: to its processor."""
        event.stop()
        run = self._chosen
        if run is not None and event.option_index < len(run.steps):
            self._go_to_step(run.steps[event.option_index].place)

    def _go_to_step(self, place: tuple[str | int, ...]) -> None:
        from tilewizard.logs.lab import row_at

        row = row_at(self._pipeline(), place)
        if row is not None:
            self._area.go_to(row)
            self._area.focus()

    def _tell(self, words: str, severity: str = "information") -> None:
        self.app.clear_notifications()
        wrong = severity == "error"  # What stands below is to be read: good news goes soon.
        self.notify(words, severity="error" if wrong else "information", timeout=8 if wrong else 3, markup=False)

    # -- what keys do

    def action_rules(self) -> None:
        """To the next grok parser's rules."""
        from tilewizard.logs.lab import rules_row

        row = rules_row(self._area.text, self._area.cursor_location[0])
        if row is None:
            self._tell(_("There is no grok parser here."))
        else:
            self._area.go_to(row)
            self._area.focus()

    def action_trace(self) -> None:
        """The trace: beside the result where there is room, else in its place."""
        trace = self.query_one("#lab-trace", OptionList)
        if self.has_class("-wide"):
            (self._area if trace.has_focus else trace).focus()
            return
        shown = not self.has_class("-traced")
        self.set_class(shown, "-traced")
        if shown:
            self.call_after_refresh(trace.focus)
        elif self.focused is None or self.focused is trace:
            self.query_one(Grid).focus()

    def action_add(self, text: str = "") -> None:
        """Paste or open samples."""
        asked = AddSamples(self._source, text, fresh=not self._pipeline().strip(), keep=self._save)
        self.app.push_screen(asked, self._added)

    def on_paste(self, event: events.Paste) -> None:
        """Lines that are pasted anywhere but into the editor are samples."""
        if event.text.strip() and not self._area.has_focus:
            event.stop()
            self.action_add(event.text)

    def _added(self, added: Added | None) -> None:
        if added is not None and self.is_mounted:
            gate_of(self).carry_out(self._add(added))
        else:
            self._save()

    async def _add(self, added: Added) -> None:
        from tilewizard.logs.sampling import with_samples

        self._source = added.source
        if added.propose or not self._pipeline().strip():
            await self.action_propose(added.samples)
        else:
            await self._edit(lambda pipeline, tests: (pipeline, with_samples(pipeline, tests, added.samples)), "added")

    async def action_propose(self, more: Sequence[str] = ()) -> None:
        """A new pipeline, from the samples that there are, and more."""
        from tilewizard.logs.lab import rules_row
        from tilewizard.logs.proposing import propose

        samples = [*dict.fromkeys([*(run.sample for run in self._look.runs), *more])]
        source = self._source

        def made(___: str, __: str) -> tuple[str, str]:
            proposal = propose(samples, source, self._start.app_id, own=True)
            return proposal.pipeline, proposal.tests

        if await self._edit(made, "proposed") and (row := rules_row(self._pipeline(), 0)) is not None:
            self._area.go_to(row)

    async def action_facets(self) -> None:
        """A facet for each attribute that has none."""
        from tilewizard.logs.sampling import with_facets

        count = 0

        def made(pipeline: str, tests: str) -> tuple[str, str]:
            nonlocal count
            text, count = with_facets(pipeline, tests)
            return text, tests

        if await self._edit(made):
            self._tell(_("Facets added for attributes of your own that had none: {count}.", count=count))

    async def action_remove(self) -> None:
        """Take the chosen sample out."""
        from tilewizard.logs.sampling import without_sample

        run = self._chosen
        if run is not None:
            number = run.number
            await self._edit(lambda pipeline, tests: (pipeline, without_sample(tests, number)), "removed")

    async def action_accept(self) -> None:
        """The tests that differ state what the pipeline gives now."""
        from tilewizard.logs.sampling import accepted

        await self._edit(lambda pipeline, tests: (pipeline, accepted(pipeline, tests)), "accepted")

    async def action_mask(self) -> None:
        """Mask personal data in the samples and in what the tests state."""
        from tilewizard.logs.sampling import without_personal_data

        await self._edit(lambda pipeline, tests: (pipeline, without_personal_data(pipeline, tests)), "masked")

    async def _edit(self, make: Callable[[str, str], tuple[str, str]], what: str = "") -> bool:
        """Change both texts by a function of them, in a thread; a fault is told and changes nothing."""
        before = (self._pipeline(), self._tests)
        try:
            pipeline, tests = await asyncio.to_thread(make, *before)
        except TilewizardError as error:
            self._tell(error.render(), "error")
            return False
        if self._history.take((pipeline, tests)):
            self._put(self._history.texts)
        if what:
            self._tell(DONE[what] if (pipeline, tests) != before else _("There is nothing to change."))
        return True

    def action_undo(self) -> None:
        """Take back what was typed last, or what the last key did."""
        self._turn(self._history.undo(), _("Taken back."))

    def action_redo(self) -> None:
        """Make it again."""
        self._turn(self._history.redo(), _("Made again."))

    def _turn(self, done: bool, words: str) -> None:
        self._tell(words if done else _("There is nothing more."))
        if done:
            self._put(self._history.texts)

    def action_done(self) -> None:
        """Leave; what was made is kept."""
        self._gone = True
        self.dismiss(self._files())
