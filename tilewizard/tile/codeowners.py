"""Who owns what in a checkout: its ``.github/CODEOWNERS``, in which of several lines for a path the last one wins.

Because the last one wins, a new line can't simply go to the end: the repositories of Datadog close the file with lines
that must stay last (the logs team owns every tile's ``assets/logs/``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LAST = re.compile(
    r"#.{0,300}\b(?:last|bottom)\b.{0,40}\b(?:file|line|list|rule)|#.{0,300}\b(?:at|to) the (?:end|bottom)\b",
    re.IGNORECASE,
)
"""A comment that says that what follows it stays last."""
_WORD = re.compile(r"(?:\\.|[^\s\\])+")
_REMARK = re.compile(r"(?:^|(?<=\s))#")
_PIECE = re.compile(r"(/\*\*/|\*\*/|/\*\*|\*\*|\*|\?)")
_COLUMN_SHARE = 0.6
"""The part of a block's lines that must keep one column before a new line keeps it too."""
_ORDER_SHARE = 0.8
"""The part of a block's neighbours that must be in order before a new line takes its place in the alphabet."""

LOGS_TEAM = "@DataDog/logs-integrations-reviewers"
OWNED_BY_ADDRESS = frozenset(
    ("1e", "auth0", "bluematador", "bonsai", "buddy", "concourse_ci", "f5-distributed-cloud", "launchdarkly", "lacework",
     "gremlin", "perimeterx", "rigor", "rookout", "rundeck", "sqreen", "squadcast")
)  # fmt: skip
"""Old tiles whose owner ddev 20.1.0 lets be a mail address; of all others it asks for a user or a team."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line with a pattern: its index among the lines, the pattern, its owners, and the column where they begin."""

    index: int
    pattern: str
    owners: tuple[str, ...]
    column: int

    @property
    def folder(self) -> str:
        """The top-level folder that the line is for as a whole; empty for any other pattern."""
        name = self.pattern.removesuffix("**").removesuffix("*").strip("/")
        return "" if not name or "/" in name or "*" in name or "?" in name else name

    @property
    def in_one_folder(self) -> bool:
        """Whether the pattern names a top-level folder, as a whole or something in it."""
        head = self.pattern.lstrip("/").partition("/")[0]
        return self.pattern.startswith("/") and "/" in self.pattern[1:] and "*" not in head

    def matches(self, path: str) -> bool:
        """Whether the pattern is for a path relative to the checkout (a folder's ends with ``/``)."""
        return _for(self.pattern, path)


def entries(text: str) -> list[Entry]:
    """The lines that have a pattern, in their order."""
    found = []
    for index, line in enumerate(text.splitlines()):
        words = _WORD.findall(_REMARK.split(line, maxsplit=1)[0])
        owners = words[1:]
        if words:
            column = line.find(owners[0], len(words[0])) if owners else 0
            found.append(Entry(index, words[0].replace("\\ ", " "), tuple(owners), column))
    return found


def deciding(text: str, path: str) -> Entry | None:
    """The line that decides who owns a path: the last that matches."""
    return next((entry for entry in reversed(entries(text)) if entry.matches(path)), None)


def owned(text: str, folder: str, owner: str) -> str:
    """CODEOWNERS with an owner for a folder; every other line keeps its bytes.

    A line that names the folder and no user or team gets the owner. Otherwise the new line goes among the lines of other folders,
    by the alphabet where they follow it, with the team of Datadog's that theirs end with; after every line for all folders, which it would lose to; and before the lines
    that close the file, which would lose to it.
    """
    lines, known = text.splitlines(keepends=True), entries(text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    pattern = f"/{folder.replace(' ', chr(92) + ' ')}/"
    for entry in known:
        if entry.pattern.strip("/*") == folder and not any(each.startswith("@") for each in entry.owners):
            lines[entry.index] = f"{pattern}  {owner}{end}"
            return "".join(lines)
    closing = _closing(lines, known, folder)
    block = _block([entry for entry in known if entry.index < closing], lines)
    at = _place(block, folder) if block else _after_general(known, closing)
    over_all = [
        entry.index + 1 for entry in known if entry.index < closing and entry.pattern in ("*", "**", "/*/", "/**")
    ]
    at = max([at, *over_all])
    team = _shared_team(block)
    if team and team.casefold() not in owner.casefold().split():
        owner = f"{owner} {team}"
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += end
    return "".join([*lines[:at], f"{pattern}{' ' * _gap(block, pattern)}{owner}{end}", *lines[at:]])


def _closing(lines: list[str], known: list[Entry], folder: str) -> int:
    """The index of the first line that stays behind a new one."""
    said = next(
        (index for index, line in enumerate(lines) if line.lstrip()[:1] == "#" and _LAST.search(line)), len(lines)
    )
    said = min(said, _logs(lines, known, folder))
    named = [entry.index for entry in known if entry.in_one_folder]
    if not named:
        return said
    general = [entry.index for entry in known if entry.index > named[-1]]
    return min(said, named[-1] + 1) if general else said


def _logs(lines: list[str], known: list[Entry], folder: str) -> int:
    """The index of the line that gives every folder's logs to their team, or of the remark right above it."""
    logs = f"{folder}/assets/logs/"
    last = next((entry for entry in reversed(known) if entry.matches(logs)), None)
    if last is None or last.in_one_folder or LOGS_TEAM.casefold() not in map(str.casefold, last.owners):
        return len(lines)
    at = last.index
    while at and lines[at - 1].lstrip()[:1] == "#":
        at -= 1
    return at


def _block(known: list[Entry], lines: list[str]) -> list[Entry]:
    """The longest run of lines for folders as a whole that stand one below the other."""
    runs: list[list[Entry]] = []
    for entry in known:
        if not entry.folder:
            continue
        if runs and not any(lines[index].strip() for index in range(runs[-1][-1].index + 1, entry.index)):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return max(runs, key=len, default=[])


def _place(block: list[Entry], folder: str) -> int:
    """The index at which a line breaks the order of a block least; behind the block when it has no order."""
    names, name = [entry.folder.casefold() for entry in block], folder.casefold()
    pairs = list(pairwise(names))
    if pairs and sum(one <= other for one, other in pairs) < _ORDER_SHARE * len(pairs):
        return block[-1].index + 1
    wrong = [
        (sum(each > name for each in names[:gap]) + sum(each < name for each in names[gap:]), -gap)
        for gap in range(len(names) + 1)
    ]
    gap = -min(wrong)[1]
    return block[gap].index if gap == 0 else block[gap - 1].index + 1


def _after_general(known: list[Entry], closing: int) -> int:
    before = [entry.index + 1 for entry in known if entry.index < closing]
    return before[-1] if before else closing


def _gap(block: list[Entry], pattern: str) -> int:
    """The blanks between the pattern and its owner: those that keep the block's column."""
    columns = [entry.column for entry in block if entry.column]
    column = max(set(columns), key=columns.count, default=0)
    shared = len(columns) > 1 and columns.count(column) >= _COLUMN_SHARE * len(columns)
    return column - len(pattern) if shared and column > len(pattern) else 2


def _shared_team(block: list[Entry]) -> str:
    """The team of Datadog's that the lines of a block end with, where most of several do: who reviews what partners own."""
    last = [entry.owners[-1] for entry in block if len(entry.owners) > 1 and entry.owners[-1].startswith("@DataDog/")]
    team = max(set(last), key=last.count, default="")
    return team if last.count(team) > 1 and last.count(team) >= _COLUMN_SHARE * len(block) else ""


def _for(pattern: str, path: str) -> bool:
    """Whether a pattern is for a path (GitHub's documentation, about code owners: as in ``.gitignore``).

    All the places that the pattern can have come to are followed at once: no regular expression, which would try the ways that
    many stars can share a long name one after the other, and take hours.
    """
    anchored = pattern.startswith("/") or "/" in pattern.rstrip("/")
    places = {0} if anchored else {0, *_after_slashes(path, 0)}
    for piece in _PIECE.split(pattern.strip("/")):
        if not places:
            return False
        if piece == "*":
            places = {at for place in places for at in range(place, _end_of_name(path, place) + 1)}
        elif piece == "?":
            places = {at + 1 for at in places if at < len(path) and path[at] != "/"}
        elif piece == "**":
            places = set(range(min(places), len(path) + 1))
        elif piece in ("**/", "/**/"):
            if piece == "/**/":
                places = {at + 1 for at in places if path.startswith("/", at)}
            places |= {at for place in places for at in _whole_names(path, place)}
        elif piece == "/**":
            first = min((at for at in places if path.startswith("/", at)), default=len(path))
            places = set(range(first + 2, len(path) + 1))
        elif piece:
            places = {at + len(piece) for at in places if path.startswith(piece, at)}
    if pattern.endswith("/"):
        return any(path.startswith("/", at) for at in places)
    only_here = pattern.endswith("/*") and not pattern.endswith("**")
    return len(path) in places or (not only_here and any(path.startswith("/", at) for at in places))


def _after_slashes(path: str, start: int) -> list[int]:
    return [at + 1 for at in range(start, len(path)) if path[at] == "/"]


def _end_of_name(path: str, start: int) -> int:
    end = path.find("/", start)
    return len(path) if end < 0 else end


def _whole_names(path: str, start: int) -> list[int]:
    """The places behind one name with its slash, behind two, and so on."""
    found, at = [], start
    while (end := path.find("/", at)) > at:
        at = end + 1
        found.append(at)
    return found
