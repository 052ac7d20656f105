"""The last step: the verdict, what a reviewer looks at first, what will be written, and Write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.rules.findings import Finding, Severity
from tilewizard.rules.registry import rules_by_name
from tilewizard.session.report import Report
from tilewizard.session.verdict import UNWRITTEN, by_weight, verdict
from tilewizard.writing.changes import ChangeKind, ChangeSet, FileChange

from .step import Step
from .widgets.diff import diff_shown
from .widgets.faults import SIGNS, WORDS, placed

_MARKS = {ChangeKind.NEW: "+", ChangeKind.CHANGED: "~", ChangeKind.REMOVED: "-", ChangeKind.UNCHANGED: " "}
_COLOURS = {
    ChangeKind.NEW: "$text-success",
    ChangeKind.CHANGED: "$text-warning",
    ChangeKind.REMOVED: "$text-error",
}


class ReviewStep(Step):
    """Findings, files, diffs, and the buttons that write."""

    slug = "review"
    intro = _(
        "What a reviewer looks at first stands on top. Enter goes to its question; F4 mends it where there is one right "
        "answer. Below: every file that changes, and how. Nothing is written before you press Write, and then all of it."
    )

    class Mend(Message):
        """A finding is to be mended."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    class GoTo(Message):
        """The answer that a finding is about is to be shown."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    class Write(Message):
        """The tile is to be written, to another directory if one is named."""

        def __init__(self, to: Path | None) -> None:
            super().__init__()
            self.to = to

    BINDINGS = [("f4", "mend", _("Mend the finding"))]
    report: Report | None = None

    def compose_questions(self) -> Iterator[Widget]:
        """Findings above, files below, buttons at the end."""
        yield Static(_("looking …"), id="verdict", markup=False)
        yield Static(_("What a reviewer looks at first (Enter goes there)"), id="first", markup=False)
        yield OptionList(id="findings", markup=False, compact=True)
        yield Static("", id="whole", markup=False)
        with Horizontal(classes="buttons"):
            yield Button(_("Write the tile"), id="write", variant="success", compact=True)
            yield Button(_("Write to …"), id="elsewhere", compact=True)
            yield Input(placeholder=_("another, new directory"), id="directory", compact=True, select_on_focus=False)
        yield Static("", id="target", markup=False)
        yield OptionList(id="files", markup=False, compact=True)
        yield Static("", id="diff", markup=False)

    def compose(self) -> ComposeResult:
        """Without the questions that have no screen: other files and keys are for answers files."""
        yield Static(self.title, classes="step-title", markup=False)
        yield from self.compose_questions()

    @property
    def first_focus(self) -> Widget | None:
        """What to write with, where nothing stands against it; else the first finding."""
        write = self.query_one("#write", Button)
        ready = self.report is not None and verdict(self.report, new=self.session.new)[0] is None
        return write if ready and write.focusable else super().first_focus

    def show(self, report: Report) -> None:
        """Show findings and files as they are now; from here on what is open is said to be wrong."""
        self.session.left.add(self.slug)
        self.report = report
        self.changes: ChangeSet = self.session.plan()
        errors = report.counts()[Severity.ERROR]
        allowed = _(" {count} allowed with a reason.", count=len(report.allowed)) if report.allowed else ""
        worst, words = verdict(report, new=self.session.new)
        self.query_one("#verdict", Static).update(f"{SIGNS[worst] if worst else '✓'} {words}{allowed}")
        self._list_findings(report)
        self._list_files()
        write = self.query_one("#write", Button)
        write.disabled = bool(errors and self.session.new) or self.changes.is_empty or self.session.example
        self.query_one("#elsewhere", Button).disabled = self.session.example
        write.label = _("Write the tile") if self.session.new else _("Save the changes")
        blocked = _("mend the errors first; ") if errors and self.session.new else ""
        nothing = _("nothing has changed") if self.changes.is_empty else self.changes.summary()
        place = _("an example to look around in, which can't be written") if self.session.example else self.changes.root
        place = _("A new tile") if place == Path() else place
        lost = ", ".join(question.ask.title for question in self.session.unwritten())
        told = f" {UNWRITTEN.format(lost)}" if lost else ""
        self.query_one("#target", Static).update(f"{place}: {blocked}{nothing}{told}")

    def _list_findings(self, report: Report) -> None:
        box = self.query_one("#findings", OptionList)
        at = box.highlighted
        self.findings = by_weight(report)[:300]
        box.clear_options()
        box.add_options(Option(self._line(finding, report)) for finding in self.findings)
        box.display = bool(self.findings)
        if self.findings:
            box.highlighted = min(at or 0, len(self.findings) - 1)
        self.query_one("#first").display = self.query_one("#whole").display = bool(self.findings)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """All of the marked finding, whose line in the list is cut where it is long; and why it matters."""
        at = self.query_one("#findings", OptionList).highlighted
        if at is None or at >= len(self.findings) or self.report is None:
            return
        finding = self.findings[at]
        rule = rules_by_name().get(finding.rule)
        why = f"\n{visible(rule.source)}" if rule is not None else ""
        self.query_one("#whole", Static).update(Content.assemble(placed(finding, self.report), (why, "$text-muted")))

    @staticmethod
    def _line(finding: Finding, report: Report) -> Content:
        mends = _("[F4 mends] ") if finding.fixable else ""
        style = {"error": "$text-error bold", "warning": "$text-warning"}.get(finding.severity.value, "")
        head = f"{SIGNS[finding.severity]} {WORDS[finding.severity]:<11}"
        return Content.assemble((head, style), f"{mends}{placed(finding, report)}")

    def _list_files(self) -> None:
        box = self.query_one("#files", OptionList)
        at = box.highlighted
        # What changes comes first; what stays is there to be seen.
        self.shown = sorted(self.changes.changes, key=lambda change: change.kind == ChangeKind.UNCHANGED)
        box.clear_options()
        folder: tuple[str, ...] = ()
        for index, change in enumerate(self.shown):
            *parents, name = change.path.split("/")
            for depth in range(len(parents)):
                if tuple(parents[: depth + 1]) != folder[: depth + 1]:
                    box.add_option(Option(Text(f"{'  ' * (depth + 1)}{visible(parents[depth])}/"), disabled=True))
            folder = tuple(parents)
            box.add_option(Option(self._file_line(change, name, len(parents)), id=str(index)))
        box.display = bool(self.shown)
        box.styles.height = min(12, max(1, box.option_count))
        if self.shown:
            first = next(i for i in range(box.option_count) if not box.get_option_at_index(i).disabled)
            box.highlighted = at if at is not None and at < box.option_count else first
        self._show_diff()

    @staticmethod
    def _file_line(change: FileChange, name: str, depth: int) -> Content:
        told = change.extent or change.kind.value
        line = f"{_MARKS[change.kind]} {'  ' * depth}{visible(name)}  ({told})"
        return Content.styled(line, _COLOURS.get(change.kind, "$text-muted"))

    def _show_diff(self) -> None:
        box, files = self.query_one("#diff", Static), self.query_one("#files", OptionList)
        option = files.get_option_at_index(files.highlighted) if files.highlighted is not None else None
        if option is None or option.id is None or int(option.id) >= len(self.shown):
            box.update("")
            return
        at = int(option.id)
        box.update(diff_shown(self.shown[at].diff()))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another file: its diff; another finding: all of it."""
        event.stop()
        if event.option_list.id == "files":
            self._show_diff()
        else:
            self._tell_whole()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a finding goes to what it is about."""
        event.stop()
        if event.option_list.id == "findings":
            self.post_message(self.GoTo(self.findings[event.option_index]))

    def action_mend(self) -> None:
        """Mend the marked finding."""
        at = self.query_one("#findings", OptionList).highlighted
        if at is not None and at < len(self.findings):
            self.post_message(self.Mend(self.findings[at]))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Write."""
        event.stop()
        to = None
        if event.button.id == "elsewhere":
            text = self.query_one("#directory", Input).value.strip()
            if not text:
                self.query_one("#directory", Input).focus()
                return
            to = Path(text).expanduser()
        self.post_message(self.Write(to))

    async def reload(self) -> None:
        """There are no fields here."""
