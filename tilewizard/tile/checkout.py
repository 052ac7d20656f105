"""The git checkout that a tile stands in: its target, its owners' file, its default branch."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tilewizard.language import _

from ..field.vocabulary import REPOSITORIES, Target
from ..quoting import visible
from .overrides import CONFIG, Overrides, overrides_in

if TYPE_CHECKING:
    import subprocess

_MANIFEST = "manifest.json"
_OF_ANOTHER = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"})
"""What git tells its hooks about the repository that they run in."""
_IDENTITY = re.compile(rb'"app_(?:uu)?id"\s{0,9}:\s{0,9}"([^"\\\n]{1,200})"')
_IDENTITY_HEAD = 8192
"""Bytes of a manifest that are looked through: every published one has its identity in the first five hundred."""


@dataclass(frozen=True)
class Checkout:
    """A git work tree. Nothing is read but what is asked for; git itself is asked only for history."""

    root: Path

    @cached_property
    def target(self) -> Target | None:
        """The repository that this is a checkout of, by its remotes' addresses or by its folder's name."""
        for name in (self._remotes, self.root.resolve().name):
            for target in REPOSITORIES:
                if target.value in name:
                    return target
        return None

    @cached_property
    def _remotes(self) -> str:
        config = self.root / ".git" / "config"
        try:
            lines = config.read_text("utf-8", "replace").splitlines() if config.is_file() else []
        except OSError:
            return ""
        return "\n".join(line for line in lines if line.strip().startswith("url"))

    @cached_property
    def codeowners(self) -> str | None:
        """The text of ``.github/CODEOWNERS``, or None when there is none."""
        return self.text(".github/CODEOWNERS")

    def text(self, path: str) -> str | None:
        """The text of a file relative to the checkout, or None when it can't be read; each is read once."""
        if path not in self._texts:
            place = self.root / path
            try:
                self._texts[path] = place.read_text("utf-8", "replace") if place.is_file() else None
            except OSError:
                self._texts[path] = None
        return self._texts[path]

    @cached_property
    def _texts(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def overrides(self) -> dict[str, Overrides]:
        """What ``.ddev/config.toml`` says of directories, by their names."""
        text = self.text(CONFIG)
        return overrides_in(text) if text is not None else {}

    @cached_property
    def identities(self) -> dict[str, tuple[str, ...]]:
        """The folders of the checkout by the ``app_uuid`` and by the ``app_id`` that their manifests begin with."""
        found: dict[str, list[str]] = {}
        try:
            with os.scandir(self.root) as entries:
                names = sorted(entry.name for entry in entries if _may_be_tile(entry))
        except OSError:
            return {}
        for name in names:
            path = self.root / name / _MANIFEST
            if path.is_symlink():
                continue
            try:
                with path.open("rb") as stream:
                    head = stream.read(_IDENTITY_HEAD)
            except OSError:
                continue
            for match in _IDENTITY.finditer(head):
                found.setdefault(match.group(1).decode("utf-8", "replace"), []).append(name)
        return {value: tuple(folders) for value, folders in found.items()}

    @cached_property
    def default_branch(self) -> str | None:
        """A ref of the default branch: the remote's head, else main or master; None without history."""
        head, *names = (
            "refs/remotes/origin/HEAD",
            "refs/remotes/origin/main",
            "refs/remotes/origin/master",
            "refs/heads/main",
            "refs/heads/master",
        )
        listed = self.git("for-each-ref", "--format=%(refname) %(symref)", head, *names) or ""
        known = {name: of for name, _, of in (line.partition(" ") for line in listed.splitlines())}
        return known.get(head) or next((name for name in names if name in known), None)

    @cached_property
    def _published(self) -> dict[str, str]:
        """The manifests of the checkout's directories on the default branch: git is asked once for all of them."""
        try:
            with os.scandir(self.root) as entries:
                names = sorted(f"{entry.name}/{_MANIFEST}" for entry in entries if _may_be_tile(entry))
        except OSError:
            return {}
        return self._on_default_branch(names)

    def published(self, path: str) -> str | None:
        """The text of a file (relative to the checkout) on the default branch, or None when it is not there."""
        if path.count("/") == 1 and path.endswith(f"/{_MANIFEST}"):
            return self._published.get(path)
        return self._on_default_branch([path]).get(path)

    @cached_property
    def branched_off(self) -> str | None:
        """The commit of the default branch that what is checked out began at; the branch itself where they share none."""
        branch = self.default_branch
        return ((self.git("merge-base", branch, "HEAD") or "").strip() or branch) if branch else None

    def published_below(self, folder: str) -> dict[str, str]:
        """The texts of all files below a folder (relative to the checkout) where what is checked out left the default branch.

        What others changed there since is no change of this branch. By their paths below the folder.
        """
        commit = self.branched_off
        names = self.git("ls-tree", "-r", "-z", "--name-only", commit, "--", f"{folder}/") if commit else None
        found = self._texts_of(commit, [name for name in (names or "").split("\0") if name])
        return {path.removeprefix(f"{folder}/"): text for path, text in found.items()}

    def _on_default_branch(self, paths: list[str]) -> dict[str, str]:
        return self._texts_of(self.default_branch if paths else None, paths)

    def _texts_of(self, commit: str | None, paths: list[str]) -> dict[str, str]:
        asked = [path for path in paths if "\n" not in path]
        lines = "".join(f"{commit}:{path}\n" for path in asked).encode("utf-8", "surrogateescape")
        answer = self._run(["cat-file", "--batch"], lines) if commit and asked else None
        found: dict[str, str] = {}
        for path in asked if answer else ():
            head, __, rest = (answer or b"").partition(b"\n")
            words = head.split(b" ")
            if len(words) == 3 and words[1] == b"blob" and words[2].isdigit():
                size = int(words[2])
                found[path] = rest[:size].decode("utf-8", "surrogateescape")
                answer = rest[size + 1 :]
            else:
                answer = rest
        return found

    def git(self, *words: str) -> str | None:
        """What a git command prints, or None when it fails or there is no git. Hooks and prompts are off."""
        answer = self._run(list(words))
        return None if answer is None else answer.decode("utf-8", "surrogateescape")

    def _has_history(self) -> bool:
        """Whether git, which looks upwards, may find a repository: where there is none, it isn't started."""
        here = self.root.resolve()
        return any(os.path.lexists(place / ".git") for place in (here, *here.parents))

    def why_not(self, *words: str) -> str:
        """Why a git command fails, as git says it in one line; empty when it doesn't."""
        done = self._done(list(words))
        if done is None:
            return _("there is no git, or it does not answer")
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() if done.returncode else []
        said = visible(lines[0]).removeprefix("fatal: ") if lines else ""
        return said or (_("git exits {returncode}", returncode=done.returncode) if done.returncode else "")

    def _run(self, words: list[str], told: bytes = b"") -> bytes | None:
        done = self._done(words, told) if self._has_history() else None
        return done.stdout if done is not None and done.returncode == 0 else None

    def _done(self, words: list[str], told: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
        import subprocess

        # In a hook of another repository git would speak of that one.
        kept = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER}
        environment = {**kept, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        # A checkout is input like any other: none of the programs that its configuration names is run.
        safe = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external="]
        try:
            return subprocess.run(
                ["git", *safe, *words],
                cwd=self.root,
                input=told,
                capture_output=True,
                timeout=20,
                env=environment,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None


def _may_be_tile(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) and os.path.isfile(os.path.join(entry.path, _MANIFEST))  # noqa: PTH113, PTH118


def find_checkout(path: Path, known: dict[Path, Checkout] | None = None) -> Checkout | None:
    """The checkout that ``path`` lies in, or None; a folder named like one of the repositories counts as one.

    Args:
        path: a directory.
        known: checkouts by their roots: one that is there is taken, with what it found out; a new one is added.
    """
    resolved = path.resolve()
    root = next((folder for folder in (resolved, *resolved.parents) if (folder / ".git").exists()), None)
    if root is None and resolved.parent.name in {target.value for target in REPOSITORIES}:
        root = resolved.parent
    if root is None:
        return None
    return Checkout(root) if known is None else known.setdefault(root, Checkout(root))
