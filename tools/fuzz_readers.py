"""What tools/fuzz.py does with the bytes of the fuzzer: a function a reader, which may raise what its docstring documents.

Where a reader takes two texts, a line of three dashes parts them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

TWO = "\n---\n"
"""Between two texts that belong together."""
FOLDER = Path(tempfile.mkdtemp(prefix="tilewizard-fuzz-"))
os.environ["TILEWIZARD_STATE"] = str(FOLDER)


def text_of(data: bytes) -> str:
    """A file's bytes as a tile reads them."""
    return data.decode("utf-8", "surrogateescape")


def read_json(data: bytes) -> None:
    """Values, faults, places; a member set is there afterwards and nothing else is gone."""
    from tilewizard.documents.json_document import JsonDocument

    document = JsonDocument.parse(text_of(data))
    for fault in document.faults:
        assert 0 <= fault.offset <= len(document.text)
    if isinstance(document.value, dict) and not document.broken:
        for key in list(document.value)[:5]:
            pointer = "/" + key.replace("~", "~0").replace("/", "~1")
            span, offset = document.span(pointer), document.offset(pointer)
            assert span is not None and offset == span[0], (pointer, span, offset)
        changed = document.with_value("/fuzzed", "x")
        assert changed.value == {**document.value, "fuzzed": "x"}
        assert "fuzzed" in document.value or changed.without("/fuzzed").value == document.value


def read_csv(data: bytes) -> None:
    """Rows, faults, places; a cell set is there afterwards."""
    from tilewizard.documents.csv_document import CsvDocument

    document = CsvDocument.parse(text_of(data))
    for fault in document.faults:
        assert 0 <= fault.offset <= len(document.text)
    for index in range(min(3, len(document.rows))):
        assert 0 <= document.offset(index) <= len(document.text)


def read_readme(data: bytes) -> None:
    """Sections, links, pictures, and where they stand."""
    from tilewizard.documents.readme_document import ReadmeDocument

    document = ReadmeDocument.parse(text_of(data))
    assert all(0 <= section.start <= section.end <= len(document.text) for section in document.sections)
    assert all(0 <= link.start <= link.end <= len(document.text) for link in document.links)
    assert all(0 <= each.start <= each.end <= len(document.text) for each in document.definitions)
    assert all(0 <= picture.start <= len(document.text) for picture in document.rendered.pictures)
    _ = document.rendered.sections, document.intro, document.faults, document.unread
    assert document.with_title(document.title or "A").text or not document.text


def read_changelog(data: bytes) -> None:
    """Releases and their changes."""
    from tilewizard.documents.changelog_document import ChangelogDocument

    document = ChangelogDocument.parse(text_of(data))
    assert all(0 <= each.start <= each.end <= len(document.text) for each in document.releases)


def read_yaml(data: bytes) -> None:
    """Faults, keys, values."""
    from tilewizard.inspection.yaml_text import YamlText

    document = YamlText(text_of(data))
    assert document.fault is None or 0 <= document.fault.offset <= len(document.text)
    if document.hazard is None:
        _ = document.keys, document.value
        for key in document.keys[:3]:
            assert 0 <= document.offset(key) <= len(document.text)
            assert document.fills(key) == bool(document.get(key))


def read_metrics(data: bytes) -> None:
    """Expositions and tables of metrics."""
    from tilewizard.importing.reading import read_text

    text = data.decode("utf-8", "replace")
    reading = read_text(text, "acme.")
    assert all(0 <= fault.offset <= len(text) for fault in reading.faults)
    assert len({row.metric_name for row in reading.rows}) == len(reading.rows)


def read_picture(data: bytes) -> None:
    """Headers of pictures, and SVG."""
    from tilewizard.inspection.image import facts_of
    from tilewizard.inspection.svg import inspect_svg

    facts_of(data)
    inspect_svg(text_of(data))


def read_tile(data: bytes) -> None:
    """Every rule on a tile, one file of which is the fuzzer's: the first byte says which."""
    from tests.rules.clean_tile import clean_tile
    from tilewizard.checking.check import check
    from tilewizard.tile.tile import TileFile

    tile = clean_tile()
    paths = [path for path in tile.paths if not path.endswith((".png", ".pdf"))]
    path = paths[data[0] % len(paths)] if data else paths[0]
    check(tile.with_file(TileFile(path, data[1:])))


def read_answers(data: bytes) -> None:
    """An answers file, strictly and leniently; what was read reads back from what is written of it."""
    from tilewizard.answers.yaml_text import dumps, loads, updated
    from tilewizard.errors import UnusableAnswers

    text = data.decode("utf-8", "replace")
    try:
        answers = loads(text)
    except UnusableAnswers as error:
        assert error.faults
        try:
            loads(text, lenient=True)
        except UnusableAnswers:
            return
        return
    assert loads(dumps(answers)) == answers
    assert loads(updated(text, answers)) == answers


def read_draft(data: bytes) -> None:
    """A draft and the list of recent tiles in a state folder, whatever stands in them."""
    from tilewizard.answers.draft_text import kept, kept_answers
    from tilewizard.drafts.drafts import DraftStore
    from tilewizard.errors import UnusableAnswers

    store = DraftStore(FOLDER)
    store.folder.mkdir(parents=True, exist_ok=True)
    (store.folder / "fuzzed.yaml").write_bytes(data)
    (store.folder / "recent.json").write_bytes(data)
    draft = store.load("fuzzed")
    assert [each.id for each in store.all()] == ["fuzzed"]
    store.recent()
    store.save(draft)
    assert store.load("fuzzed").text == draft.text
    try:
        answers = kept_answers(draft.text, file="draft")
    except UnusableAnswers:
        return
    assert kept_answers(kept(answers), file="draft") == answers


def read_configuration(data: bytes) -> None:
    """Settings of a checkout, in each of the files that may hold them; overrides of ddev's and jobs of a workflow."""
    from tilewizard.checking.configuration import NAMES, configuration_in
    from tilewizard.errors import TilewizardError
    from tilewizard.tile.jobs import job_settings, jobs_of
    from tilewizard.tile.overrides import overrides_in

    for name in NAMES:
        (FOLDER / name).write_bytes(data)
        try:
            configuration_in(FOLDER / name)
        except TilewizardError as error:
            assert error.render()
    overrides_in(text_of(data))
    jobs_of(text_of(data), "acme_widget")
    job_settings(text_of(data), "acme_widget")


def read_codeowners(data: bytes) -> None:
    """Who owns what; a new owner is told of afterwards, and every other line is as it was."""
    from tilewizard.tile.codeowners import deciding, entries, owned

    text = text_of(data)
    lines = text.splitlines(keepends=True)
    assert all(0 <= each.index < len(lines) for each in entries(text))
    deciding(text, "acme_widget/manifest.json")
    after = owned(text, "acme_widget", "@acme/widget")
    assert any(each.folder == "acme_widget" and "@acme/widget" in each.owners for each in entries(after)), after


def read_eula(data: bytes) -> None:
    """What is in a PDF; pypdf stumbles in many ways, and none comes out."""
    from tilewizard.inspection.pdf import read_pdf

    facts = read_pdf(data)
    assert facts.fault or facts.encrypted or facts.pages >= 0


def read_logs(data: bytes) -> None:
    """A pipeline and its tests: run, grown, shrunk, masked, accepted. What can't be done is told as a TilewizardError."""
    from tilewizard.errors import TilewizardError
    from tilewizard.logs import lab, sampling
    from tilewizard.logs.cases import run_tests
    from tilewizard.logs.pipeline import read

    pipeline, _, tests = data.decode("utf-8", "replace").partition(TWO)
    lab.look(pipeline, tests)
    for step in (
        lambda: run_tests(read(pipeline), tests, trace=True),
        lambda: sampling.with_samples(pipeline, tests, ["a 1", "a=1"]),
        lambda: sampling.without_sample(tests, 1),
        lambda: sampling.without_personal_data(pipeline, tests),
        lambda: sampling.accepted(pipeline, tests),
        lambda: sampling.with_facets(pipeline, tests),
    ):
        try:
            step()
        except TilewizardError as error:
            assert error.render()


def read_samples(data: bytes) -> None:
    """Lines of a log: cut into samples, recognised, masked, and a pipeline proposed that can be run."""
    from tilewizard.errors import TilewizardError
    from tilewizard.logs.formats import samples_in
    from tilewizard.logs.personal import masked
    from tilewizard.logs.pipeline import read, run
    from tilewizard.logs.proposing import propose

    samples = samples_in(data.decode("utf-8", "replace"))
    assert len(masked(samples)) == len(samples)
    try:
        proposal = propose(samples, "acme", own=True)
    except TilewizardError:
        return
    made = read(proposal.pipeline)
    for each in samples[:20]:
        run(made, each).result()


def read_words(data: bytes) -> None:
    """The small languages of logs and monitors: grok, searches, formulas, dates, filters, queries and messages."""
    from tilewizard.errors import TilewizardError
    from tilewizard.inspection.monitor_message import faults_in, variables_for
    from tilewizard.inspection.monitor_query import tags_in, taken_apart
    from tilewizard.logs.arithmetic import calculate
    from tilewizard.logs.dates import parse
    from tilewizard.logs.event import Event
    from tilewizard.logs.filters import apply
    from tilewizard.logs.grok import compiled
    from tilewizard.logs.search import query

    rule, _, line = data.decode("utf-8", "replace").partition(TWO)
    for step in (
        lambda: [each.parse(line) for each in compiled(f"a {rule}", "")],
        lambda: query(rule)(Event({"a": line}, line)),
        lambda: calculate(rule, lambda path: len(path)),
        lambda: parse(line, rule),
        lambda: apply(rule, line),
    ):
        try:
            step()
        except TilewizardError as error:
            assert error.render()
    taken_apart(rule)
    tags_in(rule)
    variables_for(rule)
    list(faults_in(line, rule))


def read_paste(data: bytes) -> None:
    """A README that is pasted, in sections that are known or not."""
    from tilewizard.readme.paste import is_whole, split

    text = data.decode("utf-8", "replace")
    pasted = split(text, ("Overview", "Setup", "Support"))
    assert not is_whole(text) or pasted.pieces
