"""A tile's files on a branch of their own: as commands, and on request as a commit. Nothing is ever pushed."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tilewizard.language import _

from ..errors import TilewizardError
from ..quoting import visible
from ..tile.checkout import Checkout


@dataclass(frozen=True)
class HandingIn:
    """What is to be done in a checkout.

    Attributes:
        branch: the branch that the commit is made on.
        new: whether it is to be made first, since the default branch, or none, is checked out.
        paths: what is committed, relative to the checkout: the tile's folder, and shared files with lines of its own.
        title: the commit's message.
        left: whether any of it isn't committed yet.
    """

    branch: str
    new: bool
    paths: tuple[str, ...]
    title: str
    left: bool

    @property
    def commands(self) -> tuple[str, ...]:
        """The same as commands for a shell, in order."""
        here = shlex.quote(self.branch)
        adds = " ".join(map(shlex.quote, self.paths))
        commit = (f"git add -- {adds}", f"git commit -m {shlex.quote(self.title)}") if self.left else ()
        return (*((f"git switch -c {here}",) if self.new else ()), *commit, self.push)

    @property
    def push(self) -> str:
        """The command that is left to the partner."""
        return f"git push -u origin {shlex.quote(self.branch)}"

    def opening(self, body: str) -> str:
        """The command that opens the pull request once the branch is pushed; GitHub's own program runs it.

        Args:
            body: the file with its text.
        """
        return f"gh pr create --title {shlex.quote(self.title)} --body-file {shlex.quote(body)}"


def handing_in(checkout: Checkout, folder: str, shared: Iterable[str], title: str) -> HandingIn:
    """What is to be done to hand a tile in.

    Args:
        checkout: where it stands.
        folder: its directory, relative to the checkout.
        shared: the shared files in which lines of its own differ.
        title: the commit's message.
    """
    branch = (checkout.git("symbolic-ref", "--quiet", "--short", "HEAD") or "").strip()
    new = branch in ("", (checkout.default_branch or "").rpartition("/")[2])
    paths = (folder, *sorted(set(shared)))
    left = bool((checkout.git("status", "--porcelain", "--", *paths) or "").strip())
    return HandingIn(folder.replace("_", "-") if new else branch, new, paths, title, left)


def in_the_way(checkout: Checkout, what: HandingIn, outside: Iterable[str]) -> Iterator[TilewizardError]:
    """Why the commit can't be made, as far as it is seen before; each names what to do.

    Args:
        checkout: where it stands.
        what: what is to be done.
        outside: paths that differ and are none of the tile's.
    """
    place = visible(str(checkout.root))
    if other := sorted(outside):
        more = _(" and {count} more", count=len(other) - 1) if len(other) > 1 else ""
        remedy = _("commit it on a branch of its own, or take it back: `git stash push -- PATH`")
        yield TilewizardError(
            _("{other}{more} differs too, and is none of this tile's", other=visible(other[0]), more=more),
            file=place,
            remedy=remedy,
        )
    if not what.left:
        yield TilewizardError(
            _("all of the tile is committed already"), file=place, remedy=_("hand it in: `{push}`", push=what.push)
        )
        return
    if what.new and checkout.git("rev-parse", "--verify", "--quiet", f"refs/heads/{what.branch}"):
        remedy = _(
            "`git switch {branch}`, or another name: `git switch -c NAME`; then again", branch=shlex.quote(what.branch)
        )
        yield TilewizardError(_("there is a branch {branch} already", branch=what.branch), file=place, remedy=remedy)
    for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        if why := checkout.why_not("var", who):
            remedy = _("tell git who you are: `git config user.name`, `git config user.email`")
            yield TilewizardError(_("git has no name to commit under: {why}", why=why), file=place, remedy=remedy)
            return


def commit(checkout: Checkout, what: HandingIn, outside: Iterable[str]) -> str:
    """Make the branch, where it is to be made, and the commit on it; hooks don't run. Returns the commit's short name.

    Args:
        checkout: where it stands.
        what: what is to be done.
        outside: paths that differ and are none of the tile's: with any of them nothing is done.

    Raises:
        TilewizardError: something is in the way, or git fails; then the branch that was checked out is so again, and the files are
            as they were.
    """
    for reason in in_the_way(checkout, what, outside):
        raise reason
    place = visible(str(checkout.root))
    before = (checkout.git("symbolic-ref", "--quiet", "--short", "HEAD") or "").strip()
    steps = [("add", "--", *what.paths), ("commit", "--quiet", "--only", "-m", what.title, "--", *what.paths)]
    for words in [*([("switch", "--quiet", "-c", what.branch)] if what.new else []), *steps]:
        if why := checkout.why_not(*words):
            _take_back(checkout, what, before)
            raise TilewizardError(
                f"git {words[0]} fails: {why}", file=place, remedy=_("nothing was committed; mend it, then again")
            )
    return (checkout.git("rev-parse", "--short", "HEAD") or "").strip()


def _take_back(checkout: Checkout, what: HandingIn, before: str) -> None:
    """The branch that was checked out is so again; the new one goes, since nothing was committed on it."""
    checkout.git("reset", "--quiet", "--", *what.paths)
    if what.new and checkout.git("rev-parse", "--verify", "--quiet", f"refs/heads/{what.branch}"):
        checkout.git("symbolic-ref", "HEAD", f"refs/heads/{before}") if before else checkout.git(
            "switch", "--detach", "--quiet"
        )
        checkout.git("branch", "--quiet", "-D", what.branch)
