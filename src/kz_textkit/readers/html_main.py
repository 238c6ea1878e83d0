"""Which part of a web page is what was written, and which is furniture: menus, footers, side bars, lists of other pages.

Resiliparse says which lines are of the main content; its voice is a vote. The element that holds nearly all of what was voted for
is the main part, and is kept whole, but for what is furniture by name and was not voted for. Without furniture a page is kept whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml import etree
from resiliparse.extract.html2text import extract_plain_text

from kz_textkit.readers.html_blocks import Item
from kz_textkit.readers.html_notes import local_name
from kz_textkit.readers.inline import InlineMark

__all__ = ["furniture_of"]

NEARLY_ALL = 0.85
"""Share of the letters that were voted for which the main part holds."""
LEAST_VOTED = 0.2
"""Share of the letters of a page below which the vote is not believed."""
MENUS = 0.3
"""Share of a page that menus are less than."""
LAST = 3
"""Lines at the end of a page that may say who owns it."""
KEYED = 80
"""Letters by which a line is known."""
LONG = 30
"""Letters of a text that is found within a line by more than chance."""
PARAGRAPH = 150
"""Characters of a text that was voted for and is kept wherever it stands."""
LINK_SHARE = 0.6
"""Share of the letters in links from which a list is a menu."""

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "menu", "form", "dialog"))
_FURNITURE_NAME = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|side-?bar|share|sharing|social|comments?|related|cookies?|banner"
    r"|promo|advert(?:isement)?s?|ads?|popup|modal|pagination|pager|tags?|widget|search|login|subscribe|toolbar|skip|copyright|counter"
    r"|recommend(?:ed|ations)?|tabs|noprint|metadata|toplink|meta|byline|views|posted-on)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_SURE_NAME = re.compile(r"(?:^|\s)(?:navbox|vertical-navbox|catlinks|printfooter|mw-jump-link|toc|breadcrumbs?)(?:$|\s)", re.IGNORECASE)
"""Names of what is furniture though it may read like text."""
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s|copyright\b)", re.IGNORECASE)
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog", "toolbar"))


def furniture_of(page: str, root: etree._Element, items: Sequence[Item]) -> set[int]:
    """Indexes of the items that are furniture of a page, whose markup is `page`."""
    known: dict[etree._Element, bool] = {}
    named = [_named(item.element, None, known) for item in items]
    if not any(named):
        return _unnamed(items)
    sizes = [len(item.piece.content.text) for item in items]
    voted = _votes(page, items)
    if sum(size for size, vote in zip(sizes, voted, strict=True) if vote) < LEAST_VOTED * sum(sizes):
        return {i for i, is_named in enumerate(named) if is_named and _is_menu(items[i])}
    main = _main_part(root, items, sizes, voted)
    held = {main: True}
    inside = [main is root or _holds(main, item.element, held) for item in items]
    known = {}
    first = inside.index(True)
    # The title and what stands under it may be above the main part.
    heads = [i for i in range(first) if items[i].piece.kind == "heading" and not named[i]]
    title = max((i for i in heads if voted[i]), default=first)
    if title == first and heads and not any(item.piece.kind == "heading" for item, is_in in zip(items, inside, strict=True) if is_in):
        title = heads[-1]
    furniture: set[int] = set()
    for i, item in enumerate(items):
        if inside[i]:
            if named[i] and _named(item.element, main, known) and (not voted[i] or _is_menu(item) or _is_sure(item.element)):
                furniture.add(i)
        elif i != title and (named[i] or _is_menu(item) or not voted[i] or not (title <= i < first or sizes[i] >= PARAGRAPH)):
            furniture.add(i)
    return furniture


def _unnamed(items: Sequence[Item]) -> set[int]:
    """Menus, and the line of the owner, of a page that names nothing: lines of links to other pages, where they are the lesser part."""
    found = {i for i, item in enumerate(items) if _is_menu(item) and sum(_leads_out(mark) for mark in item.piece.content.marks) > 1}
    found |= {i for i in range(max(0, len(items) - LAST), len(items)) if _COPYRIGHT.match(items[i].piece.content.text)}
    size = sum(len(item.piece.content.text) for item in items)
    return found if sum(len(items[i].piece.content.text) for i in found) < MENUS * size else set()


def _leads_out(mark: InlineMark) -> bool:
    return mark.kind == "link" and not str(mark.value["url"]).startswith("#")


def _is_sure(element: etree._Element) -> bool:
    return any(_SURE_NAME.search(f"{e.get('class', '')} {e.get('id', '')}") for e in (element, *element.iterancestors()))


def _votes(page: str, items: Sequence[Item]) -> list[bool]:
    main = extract_plain_text(page, preserve_formatting=True, main_content=True, list_bullets=False, alt_texts=False)
    lines = {_key(line) for line in main.split("\n")}
    whole = ""
    votes = []
    for item in items:
        key = _key(_without_generated(item))
        vote = key in lines
        if key and not vote and len(key) >= LONG:
            whole = whole or "".join(main.split())
            vote = key in whole
        votes.append(bool(key) and vote)
    return votes


def _without_generated(item: Item) -> str:
    text = item.piece.content.text
    for mark in reversed(item.piece.content.marks):
        if mark.kind == "generated":
            text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
    return text


def _key(text: str) -> str:
    """What a line begins with, without white space, by which it is found again."""
    return "".join(text.lstrip()[: 2 * KEYED].partition("\n")[0].split())[:KEYED]


def _main_part(root: etree._Element, items: Sequence[Item], sizes: Sequence[int], voted: Sequence[bool]) -> etree._Element:
    """The smallest element that holds nearly all of what was voted for."""
    weights = Counter[etree._Element]()
    for item, size, vote in zip(items, sizes, voted, strict=True):
        if vote:
            weights[item.element] += size
    within = Counter[etree._Element]()
    for element, weight in weights.items():
        for holder in (element, *element.iterancestors()):
            within[holder] += weight
    wanted = NEARLY_ALL * sum(weights.values())
    main = root
    while True:
        below = next((child for child in main if within.get(child, 0) >= wanted), None)
        if below is None:
            return main
        main = below


def _holds(main: etree._Element, element: etree._Element, known: dict[etree._Element, bool]) -> bool:
    """Whether the main part holds an element; what is `known` of elements grows."""
    way: list[etree._Element] = []
    holder: etree._Element | None = element
    while holder is not None and holder not in known:
        way.append(holder)
        holder = holder.getparent()
    found = holder is not None and known[holder]
    known.update(dict.fromkeys(way, found))
    return found


def _named(element: etree._Element, main: etree._Element | None, known: dict[etree._Element, bool]) -> bool:
    """Whether an element is furniture by its name or that of one that holds it (below the main part); what is `known` grows."""
    way: list[etree._Element] = []
    holder: etree._Element | None = element
    found = False
    while holder is not None and not found:
        if holder in known:
            found = known[holder]
            break
        way.append(holder)
        if holder is main or local_name(holder) in ("body", "html", "article", "main"):
            break
        found = _is_named(holder)
        holder = holder.getparent()
    known.update(dict.fromkeys(way, found))
    return found


def _is_named(element: etree._Element) -> bool:
    if local_name(element) in _FURNITURE_TAGS:
        return True
    if not element.attrib:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.get("role") in _ROLES or bool(_FURNITURE_NAME.search(names) or _SURE_NAME.search(names))


def _is_menu(item: Item) -> bool:
    """Whether nearly all letters of a short piece are in links."""
    content = item.piece.content
    linked = sum(mark.end - mark.start for mark in content.marks if mark.kind == "link")
    return linked > LINK_SHARE * len(content.text)
