"""The form of a processor: what must be a mapping or a list of mappings, looked at before it runs.

So a fault in a file is told as one, and a fault of ours is never taken for it.
"""

from __future__ import annotations

from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError

_MAPPINGS = ("filter", "grok", "operation", "schema", "targets", "fallback", "values")
_LISTS = ("categories", "mappers", "processors")
_DEEPEST = 20


def check(settings: dict[str, Any], depth: int = 0) -> None:
    """Appearance at a processor's keys, and at those below.

    Raises:
        TilewizardError: one holds something else than it must.
    """
    if depth > _DEEPEST:
        raise TilewizardError(_("pipelines are nested too deeply"), remedy=_("flatten them"))
    name = settings.get("name") or settings.get("type")
    for key, value in settings.items():
        if value is None:
            continue
        if key in _MAPPINGS and not (key == "filter" and isinstance(value, str)):
            if not isinstance(value, dict):
                raise TilewizardError(
                    _("`{key}` of the processor {name!r} is no mapping", key=key, name=name), remedy=_("give it keys")
                )
            check(value, depth + 1)
            if key == "fallback" and not isinstance(value.get("sources") or {}, dict):
                raise TilewizardError(
                    _("`sources` of the processor {name!r} is no mapping", name=name), remedy=_("give it keys")
                )
        elif key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
                raise TilewizardError(
                    _("`{key}` of the processor {name!r} is no list of mappings", key=key, name=name),
                    remedy=_("begin each with `- `"),
                )
            for each in value:
                if isinstance(each.get("filter"), str):
                    raise TilewizardError(
                        _("`filter` in {name!r} is no mapping", name=name), remedy=_("give it a `query:`")
                    )
                check(each, depth + 1)
