"""The git checkout that a tile stands in: its target, its owners' file, its default branch."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .vocabulary import Target


@dataclass(frozen=True)
class Checkout:
    """A git work tree. Nothing is read but what is asked for; git itself is asked only for history."""

    root: Path

    @cached_property
    def target(self) -> Target | None:
        """The repository that this is a checkout of, by its remotes' addresses or by its folder's name."""
        for name in (self._remotes, self.root.resolve().name):
            for target in Target:
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
        try:
            return (self.root / ".github" / "CODEOWNERS").read_text("utf-8", "replace")
        except OSError:
            return None

    @cached_property
    def default_branch(self) -> str | None:
        """A ref of the default branch: the remote's head, else main or master; None without history."""
        head = self.git("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        if head:
            return head.strip()
        names = (
            "refs/remotes/origin/main",
            "refs/remotes/origin/master",
            "refs/heads/main",
            "refs/heads/master",
        )
        return next((name for name in names if self.git("rev-parse", "--verify", "--quiet", name)), None)

    def published(self, path: str) -> str | None:
        """The text of a file (relative to the checkout) on the default branch, or None when it is not there."""
        branch = self.default_branch
        return self.git("show", f"{branch}:{path}") if branch else None

    def git(self, *words: str) -> str | None:
        """What a git command prints, or None when it fails or there is no git. Hooks and prompts are off."""
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        # A checkout is input like any other: none of the programs that its configuration names is run.
        safe = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external="]
        try:
            done = subprocess.run(
                ["git", *safe, *words],
                cwd=self.root,
                capture_output=True,
                timeout=20,
                env=environment,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None


def find_checkout(path: Path) -> Checkout | None:
    """The checkout that ``path`` lies in, or None; a folder named like one of the repositories counts as one."""
    resolved = path.resolve()
    for folder in (resolved, *resolved.parents):
        if (folder / ".git").exists():
            return Checkout(folder)
    parent = resolved.parent
    return Checkout(parent) if parent.name in {target.value for target in Target} else None
