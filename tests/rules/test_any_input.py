"""Whatever stands in a manifest, no rule breaks, and no message acts on a terminal."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target
from tilewizard.rules.manifest.manifest_keys import KINDS
from tilewizard.rules.registry import all_rules
from tilewizard.tile.tile import MANIFEST, METADATA, README, SERVICE_CHECKS, Tile

from tests.conftest import quick_first
from tests.growing import even
from tests.rows import rows

from .clean_tile import clean_tile, manifest

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(["", "\u001b[31m", "../..", "/", "~", "a" * 5000, "Category::", "#", "README.md#", "\udc80", "%PDF"])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=8) | st.sampled_from(["metric", "url", "image_url", "a/b", "~"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
POINTERS = sorted(
    {pointer for pointer in KINDS if "*" not in pointer}
    | {f"/pricing/0/{key}" for key in manifest(Target.MARKETPLACE)["pricing"][0]}
    | {"/tile/media/0", "/tile/media/0/image_url", "/tile/media/0/caption", "/tile/media/0/vimeo_id", "/terms"}
    | {"/tile/classifier_tags/0", "/tile/resources/0", "/tile/resources/0/url", "/tile/resources/0/resource_type"}
    | {"/assets/dashboards/acme_widget_overview", "/assets/monitors/acme_widget_errors", "/zzz", ""}
)
CLEAN = {target: clean_tile(target) for target in Target}


def put(value: Any, pointer: str, new: Any) -> Any:
    """The value with another one at a pointer; unchanged below what is no container."""
    head, _, rest = pointer.removeprefix("/").partition("/")
    if not pointer:
        return new
    if isinstance(value, list) and head.isdigit() and int(head) < len(value):
        value[int(head)] = put(value[int(head)], f"/{rest}" if rest else "", new)
    elif isinstance(value, dict):
        value[head] = put(value.get(head, {}), f"/{rest}" if rest else "", new)
    return value


def clean_messages(tile: Tile) -> None:
    for finding in check(tile):
        assert finding.message and finding.hint, finding
        assert not finding.hint.endswith((" ", "write", "\u201c\u201d")), finding  # It names what would be right.
        text = finding.message + finding.hint
        assert all(char.isprintable() or char == " " for char in text), ascii(text)


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(st.dictionaries(st.sampled_from(POINTERS), VALUES, min_size=1, max_size=3), st.sampled_from(list(Target)))
def test_any_value_at_any_place_of_the_manifest(changes: dict[str, Any], target: Target) -> None:
    value = copy.deepcopy(manifest(target))
    for pointer, new in changes.items():
        value = put(value, pointer, new)
    clean_messages(CLEAN[target].with_text(MANIFEST, json.dumps(value)))


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(st.sampled_from([MANIFEST, METADATA, README, SERVICE_CHECKS, "CHANGELOG.md", "assets/eula.pdf"]), st.data())
def test_any_bytes_in_a_file(path: str, data: st.DataObject) -> None:
    content = data.draw(
        st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    )
    clean_messages(CLEAN[Target.MARKETPLACE].with_text(path, content.decode("utf-8", "surrogateescape")))


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/author/homepage", lambda size: "https://" + "a." * size + " "),
        ("/author/support_email", lambda size: "a" * size + "@" + "b." * size),
        ("/tile/title", lambda size: "<" * size),
        ("/tile/description", lambda size: "<A" + "_ " * size),
        ("/tile/classifier_tags", lambda size: [f"Category::x{number}" for number in range(size // 40)]),
    ],
    ids=lambda value: value if isinstance(value, str) else "much",
)
def test_much_of_anything_takes_time_that_grows_evenly(pointer: str, value: Callable[[int], Any]) -> None:
    rules = [rule for rule in all_rules() if rule.subject in ("author", "listing", "tags", "manifest", "integration")]

    def read(size: int) -> None:
        text = json.dumps(put(manifest(Target.MARKETPLACE), pointer, value(size)))
        tile = CLEAN[Target.MARKETPLACE].with_text(MANIFEST, text)
        for rule in rules:
            list(rule.check(tile))

    assert even(read, 25_000)


@rows("pointer", POINTERS)
@pytest.mark.parametrize(
    "value", quick_first([[], {}, 0, -1.5, True, "", "x", [[]], [{}], {"": {}}, [None]], 3), ids=repr
)
def test_the_wrong_kind_of_value_at_every_place(pointer: str, value: Any) -> None:
    whole = put(copy.deepcopy(manifest(Target.MARKETPLACE)), pointer, value)
    clean_messages(CLEAN[Target.MARKETPLACE].with_text(MANIFEST, json.dumps(whole)))
