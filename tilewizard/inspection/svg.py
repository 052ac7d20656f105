"""What an SVG holds: whether it is well formed, and whether it does anything but draw."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tilewizard.language import _

SIZE_MAX = 2 * 1024 * 1024


@dataclass(frozen=True)
class SvgFacts:
    """An SVG at a glance; ``fault`` and ``fault_line`` (1-based) say why it can't be read."""

    well_formed: bool = False
    is_svg: bool = False
    has_view_box: bool = False
    scripts: int = 0
    outside_references: tuple[str, ...] = ()
    entities: bool = False
    fault: str = ""
    fault_line: int | None = None


_ADDRESS = re.compile(r"url\(([^)]{0,300})|@import\s{1,9}[\"']([^\"']{0,300})", re.IGNORECASE)


def _outside(css: str) -> list[str]:
    """What a style refers to beyond the file itself."""
    found = ((match.group(1) or match.group(2) or "").strip(" \t\r\n\"'") for match in _ADDRESS.finditer(css))
    return [each[:200] for each in found if each and not each.startswith(("#", "data:image/", "data:font/"))]


def inspect_svg(text: str) -> SvgFacts:
    """The facts of an SVG. Entities are refused, nothing is fetched. Never raises."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(text) > SIZE_MAX:
        return SvgFacts(fault=_("is longer than {limit:,} characters", limit=SIZE_MAX))
    try:
        root = fromstring(text.encode("utf-8", "replace"), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        return SvgFacts(entities=True, fault=_("defines XML entities"))
    except ParseError as error:
        line = error.position[0] if error.position else None
        return SvgFacts(fault=_("is not well-formed XML: {error}", error=str(error).partition(":")[0]), fault_line=line)
    except (ValueError, RecursionError, LookupError) as error:
        return SvgFacts(fault=_("can't be read ({name})", name=type(error).__name__))
    scripts, outside = 0, []
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2].lower()
        scripts += tag in ("script", "foreignobject")
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2].lower()
            scripts += plain.startswith("on") or value.strip().lower().startswith("javascript:")
            if plain in ("href", "src") and tag != "a" and not value.startswith(("#", "data:image/")):
                outside.append(value[:200])
            elif "(" in value:
                outside += _outside(value)
        if tag == "style" and element.text:
            outside += _outside(element.text)
    if "<?xml-stylesheet" in text:
        outside.append(_("a style sheet"))
    view_box = "viewBox" in root.attrib
    is_svg = str(root.tag).rpartition("}")[2] == "svg"
    return SvgFacts(True, is_svg, view_box, scripts, tuple(outside))
