"""How one thing that a partner is asked for is declared: once, on its model attribute.

The form, the answers file's comments, the context pane and the JSON Schema all read the same :class:`Ask`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo, WithJsonSchema

from tilewizard.language import translated

from .given import Given

DOCS_ASSETS = "https://docs.datadoghq.com/developers/integrations/check_references/"
DOCS_TILE = "https://docs.datadoghq.com/developers/integrations/create_a_tile/"
DOCS_MARKETPLACE = "https://docs.datadoghq.com/developers/integrations/marketplace_offering/"
DOCS_GUIDE = "https://docs.datadoghq.com/developers/integrations/"


class Kind(StrEnum):
    """What a value is entered with."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"
    CHOICES = "choices"
    FILE = "file"
    FILES = "files"
    """Files by short name: ``{name: path}``."""
    TABLE = "table"
    TEXTS = "texts"
    """Texts by name: ``{name: text}``."""
    LIST = "list"


Condition = Callable[[Given], bool]


@dataclass(frozen=True)
class Ask:
    """One question.

    Attributes:
        title: the label.
        help: what it is and why it is asked, for somebody who never saw a tile.
        example: a value as one might type it.
        shows: where a customer sees it in Datadog.
        kind: what it is entered with.
        at: the manifest pointer that it is kept at, or the file where that is not the manifest; empty when it decides
            several things.
        step: the wizard's step that asks; by default the step of the group that holds it.
        choices: the closed list that it is chosen from.
        suggestions: likely values where others are possible too.
        limit: characters at most.
        derive: the value while the partner gives none.
        applies: whether it is asked at all, from the other answers.
        uses: for a table's column: whether a row has a use for it.
        required: whether a tile can do without.
        endings: file endings that fit.
        docs: where Datadog documents it.
        width: characters that its column or field wants; 0: as it comes.
    """

    title: str
    help: str
    example: str = ""
    shows: str = ""
    kind: Kind = Kind.TEXT
    at: str = ""
    step: str = ""
    choices: Callable[[Given], tuple[str, ...]] | tuple[str, ...] | None = None
    suggestions: Callable[[Given], tuple[str, ...]] | None = None
    limit: Callable[[Given], int] | int | None = None
    derive: Callable[[Given], Any] | None = None
    applies: Condition | None = None
    uses: Callable[[Any], bool] | None = None
    required: bool = False
    endings: tuple[str, ...] = ()
    docs: str = DOCS_ASSETS
    width: int = 0

    def __post_init__(self) -> None:
        for name in ("title", "help", "shows"):
            object.__setattr__(self, name, translated(getattr(self, name)))

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        schema: dict[str, Any] = dict(handler(core_schema))
        schema |= {"title": self.title, "description": self.help}
        if self.example:
            schema["examples"] = [self.example]
        return schema


class Group(BaseModel):
    """Questions that belong together. Immutable; ``step`` is the wizard's step that asks them."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, ser_json_inf_nan="constants")


def _text(value: Any) -> Any:
    """Texts as YAML gives them: a date and a whole number are taken as written, a float can't be."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if isinstance(value, float):
        raise ValueError(f"is read as the number {value}; put it in quotes")
    return str(value)


def _number(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str) and not (info.context or {}).get("lenient"):
        raise ValueError("must be a number, without quotes")
    return value


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[int | float | str, AfterValidator(_number), WithJsonSchema({"type": "number"})]
"""A number; while somebody types, and in a tile that is wrong, possibly the text that stands in its place."""
