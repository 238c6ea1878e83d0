"""Styles of an OpenDocument text: how paragraphs and spans are set, and how its lists and headings are numbered (OASIS ODF 1.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from kz_textkit.readers.css import Look
from kz_textkit.readers.number_formats import printed_number
from kz_textkit.readers.style_names import StyleRole, role_of_style
from kz_textkit.readers.symbol_font import symbol

__all__ = ["FO", "OFFICE", "STYLE", "TEXT", "ListLevel", "OdfStyle", "OdfStyles"]

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

_POINTS = re.compile(r"([\d.]+)pt\Z")
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_PLACE = re.compile("%(\\d{1,2})%")
_CODED = re.compile("_([0-9a-f]{2,4})_")


@dataclass(frozen=True, slots=True)
class OdfStyle:
    """What a style says, with all that it is based on."""

    role: StyleRole | None = None
    look: Look = Look()  # noqa: RUF009
    language: str = ""
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How a level of a list is labelled."""

    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    """Levels that its label shows, its own the last."""
    bullet: str = ""
    pattern: str = ""
    """The whole label with `%1%` for the number of level 1, as LibreOffice writes it beside the rest."""


@dataclass(slots=True)
class OdfStyles:
    """Styles by family and name, lists by name; `outline` numbers the headings."""

    lists: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    outline: dict[int, ListLevel] = field(default_factory=dict)
    _elements: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    _found: dict[tuple[str, str], OdfStyle] = field(default_factory=dict)

    def add(self, root: etree._Element) -> None:
        """Read the styles of a part; later parts go over earlier ones."""
        for style in root.iter(STYLE + "style"):
            self._elements[style.get(STYLE + "family", ""), style.get(STYLE + "name", "")] = style
        for style in root.iter(STYLE + "default-style"):
            self._elements[style.get(STYLE + "family", ""), ""] = style
        for style in root.iter(TEXT + "list-style"):
            self.lists[style.get(STYLE + "name", "")] = _levels(style)
        for style in root.iter(TEXT + "outline-style"):
            self.outline = _levels(style)

    def style(self, family: str, name: str | None) -> OdfStyle:
        """What a style of a family (`paragraph`, `text`) says."""
        key = (family, name or "")
        if key not in self._found:
            found = OdfStyle()
            for element in self._chain(*key):
                found = _over(element, found)
            self._found[key] = found
        return self._found[key]

    def list_of(self, name: str | None) -> str | None:
        """The list that a style of paragraphs, or one that it is based on, belongs to."""
        return next((n for e in reversed(self._chain("paragraph", name or "")) if (n := e.get(STYLE + "list-style-name"))), None)

    def _chain(self, family: str, name: str) -> list[etree._Element]:
        """The style and those that it is based on, the most general first; loops are cut."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        following: str | None = name
        while following is not None and (family, following) in self._elements and following not in seen:
            seen.add(following)
            chain.append(self._elements[family, following])
            following = chain[-1].get(STYLE + "parent-style-name")
        if "" not in seen and (family, "") in self._elements:
            chain.append(self._elements[family, ""])
        return chain[::-1]


def _over(style: etree._Element, base: OdfStyle) -> OdfStyle:
    text = style.find(STYLE + "text-properties")
    paragraph = style.find(STYLE + "paragraph-properties")
    name = style.get(STYLE + "display-name") or _CODED.sub(lambda m: chr(int(m[1], 16)), style.get(STYLE + "name", ""))
    look = base.look
    language = base.language
    if text is not None:
        weight, slant, transform = (text.get(FO + name) for name in ("font-weight", "font-style", "text-transform"))
        size = _POINTS.match(text.get(FO + "font-size", ""))
        look = Look(
            bold=None if weight is None else weight == "bold" or (weight.isdigit() and int(weight) >= 600),
            italic=None if slant is None else slant != "normal",
            caps=None if transform is None else transform == "uppercase",
            hidden=True if text.get(TEXT + "display") == "none" else None,
            size=float(size[1]) if size else None,
        ).over(look)
        if style.tag != STYLE + "default-style":
            language = text.get(FO + "language", language)
    keep = base.keep_next
    if paragraph is not None:
        align = paragraph.get(FO + "text-align")
        look = look if align is None else replace(look, centered=align == "center")
        keep = keep if paragraph.get(FO + "keep-with-next") is None else paragraph.get(FO + "keep-with-next") == "always"
    return OdfStyle(role_of_style(name) or base.role, look, language, keep)


def _levels(style: etree._Element) -> dict[int, ListLevel]:
    levels: dict[int, ListLevel] = {}
    for level in style:
        number = level.get(TEXT + "level", "")
        if not number.isdigit():
            continue
        start, shown = level.get(TEXT + "start-value", "1"), level.get(TEXT + "display-levels", "1")
        levels[int(number)] = ListLevel(
            # LibreOffice names the Cyrillic ones by how they begin: `а, б, .., аа, аб, ... (ru)`.
            format=level.get(STYLE + "num-format", "").partition(",")[0],
            prefix=level.get(STYLE + "num-prefix", ""),
            suffix=level.get(STYLE + "num-suffix", ""),
            start=int(start) if start.isdigit() else 1,
            shown=int(shown) if shown.isdigit() else 1,
            bullet=symbol(level.get(TEXT + "bullet-char", "")),
            pattern=level.get(LOEXT + "num-list-format", ""),
        )
    return levels


def label(levels: dict[int, ListLevel], counts: dict[int, int], level: int) -> str:
    """The label of an item, given how far each level is counted.

    >>> levels = {1: ListLevel("1", suffix="."), 2: ListLevel("1", suffix=")", shown=2)}
    >>> label(levels, {1: 3, 2: 1}, 2)
    '3.1)'
    """
    own = levels.get(level)
    if own is None or own.bullet:
        return own.bullet if own else ""
    if not own.format:
        return ""
    if own.pattern:
        return _PLACE.sub(lambda m: _number(levels, counts, int(m[1])), own.pattern)
    first = max(1, level - own.shown + 1)
    numbers = [number for i in range(first, level + 1) if (number := _number(levels, counts, i))]
    return f"{own.prefix}{'.'.join(numbers)}{own.suffix}"


def _number(levels: dict[int, ListLevel], counts: dict[int, int], level: int) -> str:
    own = levels.get(level)
    return printed_number(counts.get(level, own.start), own.format) if own is not None and own.format else ""
