"""Wikitext: the text stays as it is in the wiki, and marks say what is text in it: templates, tables, notes and pictures are furniture.

Read by mwparserfromhell, whose nodes give the text back sign for sign. What a page looks like follows MediaWiki's rules for lines: an
empty line parts paragraphs, `*` and `#` begin items, `=` headings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import quote

import mwparserfromhell
from mwparserfromhell.nodes import Argument, Comment, ExternalLink, Heading, Tag, Template, Wikilink
from mwparserfromhell.wikicode import Wikicode

from kz_textkit.alphabet import KAZAKH_UPPER
from kz_textkit.document import Mark
from kz_textkit.readers.marked_text import ordered

__all__ = ["BASE", "marks_of"]

BASE = "https://kk.wikipedia.org/wiki/"
"""Where the pages of the Kazakh Wikipedia are."""
GONE, SIGN, BREAK = "\x00", "\x01", "\x02"
"""What stands, while lines are told apart, for mark-up, for the sign of an item, and for a line break."""

_REMOVED_TAGS = frozenset(
    (
        *(
            "ref",
            "references",
            "gallery",
            "timeline",
            "table",
            "math",
            "chem",
            "ce",
            "score",
            "graph",
            "mapframe",
            "maplink",
            "imagemap",
        ),
        *("inputbox", "categorytree", "templatestyles", "includeonly", "hiero", "section", "style", "script"),
    )
)
_CODE_TAGS = frozenset(("source", "syntaxhighlight", "pre", "code"))
_ITEM_SIGNS = frozenset(("*", "#", ":", ";"))
_WORDS = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_MAGIC = re.compile(rf"__[A-Z{KAZAKH_UPPER}_]{{3,30}}__")
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}|simple|zh-[a-z]+|roa-[a-z]+|be-x-old|commons|wikt|meta)\Z")
_EMPTY_BRACKETS = re.compile(r"\([\s\x00,;:–—-]*\x00[\s\x00,;:–—-]*\)")
_AFTER_BRACKET = re.compile(r"(?<=\()(?:[\s,;:]*\x00)+[\s,;:]*")
_BEFORE_BRACKET = re.compile(r"[\s,;:]*\x00(?:[\s\x00,;:])*(?=\))")
_LIST_SIGNS = re.compile(r"[\s\x00]*([\x01*#:;]+)")


@cache
def _table(name: str) -> dict[str, str]:
    table = files("kz_textkit.readers").joinpath(f"data/{name}.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")][1:]
    return {line[0]: line[1] for line in lines}


class _Found(NamedTuple):
    """A stretch that is a heading (of a level), or a listing."""

    start: int
    end: int
    level: int


class _Reader:
    """Walks the nodes of a page; offsets are counted, since nodes give the text back sign for sign."""

    def __init__(self, text: str, namespaces: dict[str, str], base: str) -> None:
        self.signs = list(text)
        self.namespaces, self.base = namespaces, base
        self.links: list[Mark] = []
        self.headings: list[_Found] = []
        self.poems: list[_Found] = []
        self.code: list[_Found] = []

    def walk(self, code: Wikicode, at: int) -> int:
        """Read nodes that begin at an offset; returns where they end."""
        for node in code.nodes:
            length = len(str(node))
            handle = _HANDLERS.get(type(node))
            if handle is not None:
                handle(self, node, at, length)
            at += length
        return at

    def remove(self, start: int, end: int) -> None:
        """What stands there is no text of the page."""
        self.signs[start:end] = GONE * (end - start)

    def gone(self, node: Any, at: int, length: int) -> None:
        self.remove(at, at + length)

    def comment(self, node: Comment, at: int, length: int) -> None:
        # On lines of its own it leaves no empty line.
        alone = at > 0 and self.signs[at - 1] == "\n" and self.signs[at + length : at + length + 1] == ["\n"]
        self.remove(at, at + length + alone)

    def heading(self, node: Heading, at: int, length: int) -> None:
        signs = int(node.level)
        self.remove(at, at + signs)
        self.walk(node.title, at + signs)
        self.remove(at + length - signs, at + length)
        self.headings.append(_Found(at, at + length, signs))

    def template(self, node: Template, at: int, length: int) -> None:
        argument = _table("wiki_templates").get(" ".join(str(node.name).split()).lower().replace("_", " "))
        parameters = [p for p in node.params if not p.showkey]
        number = len(parameters) if argument == "last" else int(argument or 0)
        if not 0 < number <= len(parameters):
            self.remove(at, at + length)
            return
        value = parameters[number - 1].value
        # The value stands after the bars of the parameters before it.
        position = at + 2 + len(str(node.name))
        for parameter in node.params:
            position += 1
            if parameter is parameters[number - 1]:
                break
            position += len(str(parameter))
        self.remove(at, position)
        end = self.walk(value, position)
        self.remove(end, at + length)

    def wikilink(self, node: Wikilink, at: int, length: int) -> None:
        title = str(node.title).strip()
        space, colon, _ = title.lstrip(":").partition(":")
        what = self.namespaces.get(" ".join(space.replace("_", " ").split()).lower(), "") if colon else ""
        if not title.startswith(":") and (what or (colon and node.text is None and _LANGUAGE.match(space.lower()))):
            self.remove(at, at + length)
            return
        inner = at + 2
        shown = node.title
        if node.text is not None and str(node.text).strip():
            inner += len(str(node.title)) + 1
            shown = node.text
        self.remove(at, inner)
        end = self.walk(shown, inner)
        self.remove(end, at + length)
        target = " ".join(title.lstrip(":").partition("#")[0].replace("_", " ").split())
        if target and end > inner:
            target = target[0].upper() + target[1:]
            url = self.base + quote(target.replace(" ", "_"), safe="/:(),'!*")
            self.links.append(Mark(inner, end, "link", {"url": url, "title": target}))

    def external(self, node: ExternalLink, at: int, length: int) -> None:
        if not node.brackets:
            return
        if node.title is None or not str(node.title).strip():
            self.remove(at, at + length)
            return
        inner = at + length - 1 - len(str(node.title))
        self.remove(at, inner)
        end = self.walk(node.title, inner)
        self.remove(end, at + length)
        self.links.append(Mark(inner, end, "link", {"url": str(node.url).strip()}))

    def tag(self, node: Tag, at: int, length: int) -> None:
        name = str(node.tag).strip().lower()
        markup = node.wiki_markup
        if markup in _ITEM_SIGNS:
            self.signs[at : at + length] = SIGN * length
        elif name == "br":
            self.signs[at : at + length] = BREAK + GONE * (length - 1)
        elif name in _REMOVED_TAGS or name == "hr" or node.self_closing or node.contents is None:
            self.remove(at, at + length)
        else:
            closing = len(node.closing_wiki_markup or "") if markup else 0 if node.implicit else len(str(node.closing_tag)) + 3
            contents = len(str(node.contents))
            inner = at + length - closing - contents
            self.remove(at, inner)
            if name in _CODE_TAGS and "\n" in str(node.contents):
                self.code.append(_Found(inner, inner + contents, 0))
            else:
                self.walk(node.contents, inner)
                if name == "poem":
                    self.poems.append(_Found(inner, inner + contents, 0))
            self.remove(inner + contents, at + length)


_HANDLERS: dict[type, Callable[[_Reader, Any, int, int], None]] = {
    Heading: _Reader.heading,
    Template: _Reader.template,
    Argument: _Reader.gone,
    Comment: _Reader.comment,
    Wikilink: _Reader.wikilink,
    ExternalLink: _Reader.external,
    Tag: _Reader.tag,
}


def marks_of(text: str, *, namespaces: dict[str, str] | None = None, base: str = BASE) -> tuple[Mark, ...]:
    """The marks of a text that is written in wikitext.

    `namespaces` says of names in small letters whether they are of pictures or categories, beside those in
    `data/wiki_namespaces.tsv`; links lead to pages under `base`.

    >>> text = "'''Абай''' – [[ақын|ақын]].{{Дереккөз}}\\n[[Санат:Ақындар]]"
    >>> [text[m.start : m.end] for m in marks_of(text) if m.value.get("kind") == "furniture"]
    ["'''", "'''", '[[ақын|', ']]', '{{Дереккөз}}', '[[Санат:Ақындар]]']
    """
    code = mwparserfromhell.parse(text, skip_style_tags=False)
    reader = _Reader(text, _table("wiki_namespaces") | (namespaces or {}), base)
    if str(code) == text:
        reader.walk(code, 0)
    masked = "".join(reader.signs)
    for pattern in (_MAGIC, _EMPTY_BRACKETS, _AFTER_BRACKET, _BEFORE_BRACKET):
        masked = pattern.sub(lambda m: GONE * len(m[0]), masked)
    marks = list(_blocks(text, masked, reader))
    marks += _furniture(text, masked, marks)
    shown = [(m.start, m.end) for m in marks if m.value.get("kind") != "furniture"]
    marks += [link for link in reader.links if any(a <= link.start < b for a, b in shown)]
    return ordered(marks)


class _Line(NamedTuple):
    start: int
    end: int
    signs: str
    """The signs of an item that it begins with."""
    is_blank: bool


def _lines(text: str, masked: str) -> Iterator[_Line]:
    """The lines of the page: where the text has line ends, and where it has breaks."""
    position = 0
    for piece in re.split(f"([\n{BREAK}])", masked):
        if piece in ("\n", BREAK) and len(piece) == 1:
            position += 1
            continue
        found = _LIST_SIGNS.match(piece)
        signs = ""
        start = position
        if found is not None and SIGN in found[1]:
            start = position + found.end()
            signs = "".join(text[position + i] for i in range(found.start(1), found.end(1)))
        shown = [i for i in range(start, position + len(piece)) if masked[i] != GONE and not masked[i].isspace()]
        is_blank = not shown
        yield _Line(shown[0] if shown else start, shown[-1] + 1 if shown else start, signs, is_blank)
        position += len(piece)


def _blocks(text: str, masked: str, reader: _Reader) -> Iterator[Mark]:
    counts: dict[str, int] = {}
    gathered: list[_Line] = []
    for line in _lines(text, masked):
        special, listing, poem = (_around(line.start, found) for found in (reader.headings, reader.code, reader.poems))
        is_break = bool(gathered) and BREAK in masked[gathered[-1].end : line.start]
        if line.is_blank or special or listing or poem or line.signs or is_break:
            yield from _paragraph(text, gathered)
            gathered = []
        if not line.signs and not line.is_blank:
            counts.clear()
        if line.is_blank:
            continue
        if special is not None:
            yield Mark(line.start, line.end, "block", {"kind": "heading", "level": max(1, special.level - 1)})
        elif listing is not None or poem is not None:
            yield Mark(line.start, line.end, "block", {"kind": "code" if listing else "verse"})
        elif line.signs:
            yield Mark(line.start, line.end, "block", _item(line.signs, counts))
        else:
            gathered.append(line)
    yield from _paragraph(text, gathered)


def _around(offset: int, found: list[_Found]) -> _Found | None:
    """The stretch, of those in order, that an offset is in."""
    at = bisect_right(found, offset, key=lambda f: f.start) - 1
    return found[at] if at >= 0 and offset < found[at].end else None


def _item(signs: str, counts: dict[str, int]) -> dict[str, Any]:
    if signs[-1] in ":;":
        return {"bold": True} if signs[-1] == ";" else {}
    value: dict[str, Any] = {"kind": "list_item", "level": len(signs)}
    for deeper in [known for known in counts if len(known) > len(signs)]:
        del counts[deeper]
    if signs[-1] == "#":
        counts[signs] = counts.get(signs, 0) + 1
        value["number"] = f"{counts[signs]}."
    return value


def _paragraph(text: str, lines: list[_Line]) -> Iterator[Mark]:
    if lines:
        yield Mark(lines[0].start, lines[-1].end, "block", {})


def _furniture(text: str, masked: str, blocks: list[Mark]) -> Iterator[Mark]:
    """What is gone, and the signs of items, as furniture inside blocks and between them."""
    borders = sorted({offset for mark in blocks for offset in (mark.start, mark.end)} | {0, len(text)})
    for start, end in pairwise(borders):
        for run in re.finditer(f"[{GONE}{SIGN}{BREAK}]+", masked[start:end]):
            words = _WORDS.search(text, start + run.start(), start + run.end())
            if words is not None:
                yield Mark(words.start(), words.end(), "block", {"kind": "furniture"})
