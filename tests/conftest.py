"""What the tests share: where material is, and a state folder of their own."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Generator, Iterable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

os.environ["GIT_TEMPLATE_DIR"] = (
    ""  # The tests make hundreds of repositories: without a dozen samples of hooks in each.
)
os.environ["TILEWIZARD_LANG"] = "en"  # Whatever this machine speaks; and before anything makes words.

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings
from tilewizard.tile.tile import Tile, read

from . import rows, snapshots_account

settings.register_profile("any machine", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
"""No example is against the clock: on a busy machine one that takes milliseconds took more than hypothesis allows."""

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("TILEWIZARD_SHARED", ROOT.parent / "shared"))
CORPUS = Path(os.environ.get("TILEWIZARD_CORPUS", SHARED / "corpus"))
EXAMPLES = SHARED / "examples"
NUMBERS = count()


def corpus_tiles() -> list[Path]:
    """The published tiles, or none where the folder is absent."""
    return sorted(path for path in CORPUS.iterdir() if (path / "manifest.json").is_file()) if CORPUS.is_dir() else []


def quick_first(values: Iterable[Any], quick: int = 1, *, spread: bool = False) -> list[Any]:
    """For ``parametrize``: the first rows, and those after them as slow ones, which ``.ci/run`` runs as well.

    Args:
        values: the rows, the most telling ones first.
        quick: how many of them are quick.
        spread: whether a row is a tuple of several arguments.
    """
    return [
        pytest.param(*(row if spread else (row,)), marks=[] if number < quick else [pytest.mark.slow])
        for number, row in enumerate(values)
    ]


@cache
def published(path: Path) -> Tile:
    """A published tile, read once: a tile never changes, and what one test parsed of it the others have."""
    return read(path)


needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of published tiles is not beside the project")
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples are not beside the project")


def pytest_addoption(parser: pytest.Parser) -> None:
    """--row, for :mod:`tests.rows`."""
    parser.addoption(
        "--row", default="", metavar="WORDS", help="of rows in one test, try those whose names hold the words"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Note the words that the names of rows must hold, and the socket that the workers share."""
    from . import starting

    rows.wanted = config.getoption("--row")
    starting.shared = getattr(config, "workerinput", {}).get("template", "")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give each worker of pytest-xdist the socket of one process that forks commands for all of them."""
    from . import starting

    node.workerinput["template"] = starting.begun()


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """The account of unused snapshots is of the tests that ask for one; a worker of pytest-xdist gives none: nobody reads it.

    Until its tests are done a worker has its reporter: it is asked how to tell of a failed assertion.
    """
    done = yield
    snapshots_account.narrow(session.config)
    if hasattr(session.config, "workerinput"):
        session.config.pluginmanager.unregister(name="terminalreporter")
    return done


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A worker of pytest-xdist tells of a test once: not that it begins and ends, nor that it was set up and taken down as it should."""
    options = item.config.option
    if not hasattr(item.config, "workerinput") or options.verbose > 0 or options.durations is not None:
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking for circles in it, again and again, was a quarter of the time of the screens' tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(400_000, 4, 10)


def pytest_unconfigure() -> None:
    """The process ends: nobody needs to look through all that is left for circles once more."""
    gc.freeze()


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pytest's own, but for the number behind the name: it reads all folders that are there to find the next one."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    return tmp_path_factory.mktemp(f"{name}{next(NUMBERS)}", numbered=False)


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder that nobody else uses."""
    folder = tmp_path_factory.mktemp(f"state{next(NUMBERS)}", numbered=False)
    monkeypatch.setenv("TILEWIZARD_STATE", str(folder))
    return folder
