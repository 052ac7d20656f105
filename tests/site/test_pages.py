"""The pages of the site that are made: nothing that there is to tell is left out, and nothing is fetched."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tilewizard.answers.questions import questions
from tilewizard.answers.steps import STEPS_ASKED
from tilewizard.cli import cli
from tilewizard.field.vocabulary import TileType

from tests.conftest import ROOT
from tests.core.test_rooms import LOOSE, ORDER

SITE = runpy.run_path(str(ROOT / "tools" / "site.py"))
MADE: dict[str, Callable[[], str]] = SITE["PAGES"]


def test_every_step_and_question_has_its_place() -> None:
    page = MADE["steps.md"]()
    assert list(re.findall(r"^## \d+\. (.*)", page, re.M)) == [step.title for step in STEPS_ASKED]
    assert all(f"`{question.name}`" in page for question in questions())
    assert all(f"`{question.name}`" in MADE["answers.md"]() for question in questions())


def test_every_command_has_its_help() -> None:
    page = MADE["commands.md"]()
    for name in cli.commands if cli.commands else cli.list_commands(None):  # type: ignore[arg-type]
        assert f"\n## tilewizard {name}\n" in page


def test_every_type_has_a_page_and_is_proposed() -> None:
    page = MADE["types/index.md"]()
    for kind in TileType:
        assert f"]({kind.value}.md)" in page and (ROOT / "docs" / "types" / f"{kind.value}.md").is_file()


@pytest.mark.slow
def test_every_room_is_drawn() -> None:
    page = MADE["architecture.md"]()
    for room in set(ORDER) - LOOSE - {"tilewizard"}:
        assert f">{room}</text>" in page
    assert "<title>commands imports checking</title>" in page


@pytest.mark.parametrize("made", sorted(MADE))
def test_a_page_that_is_made_has_one_title_and_links_as_the_site_does(made: str) -> None:
    page = SITE["linked"](MADE[made]())
    plain = re.sub(r"^(`{3,}).*?^\1", "", page, flags=re.M | re.S)
    assert page.startswith("# ") and len(re.findall(r"^# ", plain, re.M)) == 1
    assert "](docs/" not in plain


def test_what_speaks_of_markup_is_shown_as_it_is() -> None:
    shown = SITE["literal"]("see [a][1] and <b>, not `[a][1]` or\n\n```\n<b>[a][1]\n```\n[rule](#rule) [t](address)")
    assert shown == (
        "see \\[a\\][1] and &lt;b>, not `[a][1]` or\n\n```\n<b>[a][1]\n```\n[rule](#rule) \\[t\\](address)"
    )


def test_pictures_of_the_tour_are_shown_in_the_theme_of_the_page_and_ask_for_no_font() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").glob("tour-*.svg"))
    dark = [each for each in pictures if not each.stem.endswith("-light")]
    assert len(dark) > 10 and len(pictures) == 2 * len(dark), "a picture in each theme: run `make docs`"
    assert not [
        each.name for each in pictures if re.search(r"@font-face|url\([\"']?http|<image", each.read_text("utf-8"))
    ]
    shown = SITE["in_both_themes"]("![Home](pictures/tour-home.svg) ![x](pictures/other.svg)")
    assert shown == (
        "![Home](pictures/tour-home.svg#only-dark)![Home](pictures/tour-home-light.svg#only-light) ![x](pictures/other.svg)"
    )


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("mkdocs", path=str(Path(sys.executable).parent)) is None, reason="the extra docs is not installed"
)
def test_the_site_is_built_strictly_and_fetches_nothing(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 25
    for page in pages:
        text = page.read_text("utf-8")
        assert not re.findall(r"<(?:script|img|iframe|source)[^>]* src=\"?(?:https?:)?//[^>]*>", text), page
        assert not re.findall(
            r"<link[^>]* rel=\"?(?:stylesheet|preconnect|icon|preload)[^>]* href=\"?https?:[^>]*>", text
        ), page
        assert "<!-- not run" not in text and "<!-- each alone" not in text
