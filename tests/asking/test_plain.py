"""The questions line by line: a script of input gives a tile, faults are said at once, nothing typed is lost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tilewizard.answers.draft_text import kept_answers
from tilewizard.answers.paths import replaced, value_at
from tilewizard.answers.steps import STEPS_ASKED
from tilewizard.answers.yaml_text import load
from tilewizard.drafts.drafts import Draft, DraftStore
from tilewizard.session.session import Session

from tests.asking.scripts import GO_ON, run_plain, whole
from tests.conftest import EXAMPLES, ROOT, needs_examples
from tests.rules.clean_tile import written

MATERIAL = ROOT / "tests" / "material" / "answers.yaml"
TYPE = ["marketplace", "rest-api", "integration", "metrics", "-"]


def same_as_its_answers_file(file: Path, by_hand: Path, into: Path) -> None:
    manifest = json.loads((by_hand / "manifest.json").read_text())
    answers = replaced(load(file), ("listing", "app_uuid"), manifest["app_uuid"])
    source = manifest["assets"]["integration"]["source_type_id"]
    answers = replaced(answers, ("integration", "source_type_id"), source)
    if answers.changelog:
        answers = replaced(answers, ("changelog", 0, "date"), date.today().isoformat())
    root, paths = Session(answers, into=into).write()
    assert sorted(path.relative_to(by_hand).as_posix() for path in by_hand.rglob("*") if path.is_file()) == sorted(
        paths
    )
    for path in paths:
        assert (by_hand / path).read_bytes() == (root / path).read_bytes(), path


@pytest.mark.slow
@pytest.mark.parametrize("file", [MATERIAL, pytest.param(EXAMPLES / "answers.yaml", marks=needs_examples)])
def test_a_whole_tile_through_a_pipe_is_what_its_answers_file_gives(file: Path, tmp_path: Path) -> None:
    done = run_plain("new", "--plain", "--into", tmp_path / "hand", script=whole(load(file)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Ready. Nothing is wrong" in done.stdout
    same_as_its_answers_file(file, tmp_path / "hand" / "acme_corp_acme_widget", tmp_path / "file")
    assert DraftStore().all() == []


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    return written(tmp_path / "acme_corp_acme_widget")


@pytest.mark.slow
def test_enter_alone_keeps_a_tile_byte_for_byte(tile: Path) -> None:
    before = {path: path.read_bytes() for path in tile.rglob("*") if path.is_file()}
    done = run_plain("edit", tile, "--plain", script=[""] * 150)
    assert "nothing has changed" in done.stdout and done.returncode == 130
    assert {path: path.read_bytes() for path in tile.rglob("*") if path.is_file()} == before
    assert DraftStore().all() == []


def test_one_answer_of_a_tile_is_found_by_its_label_and_changed_alone(tile: Path) -> None:
    before = {path: path.read_bytes() for path in tile.rglob("*") if path.is_file()}
    done = run_plain("edit", tile, "--plain", script=[">description", "Watch all widgets", ">>", "d", "w"])
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = tile / "manifest.json"
    old = json.loads(before.pop(manifest))["tile"]["description"]
    assert json.loads(manifest.read_text())["tile"]["description"] == "Watch all widgets"
    assert f'-    "description": "{old}"' in done.stdout
    assert {path: path.read_bytes() for path in before} == before


def test_a_fault_is_said_at_once_in_the_forms_voice_and_asked_again(tmp_path: Path) -> None:
    long = "A title that is far too long to fit on any card of the catalogue"
    done = run_plain("new", "--plain", "--into", tmp_path, script=[*TYPE, long, "Acme Widget"])
    said = done.stdout[done.stdout.index(long) :]
    assert said.count("Title (required") == 1 and "Answer again, or press Enter to go on." in said
    assert "Error: " in said and "manifest" not in said and "/tile" not in said
    assert "title: Acme Widget" in DraftStore().all()[0].text.replace('"', "")


def test_enter_goes_on_with_a_fault(tmp_path: Path) -> None:
    done = run_plain("new", "--plain", "--into", tmp_path, script=[*TYPE, "Acme Widget", "x" * 200, "", "Automation"])
    assert "Categories" in done.stdout and "200" not in DraftStore().all()[0].title
    assert "x" * 200 in DraftStore().all()[0].text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("?", "Shows in Datadog: which page lists it"),
        ("nowhere", "“nowhere” is none of the choices"),
        ("market", "Integration type (required)"),
        ("2", "Integration type (required)"),
        ("<", "This is the first question."),
        ("-", "one of the choices must stand here"),
        (">no such thing", "No question is called no such thing."),
        (">pricing", f"Step 3 of {len(STEPS_ASKED)}: Pricing"),
        (">>", f"Step {len(STEPS_ASKED)} of {len(STEPS_ASKED)}"),
        ("\\?", "“?” is none of the choices"),
        ("\x1b[31mred", "␛[31mred"),
    ],
)
def test_what_is_typed_in_place_of_an_answer(tmp_path: Path, typed: str, told: str) -> None:
    done = run_plain("new", "--plain", "--into", tmp_path, script=[typed])
    assert told in done.stdout and done.returncode == 130 and "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout


def test_going_back_asks_the_question_before_and_shows_its_answer(tmp_path: Path) -> None:
    script = [*TYPE, "Acme Widget", "<", "Acme Gadget", "<", "<", "<"]
    done = run_plain("new", "--plain", "--into", tmp_path, script=script)
    assert "[Acme Widget]" in done.stdout and "[Acme Gadget]" in done.stdout
    assert done.stdout.count("What it reads from Datadog (several") == 2


def test_the_guide_proposes_with_reasons_and_what_is_taken_stands_in_the_prompts(tmp_path: Path) -> None:
    done = run_plain(
        "new", "--plain", "--into", tmp_path, script=["??", "own form", "1", "free", "yes", "", "", "", "", "<"]
    )
    told = done.stdout
    assert "Proposed: the Agent runs your Python; free and open source, by pull request on GitHub." in told
    assert "Taken: the Agent runs your Python; free" in told
    assert "Have at hand: " in told and "Will be written: " in told
    assert "[integrations-extras]" in told and "[python-check]" in told
    assert '"type": "python-check"' in DraftStore().all()[0].text


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (["??", "", "", "", "no"], "Nothing changed."),
        (["??", "", "<"], "Nothing changed."),
        (["??", "nonsense"], "“nonsense” is none of the choices"),
        (["??", "?"], "an endpoint that Prometheus reads"),
        ([*TYPE, "??", "no data", "", "", "yes"], "Proposed: a licence or service, no data; "),
    ],
)
def test_the_guide_changes_nothing_unless_its_proposal_is_taken(tmp_path: Path, script: list[str], told: str) -> None:
    done = run_plain("new", "--plain", "--into", tmp_path, script=script)
    assert told in done.stdout and "Traceback" not in done.stderr
    if "yes" not in script and "-" not in script:
        assert DraftStore().all() == []


def test_what_was_typed_survives_the_end_of_the_input_and_is_gone_on_with(tmp_path: Path) -> None:
    done = run_plain("new", "--plain", "--into", tmp_path, script=[*TYPE, "Acme Widget"])
    assert done.returncode == 130 and not list(tmp_path.iterdir())
    draft = DraftStore().all()[0]
    assert draft.title == "Acme Widget" and f"--plain --draft {draft.id}" in done.stderr
    again = run_plain("new", "--plain", "--draft", draft.id, script=["", "Watch it"])
    assert "[Acme Widget]" in again.stdout
    assert [each.id for each in DraftStore().all()] == [draft.id]
    assert "Watch it" in DraftStore().all()[0].text


@pytest.mark.parametrize(
    ("where", "lines", "path", "said"),
    [
        ([">introduction"], ["GET /a 200", "  GET /b 500", "", "...."], ("readme_intro",), "[GET /a 200 …]"),
        ([">sections", GO_ON], ["GET /a 200", "  GET /b 500"], ("readme", "Overview"), "[2 lines]"),
        ([">pictures"], ["/no such/a.png", "/b.png"], ("readme_images",), "[/no such/a.png, /b.png]"),
    ],
)
def test_lines_survive_an_end_in_the_midst_of_them(
    tmp_path: Path, where: list[str], lines: list[str], path: tuple[str, ...], said: str
) -> None:
    run_plain("new", "--plain", "--into", tmp_path, script=[*TYPE, *where, *lines])
    draft = DraftStore().all()[0]
    kept = value_at(kept_answers(draft.text, file=""), path)
    typed = [each[1:] if each == "...." else each for each in lines]
    assert kept == (typed if isinstance(kept, list) else "\n".join(typed))
    again = run_plain("new", "--plain", "--draft", draft.id, script=[*where, "/instead", "/of it"])
    assert said in again.stdout
    after = value_at(kept_answers(DraftStore().all()[0].text, file=""), path)
    assert after == (["/instead", "/of it", *kept] if isinstance(kept, list) else f"/instead\n/of it\n\n{kept}")


def test_lines_of_a_log_that_a_draft_keeps_survive_the_plain_mode(tmp_path: Path) -> None:
    store = DraftStore()
    store.save(
        Draft("acme", "Acme", "listing: {title: Acme}\n", into=str(tmp_path), step="listing", lines="GET /a\nGET /b")
    )
    run_plain("new", "--plain", "--draft", "acme", script=["Acme Widget"])
    assert (store.load("acme").title, store.load("acme").lines) == ("Acme Widget", "GET /a\nGET /b")


@pytest.mark.slow
def test_ctrl_c_in_a_terminal_keeps_the_draft(tmp_path: Path) -> None:
    import os
    import pty
    import signal
    import sys

    pid, terminal = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # What a shell starts in the background is born deaf to it.
        os.execv(sys.executable, [sys.executable, "-m", "tilewizard", "new", "--plain", "--into", str(tmp_path)])
    seen = _seen(terminal, b"Where it goes")
    for line in TYPE:
        os.write(terminal, line.encode() + b"\n")
    seen += _seen(terminal, b"Title (required")
    os.write(terminal, "Acmé\n".encode())
    seen += _seen(terminal, b"Description (required")
    seen += _seen(terminal, b"goes on with it", again=b"\x03")
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130 and b"Traceback" not in seen
    assert DraftStore().all()[0].title == "Acmé"


def _seen(terminal: int, words: bytes, again: bytes = b"") -> bytes:
    """What the terminal showed up to the words, while `again` is pressed now and then, as a user would.

    Once is not enough for Ctrl+C: Python's readline notices a signal that comes while it prints the prompt only at the
    next key.
    """
    import os
    import select

    seen = b""
    for _ in range(120):
        if again:
            os.write(terminal, again)
        while select.select([terminal], [], [], 0.5)[0]:
            seen += os.read(terminal, 65536)
            if words in seen:
                return seen
    raise AssertionError(f"{words!r} never came, but {seen!r}")


def test_a_whole_readme_and_a_table_of_metrics_come_from_files(tmp_path: Path) -> None:
    readme, table = tmp_path / "README.md", tmp_path / "metrics.csv"
    readme.write_text(
        "# Acme\n\n## Overview\n\nWhat it is.\n\n## Installation\n\n1. Do [it][1].\n\n[1]: https://acme.example\n"
    )
    table.write_text("metric_name,metric_type\nacme.hits,count\nacme.load,gauge\n")
    script = [*TYPE, "Acme", ">readme sections", f"@{readme}", ">", ">metrics.rows", f"@{table}", "r 1"]
    done = run_plain("new", "--plain", "--into", tmp_path, script=script)
    assert "Taken: Overview, Setup." in done.stdout, done.stdout
    assert "2 metrics read: 2 new" in done.stdout
    text = DraftStore().all()[0].text
    assert "acme.load" in text and "acme.hits" not in text and "https://acme.example" in text


def test_a_file_that_is_not_there_is_told_and_not_taken(tmp_path: Path) -> None:
    script = [*TYPE, "Acme", ">logo", "nowhere.svg", str(MATERIAL.parent), str(MATERIAL.parent / "logo.svg")]
    done = run_plain("new", "--plain", "--into", tmp_path, script=script)
    assert "there is no such file" in done.stdout and "is a folder" in done.stdout and "SVG, " in done.stdout
    text = DraftStore().all()[0].text
    assert "nowhere.svg" not in text and "logo.svg" in text


def test_dots_and_signs_can_be_typed_in_a_section(tmp_path: Path) -> None:
    script = [*TYPE, "Acme", ">readme sections", "", "\\- a list", "", "..", "?", ".", ">"]
    run_plain("new", "--plain", "--into", tmp_path, script=script)
    assert json.loads(DraftStore().all()[0].text)["readme"]["Overview"] == "- a list\n\n.\n?"


@pytest.mark.slow
def test_bytes_that_are_no_text_are_asked_for_again(tmp_path: Path) -> None:
    import subprocess
    import sys

    words = [sys.executable, "-m", "tilewizard", "new", "--plain", "--into", str(tmp_path)]
    data = "\n".join([*TYPE, ""]).encode() + b"Acme \xff\nAcme\r\n"
    done = subprocess.run(words, input=data, capture_output=True, check=False)
    assert b"This is not UTF-8 text" in done.stdout and done.returncode == 130
    assert DraftStore().all()[0].title == "Acme"


def test_a_new_tile_with_errors_is_not_written_and_each_error_leads_to_its_question(tmp_path: Path) -> None:
    done = run_plain("new", "--plain", "--into", tmp_path, script=[">>", "w", "1", "", "q"])
    assert done.returncode == 1 and "Nothing was written: mend the errors first" in done.stdout
    assert not list(tmp_path.iterdir())
    after = done.stdout[done.stdout.index("mend the errors first") :]
    assert "Step " in after and "q leaves" in after


@pytest.mark.parametrize(
    "words", [("new", "--plain", "--yes"), ("new", "--draft", "x"), ("edit", ".", "--plain", "--dry-run")]
)
def test_options_that_contradict_each_other_are_told(words: tuple[str, ...]) -> None:
    done = run_plain(*words, script=[])
    assert done.returncode == 2 and "--plain" in done.stderr


def test_a_tile_that_is_no_tile_is_told(tmp_path: Path) -> None:
    done = run_plain("edit", tmp_path, "--plain", script=[])
    assert done.returncode == 2 and "Traceback" not in done.stderr


def test_of_a_table_only_what_changed_is_read_again_and_l_reads_all(tmp_path: Path) -> None:
    script = [">>", ">resources", "a", "blog", "https://a.example", "a", "other", "https://b.example", "l"]
    done = run_plain("new", "--plain", "--into", tmp_path, script=script)
    assert done.stdout.count("  1. blog, https://a.example") == 2  # When it was added, and by l.
    assert done.stdout.count("  2. other, https://b.example") == 2


def test_behind_the_first_step_the_files_of_what_was_chosen_are_told(tmp_path: Path) -> None:
    done = run_plain("new", "--plain", "--into", tmp_path, script=["", "dogstatsd", "", "metrics", "", "Acme Widget"])
    told = done.stdout[: done.stdout.index("Title (required")]
    assert "Will be written: CHANGELOG.md, README.md, manifest.json, metadata.csv, assets/ (2), examples/ (3)." in told
    edited = run_plain("edit", written_tile(tmp_path), "--plain", script=["", "", "", "", "", ""])
    assert "Will be written" not in edited.stdout


def written_tile(folder: Path) -> Path:
    root = folder / "acme_corp_acme_widget"
    written(root)
    return root
