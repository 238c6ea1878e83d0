"""The blocks of a web page or a chapter of an e-book, in order: headings, paragraphs, items of lists, rows of tables, notes.

The tree is walked once, without recursion, since pages may be nested thousands deep. What a browser would not show is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from lxml import etree

from kz_textkit.readers.blocks import Cell, Piece, row
from kz_textkit.readers.css import Look, StyleSheet
from kz_textkit.readers.html_notes import Notes, local_name
from kz_textkit.readers.inline import Inline
from kz_textkit.readers.looks import Looks
from kz_textkit.readers.number_formats import printed_number
from kz_textkit.readers.style_names import role_of_style

__all__ = ["Item", "html_blocks"]

SKIPPED = frozenset(
    (
        *("head", "script", "style", "template", "noscript", "link", "meta", "title", "rt", "rp", "colgroup"),
        *("svg", "canvas", "iframe", "object", "applet", "audio", "video", "map", "img"),
        *("select", "datalist", "textarea", "input", "progress", "meter"),
    )
)
"""Elements without text of the page."""
BLOCKS = frozenset(
    (
        *(
            "html",
            "body",
            "main",
            "article",
            "section",
            "div",
            "header",
            "footer",
            "aside",
            "nav",
            "menu",
            "search",
            "form",
            "fieldset",
        ),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hgroup",
            "p",
            "blockquote",
            "address",
            "center",
            "hr",
            "pre",
            "xmp",
            "listing",
            "plaintext",
        ),
        *("ol", "ul", "dir", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
        *("figure", "figcaption", "details", "summary", "dialog", "legend", "button", "option"),
    )
)
"""Elements that begin and end on lines of their own."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SAYING = frozenset((*HEADINGS, "li", "pre", "xmp", "listing", "plaintext", "caption", "figcaption", "button", "td", "th", "table"))
"""Elements that say what the blocks in them are."""
PREFORMATTED = frozenset(("pre", "xmp", "listing", "plaintext"))
BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
ITALIC = frozenset(("i", "em", "cite", "dfn", "var"))
FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
"""Points of the sizes of `<font>`."""
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PROSE = 0.8
"""Share of Cyrillic letters above which preformatted text is no program."""
MOST_COLUMNS = 1_000
"""Columns that are counted."""

_NOTHING = Look()
_NUMBER = re.compile(r"-?\d{1,6}\Z")


@cache
def _classes() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = files("kz_textkit.readers").joinpath("data/html_classes.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")][1:]
    return tuple((re.compile(pattern), kind) for pattern, kind in lines)


@cache
def _kind_of_class(names: str) -> str:
    for name in names.lower().split():
        kind = next((kind for pattern, kind in _classes() if pattern.fullmatch(name)), "")
        # Word names its classes after its styles.
        role = role_of_style(name[3:]) if name.startswith("mso") else None
        if kind or role is not None:
            return kind or (role.kind if role is not None else "")
    return ""


class Item(NamedTuple):
    """A piece of a page, with the element that it stands in."""

    element: etree._Element
    piece: Piece


@dataclass(frozen=True, slots=True)
class _State:
    """What holds for text in an element."""

    look: Look = _NOTHING
    names: tuple[str, ...] = ()
    kind: str = ""
    """A kind of block by class."""
    language: str = ""
    hidden: bool = False


class _Delta(NamedTuple):
    """What an element changes of how its text is set."""

    look: Look
    kind: str
    """The kind of block that its class names."""
    is_hidden: bool
    changes: bool
    """It changes anything."""
    is_bare: bool
    """It has no attributes."""


@dataclass(slots=True)
class _Context:
    """An open element that begins on a line of its own."""

    element: etree._Element
    tag: str
    number: str = ""
    used: bool = False
    says_kind: bool = False
    """It may say what the blocks in it are."""


@dataclass(slots=True)
class _List:
    """An open list."""

    ordered: bool
    next: int = 1
    step: int = 1
    format: str = "decimal"


@dataclass(slots=True)
class _Table:
    """An open table; as a frame it only holds blocks together."""

    number: int
    is_frame: bool
    row: int = 0
    cells: list[Cell] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    """Rows that are still covered by a cell from above, by column."""
    column: int = 0


def html_blocks(root: etree._Element, sheet: StyleSheet | None = None, *, tables: int = 0) -> list[Item]:
    """The pieces of a page in order, footnotes after the block that refers to them; `tables` were there before.

    >>> from lxml import html
    >>> page = html.fromstring("<div><h2>Мақал</h2><ol type='a'><li>Ел іші –<br>алтын бесік.</ol></div>")
    >>> [(item.piece.kind, item.piece.content.text) for item in html_blocks(page)]
    [('heading', 'Мақал'), ('list_item', 'a. Ел іші –\\nалтын бесік.')]
    """
    walker = _Walker(root, sheet or StyleSheet(), tables)
    walker.walk()
    return _with_notes_moved(walker.items, walker.notes.footnotes)


def _with_notes_moved(items: list[Item], footnotes: set[str]) -> list[Item]:
    """Footnotes after the block that refers to them first."""
    notes: dict[str, list[Item]] = {}
    for item in items:
        name = item.piece.value.get("note", "")
        if name in footnotes:
            notes.setdefault(name, []).append(item)
    moved: list[Item] = []
    for item in items:
        if item.piece.value.get("note", "") in footnotes:
            continue
        moved.append(item)
        for mark in item.piece.content.marks:
            if mark.kind == "anchor" and mark.value.get("note") in notes:
                moved += notes.pop(mark.value["note"])
    return moved + [item for rest in notes.values() for item in rest]


class _Walker:
    def __init__(self, root: etree._Element, sheet: StyleSheet, tables: int) -> None:
        self.root, self.sheet = root, sheet
        self.notes = Notes.of(root)
        self.items: list[Item] = []
        self.contexts = [_Context(root, "")]
        self.states = [_State()]
        self.lists: list[_List] = []
        self.tables: list[_Table] = []
        self.table_count = tables
        self.links: list[tuple[etree._Element, int]] = []
        self.extras: list[tuple[etree._Element, int]] = []
        """Open elements within a line that a program of the site put there, such as links to edit a section."""
        self.deltas: dict[tuple[str, str, str, str, str, bool], _Delta] = {}
        self.plain: dict[str, _Delta] = {}
        self._begin()

    def _begin(self) -> None:
        self.line = Inline(collapse=True)
        self.looks = Looks()
        self.kinds: dict[str, int] = {}
        self.broken = False
        self.links = [(element, 0) for element, _ in self.links]

    def walk(self) -> None:
        """Visit every element in order."""
        walk = etree.iterwalk(self.root, events=("start", "end"))
        opened: list[str] = []
        for event, element in walk:
            if event == "start":
                tag = local_name(element)
                delta = self._delta(element, tag) if tag and tag not in SKIPPED else None
                if delta is None or (tag not in BLOCKS and (delta.look.hidden or delta.is_hidden)):
                    walk.skip_subtree()
                    opened.append("")
                    continue
                opened.append(tag)
                self._start(element, tag, delta)
                if element.text:
                    self._text(element.text)
            else:
                tag = opened.pop()
                if tag:
                    self._end(element, tag)
                if element.tail and element is not self.root:
                    self._text(element.tail)
        self._flush()

    def _delta(self, element: etree._Element, tag: str) -> _Delta:
        """What an element changes of how its text is set."""
        is_bare = not element.keys()
        if is_bare and tag in self.plain:
            return self.plain[tag]
        names, style, align = element.get("class", ""), element.get("style", ""), element.get("align", "")
        key = (tag, names, style, align, element.get("size", "") if tag == "font" else "", element.get("hidden") is not None)
        if key not in self.deltas:
            look = Look.of(style).over(self.sheet.look(tag, tuple(names.split())))
            if tag in BOLD and look.bold is None:
                look = replace(look, bold=True)
            if tag in ITALIC and look.italic is None:
                look = replace(look, italic=True)
            if tag == "center" or align:
                look = replace(look, centered=tag == "center" or align.lower() in ("center", "middle"))
            if tag == "table" and look.centered is None:
                # What stands around a table centers the table, and not the text in it.
                look = replace(look, centered=False)
            if key[4] in FONT_SIZES and look.size is None:
                look = replace(look, size=FONT_SIZES[key[4]])
            kind = _kind_of_class(names) if names else ""
            self.deltas[key] = _Delta(look, kind, key[5], look != _NOTHING or bool(kind) or key[5], False)
        if is_bare:
            self.plain[tag] = self.deltas[key]._replace(is_bare=True)
            return self.plain[tag]
        return self.deltas[key]

    def _start(self, element: etree._Element, tag: str, delta: _Delta) -> None:
        is_block = tag in BLOCKS
        if is_block:
            self._flush()
            self._open_block(element, tag, is_bare=delta.is_bare)
        self.states.append(self._state(element, tag, delta))
        if tag == "br":
            self._break()
        elif tag == "q":
            self.line.generated("«", by="quotation_mark")
        if delta.is_bare:
            return
        name = element.get("id") or (element.get("name") if tag == "a" else None)
        if name and name in self.notes.targets:
            self.line.mark(self.line.length, "anchor", name=name)
        if tag == "a" and element.get("href"):
            self.links.append((element, self.line.length))
        elif "mw-editsection" in element.get("class", ""):
            self.extras.append((element, self.line.length))

    def _state(self, element: etree._Element, tag: str, delta: _Delta) -> _State:
        above = self.states[-1]
        look, kind = delta.look, delta.kind
        language = "" if delta.is_bare or tag in ("html", "body") else element.get("lang") or element.get(XML_LANG) or ""
        if not delta.changes and not language:
            return above
        hidden = above.hidden or delta.is_hidden or look.hidden is True
        whole = look.over(above.look)
        pairs = (("bold", whole.bold), ("italic", whole.italic), ("caps", whole.caps), ("centered", whole.centered))
        names = tuple(name for name, on in pairs if on)
        return _State(whole, names, kind or above.kind, language or above.language, hidden)

    def _open_block(self, element: etree._Element, tag: str, *, is_bare: bool) -> None:
        context = _Context(element, tag, says_kind=tag in SAYING or (not is_bare and _says_kind(element, tag)))
        if tag in ("ol", "ul", "menu", "dir"):
            self.lists.append(_list(element, tag))
        elif tag == "li" and self.lists:
            context.number = self._number(element)
        elif tag == "table":
            self.tables.append(_Table(self.table_count, _is_frame(element)))
            self.table_count += 1
        elif tag == "tr" and self.tables:
            self._end_row()
        elif tag in ("td", "th") and self.tables:
            self._open_cell(element)
        self.contexts.append(context)
        if tag in PREFORMATTED:
            self.line = Inline(preformatted=True)

    def _number(self, element: etree._Element) -> str:
        current = self.lists[-1]
        if not current.ordered:
            return ""
        value = element.get("value", "").strip()
        number = int(value) if _NUMBER.match(value) else current.next
        current.next = number + current.step
        return f"{printed_number(number, element.get('type') or current.format)}."

    def _open_cell(self, element: etree._Element) -> None:
        table = self.tables[-1]
        while table.column < MOST_COLUMNS and table.spans.get(table.column, 0) > 0:
            table.column += 1
        table.cells.append(Cell(table.column))
        wide = element.get("colspan", "1").strip()
        tall = element.get("rowspan", "1").strip()
        width = min(MOST_COLUMNS, max(1, int(wide))) if _NUMBER.match(wide) else 1
        if _NUMBER.match(tall) and int(tall) > 1:
            # The row that it begins in is counted too, and comes off when that ends.
            table.spans |= dict.fromkeys(range(table.column, min(table.column + width, MOST_COLUMNS)), int(tall))
        table.column += width

    def _end_row(self) -> None:
        table = self.tables[-1]
        if not table.cells:
            return
        cells, table.cells = table.cells, []
        table.spans = {column: rows - 1 for column, rows in table.spans.items() if rows > 1}
        if not table.is_frame:
            sink_items = [Item(self.contexts[-1].element, piece) for piece in row(cells, table.number, table.row)]
            self._emit_all(sink_items, self.tables[:-1])
        table.row += 1
        table.column = 0

    def _emit_all(self, items: list[Item], around: list[_Table]) -> None:
        holder = next((table for table in reversed(around) if not table.is_frame and table.cells), None)
        if holder is not None:
            holder.cells[-1].pieces += [item.piece for item in items]
        else:
            self.items += items

    def _end(self, element: etree._Element, tag: str) -> None:
        if tag == "q":
            self.line.generated("»", by="quotation_mark")
        if self.extras and self.extras[-1][0] is element:
            self.line.mark(self.extras.pop()[1], "block", kind="furniture")
        if tag in BLOCKS:
            self._flush()
            if tag in ("ol", "ul", "menu", "dir") and self.lists:
                self.lists.pop()
            elif tag == "tr" and self.tables:
                self._end_row()
            elif tag == "table" and self.tables:
                self._end_row()
                self.tables.pop()
            self.contexts.pop()
            if tag in PREFORMATTED:
                self.line = Inline(collapse=True)
        elif tag == "a" and self.links and self.links[-1][0] is element:
            self._mark_link(*self.links.pop())
        self.states.pop()

    def _mark_link(self, element: etree._Element, start: int) -> None:
        if self.line.length <= start:
            return
        note = self.notes.references.get(element) or self.notes.backlinks.get(element)
        if note is not None:
            self.line.mark(start, "anchor", note=note)
            return
        url = element.get("href", "").strip()
        if url and not url.lower().startswith("javascript:"):
            title = " ".join(element.get("title", "").split())
            self.line.mark(start, "link", url=url, **({"title": title} if title else {}))

    def _break(self) -> None:
        """A line break; two of them, with nothing between, part paragraphs."""
        if self.broken and self.contexts[-1].tag not in HEADINGS and self.contexts[-1].tag not in PREFORMATTED:
            self._flush()
        else:
            self.line.line_break()
            self.broken = True

    def _text(self, text: str) -> None:
        is_blank = text.isspace()
        if is_blank and not self.line.length:
            return
        if not is_blank:
            self.broken = False
            if self.lists and not self.looks.letters:
                self._label()
        state = self.states[-1]
        self.line.write(text)
        self.looks.count(text, state.names, state.look.size or 0.0, state.language)
        if state.kind:
            self.kinds[state.kind] = self.kinds.get(state.kind, 0) + len(text)

    def _label(self) -> None:
        """The number of a list item, before the first of its text."""
        context = next((c for c in reversed(self.contexts) if c.tag in ("li", "td", "th", "table")), None)
        if context is not None and context.tag == "li" and not context.used and context.number:
            before = self.line.length
            in_note = any(c.element in self.notes.containers for c in self.contexts)
            self.line.generated(f"{context.number} ", by="note_number" if in_note else "list_number")
            self.links = [(element, self.line.length if start == before else start) for element, start in self.links]

    def _flush(self) -> None:
        """The line ends: what was gathered is a piece."""
        if not self.line.length:
            return
        for element, start in self.links:
            self._mark_link(element, start)
        content = self.line.content()
        if content.text:
            item = Item(self.contexts[-1].element, Piece(content, self._value(content.text)))
            self._emit_all([item], self.tables)
        elif content.marks and self.items:
            self.items.append(Item(self.contexts[-1].element, Piece(content, {})))
        preformatted = self.line.preformatted
        self._begin()
        self.line.preformatted, self.line.collapse = preformatted, not preformatted

    def _value(self, text: str) -> dict[str, Any]:
        value: dict[str, Any] = {}
        kind = max(self.kinds, key=self.kinds.__getitem__) if self.kinds else ""
        count = self.kinds.get(kind, 0)
        if self.states[-1].hidden:
            return {"kind": "furniture", "hidden": True}
        for context in reversed(self.contexts):
            if not context.says_kind and not self.notes.containers:
                continue
            note = self.notes.containers.get(context.element)
            if note is not None:
                return {"kind": "note", "note": note}
            if context.tag in ("td", "th", "table"):
                break
            if not value and not (context.tag in PREFORMATTED and _is_prose(text)):
                value = self._of_context(context)
        if not value and count > 0.5 * len(text):
            value = {"kind": "note", "caption": True} if kind == "caption" else {"kind": kind}
            value |= {"level": 1} if kind == "heading" else {}
        return value | self.looks.value(text)

    def _of_context(self, context: _Context) -> dict[str, Any]:
        tag = context.tag
        if tag in HEADINGS:
            return {"kind": "heading", "level": HEADINGS[tag]}
        if context.element.get("role") == "heading":
            level = context.element.get("aria-level", "2")
            return {"kind": "heading", "level": int(level) if _NUMBER.match(level) and int(level) > 0 else 2}
        if tag == "li" and not context.used:
            context.used = True
            level = {"level": len(self.lists)} if self.lists else {}
            return {"kind": "list_item"} | level | ({"number": context.number} if context.number else {})
        if tag in PREFORMATTED:
            return {"kind": "code"}
        if tag == "div" and context.element.get("title") in ("header", "footer"):
            # LibreOffice writes the head and foot of its pages so.
            return {"kind": "running_head"}
        if tag in ("caption", "figcaption"):
            return {"kind": "note", "caption": True}
        if tag == "button":
            return {"kind": "furniture"}
        return {}


def _is_prose(text: str) -> bool:
    """Whether preformatted text is a poem or letter, and no program: most of its letters are Cyrillic."""
    letters = [c for c in text if c.isalpha()]
    return sum("\u0400" <= c <= "\u052f" for c in letters) > PROSE * len(letters)


def _says_kind(element: etree._Element, tag: str) -> bool:
    return element.get("role") == "heading" or (tag == "div" and element.get("title") in ("header", "footer"))


def _list(element: etree._Element, tag: str) -> _List:
    start = element.get("start", "").strip()
    reverse = element.get("reversed") is not None
    style = element.get("style", "").replace(" ", "").lower()
    named = re.search(r"list-style(?:-type)?:([a-z-]+)", style)
    if tag == "ol" and named and named[1] == "none":
        return _List(False)
    count = sum(local_name(child) == "li" for child in element) if reverse else 1
    form = element.get("type") or (named[1] if named else "decimal")
    return _List(tag == "ol", int(start) if _NUMBER.match(start) else count, -1 if reverse else 1, form)


def _is_frame(table: etree._Element) -> bool:
    """Whether a table only sets parts of the page side by side: it holds tables, headings or navigation, or has one column."""
    if table.get("role") in ("presentation", "none"):
        return True
    widest = 0
    for element in table.iterdescendants():
        tag = local_name(element)
        if tag in HEADINGS or tag in ("table", "nav", "article", "main", "form"):
            return True
        if tag == "tr":
            widest = max(widest, sum(local_name(cell) in ("td", "th") for cell in element))
    return widest < 2
