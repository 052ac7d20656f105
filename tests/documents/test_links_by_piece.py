"""Links of a text that is read in pieces are those of the text that is read whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.documents import markdown_links
from tilewizard.documents.markdown_links import links_of, pieces

from tests.conftest import corpus_tiles, needs_corpus

BLOCKS = (
    "A paragraph with [a link](https://acme.example/a).",
    "Two lines, é and “”,\nand [one][1] that is defined.",
    "Plain text.",
    "# A heading with ![a picture](images/a.png)",
    "Setext [b](/b)\n=====",
    "- an item with [c](/c)\n- another",
    "- an item\n\n  goes on with [d](/d)",
    "    [code](/code) that is indented",
    "```\n[code](/code)\n\nIn a fence [e](/e)\n```",
    "~~~\n```\n\nStill [in](/in) it\n~~~",
    "```\nA fence that nothing closes [f](/f)",
    "- ```\n  [g](/g)\n\nOut of it [h](/h)",
    "> a quote with [i](/i)\nlazily [j](/j)",
    "| a | b |\n|---|---|\n| [k](/k) | l |",
    "<div>\n[m](/m)\n\nAfter [n](/n)\n</div>",
    "<!-- [o](/o)\n\nA comment [p](/p)\n-->",
    "<pre>\n\nAs it is [q](/q)\n</pre>",
    "<https://acme.example/auto>",
    "[1]: https://acme.example/one",
    "---",
    "Not `[code](/code)` and [r](/r)",
    "[open\n\nEnd](/s)",
    "1. A step\n\n   ```\n   [t](/t)\n\n   Code [u](/u)\n   ```\n\n   After it [v](/v)",
    "1. A step\n\n    ~~~~\n    [t](/t)\n    ~~~",
    "  ```\n  [t](/t)\n        ```\n\nStill code [w](/w)",
    "> ```\n> [x](/x)\n\nOut of it [y](/y)",
    "<details>\n<summary>More</summary>\n\nInside [z](/z)\n\n</details>",
    "A <b>bold</b> word, `a span\n\nThat` ends [not](/not)",
    "\\[no link](/no)",
    "+++",
    "\t```\n\tCode [tab](/tab)\n\t```",
)
DEFINED = {"1": "https://acme.example/one"}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), max_size=12), st.sampled_from(["\n\n", "\n\n\n", "\n"]))
def test_in_pieces_as_whole(blocks: list[str], between: str) -> None:
    text = between.join(blocks)
    whole = links_of(text, DEFINED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown_links, "PIECE", 1)
        assert links_of(text, DEFINED) == whole
        assert "".join(text[start:end] for start, end in pieces(text)) == text


@needs_corpus
def test_published_readmes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [readme.read_text("utf-8") for tile in corpus_tiles() if (readme := tile / "README.md").is_file()]
    whole = [links_of(text, DEFINED) for text in texts]
    monkeypatch.setattr(markdown_links, "PIECE", 1)
    assert sum(len(pieces(text)) for text in texts) > 5 * len(texts)
    assert [links_of(text, DEFINED) for text in texts] == whole


def test_who_types_in_one_piece_has_that_one_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    links = markdown_links._links

    def counted(text: str, definitions: dict[str, str]) -> tuple[markdown_links.Link, ...]:
        read.append(len(text))
        return links(text, definitions)

    monkeypatch.setattr(markdown_links, "_links", counted)
    paragraph = "Some [link](https://acme.example/{}) in a paragraph. " * 20 + "\n\n"
    text = "".join(paragraph.replace("{}", str(number)) for number in range(400))
    links_of(text, {})
    first = len(read)
    assert first > 10
    at = len(text) // 2
    changed = f"{text[:at]}x{text[at:]}"
    assert links_of(changed, {}) == links(changed, {})
    assert len(read) == first + 1
