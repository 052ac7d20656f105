"""Drafts: kept behind the fingers, readable by any editor, never in the way."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest
from tilewizard.answers.yaml_text import loads
from tilewizard.drafts.drafts import DebouncedWriter, Draft, DraftStore, StateUnwritable
from tilewizard.errors import TilewizardError


def test_a_draft_is_plain_yaml_with_what_the_wizard_needs_in_its_first_line(tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    draft = Draft("acme", "Acme", "listing:\n  title: Acme\n", tile=None, into="/somewhere", step="pricing")
    store.save(draft)
    text = (store.folder / "acme.yaml").read_text()
    assert text.startswith("# tilewizard-draft: {")
    assert loads(text).listing.title == "Acme"
    again = store.load("acme")
    assert (again.title, again.text, again.into, again.step) == ("Acme", draft.text, "/somewhere", "pricing")


def test_drafts_are_listed_newest_first_and_a_foreign_file_does_no_harm(tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    store.folder.mkdir()
    (store.folder / "notes.yaml").write_text("just: mine\n")
    (store.folder / "broken.yaml").write_bytes(b"# tilewizard-draft: {\xff\x00\n")
    store.save(Draft("one", "One", "a: 1\n"))
    assert store.all()[0].title == "One"
    assert {draft.id for draft in store.all()} == {"one", "notes", "broken"}
    store.discard("one")
    store.discard("one")
    with pytest.raises(TilewizardError, match="can't be read"):
        store.load("one")


def test_recent_tiles_are_remembered_while_they_are_there(tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        store.remember(tmp_path / name, name.upper())
    store.remember(tmp_path / "a", "A")
    assert [each.title for each in store.recent()] == ["A", "B"]
    (tmp_path / "a").rmdir()
    assert [each.title for each in store.recent()] == ["B"]
    (store.folder / "recent.json").write_text("[{]")
    assert store.recent() == []


def test_a_state_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file is in the way")
    with pytest.raises(StateUnwritable, match="TILEWIZARD_STATE"):
        DraftStore(tmp_path).save(Draft("x", "X", ""))


def test_only_the_latest_of_many_values_is_written_soon() -> None:
    written: list[Draft] = []
    done = threading.Event()
    writer = DebouncedWriter(written.append, failed=lambda _: None, saved=done.set, delay=0.05)
    for number in range(50):
        writer.put(lambda number=number: Draft("d", str(number), ""))
    assert done.wait(2)
    assert [draft.title for draft in written] == ["49"]
    writer.put(lambda: Draft("d", "last", ""))
    writer.flush()
    assert written[-1].title == "last"


def test_a_failure_to_save_is_told_and_the_next_value_is_tried() -> None:
    told: list[str] = []

    def save(draft: Draft) -> None:
        raise StateUnwritable("no room")

    writer = DebouncedWriter(save, failed=lambda error: told.append(error.fault))
    writer.put(lambda: Draft("d", "1", ""))
    writer.flush()
    writer.put(lambda: Draft("d", "2", ""))
    writer.flush()
    assert told == ["no room", "no room"]


@pytest.mark.slow
def test_killed_at_two_hundred_random_moments_a_draft_is_whole(tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    store.save(Draft("d", "0", "n: 0\n" * 200))
    luck, seen = random.Random(3), set()
    for _ in range(200):
        said, say = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                number = 0
                while True:
                    number += 1
                    store.save(Draft("d", str(number), f"n: {number}\n" * 200))
                    os.write(say, b".")
            finally:
                os._exit(0)
        os.read(
            said, 1
        )  # However slow the machine is, it is at work; then by saves and by time the end comes anywhere.
        for _ in range(luck.randrange(12)):
            os.read(said, 1)
        time.sleep(luck.uniform(0, 0.005))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(said)
        os.close(say)
        draft = store.load("d")
        assert draft.text == f"n: {draft.title}\n" * 200
        seen.add(draft.title)
    assert len(seen) > 5
