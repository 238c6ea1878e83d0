"""Automatic numbers of a Word document, which stand in no run: counted as Word counts them, by list and level (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from kz_textkit.readers.docx_styles import W, is_on, property_value
from kz_textkit.readers.number_formats import printed_number
from kz_textkit.readers.symbol_font import symbol

__all__ = ["Number", "Numbering"]

LEVELS = 9
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class Number:
    """The label of a paragraph."""

    text: str
    """As printed: `1.2.`, `а)`, `•`."""
    suffix: str
    """What stands between it and the text: a space, or nothing."""
    is_bullet: bool
    level: int
    """From 0."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = " "
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    overrides: dict[int, _Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document, with how far each is counted; lists that share a definition share their counts."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            self._levels[name] = {_index(level): _level(level) for level in abstract.iterfind(W + "lvl")}
            if link := property_value(abstract, "numStyleLink"):
                linked[name] = link
            if link := property_value(abstract, "styleLink"):
                by_style[link] = name
        for name, link in linked.items():
            self._levels[name] = self._levels.get(by_style.get(link, ""), self._levels[name])
        for number in root.iterfind(W + "num"):
            found = _List(property_value(number, "abstractNumId") or "")
            for override in number.iterfind(W + "lvlOverride"):
                level = override.find(W + "lvl")
                if level is not None:
                    found.overrides[_index(override)] = _level(level)
                start = property_value(override, "startOverride")
                if start and start.isdigit():
                    found.restarts[_index(override)] = int(start)
            self._lists[number.get(W + "numId", "")] = found

    def level_of_style(self, list_id: str, style_id: str) -> int:
        """The level of a list that belongs to a style."""
        found = self._lists.get(list_id)
        levels = self._levels.get(found.abstract, {}) if found else {}
        return next((index for index, level in levels.items() if level.style == style_id), 0)

    def next(self, list_id: str, level: int) -> Number | None:
        """The label of the next paragraph at a level (from 0) of a list, or None where the list has none."""
        found = self._lists.get(list_id)
        if found is None or not 0 <= level < LEVELS:
            return None
        own = self._level(found, level)
        if own is None:
            return None
        counts = self._counts.setdefault(found.abstract, [None] * LEVELS)
        if level in found.restarts and (list_id, level) not in self._begun:
            # It begins anew with its own first paragraph, not with one below.
            counts[level] = None
        self._begun.add((list_id, level))
        for index in range(level):
            if counts[index] is None:
                counts[index] = self._start(found, index)
        counts[level] = self._start(found, level) if counts[level] is None else (counts[level] or 0) + 1
        for index in range(level + 1, LEVELS):
            deeper = self._level(found, index)
            if deeper is None or deeper.restart is None or level < deeper.restart:
                counts[index] = None
        if own.format == "bullet":
            return Number(symbol(own.text), own.suffix, True, level)
        if own.format == "none" and not _PLACE.search(own.text) and not own.text.strip():
            return None
        return Number(_PLACE.sub(lambda m: self._printed(found, counts, int(m[1]) - 1, own.legal), own.text), own.suffix, False, level)

    def _start(self, found: _List, index: int) -> int:
        level = self._level(found, index)
        return found.restarts.get(index, level.start if level else 1)

    def _level(self, found: _List, index: int) -> _Level | None:
        return found.overrides.get(index) or self._levels.get(found.abstract, {}).get(index)

    def _printed(self, found: _List, counts: list[int | None], index: int, legal: bool) -> str:
        level = self._level(found, index)
        name = level.format if level else "decimal"
        count = counts[index]
        if count is None:
            return ""
        return "" if name == "none" else printed_number(count, "decimal" if legal else name)


def _index(element: etree._Element) -> int:
    value = element.get(W + "ilvl", "0")
    return int(value) if value.isdigit() else 0


def _level(element: etree._Element) -> _Level:
    start, restart = property_value(element, "start"), property_value(element, "lvlRestart")
    return _Level(
        start=int(start) if start and start.isdigit() else 1,
        format=property_value(element, "numFmt") or "decimal",
        text=property_value(element, "lvlText") or "",
        suffix="" if property_value(element, "suff") == "nothing" else " ",
        restart=int(restart) if restart and restart.isdigit() else None,
        legal=bool(is_on(element.find(W + "isLgl"))),
        style=property_value(element, "pStyle"),
    )
