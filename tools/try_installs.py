"""Installs tilewizard in every way that its documentation names, each in a clean environment, and tries what was installed.

    python -m tools.try_installs            on the Python that runs it
    python -m tools.try_installs --all      on each of 3.11, 3.12 and 3.13; one that doesn't run here is told and passed over

Before that the archives are built twice, from two copies of the files that differ in place, times and modes, and have to be
the same; and the source archive has to hold whatever is in the repository. With --all the quick tests of the core are run out
of it. pipx, shiv and uv live in an environment of their own, in the user's cache.
"""

from __future__ import annotations

import hashlib
import os
import pty
import select
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.environments import Environment, cached, candidates, runs

HERE = Path(__file__).resolve().parent.parent
PYTHONS = ((3, 11), (3, 12), (3, 13))
INSTALLERS = ("pipx==1.18.4", "shiv==1.0.8", "uv==0.13.9")
EPOCH = "1700000000"
BASE: str = getattr(sys, "_base_executable", sys.executable)
"""The Python that this environment was made by: a zipapp sees whatever is installed beside the one that runs it."""
QUICK = ("tests/core", "tests/commands", "tests/surroundings", "tests/rules/test_rules_page.py")
"""The tests that are run out of the source archive."""
_LEAVE_SECONDS = 60
_PATIENCE_SECONDS = 900
INSIDE = """
import tilewizard.screens.app, tilewizard.screens.wizard, tilewizard.screens.preview, tilewizard.templates
from importlib.resources import files
assert files("tilewizard.screens").joinpath("tilewizard.tcss").is_file()
assert files("tilewizard.templates").joinpath("web", "app_index.html").is_file()
from tilewizard.inspection.drawn_svg import can_draw_svg, drawn_svg
assert not can_draw_svg() and drawn_svg(b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>") is None
from tilewizard.answers.model import Answers
from tilewizard.readme.starters import starter
assert "\u00ab" in starter(Answers(), "Overview")
"""
"""What holds of the installed packages, without the extra that draws SVG too."""

Command = list[str]
"""What is typed in place of ``tilewizard``."""


class Failed(Exception):
    """What went wrong, with what was printed."""


def answer(*words: object, cwd: Path, patience: int = _PATIENCE_SECONDS, **environment: str) -> tuple[int, str]:
    """A command's exit code and what it prints.

    Raises:
        Failed: it doesn't end.
    """
    try:
        done = subprocess.run(
            [*map(str, words)], cwd=cwd, env={**os.environ, **environment}, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=patience,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Failed(str(error)) from error
    return done.returncode, done.stdout


def ran(*words: object, cwd: Path, **environment: str) -> str:
    """What a command prints.

    Raises:
        Failed: it exits with another code than 0, or doesn't end.
    """
    code, told = answer(*words, cwd=cwd, patience=_PATIENCE_SECONDS, **environment)
    if code:
        raise Failed(f"{' '.join(map(str, words))}: exit {code}\n{told[-3000:]}")
    return told


# -- the archives


def repository_files() -> list[str]:
    """The files of the repository; of an unpacked source archive those that it lists."""
    if (HERE / ".git").exists():
        return [name for name in ran("git", "ls-files", "-z", cwd=HERE).split("\0") if name and (HERE / name).is_file()]
    listed = (HERE / "tilewizard.egg-info" / "SOURCES.txt").read_text("utf-8").splitlines()
    return [name for name in listed if not name.startswith("tilewizard.egg-info/")]


def copied(files: list[str], into: Path, *, mode: int, age: int) -> Path:
    """A copy of some files of the repository, all of one age in seconds."""
    for name in files:
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / name, place)
        place.chmod(mode | (0o100 if os.access(HERE / name, os.X_OK) else 0))
        os.utime(place, (time.time() - age,) * 2)
    return into


def built(source: Path, into: Path, umask: int) -> dict[str, Path]:
    """The source archive and, made of it, the wheel, by ``sdist`` and ``wheel``."""
    before = os.umask(umask)
    try:
        ran(sys.executable, "-m", "build", "--outdir", into, source, cwd=source, SOURCE_DATE_EPOCH=EPOCH)
    finally:
        os.umask(before)
    return {"sdist": next(into.glob("*.tar.gz")), "wheel": next(into.glob("*.whl"))}


def archives(work: Path) -> dict[str, Path]:
    """Both archives, once they were seen to be complete and the same from two copies.

    Raises:
        Failed: they are not.
    """
    files = repository_files()
    first = built(copied(files, work / "one", mode=0o644, age=0), work / "dist", 0o022)
    second = built(copied(files, work / "another" / "place", mode=0o600, age=86400), work / "again", 0o077)
    for kind, place in first.items():
        prints = [hashlib.sha256(each.read_bytes()).hexdigest() for each in (place, second[kind])]
        if prints[0] != prints[1]:
            raise Failed(f"{place.name} is not the same twice: {prints[0]} and {prints[1]}")
        print(f"{place.name}: twice the same, {place.stat().st_size:,} bytes, sha256 {prints[0]}")
    with tarfile.open(first["sdist"]) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    missing = sorted(set(files) - held)
    if missing:
        raise Failed(f"the source archive lacks {len(missing)} files: {', '.join(missing[:10])}")
    print(f"{first['sdist'].name}: all {len(files)} files of the repository")
    return first


def tested(sdist: Path, python: str, work: Path) -> None:
    """Run the quick tests of the core out of the source archive, in an environment of its own."""
    with tarfile.open(sdist) as archive:
        archive.extractall(work, filter="data")
    root = next(work.glob("tilewizard-*"))
    ran(python, "-m", "venv", work / "venv", cwd=work)
    own = work / "venv" / "bin" / "python"
    ran(own, "-m", "pip", "install", "--quiet", "--constraint", "constraints.txt", "--editable", ".[dev]", cwd=root)
    told = ran(own, "-m", "pytest", "-n", "2", "-m", "not slow", *QUICK, cwd=root, TILEWIZARD_STATE=str(work / "state"))
    print(f"out of the source archive: {told.strip().splitlines()[-1].strip()}")


# -- the ways


def with_pip(wheel: Path, python: str, work: Path, _: Path) -> Command:
    """``pip install`` in a virtual environment."""
    ran(python, "-m", "venv", work / "venv", cwd=work)
    ran(work / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet", wheel, cwd=work)
    if not (work / "venv" / "share" / "man" / "man1" / "tilewizard.1").is_file():
        raise Failed("the man page was not installed")
    ran(work / "venv" / "bin" / "python", "-c", INSIDE, cwd=work)
    return [str(work / "venv" / "bin" / "tilewizard")]


def with_pipx(wheel: Path, python: str, work: Path, installers: Path) -> Command:
    """``pipx install``, into folders of its own."""
    places = {f"PIPX_{name}": str(work / name.lower()) for name in ("HOME", "BIN_DIR", "MAN_DIR")}
    ran(installers / "pipx", "install", "--quiet", "--python", python, wheel, cwd=work, **places)
    if not (work / "man_dir" / "man1" / "tilewizard.1").exists():
        raise Failed("pipx shows no man page")
    return [str(work / "bin_dir" / "tilewizard")]


def with_uvx(_: Path, python: str, work: Path, installers: Path) -> Command:
    """``uvx --from .``, from a copy of the repository."""
    source = copied(repository_files(), work / "source", mode=0o644, age=0)
    return [str(installers / "uvx"), "--quiet", "--python", python, "--from", str(source), "tilewizard"]


def with_shiv(wheel: Path, python: str, work: Path, _: Path) -> Command:
    """A zipapp, by shiv: made and run by the same Python, since some packages are compiled for it."""
    ran(python, "-m", "venv", work / "maker", cwd=work)
    ran(work / "maker" / "bin" / "python", "-m", "pip", "install", "--quiet", next(_pinned("shiv")), cwd=work)
    target = work / "tilewizard.pyz"
    ran(
        work / "maker" / "bin" / "shiv",
        "--quiet",
        "--console-script",
        "tilewizard",
        "--output-file",
        target,
        wheel,
        cwd=work,
    )
    return [python, str(target)]


def with_action(_: Path, python: str, work: Path, __: Path) -> Command:
    """The step of the GitHub Action that installs."""
    from ruamel.yaml import YAML

    source = copied(repository_files(), work / "source", mode=0o644, age=0)
    steps = YAML(typ="safe").load((source / "action.yml").read_text("utf-8"))["runs"]["steps"]
    script = next(step["run"] for step in steps if step.get("id") == "install")
    (work / "bin").mkdir()
    (work / "bin" / "python").symlink_to(python)
    path = os.pathsep.join((str(work / "bin"), os.environ["PATH"]))
    ran("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, cwd=work, PATH=path, SOURCE=str(source),
        RUNNER_TEMP=str(work))  # fmt: skip
    return [str(work / "tilewizard" / "bin" / "tilewizard")]


def _pinned(name: str) -> Iterator[str]:
    return (each for each in INSTALLERS if each.startswith(f"{name}=="))


WAYS: dict[str, Callable[[Path, str, Path, Path], Command]] = {
    "pip install": with_pip,
    "pipx install": with_pipx,
    "uvx --from .": with_uvx,
    "zipapp (shiv)": with_shiv,
    "the GitHub Action": with_action,
}


# -- what is tried


def tried(command: Command, work: Path) -> None:
    """A tile is written and checked, the shell gets what it asks for, the wizard opens and is left.

    Raises:
        Failed: something of it went otherwise.
    """
    for each in (HERE / "tests" / "material").iterdir():
        shutil.copy(each, work)
    version = ran(*command, "--version", "--verbose", cwd=work)
    if "missing" in version:
        raise Failed(version)
    written = ran(*command, "new", "--answers", "answers.yaml", "--into", "marketplace", "--yes", cwd=work)
    if written.count("\n") < 5:
        raise Failed(f"a tile of few files:\n{written}")
    ran(*command, "check", "--severity", "warning", "marketplace/acme_corp_acme_widget", cwd=work)
    with (work / "marketplace" / "acme_corp_acme_widget" / "assets" / "eula.pdf").open("ab") as agreement:
        agreement.write(b"\n% Filter\n")  # As of nearly every PDF: it is read by a process of its own.
    said = ran(*command, "check", "--severity", "warning", "marketplace/acme_corp_acme_widget", cwd=work)
    if "eula.pdf" in said:
        raise Failed(f"the EULA can't be read:\n{said}")
    ran(*command, "doctor", "marketplace", cwd=work)
    for word in ("serve", "lsp"):  # Without their extras they say what they want.
        code, told = answer(*command, word, cwd=work, patience=_LEAVE_SECONDS)
        if code != 2 or "pip install 'tilewizard[" not in told:
            raise Failed(f"{word} without its extra: exit {code}\n{told}")
    for words, sign in ((("man",), ".TH TILEWIZARD"), (("completion", "bash"), "_TILEWIZARD_COMPLETE=bash_complete")):
        if sign not in ran(*command, *words, cwd=work):
            raise Failed(f"{' '.join(words)} prints no {sign}")
    opened(command, work)


def opened(command: Command, work: Path) -> None:
    """Open the wizard in a terminal of its own, and leave it by Ctrl+Q once it shows something.

    Raises:
        Failed: it showed nothing, didn't end, or ended with another code than 0.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(work)
        os.environ |= {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        os.execvp(command[0], [*command, "new"])
    shown, end = b"", time.monotonic() + _LEAVE_SECONDS
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:  # It has gone.
                break
        elif b"Integration type" in shown:
            os.write(terminal, b"\x11")
    else:
        os.kill(child, 9)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    if b"Integration type" not in shown or status:
        raise Failed(f"the wizard showed {len(shown)} bytes and ended with {status}:\n{shown[-2000:]!r}")


def pythons(every: bool) -> Iterator[tuple[str, str | None]]:
    """The versions of Python that are to be tried, each with one that runs, or None."""
    if not every:
        yield ".".join(map(str, sys.version_info[:2])), BASE
        return
    for version in PYTHONS:
        found = (BASE if each == sys.executable else each for each in candidates(version))
        later = (version[0], version[1] + 1)
        exact = (each for each in found if runs(each, version) and not runs(each, later))
        yield ".".join(map(str, version)), next(exact, None)


def main() -> int:
    """Try everything; the exit code is 1 when something failed."""
    every = "--all" in sys.argv[1:]
    installers = Environment(cached("TILEWIZARD_INSTALLERS", "tilewizard-installers"), INSTALLERS)
    why = installers.made(sys.executable)
    if why:
        print(f"pipx, shiv and uv can't be had: {why}")
        return 1
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        # Whatever installs takes the versions that are pinned.
        os.environ |= {"PIP_CONSTRAINT": str(HERE / "constraints.txt"), "UV_CONSTRAINT": str(HERE / "constraints.txt")}
        os.environ |= {"TILEWIZARD_STATE": str(root / "state"), "SHIV_ROOT": str(root / "shiv")}
        try:
            found = archives(root)
            if every:
                tested(found["sdist"], sys.executable, _made(root / "tests"))
        except Failed as error:
            print(f"FAILED: {error}")
            return 1
        for version, python in pythons(every):
            if python is None:
                print(f"Python {version}: none runs here; passed over")
                continue
            for name, way in WAYS.items():
                failed += not _attempt(f"Python {version}, {name}", way, found["wheel"], python,
                                       _made(root / version / way.__name__), installers.folder / "bin")  # fmt: skip
    return int(failed > 0)


def _attempt(
    name: str, way: Callable[[Path, str, Path, Path], Command], wheel: Path, python: str, work: Path, installers: Path
) -> bool:
    began = time.monotonic()
    try:
        tried(way(wheel, python, work, installers), work)
    except Failed as error:
        print(f"{name}: FAILED: {error}", flush=True)
        return False
    print(f"{name}: works, {time.monotonic() - began:.0f} s", flush=True)
    return True


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())
