"""Answers files whose metrics stand in another file: ``metrics: {from: metrics.txt}``."""

from __future__ import annotations

from pathlib import Path

from tilewizard.answers import yaml_text
from tilewizard.answers.deriving import metric_prefix
from tilewizard.answers.model import Answers
from tilewizard.errors import TilewizardError, UnusableAnswers
from tilewizard.language import _

from .merging import merge
from .reading import load as load_text
from .reading import read_text
from .sample import sample_of


def load(path: Path) -> Answers:
    """Read an answers file, and the metrics from the file that it names for them.

    Raises:
        UnusableAnswers: with one fault for everything that is wrong, each with its place and remedy.
    """
    return with_metrics_taken(yaml_text.load(path))


def load_onto(answers: Answers, path: Path) -> Answers:
    """Answers with those of an answers file in their place, and the metrics of the file that it names for them.

    Raises:
        UnusableAnswers: with one fault for everything that is wrong, each with its place and remedy.
    """
    return with_metrics_taken(yaml_text.merged(answers, yaml_text.load(path)))


def with_metrics_taken(answers: Answers) -> Answers:
    """The answers with the metrics of the file that ``metrics.file`` names; the sample is kept, the name is not.

    Raises:
        UnusableAnswers: a line of the file can't be read, or it holds no metric.
    """
    name = answers.metrics.file
    if not name:
        return answers
    prefix = answers.metrics.prefix or metric_prefix(answers)
    try:
        reading = read_text(load_text(name), prefix)
    except TilewizardError as error:
        raise UnusableAnswers([error]) from error
    faults = [
        TilewizardError(fault.message, file=name, line=reading.place(fault)[0], remedy=fault.hint)
        for fault in reading.faults
    ]
    if not reading.rows and not faults:
        faults = [
            TilewizardError(_("holds no metric"), file=name, remedy=_("name an exposition, a JSON answer or a table"))
        ]
    if faults:
        raise UnusableAnswers(faults)
    update = {
        "rows": merge(answers.metrics.rows, reading.rows).rows,
        "sample": answers.metrics.sample or sample_of(reading.text),
        "file": "",
    }
    return answers.model_copy(update={"metrics": answers.metrics.model_copy(update=update)})
