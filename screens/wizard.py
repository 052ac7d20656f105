"""The wizard's frame: steps at the side, the current one in the middle, help on the focused field, state below."""

from __future__ import annotations

import asyncio
import time

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import OptionList
from tilewizard.answers.declaring import Kind
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.questions import question_for
from tilewizard.checking.locate import path_of
from tilewizard.drafts.drafts import DraftStore
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.rules.findings import Finding
from tilewizard.session.kept_draft import KeptDraft
from tilewizard.session.report import Report
from tilewizard.session.session import Session

from .focusing import bring_into_view, field_at, focus_on
from .gate import gate_of
from .owners import app_of
from .pace import Pace
from .problems import Place, after
from .review import ReviewStep
from .session_screen import SessionScreen
from .step import Step
from .steps import STEPS
from .widgets.aside import Aside
from .widgets.bars import Bar, heading, progress
from .widgets.context import explanation
from .widgets.descendants import descendants_of
from .widgets.faults import mended, placed
from .widgets.field import Answered, Field
from .widgets.keys import Keys
from .widgets.rows import Rows
from .widgets.sidebar import Sidebar

SPARED = ("undo", "steps", "next_problem", "leave", "preview", "go(-1)", "help")
"""Actions whose keys are left out of the line at the foot where it is too narrow, the first ones first."""
_FILES = (Kind.FILE, Kind.FILES)


class WizardScreen(SessionScreen):
    """One session on the screen."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (112, "-wide"), (150, "-wider"), (200, "-widest")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    BINDINGS = [
        Binding("f7", "row('add')", _("Add a row"), show=False, priority=True),
        Binding("f8", "row('remove')", _("Remove the row"), show=False, priority=True),
        Binding("ctrl+n,alt+n", "go(1)", _("Next"), priority=True),
        Binding("ctrl+p,alt+p", "go(-1)", _("Back"), priority=True),
        Binding("ctrl+g", "next_problem", _("Problem"), priority=True),
        Binding("f5", "preview", _("Preview"), priority=True),
        Binding("f6", "steps", _("Steps")),
        Binding("f1,question_mark", "help", _("Help")),
        Binding("ctrl+q", "leave", _("Leave"), priority=True),
    ]

    def __init__(self, session: Session, *, draft: str = "", step: str = "", store: DraftStore | None = None) -> None:
        super().__init__(session)
        self.store = store or DraftStore()
        self.kept = KeptDraft(session, self.store, draft, self._tell_status)
        self.current: type[Step] = next((each for each in STEPS if each.slug == step), STEPS[0])
        self.report: Report | None = None
        self._heading, self._status = Bar("title-bar"), Bar("status")
        self._sidebar, self._aside = Sidebar(STEPS), Aside(session)
        self._timer: Timer | None = None
        self._pace = Pace()
        self._problem: Place | None = None
        self._wanted: Field | None = None
        self._opening, self._catching_up = asyncio.Lock(), asyncio.Lock()
        self._shown: Step | None = None

    def compose(self) -> ComposeResult:
        """Header, sidebar, page, what stands beside it, status, footer."""
        yield self._heading
        with Horizontal(id="body"):
            yield self._sidebar
            yield Vertical(id="page")
            yield self._aside
        yield self._status
        yield Keys(SPARED)

    async def on_mount(self) -> None:
        """Open the first step and check what there is."""
        await self._open(self.current)
        self._check()

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.query_one("#page").query_children(Step).first()

    async def _open(self, step: type[Step], focus: AnswerPath | None = None) -> None:
        async with self._opening:  # Two quick presses open one step after the other.
            await self._replace_step(step, focus)

    async def _replace_step(self, step: type[Step], focus: AnswerPath | None) -> None:
        if self._shown is not None:
            self._shown.commit()
            await self._shown.leave()
            if step is not self.current:
                self.session.left.add(self.current.slug)
        self.current = step
        if step is ReviewStep:  # A list to choose from: it must not change under the hand.
            await self.caught_up()
        self.remove_class("steps-open")
        self.set_class(step is ReviewStep, "-reviewing")  # It wants the room for itself.
        self._shown = None
        page = self.query_one("#page", Vertical)
        async with self.batch():
            await page.remove_children()
            app_of(self).left_step()
            shown = step(self.session)
            await page.mount(shown)
            # Only a step that is whole is shown reports: they come from a thread, whenever they are ready.
            self._shown = shown
            if self.report is not None:
                shown.show(self.report)
        self._aside.open(step)
        self.refresh_bindings()
        await self._focus(focus)
        self._show_state()
        self._keep()

    async def _focus(self, path: AnswerPath | None) -> None:
        self._wanted = await focus_on(self, path) if path else None
        if self._wanted is None:
            self.set_focus(self.step.first_focus)

    # -- answering and checking

    def on_answered(self, event: Answered) -> None:
        """Keep the draft, and check: at once where that takes no longer than drawing, else in a thread."""
        event.stop()
        for table in descendants_of(self, Rows):
            asked = table.question.path
            if event.path[: len(asked)] == asked != event.path:
                table.refresh_row()
        self._aside.wait()
        self._keep()
        question = question_for(event.path)
        self._pace.question = question.path if question is not None else event.path
        # A key never waits for a check: neither for a long one of its own, nor for one that is under way.
        if self._catching_up.locked() or not self._pace.quick or question is None or question.ask.kind in _FILES:
            self.step.fit()
            self._check_soon()
        else:
            self._show_report(self._examined())

    def _check_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self._pace.pause, self._check)

    @work(group="check")
    async def _check(self) -> None:
        """Check in a thread: once at least, since files on the disk may have changed as well."""
        await self.caught_up(anew=True)

    async def caught_up(self, *, anew: bool = False) -> Report:
        """Wait until the report is one of the answers as they stand, and is shown. Returns it."""
        async with self._catching_up:
            while anew or self.report is None or self.report.answers is not self.session.answers:
                anew = False
                self._show_report(await asyncio.to_thread(self._examined))
        return self.report

    def _examined(self) -> Report:
        asked, known, began = self._pace.question, self.report, time.monotonic()
        report = self.session.examine()
        if known is None or report.answers is not known.answers:
            self._pace.note(asked, time.monotonic() - began)
        return report

    def _show_report(self, report: Report) -> None:
        self.report = report
        # On its way out parts of the screen are gone; between two steps the one that comes shows the report itself.
        if not self.is_mounted or not self._sidebar.is_attached or self._shown is None or not self._shown.children:
            return
        self.step.show(report)
        self._aside.keep_up(report)
        if self._wanted is not None and self._wanted.has_focus_within:
            bring_into_view(self._wanted)
        self._wanted = None
        self._show_state()

    def _show_state(self) -> None:
        self._sidebar.show(self.current.slug, self.session, self.report)
        self._heading.say(heading(self.current, STEPS, self.session, self.report))
        self._show_status()

    def _show_status(self) -> None:
        self._status.say(progress(self.kept.said, self.current.slug, STEPS, self.session, self.report))

    def _keep(self) -> None:
        self.kept.keep(self.current.slug)

    def _tell_status(self) -> None:
        """Show the status soon; called from the thread that saves, maybe while the screen goes away."""
        if self.is_attached and self.is_current:
            self.call_later(self._show_status)

    # -- moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing comes before the first step, nor after the last."""
        end = STEPS[-1 if parameters == (1,) else 0]
        return (action != "go" or self.current is not end) and super().check_action(action, parameters)

    async def action_go(self, by: int) -> None:
        """The next or previous step that has something to ask."""
        at = STEPS.index(self.current)
        ahead = STEPS[at + 1 :] if by > 0 else STEPS[:at][::-1]
        found = next((step for step in ahead if step.asked(self.session.answers)), None)
        if found is not None:
            await self._open(found)
        for step in ahead[: ahead.index(found) if found is not None else None]:
            self.notify(step.skipped_words(), timeout=3, markup=False)
        self._check_soon()

    async def go_to(self, slug: str, path: AnswerPath | None = None) -> None:
        """Open a step, at one of its answers if a path is given."""
        step = next(each for each in STEPS if each.slug == slug)
        if not step.asked(self.session.answers):
            self.notify(step.skipped_words(), markup=False)
            return
        await self._open(step, path)
        self._check_soon()

    async def action_row(self, what: str) -> None:
        """Add or remove a row of the table that has the focus, else of the first one of the step."""
        around = self.focused.ancestors_with_self if self.focused is not None else []
        table = next((each for each in around if isinstance(each, Rows)), None)
        table = table or next((each for each in descendants_of(self, Rows) if each.display), None)
        if table is not None:
            await (table.action_add() if what == "add" else table.action_remove())
        elif hasattr(self.step, f"action_{what}"):
            await self.step.run_action(what)

    def action_steps(self) -> None:
        """Focus the list of steps; on a narrow terminal it opens."""
        sidebar = self._sidebar
        opening = not sidebar.has_focus
        self.set_class(opening, "steps-open")
        if opening:
            sidebar.focus()
        else:
            self.call_after_refresh(self._focus, None)  # Once the page is there again; the gate waits for it.

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A step was chosen in the sidebar."""
        if isinstance(event.option_list, Sidebar):
            event.stop()
            await self.go_to(str(event.option_id))

    async def action_next_problem(self) -> None:
        """Go to the next error, else warning, of the whole tile."""
        following = after(await self.caught_up(), self._problem)
        if following is None:
            self.tell(_("Nothing is wrong."))
            return
        self._problem, finding = following
        await self._show_finding(finding)

    async def on_review_step_go_to(self, event: ReviewStep.GoTo) -> None:
        """Enter on a finding."""
        await self._show_finding(event.finding)

    async def _show_finding(self, finding: Finding) -> None:
        assert self.report is not None
        path = path_of(finding, self.report.tile, self.report.settled)
        question = question_for(path) if path else None
        self.session.left.add(slug := question.step if question is not None else finding.step)
        self.session.touched.update({path} if path else ())  # Who goes to a problem wants to read of it.
        await self.go_to(slug, path)
        if not any(finding in field.findings for field in descendants_of(self, Field) if field.has_focus_within):
            self.tell(placed(finding, self.report))

    async def on_review_step_mend(self, event: ReviewStep.Mend) -> None:
        """F4 on a finding."""
        if not await self._mend(event.finding):
            self.notify(_("This one wants your own answer."), severity="warning", markup=False)

    async def action_fix_next(self) -> None:
        """Mend the worst thing that has one right answer; where there is none, go to the next problem."""
        for finding in sorted((await self.caught_up()).findings, key=lambda each: each.severity.rank):
            if finding.fixable and await self._mend(finding):
                return
        await self.action_next_problem()

    async def _mend(self, finding: Finding) -> bool:
        """Mend a finding, and say so. Returns whether that could be done."""
        if finding.rule == "manifest/version" and self.session.can_upgrade:
            upgraded = Session(tile=self.session.original, upgrade=True)  # Another manifest means other answers.
            self.app.switch_screen(WizardScreen(upgraded, step="review", store=self.store))
            self.app.notify(_("Upgraded; the diff is below, nothing is written yet."), markup=False)
            return True
        try:
            done = mended(finding, await self.caught_up())
            if not self.session.mend(finding, self.kept.keep_file):
                return False
        except TilewizardError as error:
            self.notify(error.render(), severity="error", markup=False)
            return True
        self.tell(done)
        await self.step.reload()
        self._keep()
        self._check()
        return True

    def commit(self) -> None:
        """Take what was typed last on the step."""
        self.step.commit()

    async def show_answer(self, path: AnswerPath) -> None:
        """Its step opens, its field has the focus."""
        question = question_for(path)
        if question is not None and question.step != self.current.slug:
            await self.go_to(question.step, path)
        else:
            await self.step.reload()
            if field_at(self, path) is not None:  # A section of the README has no field of its own.
                await self._focus(path)
        self._keep()
        self._check_soon()

    # -- help, leaving, writing

    def on_field_focused(self, event: Field.Focused) -> None:
        """Explain the focused field."""
        event.stop()
        self._aside.explain(event.asker)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Whoever is back on the page has no use for the open list of steps: on a narrow terminal it hides the page."""
        self.set_class(self.has_class("steps-open") and isinstance(event.widget, Sidebar), "steps-open")

    def on_rows_turned(self) -> None:
        """Another row is the chosen one."""
        self._aside.follow()

    def action_help(self) -> None:
        """Explain the focused field and the whole step."""
        from .help import HelpScreen

        field = next((each for each in descendants_of(self, Field) if each.has_focus_within), None)
        self.app.push_screen(HelpScreen(self.current, explanation(field, self.session) if field else None))

    async def action_preview(self) -> None:
        """The tile as a customer sees it, from what is typed so far."""
        from .preview import PreviewScreen

        self.app.push_screen(PreviewScreen(lambda: self.report), self._previewed)

    def _previewed(self, slug: str | None) -> None:
        """Go to the step that fills the tab which is to be edited."""
        if slug:
            gate_of(self).carry_out(self.go_to(slug))

    async def action_check(self) -> None:
        """All findings, and what would be written."""
        await self.go_to("review")

    def action_export(self) -> None:
        """The answers as a file, to start another tile with, or to write this one from a script."""
        from .export import ExportAnswers

        self.app.push_screen(ExportAnswers(self.session))

    async def action_leave(self) -> None:
        """Close the wizard; the draft is kept with what was typed last, and said to be."""
        self.step.commit()
        self.kept.flush()
        app_of(self).leave_wizard(self.kept)

    def on_review_step_write(self, event: ReviewStep.Write) -> None:
        """Write the tile; show what to do next, or why it wasn't written."""
        try:
            root, written = self.session.write(event.to)
        except TilewizardError as error:
            self.notify(error.render(), title=_("Nothing was written"), severity="error", timeout=20, markup=False)
            return
        self.kept.written(root.resolve(), self.session.answers.listing.title)
        from .done import DoneScreen

        self.app.switch_screen(DoneScreen(root, written, self.session))

    def on_unmount(self, __: events.Unmount) -> None:
        """Nothing typed is lost, whichever way the screen goes."""
        self.kept.flush()
