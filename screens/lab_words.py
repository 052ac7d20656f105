"""What the lab of a log pipeline says: its head, a result's lines, a step of the trace."""

from __future__ import annotations

from textual.content import Content
from tilewizard.language import _
from tilewizard.logs.lab import Look, Run, rows_of
from tilewizard.logs.trace import Step
from tilewizard.quoting import visible

SIGNS = {
    "passes": ("✓", ""),
    "open": ("○", ""),
    "differs": ("≠", "warning"),
    "untouched": ("∅", "warning"),
    "fault": ("✗", "error"),
}
"""The sign of each state of a sample, and its style."""
DONE = {
    "added": _("The samples are tests now; each states what the pipeline gives today. Look them through."),
    "proposed": _(
        "A pipeline with tests and facets is proposed. Read what it makes of each sample; Ctrl+Z takes it back."
    ),
    "removed": _("Taken out. Ctrl+Z puts it back."),
    "accepted": _("The tests state what the pipeline gives now. Ctrl+Z takes it back."),
    "masked": _("Personal data is masked in samples and results. Ctrl+Z takes it back."),
}
"""What is said when something was done."""
_CHANGES = 12
"""Changes of a step that are told."""


def head(source: str, look: Look) -> str:
    """The first line: the source, and how the samples fare."""
    if not look.runs:
        return _(" Log lab · {source} · no samples yet: F2", source=source or _("no source yet"))
    told = {
        "passes": _("✓ {count} as tested"),
        "open": _("○ {count} without a result"),
        "differs": _("≠ {count} differ"),
        "untouched": _("∅ {count} touched by no processor"),
        "fault": _("✗ {count} can't be run"),
    }
    counts = [words.format(count=look.counted(state)) for state, words in told.items() if look.counted(state)]
    return _(" Log lab · {source} · {counts}", source=source or _("no source"), counts=" · ".join(counts))


def lines_of(run: Run | None) -> Content:
    """A result, a line each; differences first."""
    if run is None:
        return Content(_("F2 takes lines of your log: pasted, or from a file."))
    lines = [Content.styled(f"≠ {visible(each)}", "$text-warning") for each in run.differences]
    for path, value in rows_of(run.result) if run.result else ():
        lines.append(Content.assemble((visible(path), "bold"), f" = {visible(value)}"))
    return Content("\n").join(lines)


def step_line(step: Step) -> Content:
    """A step: its type and name, whether it did anything, by which rule, what changed."""
    if not step.did:
        why = _("its filter does not match") if step.kind == "pipeline" else _("nothing to do")
        return Content.styled(f"· {visible(step.kind)} {visible(step.name)}: {why}", "$text-muted")
    by = _(", by the rule {rule}", rule=visible(step.rule)) if step.rule else ""
    lines = [Content.assemble("✓ ", (visible(step.kind), "bold"), f" {visible(step.name)}{by}")]
    for each in step.changes[:_CHANGES]:
        told = f"- {each.path}" if each.after is None else f"+ {each.path} = {each.after!r}"
        lines.append(Content(f"    {visible(told)}"))
    if len(step.changes) > _CHANGES:
        lines.append(Content(_("    and {count} more", count=len(step.changes) - _CHANGES)))
    return Content("\n").join(lines)
