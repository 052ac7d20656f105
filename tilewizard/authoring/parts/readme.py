"""README.md: the heading, the sections, the links."""

from __future__ import annotations

from typing import Any

from tilewizard.answers.model import Answers
from tilewizard.authoring.templating import render
from tilewizard.documents.readme_document import ReadmeDocument
from tilewizard.tile.tile import README, Tile, TileFile

from .part import Files, Part, Writing
from .placing import file_name, placed


def extract(tile: Tile) -> dict[str, Any]:
    """The README as answers: heading, introduction, sections by title, trailing link definitions by label."""
    file = tile.file(README)
    if file is None:
        return {}
    document = file.readme
    return {
        "readme_title": document.title,
        "readme_intro": document.intro,
        "readme": {section.key: document.body(section.key) for section in document.sections},
        "readme_links": {link.label: link.url for link in document.trailing_definitions},
    }


def files(writing: Writing) -> Files:
    """The README with the changed sections changed; a new one from its template. Pictures that it shows."""
    pictures: dict[str, TileFile | None] = {}
    for answer in writing.after.readme_images:
        pictures |= placed(writing, answer, f"images/{file_name(answer)}")
    base = writing.base.file(README)
    if base is None:
        wanted = writing.new or writing.after.readme != writing.before.readme
        return {**pictures, README: TileFile(README, _new_text(writing.after).encode())} if wanted else pictures
    return {**pictures, README: base.with_text(_edited(base.readme, writing.before, writing.after).text)}


def _new_text(answers: Answers) -> str:
    return render("README.md.j2", answers=answers)


def _edited(document: ReadmeDocument, before: Answers, after: Answers) -> ReadmeDocument:
    if after.readme_title != before.readme_title:
        document = document.with_title(after.readme_title)
    if after.readme_intro != before.readme_intro:
        document = document.with_intro(after.readme_intro)
    if list(after.readme.items()) != list(before.readme.items()):
        document = _with_sections(document, before.readme, after.readme)
    for label, url in after.readme_links.items():
        if before.readme_links.get(label) != url:
            document = document.with_definition(label, url)
    for label in before.readme_links:
        if label not in after.readme_links:
            document = document.without_definition(label)
    return document


def _with_sections(document: ReadmeDocument, old: dict[str, str], new: dict[str, str]) -> ReadmeDocument:
    old, document = _renamed(document, old, new)
    for key in old:
        if key not in new:
            document = document.without_section(key)
    previous: str | None = None
    for key, text in new.items():
        if key not in old:
            document = document.with_section(key, text, after=previous)
        elif old[key] != text:
            document = document.with_body(key, text)
        previous = key
    if [key for key in old if key in new] != [key for key in new if key in old]:
        document = document.reordered(list(new))
    return document


def _renamed(
    document: ReadmeDocument, old: dict[str, str], new: dict[str, str]
) -> tuple[dict[str, str], ReadmeDocument]:
    """A section that went while another with the same text came in its place was renamed."""
    if len(old) != len(new):
        return old, document
    for was, key in zip(list(old), list(new), strict=True):
        if was != key and was not in new and key not in old and old[was] == new[key]:
            document = document.renamed_section(was, key)
            old = {(key if each == was else each): text for each, text in old.items()}
    return old, document


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (
        *(answers.readme_title, answers.readme_intro, answers.readme),
        *(answers.readme_links, answers.readme_images),
    )


PART = Part("README", _inputs, extract, files)
