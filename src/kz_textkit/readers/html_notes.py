"""Which links of a page are marks of notes, and which of its parts are the notes: told by types and classes, and by links back.

An EPUB says so (`epub:type`), LibreOffice and Word have classes of their own; elsewhere a note is what a raised number leads to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from kz_textkit.alphabet import KAZAKH_LOWER

__all__ = ["Notes", "local_name"]

LONGEST = 5_000
"""Characters of the longest note."""

_NAMED = "descendant-or-self::*[@id or @name or @href or @role or @*[contains(name(), ':type')]]"
_MARK = re.compile(rf"[\[({{]?(?:\d{{1,4}}|\*{{1,5}}|†|‡|[a-z{KAZAKH_LOWER}]|[ivx]{{1,5}})[\])}}]?", re.IGNORECASE)
_REFERENCE = re.compile(
    r"noteref|footnoteanc|endnoteanc|footnote-?ref|msofootnotereference|msoendnotereference|fnref|reference\b", re.IGNORECASE
)
_NOTE = re.compile(r"\b(?:foot|end|rear)notes?\b|sdfootnote|sdendnote|msofootnote|msoendnote|\bftn\d|\bedn\d", re.IGNORECASE)
_TYPED_NOTE = re.compile(r"\b(?:doc-)?(?:foot|end|rear)note\b")
_CONTAINERS = frozenset(("li", "p", "div", "aside", "dd", "section", "blockquote"))


@dataclass(slots=True)
class Notes:
    """The notes of a page."""

    references: dict[etree._Element, str] = field(default_factory=dict)
    """Links that are marks of notes, with the name of the note."""
    backlinks: dict[etree._Element, str] = field(default_factory=dict)
    """Links in notes that lead back to the mark: the number that the note begins with."""
    containers: dict[etree._Element, str] = field(default_factory=dict)
    """The elements that are notes, by name."""
    footnotes: set[str] = field(default_factory=set)
    """Names of those that belong at the foot of a page, and are read after the block that refers to them."""
    targets: set[str] = field(default_factory=set)
    """Names of places that links of the page lead to."""
    _lengths: dict[etree._Element, int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element) -> Notes:
        """The notes of a page.

        >>> from lxml import html
        >>> page = '<p>Қобыз<sup><a id="r" href="#n">1</a></sup> үні.</p><p id="n"><a href="#r">1</a> Аспап.</p>'
        >>> notes = Notes.of(html.fromstring(f"<div>{page}</div>"))
        >>> list(notes.references.values()), [element.tag for element in notes.containers]
        (['n'], ['p'])
        """
        notes = cls()
        order: dict[str, tuple[int, etree._Element]] = {}
        links: list[tuple[int, etree._Element, str]] = []
        typed: list[etree._Element] = []
        for place, element in enumerate(root.xpath(_NAMED)):
            is_link = local_name(element) == "a"
            name = element.get("id") or (element.get("name") if is_link else None)
            if name:
                order.setdefault(name, (place, element))
            address = element.get("href", "") if is_link else ""
            if len(address) > 1 and address[0] == "#":
                links.append((place, element, address[1:]))
            if _types(element):
                typed.append(element)
        notes.targets = {target for _, _, target in links}
        back: dict[str, list[etree._Element]] = {}
        for place, element, target in links:
            if target in order and order[target][0] < place:
                back.setdefault(target, []).append(element)
        for place, element, target in links:
            if target in order and order[target][0] > place and _MARK.fullmatch("".join(element.itertext()).strip()):
                notes._add(element, target, order[target][1], back)
        notes._add_typed(typed)
        for element in (element for elements in back.values() for element in elements):
            name = notes._inside(element)
            if name:
                notes.backlinks[element] = name
        return notes

    def _add_typed(self, elements: list[etree._Element]) -> None:
        """Marks and notes that say what they are by type (EPUB, WAI-ARIA): the note of a mark may be in another file."""
        for element in elements:
            kinds = _types(element)
            if "noteref" in kinds and local_name(element) == "a":
                self.references.setdefault(element, element.get("href", "").removeprefix("#"))
            elif _TYPED_NOTE.search(kinds) and local_name(element) in _CONTAINERS:
                self.footnotes.add(self.containers.setdefault(element, element.get("id") or "note"))

    def _add(self, link: etree._Element, name: str, target: etree._Element, back: dict[str, list[etree._Element]]) -> None:
        container = _container(target)
        if container is None or container in link.iterancestors() or self._length(container) > LONGEST:
            return
        is_footnote = any(_NOTE.search(_kinds(element)) for element in (container, *container.iterancestors()))
        around = [link, *(a for a, _ in zip(link.iterancestors(), range(2), strict=False)), *link]
        is_raised = any(local_name(element) == "sup" or _REFERENCE.search(_kinds(element)) for element in around)
        # A link back leads to the mark, or to what is just around it.
        names = {element.get("id") or element.get("name") for element in around} - {None}
        is_led_back = any(container in element.iterancestors() for name in names for element in back.get(name, ()))
        if is_footnote or is_raised or is_led_back:
            self.references[link] = name
            self.containers.setdefault(container, name)
            if is_footnote:
                self.footnotes.add(name)

    def _length(self, container: etree._Element) -> int:
        if container not in self._lengths:
            self._lengths[container] = sum(map(len, container.itertext()))
        return self._lengths[container]

    def _inside(self, element: etree._Element) -> str | None:
        return next((self.containers[parent] for parent in element.iterancestors() if parent in self.containers), None)


def local_name(element: etree._Element) -> str:
    """The name of an element in small letters, without namespace; empty for what is no element."""
    return _without_namespace(element.tag)


@lru_cache(maxsize=4096)
def _without_namespace(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _container(target: etree._Element) -> etree._Element | None:
    found = next((element for element in (target, *target.iterancestors()) if local_name(element) in _CONTAINERS), None)
    parent = found.getparent() if found is not None and local_name(found) == "p" else None
    if parent is not None and local_name(parent) in ("div", "aside", "li", "section") and _NOTE.search(_kinds(parent)):
        # One note to a division of its own, or many in one.
        inner = parent.xpath("count(.//*[@id or @name])") if len(parent) < 20 else 99
        return parent if inner <= 2 else found
    return found


def _types(element: etree._Element) -> str:
    return " ".join(value for name, value in element.items() if name == "role" or name.endswith(("}type", "epub:type")))


def _kinds(element: etree._Element) -> str:
    return " ".join(
        value for name, value in element.items() if name in ("class", "id", "name", "role") or name.endswith(("}type", "epub:type"))
    )
