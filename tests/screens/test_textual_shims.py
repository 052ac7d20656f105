"""What Textual keeps to itself is touched in ``screens/shims`` alone, and is still there as it was read.

When a test of this module fails after an update of Textual, read the module of the folder that it names against the new
version: take it away where there is a public way now, else mend it and put the new version into its docstring.
"""

from __future__ import annotations

import ast
import asyncio
import importlib
import inspect
import re
from collections.abc import Iterator
from contextvars import copy_context
from functools import cache
from importlib.metadata import version
from pathlib import Path
from textwrap import dedent

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widgets import Footer, Input, Markdown, Static, TextArea
from textual.widgets.markdown import MarkdownBlock
from textual.widgets.text_area import TextAreaTheme
from tilewizard.screens.shims.fatal_error import ToldApp
from tilewizard.screens.shims.footer_keys import FooterKey
from tilewizard.screens.shims.line_highlights import HighlightedArea
from tilewizard.screens.shims.markdown_blocks import (
    MarkdownBulletList,
    MarkdownListItem,
    MarkdownParagraph,
    MarkdownTable,
    blocks_in,
    cells_of,
    words_of,
)
from tilewizard.screens.shims.message_hook import watch_messages

from tests.conftest import ROOT
from tests.rows import rows

SCREENS = ROOT / "screens"
SHIMS = sorted(path for path in (SCREENS / "shims").glob("*.py") if path.stem != "__init__")


# -- no other module touches a private name


def is_private(name: str) -> bool:
    """Whether a name is private: one underscore in front."""
    return name.startswith("_") and name.strip("_") != "" and not name.endswith("__")


def stored(tree: ast.AST) -> set[str]:
    """Names that a source gives to functions, classes, attributes of its own, and whatever else it assigns to."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
                found.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


@cache
def ours() -> frozenset[str]:
    """The names of the screens."""
    return frozenset().union(
        *(stored(ast.parse(path.read_text())) for path in SCREENS.rglob("*.py") if path not in SHIMS)
    )


@cache
def private_in(kind: type) -> frozenset[str]:
    """The private names of one of Textual's classes itself, its instances' attributes among them."""
    return frozenset(filter(is_private, stored(ast.parse(dedent(inspect.getsource(kind))))))


def bases_of(kind: type) -> list[type]:
    """The classes of Textual that a class inherits from."""
    return [base for base in kind.__mro__ if base.__module__.partition(".")[0].startswith("textual")]


def touched(path: Path) -> Iterator[str]:
    """Private names of Textual that a module imports, overrides, calls, or makes an attribute of its own by chance."""
    tree = ast.parse(path.read_text())
    module = importlib.import_module(
        "tilewizard.screens." + ".".join(path.relative_to(SCREENS).with_suffix("").parts).removesuffix(".__init__")
    )
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from (f"{node.lineno}: imports {name}" for name in names if is_private(name))
        elif isinstance(node, ast.Import):
            names = [part for alias in node.names if alias.name.startswith("textual") for part in alias.name.split(".")]
            yield from (f"{node.lineno}: imports {name}" for name in names if is_private(name))
        elif isinstance(node, ast.ClassDef):
            kind = vars(module).get(node.name)
            theirs = frozenset().union(*(private_in(base) for base in bases_of(kind))) if kind else frozenset()
            yield from (f"{node.lineno}: {node.name} overrides {name}" for name in sorted(stored(node) & theirs))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in ours():
            yield f"{node.lineno}: touches {ast.unparse(node)}"


@pytest.mark.slow
@rows("path", sorted(path for path in SCREENS.rglob("*.py") if path not in SHIMS), lambda path: path.stem)
def test_no_other_module_touches_a_private_name_of_textual(path: Path) -> None:
    assert list(touched(path)) == []


@pytest.mark.parametrize("path", SHIMS, ids=lambda path: path.stem)
def test_what_a_shim_does_would_be_found_elsewhere(path: Path) -> None:
    assert list(touched(path)) != []


@pytest.mark.parametrize("path", SHIMS, ids=lambda path: path.stem)
def test_a_shim_was_read_in_the_version_that_is_installed(path: Path) -> None:
    said = re.search(r"Textual (\d+\.\d+)", ast.get_docstring(ast.parse(path.read_text())) or "")
    assert said is not None, "the docstring names the version of Textual"
    assert version("textual").startswith(f"{said[1]}.")


# -- what each does


async def test_a_fault_ends_an_app_in_words_and_with_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    class Failing(ToldApp[None]):
        def words_for(self, error: Exception | None) -> str:
            return f"a fault [b]of our own[/b]: {error}"

        def on_mount(self) -> None:
            raise KeyError("secret")

    app = Failing()
    await app.run_async(headless=True)
    assert app.return_code == 70
    said = capsys.readouterr().err
    assert "a fault [b]of our own[/b]: 'secret'" in said
    assert "Traceback" not in said


async def test_without_words_a_fault_is_told_as_textual_does(capsys: pytest.CaptureFixture[str]) -> None:
    class Failing(ToldApp[None]):
        def words_for(self, error: Exception | None) -> None:
            return None

        def on_mount(self) -> None:
            raise KeyError("told")

    app = Failing()
    await app.run_async(headless=True)
    assert app.return_code == 1
    assert "Traceback" in capsys.readouterr().err


async def test_cursors_made_later_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    from tilewizard.screens.shims import blinking

    for kind in (Input, TextArea):
        monkeypatch.setattr(kind.cursor_blink, "_default", True)

    class Two(App[None]):
        def compose(self) -> ComposeResult:
            yield Input()
            yield TextArea()

    async with Two().run_test() as pilot:
        assert pilot.app.query_one(Input).cursor_blink
        assert pilot.app.query_one(TextArea).cursor_blink
    blinking.stop_blinking()
    async with Two().run_test() as pilot:
        assert not pilot.app.query_one(Input).cursor_blink
        assert not pilot.app.query_one(TextArea).cursor_blink


async def test_highlights_of_our_own_lie_above_those_of_the_grammar() -> None:
    from rich.style import Style

    class Area(HighlightedArea):
        def highlights_in(self, line: str) -> list[tuple[int, int, str]]:
            return [(2, 5, "mine")] if line.startswith("# ") else []

    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield Area("# one two\nplain", language="markdown")

    async with One().run_test(size=(40, 6)) as pilot:
        area = pilot.app.query_one(Area)
        styles = {"heading": Style(color="#00ff00"), "mine": Style(color="#ff0000")}
        area.register_theme(TextAreaTheme("ours", syntax_styles=styles))
        area.theme = "ours"
        await pilot.pause()
        colours = {
            segment.text.strip(): segment.style.color.name
            for segment in area.render_line(0)
            if segment.style and segment.style.color and segment.text.strip()
        }
        assert colours["one"] == "#ff0000"
        assert colours["two"] == "#00ff00"


async def test_blocks_give_what_is_in_them() -> None:
    seen: dict[str, object] = {}

    class Table(MarkdownTable):
        def compose(self) -> ComposeResult:
            headers, rows = cells_of(self)
            seen["cells"] = [[each.plain for each in row] for row in (headers, *rows)]
            yield from super().compose()

    class Bullets(MarkdownBulletList):
        def compose(self) -> ComposeResult:
            items = blocks_in(self)
            assert all(isinstance(each, MarkdownListItem) for each in items)
            inner = [part for item in items for part in blocks_in(item)]
            assert all(type(each) is MarkdownParagraph for each in inner)
            seen["items"] = [words_of(each) for each in inner]
            yield from super().compose()

    class Page(Markdown):
        BLOCKS: dict[str, type[MarkdownBlock]] = {**Markdown.BLOCKS, "table_open": Table, "bullet_list_open": Bullets}

    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield Page("| a | b |\n|---|---|\n| 1 | **2** |\n\n- one\n- *two*\n")

    async with One().run_test():
        pass
    assert seen["cells"] == [["a", "b"], ["1", "2"]]
    items = seen["items"]
    assert isinstance(items, list) and all(isinstance(each, Content) for each in items)
    assert [each.plain for each in items] == ["one", "two"]


async def test_a_footer_is_made_of_keys_that_name_their_actions() -> None:
    class One(App[None]):
        BINDINGS = [("f1", "ours", "Ours")]

        def compose(self) -> ComposeResult:
            yield Footer()

        def action_ours(self) -> None:
            """Nothing."""

    async with One().run_test() as pilot:
        await pilot.pause()
        assert "ours" in {key.action for key in pilot.app.query(FooterKey)}


async def test_every_message_is_seen_with_who_handles_it() -> None:
    seen: list[tuple[MessagePump, Message]] = []

    class Note(Message):
        pass

    class Teller(Static):
        def on_mount(self) -> None:
            self.post_message(Note())

    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield Teller()

        def on_note(self) -> None:
            self.exit()

    async def drive() -> None:
        watch_messages(lambda pump, message: seen.append((pump, message)))
        await One().run_async(headless=True)  # Not run_test, which sets a hook of its own.

    await asyncio.create_task(drive(), context=copy_context())
    assert {type(pump) for pump, message in seen if isinstance(message, Note)} >= {Teller, One}


def test_the_pages_that_are_served_are_those_of_textual_serve() -> None:
    """Its own way of making them is private: ours names the same pages, and puts a guard before them."""
    pytest.importorskip("textual_serve")
    from tilewizard.screens.serving import LoopbackServer

    server = LoopbackServer(["true"], 8000)

    async def theirs() -> set[str]:
        app = await server._make_app()
        return {resource.canonical for resource in app.router.resources()}

    app = server.application()
    assert {resource.canonical for resource in app.router.resources()} == asyncio.run(theirs()) | {"/page"}
    assert len(app.middlewares) == 1
