"""What a page shows to be typed: its blocks of shell, the files beside them, and what is said of a block for the tests.

Above a block a comment says how it is run; a reader doesn't see it:

- ``<!-- not run: network -->``: it needs what a test has not, one of :data:`NEEDS`;
- ``<!-- each alone -->``: its lines are examples that don't follow on each other, each is run in a folder of its own;
- ``<!-- exit 1: ready, pack -->``: lines with one of these words may end with 1: there is something to tell.

A block of another language with ``title="NAME"`` is a file, which lies in the folder from there on. Of the workflows of pull requests
the lines that call tilewizard are commands too, each alone in a checkout; a block of Python is a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

NEEDS = frozenset({"network", "terminal", "editor", "installs", "the tests themselves"})
"""What keeps a block from being run."""
PAGES = tuple(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    if path.name not in ("rules.md", "voices.md")  # What they show are files of tiles.
)
_FENCE = re.compile(
    r"^(?P<said>(?:<!--[^\n]*-->\n+)*)(?P<fence>```+)(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$", re.M | re.S
)
_STEP = re.compile(r"^ *- (?:run: )?(tilewizard .*)$", re.M)
_SHELLS = ("sh", "shell", "bash", "console")


@dataclass(frozen=True)
class Block:
    """One block.

    Attributes:
        page: the page's path.
        line: where it stands, from 1.
        text: what it holds.
        file: the name of the file that it is; empty for shell.
        needs: why it is not run; empty: it is.
        alone: whether each line is run alone.
        failing: words of lines that may end with 1.
        script: whether it is Python.
        inside: the folder in which it is run.
    """

    page: str
    line: int
    text: str
    file: str = ""
    needs: str = ""
    alone: bool = False
    failing: tuple[str, ...] = ()
    script: bool = False
    inside: str = ""

    @property
    def commands(self) -> list[str]:
        """Its lines, those that go on on the next put together, comments left out."""
        if self.script:
            return [f"python - <<'SCRIPT'\n{self.text}SCRIPT"]
        lines = re.sub(r"\\\n\s*", "", self.text).splitlines()
        return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page that are typed or are files, in their order."""
    text = (ROOT / page).read_text("utf-8")
    for match in _FENCE.finditer(text):
        info = match["info"].strip()
        title = re.search(r'title="([^"]+)"', info)
        line = text.count("\n", 0, match.start("fence")) + 1
        if info == "yaml" and _STEP.search(match["text"]):
            steps = "\n".join(_STEP.findall(match["text"])).replace("${{ github.base_ref }}", "main")
            yield Block(page, line, steps, alone=True, failing=("check",), inside="marketplace")
        elif info == "python":
            yield Block(page, line, match["text"], script=True)
        elif title:
            yield Block(page, line, match["text"], file=title[1])
        elif info.split(" ")[0] in _SHELLS:
            said = dict(re.findall(r"<!-- (not run|each alone|exit 1)(?:: ([^>]*?))? -->", match["said"]))
            failing = tuple(word.strip() for word in said.get("exit 1", "").split(",") if word.strip())
            needs = said.get("not run", "")
            yield Block(page, line, match["text"], "", needs, "each alone" in said, failing)


def made_pages() -> list[Path]:
    """The files that pages of the site are made from."""
    return [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
