"""Answers as YAML: read with every fault named at its line, written with every key explained, updated in place."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import LiteralScalarString

from tilewizard.errors import TilewizardError, UnusableAnswers
from tilewizard.field.vocabulary import nearest
from tilewizard.language import _

from .declaring import Kind
from .model import Answers
from .paths import Path as AnswerPath
from .paths import is_given, replaced, value_at
from .questions import Question, question_for, questions

SIZE_MAX = 8 * 1024 * 1024
"""Bytes of an answers file; the longest README and thousands of metrics fit many times over."""
NODES_MAX = 500_000
DEPTH_MAX = 40


def load(path: Path) -> Answers:
    """Read an answers file; paths in it are relative to it and come back absolute.

    Raises:
        UnusableAnswers: with one fault for everything that is wrong, each with its line and remedy.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _one(
            str(path), _("can't be read: {strerror}", strerror=error.strerror), _("check the path and its permissions")
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _one(str(path), _("is not UTF-8 text"), _("save it as UTF-8"), line) from error
    return loads(text, file=str(path), folder=path.resolve().parent)


def loads(text: str, *, file: str = "answers", folder: Path | None = None, lenient: bool = False) -> Answers:
    """Read answers from YAML text.

    Args:
        text: the YAML.
        file: the name used in messages.
        folder: what relative paths in it are relative to; None leaves paths as they are and unchecked.
        lenient: take text where a number belongs and files that are gone, as a draft may have them.

    Raises:
        UnusableAnswers: with one fault for everything that is wrong.
    """
    tree = _parsed(text, file)
    if tree is None:
        tree = CommentedMap()
    if not isinstance(tree, CommentedMap):
        raise _one(
            file,
            _("holds a {tree}, and answers are keys with values", tree=_kind(tree)),
            _("see `tilewizard answers --help`"),
            1,
        )
    try:
        answers = Answers.model_validate(_plain(tree, file), context={"lenient": lenient})
    except ValidationError as error:
        raise UnusableAnswers([_fault(each, tree, file) for each in error.errors(include_url=False)]) from None
    except RecursionError:
        raise _one(file, _("is nested too deeply"), _("answers are at most a few levels deep")) from None
    if folder is None:
        return answers
    answers, missing = _resolved(answers, folder, tree, file)
    if missing and not lenient:
        raise UnusableAnswers(missing)
    return answers


def _parsed(text: str, file: str) -> Any:
    if len(text) > SIZE_MAX:
        raise _one(
            file, _("is longer than {limit:,} characters", limit=SIZE_MAX), _("answers files are a few kilobytes")
        )
    try:
        return YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else None
        problem = (error.problem or error.context or _("is not YAML")).strip().splitlines()[0]
        raise _one(file, _("is not YAML: {problem}", problem=problem), _("mend the YAML at this line"), line) from None
    except (YAMLError, ValueError, RecursionError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise _one(file, _("is not YAML: {reason}", reason=reason), _("mend the YAML")) from None


def _plain(tree: Any, file: str) -> Any:
    """The tree as plain data. An alias counts each time it stands, so that a bomb of them ends here."""
    left = NODES_MAX

    def convert(node: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or depth > DEPTH_MAX:
            raise _one(
                file, _("expands to far more than any answers"), _("write values out instead of aliases of aliases")
            )
        if isinstance(node, dict):
            return {_key(key): convert(value, depth + 1) for key, value in node.items()}
        if isinstance(node, list):
            return [convert(value, depth + 1) for value in node]
        if isinstance(node, bool) or node is None or isinstance(node, date):
            return node
        for plain in (str, int, float):
            if isinstance(node, plain):
                return plain(node)
        return str(node)

    return convert(tree, 0)


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(key)


def _fault(error: Any, tree: CommentedMap, file: str) -> TilewizardError:
    where = _known_part(error["loc"], tree)
    name = ".".join(str(part) for part in where)
    line = line_of(tree, where)
    if error["type"] == "extra_forbidden":
        key = str(error["loc"][-1])
        near = nearest(key, _siblings(where))
        remedy = (
            _("did you mean {near!r}?", near=near)
            if near
            else _("known here: {where}", where=", ".join(_siblings(where)))
        )
        return TilewizardError(_("unknown key {name!r}", name=name), file=file, line=line, remedy=remedy)
    message = str(error["msg"]).removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    question = question_for(tuple(where))
    remedy = (
        _("for example {example}", example=question.ask.example)
        if question and question.ask.example
        else _("see `tilewizard answers --help`")
    )
    return TilewizardError(f"{name}: {message}", file=file, line=line, remedy=remedy)


def _known_part(loc: tuple[Any, ...], tree: Any) -> list[str | int]:
    """The part of pydantic's place that exists in the file; what follows names members of a union."""
    where: list[str | int] = []
    for part in loc:
        keys = {_key(key): key for key in tree} if isinstance(tree, dict) else {}
        if isinstance(tree, dict) and part in keys:
            where.append(part)
            tree = tree[keys[part]]
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            where.append(part)
            tree = tree[part]
        else:
            if not where or isinstance(tree, dict):
                where.append(part)
            break
    return where


def _siblings(where: list[str | int]) -> list[str]:
    plain = tuple(part for part in where[:-1] if isinstance(part, str))
    names = [q.path[len(plain)] for q in questions() if q.path[: len(plain)] == plain and len(q.path) > len(plain)]
    for question in questions():
        if question.path == plain:
            names = [column.path[0] for column in question.columns]
    return list(dict.fromkeys(names))


def line_of(tree: Any, where: list[str | int]) -> int | None:
    """The 1-based line at which a value of a parsed file stands; that of its nearest holder when it is missing."""
    line: int | None = None
    for part in where:
        if isinstance(tree, CommentedMap):
            key = next((key for key in tree if _key(key) == part), None)
            if key is None:
                break
            line = tree.lc.key(key)[0] + 1
            tree = tree[key]
        elif isinstance(tree, CommentedSeq) and isinstance(part, int) and part < len(tree):
            line = tree.lc.item(part)[0] + 1
            tree = tree[part]
        else:
            break
    return line


def file_answers(answers: Answers) -> Iterator[tuple[AnswerPath, Question, str]]:
    """Every answer that names a file: its path in the answers, its question, and the name."""
    for question in questions():
        value = value_at(answers, question.path)
        if question.ask.kind == Kind.FILE and value:
            yield question.path, question, value
        elif question.ask.kind == Kind.FILES:
            for key, name in value.items():
                if name:
                    yield (*question.path, str(key)), question, name
        elif question.name == "readme_images":
            for index, name in enumerate(value):
                if name:
                    yield (*question.path, index), question, name
        for column in question.columns:
            if column.ask.kind == Kind.FILE:
                for index, row in enumerate(value):
                    if name := getattr(row, column.path[0]):
                        yield (*question.path, index, *column.path), column, name


def expanded(name: str, folder: Path) -> str:
    """A file's name as typed (``~``, ``$HOME``, relative to ``folder``) as an absolute path; links stay links."""
    return os.path.normpath(folder / os.path.expandvars(Path(name).expanduser() if name.startswith("~") else name))


def _resolved(answers: Answers, folder: Path, tree: Any, file: str) -> tuple[Answers, list[TilewizardError]]:
    missing: list[TilewizardError] = []
    for path, question, name in list(file_answers(answers)):
        full = expanded(name, folder)
        if not Path(full).is_file():
            where = ".".join(str(part) for part in path)
            line = line_of(tree, list(path))
            remedy = _("{ask}: name a file, relative to {file}", ask=question.ask.title, file=file)
            missing.append(
                TilewizardError(
                    _("{where}: there is no file {name!r}", where=where, name=name), file=file, line=line, remedy=remedy
                )
            )
        answers = replaced(answers, path, full)
    return answers, missing


def _one(file: str, fault: str, remedy: str, line: int | None = None) -> UnusableAnswers:
    return UnusableAnswers([TilewizardError(fault, file=file, line=line, remedy=remedy)])


def _kind(value: Any) -> str:
    return "list" if isinstance(value, list) else "text" if isinstance(value, str) else type(value).__name__


def given(answers: Answers) -> dict[str, Any]:
    """The answers that were given, as plain data in the order of the questions."""
    data = {key: _given(value) for key, value in answers.model_dump(mode="python").items()}
    return {key: value for key, value in data.items() if is_given(value)}


def _given(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: found for key, each in value.items() if is_given(found := _given(each))}
    if isinstance(value, list):
        return [_given(each) for each in value]
    return str(value.value) if isinstance(value, Enum) else value


def dumps(answers: Answers, *, comments: bool = False) -> str:
    """Answers as YAML, the given ones only; with comments every key is explained."""
    tree = _tree(_whole(answers))
    if comments:
        _explain(tree, ())
    return _printed(tree)


def _whole(answers: Answers) -> dict[str, Any]:
    """Like :func:`given`, but texts and files by name are kept when empty: an empty section is an answer, a name alone a starter."""
    data = given(answers)
    for name in ("readme", "readme_links", "dashboards", "monitors", "files", "manifest"):
        if value_at(answers, (name,)):
            data[name] = dict(value_at(answers, (name,)))
    return {key: data[key] for key in Answers.model_fields if key in data}


def _tree(value: Any) -> Any:
    if isinstance(value, dict):
        tree = CommentedMap()
        for key, each in value.items():
            tree[key] = _tree(each)
        return tree
    if isinstance(value, list):
        seq = CommentedSeq(_tree(each) for each in value)
        if all(isinstance(each, str | int | float) for each in value) and len(str(value)) < 90:
            seq.fa.set_flow_style()
        return seq
    if isinstance(value, str) and "\n" in value and _block_can_hold(value):
        return LiteralScalarString(value)
    return value


def _block_can_hold(text: str) -> bool:
    """Whether a literal block gives the text back exactly; else it is written in quotes."""
    ill = "\r" in text or "\t" in text or any(not (char.isprintable() or char == "\n") for char in text)
    first = next((line for line in text.split("\n") if line.strip()), "")
    return not ill and not first.startswith(" ") and not text.startswith("\n")


def _explain(tree: Any, path: tuple[str, ...]) -> None:
    for key in tree:
        question = question_for((*path, key))
        inner = tree[key]
        if question is None:
            if isinstance(inner, CommentedMap):
                _explain(inner, (*path, key))
            continue
        lines = [f"{question.ask.title}: {question.ask.help}"]
        if isinstance(inner, CommentedSeq) and question.columns:
            used = {name for row in inner for name in row}
            lines += [f"  {c.path[0]}: {c.ask.help}" for c in question.columns if c.path[0] in used]
        _comment(tree, key, lines, len(path))


def _comment(tree: CommentedMap, key: str, lines: list[str], depth: int) -> None:
    import textwrap

    wrapped = [part for line in lines for part in textwrap.wrap(line, 108, subsequent_indent="  ")]
    tree.yaml_set_comment_before_after_key(key, before="\n".join(wrapped), indent=2 * depth)


def _printed(tree: Any) -> str:
    yaml = YAML(typ="rt")
    yaml.width = 100_000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue()


def updated(text: str, answers: Answers) -> str:
    """An answers file's text with other answers in it; comments and order stay, only what differs changes."""
    tree = YAML(typ="rt").load(text)
    if not isinstance(tree, CommentedMap):
        return dumps(answers)
    _update(tree, _whole(answers))
    return _printed(tree)


def _update(tree: CommentedMap, data: dict[str, Any]) -> None:
    names = {_key(key): key for key in tree}
    for name, key in names.items():
        if name not in data:
            if is_given(tree[key]):
                del tree[key]
            continue
        tree[key] = _updated(tree[key], data[name])
    for name, value in data.items():
        if name not in names:
            tree[name] = _tree(value)


def _updated(old: Any, new: Any) -> Any:
    if isinstance(old, CommentedMap) and isinstance(new, dict):
        _update(old, new)
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, list):
        for index, value in enumerate(new[: len(old)]):
            old[index] = _updated(old[index], value)
        del old[len(new) :]
        old.extend(_tree(value) for value in new[len(old) :])
        return old
    same = _plain(old, "") == new or (isinstance(old, date) and old.isoformat() == new)
    return old if same else _tree(new)


def merged(answers: Answers, partial: Answers) -> Answers:
    """The answers with those that ``partial`` gives in their place: groups and texts by name are merged, lists replaced."""
    for name in partial.model_fields_set:
        answers = _merged(answers, partial, (name,))
    return answers


def _merged(answers: Answers, partial: Answers, path: AnswerPath) -> Answers:
    from .declaring import Group

    value = value_at(partial, path)
    if isinstance(value, Group):
        for name in value.model_fields_set:
            answers = _merged(answers, partial, (*path, name))
        return answers
    if isinstance(value, dict):
        return replaced(answers, path, {**(value_at(answers, path) or {}), **value})
    return replaced(answers, path, value)
