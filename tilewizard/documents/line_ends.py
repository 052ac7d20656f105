"""Line ends of a text that an editor shows with ``\\n`` alone: what was not edited keeps its own."""

from __future__ import annotations

from collections import Counter


def plain(text: str) -> str:
    """The text with ``\\n`` for each line end of any kind, as an editor shows it."""
    return "\n".join(line for line, _ in _lines(text))


def with_line_ends(before: str, shown: str) -> str:
    """A text as an editor shows it, with the line ends of what it was made from.

    Args:
        before: the text before it was edited, with its own line ends.
        shown: :func:`plain` of it, edited.

    Returns:
        ``shown``; a line that is there still keeps its end, one in the place of another gets that one's, and a line more
        gets the end that most lines have.
    """
    old, new = _lines(before), shown.split("\n")
    if all(end in ("\n", "") for _, end in old):
        return shown
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at][0] != new[at]), most)
    same = next((at for at in range(most - start) if old[-1 - at][0] != new[-1 - at]), most - start)
    usual = Counter(end for _, end in old if end).most_common(1)[0][0]
    middle = [old[at][1] for at in range(start, len(old) - same)][: len(new) - same - start]
    ends = [
        *(end for _, end in old[:start]),
        *middle,
        *[usual] * (len(new) - same - start - len(middle)),
        *(end for _, end in old[len(old) - same :]),
    ]
    *lines, last = zip(new, ends, strict=True)
    text = ""
    for line, end in lines:
        # An empty line that ends with \n after one that ends with \r would be one end with it.
        fused = text.endswith("\r") and not line and (end or usual) == "\n"
        text += "\r\n" if fused else f"{line}{end or usual}"
    return text + last[0]


def _lines(text: str) -> list[tuple[str, str]]:
    """Each line and its end; the last one has none."""
    found = []
    for whole in text.splitlines(keepends=True):
        line = whole.splitlines()[0]
        found.append((line, whole[len(line) :]))
    return found if found and not found[-1][1] else [*found, ("", "")]
