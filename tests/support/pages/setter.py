"""Sets a document of known blocks on pages: lines, pages, heads, feet and footnotes, each line with its label."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from kz_textkit.document import Mark
from labelled import LabelledText
from pages.furniture import Furniture, printed
from pages.model import HYPHEN, NOTE, Block, Source
from pages.setting import Setting
from pages.typesetting import fill, width_of

__all__ = ["set_side_by_side", "set_source"]

LEFT, TOP, FOOT, BODY, GUTTER = 70.0, 60.0, 780.0, 11.0, 18.0
"""Left and upper edge of the text on a page, where the foot stands, size of the letters, room between columns, in points."""
_FLUSH = ("heading", "front", "verse", "code", "table", "toc", "mark", "page_number", "running_head", "url")
"""Kinds without an indent of the first line."""
_LISTS = ("item", "question", "outline", "source", "table", "toc")


@dataclass(slots=True)
class _Line:
    text: str
    label: str
    level: int = 0
    block: int = -1
    notes: tuple[str, ...] = ()
    place: str = "left"
    indent: int = 0
    """Printed width of the white space before it."""
    last: bool = True
    """The last line of its block, which is not justified."""
    size: float = 12.0
    bold: bool = False
    column: int = 0


@dataclass(slots=True)
class _Page:
    number: int
    body: list[_Line | None] = field(default_factory=list)
    notes: list[_Line | None] = field(default_factory=list)
    section: str = ""


def set_source(source: Source, setting: Setting, rng: random.Random, *, most: int = 400) -> LabelledText:
    """The document as a labelled text of at most so many lines.

    >>> source = Source("letter", "training", (Block("heading", "Сәлем хат", 1), Block("para", "Хатыңды алдым.")))
    >>> set_source(source, Setting(), random.Random(1)).text
    'Сәлем хат\\n\\nХатыңды алдым.'
    """
    return _labelled(_set(source, setting, rng)[:most], source, setting)


def set_side_by_side(source: Source, setting: Setting, rng: random.Random) -> tuple[str, LabelledText]:
    """The document in two columns as `pdftotext -layout` gives it, lines of both beside each other, and what it should be read as: the
    labelled text with one column after the other.
    """
    setting = replace(setting, columns=2, height=setting.height or 40, page_end="\n\f", margin=("", ""), inside=0)
    rows = _set(source, setting, rng)
    pages: list[list[_Row]] = []
    for row in rows:
        if row[0].startswith("\f") or not pages:
            pages.append([])
        pages[-1].append(row)
    gap = rng.randint(2, 7)
    return "\n\f".join("\n".join(_beside(page, gap)) for page in pages), _labelled(rows, source, setting)


def _beside(page: list[_Row], gap: int) -> list[str]:
    """Lines of a page whose second column stands to the right of the first."""
    own = [(text.removeprefix("\f"), line) for text, line, _ in page]
    body = [at for at, (_, line) in enumerate(own) if line and line.label not in ("running_head", "page_number")]
    if not body:
        return [text for text, _ in own]
    first, last = body[0], body[-1] + 1
    middle = next((at for at in body if own[at][1].column), last)  # type: ignore[union-attr]
    left, right = [text for text, _ in own[first:middle]], [text for text, _ in own[middle:last]]
    width = max(map(len, left), default=0) + gap
    pairs = zip_longest(left, right, fillvalue="")
    return [text for text, _ in own[:first]] + [f"{a:<{width}}{b}".rstrip() for a, b in pairs] + [text for text, _ in own[last:]]


def _set(source: Source, setting: Setting, rng: random.Random) -> list[_Row]:
    return _rows(_number_notes(_paginate(_flow(source, setting, rng), setting, rng), setting, rng), source, setting, rng)


def _labelled(rows: list[_Row], source: Source, setting: Setting) -> LabelledText:
    doubtful = {at for at, block in enumerate(source.blocks) if block.doubtful}
    labels, levels, marks = [], [], []
    at = 0
    page = 0
    for text, line, box in rows:
        blank = line is None
        labels.append("" if line is None else "?" if line.block in doubtful else line.label)
        levels.append(0 if line is None or line.label[:7] != "heading" else line.level)
        if setting.marks:
            if text.startswith("\f") or not page:
                page += 1
                value = {"number": page, "label": str(page + setting.first_page - 1), "width": 595.0, "height": 842.0}
                marks.append(Mark(at + text.startswith("\f"), at + len(text), "page", value))
            if not blank and box:
                marks.append(Mark(at + text.startswith("\f"), at + len(text), "line", box))
        at += len(text) + 1
    text = "\n".join(text for text, _, _ in rows)
    return LabelledText(
        name=f"{source.name}/{source.kind}/{setting.name}",
        kind=source.kind,
        split=source.split,
        text=text,
        labels=tuple(labels),
        levels=tuple(levels),
        marks=_whole_pages(marks),
    )


def _whole_pages(marks: list[Mark]) -> tuple[Mark, ...]:
    """Page marks that reach to the end of their last line."""
    whole: list[Mark] = []
    end = 0
    for mark in reversed(marks):
        end = max(end, mark.end)
        if mark.kind == "page":
            mark, end = replace(mark, end=end), 0
        whole.append(mark)
    return tuple(reversed(whole))


# Lines


def _flow(source: Source, setting: Setting, rng: random.Random) -> list[_Line | None]:
    """All lines of the body, with None for blank ones."""
    flow: list[_Line | None] = []
    sizes = {1: rng.choice((12, 14, 16, 18)), 2: rng.choice((12, 12, 13, 14))}
    bold = rng.random() < 0.8
    gap_of_headings = rng.randint(0, setting.before_heading)
    before: Block | None = None
    for at, block in enumerate(source.blocks):
        if before:
            flow += [None] * (_gap(before, block, setting, gap_of_headings) + setting.inside)
        lines = _lines_of(block, at, setting, rng)
        if (
            setting.drop_capital
            and block.kind == "para"
            and before
            and before.kind == "heading"
            and lines[0].text.lstrip()[:2].isalpha()
        ):
            lines = _capital_dropped(lines)
        for line in lines:
            if block.kind == "heading":
                line.size, line.bold = float(sizes.get(block.level, 12)), bold
        apart = 1 if block.kind == "table" and setting.tables == "cells apart" else 0
        for line in lines[:-1]:
            flow += [line, *[None] * (setting.inside + apart)]
        flow.append(lines[-1])
        before = block
    return flow


def _capital_dropped(lines: list[_Line]) -> list[_Line]:
    """The large first letter of a chapter, which extractors put on a line of its own."""
    first = lines[0]
    text = first.text.lstrip()
    return [replace(first, text=text[0], notes=(), last=True, size=30.0), replace(first, text=text[1:], label="para_cont"), *lines[1:]]


def _gap(before: Block, block: Block, setting: Setting, gap_of_headings: int) -> int:
    """Blank lines between two blocks, beside those that stand after every line."""
    kinds = (before.kind, block.kind)
    if block.close:
        return 0
    if "heading" in kinds:
        gap = setting.before_heading if kinds[1] == "heading" else setting.after_heading
        gap = gap_of_headings if kinds == ("heading", "heading") else gap
    elif "verse" in kinds:
        gap = setting.stanza_gap if kinds == ("verse", "verse") else max(setting.between, min(1, setting.stanza_gap))
    elif kinds == ("table", "table") and setting.tables == "cells apart":
        gap = 1
    elif kinds[0] == kinds[1] and kinds[0] in ("table", "toc"):
        gap = min(setting.in_lists, setting.between) if setting.wrapped else setting.in_lists
    elif kinds[1] in _LISTS and (kinds[0] in _LISTS or before.text.endswith(":")):
        gap = setting.in_lists
    else:
        gap = setting.between
    return max(gap, 1 if block.apart else 0)


def _lines_of(block: Block, at: int, setting: Setting, rng: random.Random) -> list[_Line]:
    kind = block.kind
    first = kind not in ("heading", "front", "verse", "code", "table", "toc", "mark") or (
        kind == "heading" and setting.headings_indented
    )
    indent = setting.indent if first and block.place == "left" else 0
    texts: list[str] = []
    starts: list[bool] = []
    for number, piece in enumerate(_pieces(block, setting, rng)):
        begun = not number or kind == "toc" or (kind == "table" and setting.tables.startswith("cells"))
        filled = [piece] if not setting.wrapped else _fill(piece, block, setting, indent if not number else 0, rng)
        texts += filled
        starts += [begun, *[False] * (len(filled) - 1)]
    if kind == "toc":
        starts = [not number for number in range(len(texts))]
    plain = kind in ("running_head", "url", "mark", "page_number")
    lines = []
    notes = list(block.notes)
    for number, (text, begun) in enumerate(zip(texts, starts, strict=True)):
        here = text.count(NOTE)
        line = _Line(text, kind if begun or plain else f"{kind}_cont", block.level, at, tuple(notes[:here]), block.place)
        del notes[:here]
        line.last = number == len(texts) - 1 or block.run_on or block.place != "left" or kind == "heading"
        if first and block.place == "left" and not number:
            line.text, line.indent = setting.indent_text + text, setting.indent
        elif kind == "verse":
            line.text = setting.verse_indent + text
        elif kind in ("item", "question", "source") and number:
            line.text = setting.hanging + text
        lines.append(line)
    return lines


def _fill(piece: str, block: Block, setting: Setting, indent: int, rng: random.Random) -> list[str]:
    if block.kind == "code" or (block.kind == "toc" and setting.dots not in ("above", "below")):
        return [piece]
    full = setting.width
    if block.kind == "heading" or block.place != "left":
        full = int(full * rng.choice((0.75, 0.85, 0.95)))
    hyphens = setting.hyphens if block.kind in ("para", "item", "note", "question", "source") else 0.0
    return fill(
        piece,
        full,
        rng,
        indent=indent,
        by_characters=setting.by_characters,
        hyphens=hyphens,
        ragged=setting.ragged if hyphens or not setting.hyphens else 0,
    )


def _pieces(block: Block, setting: Setting, rng: random.Random) -> list[str]:
    """What begins a line of its own within a block."""
    if block.kind == "table":
        cells = block.text.split("\t")
        if setting.tables.startswith("cells"):
            return [cell for cell in cells if cell]
        between = {"rows": " " if not setting.centred else "     ", "tabs": "\t", "bars": " | "}[setting.tables]
        return [between.join(cells)]
    if block.kind == "toc" and "\t" in block.text:
        title, page = block.text.split("\t")
        return _entry(title, page, setting)
    return block.text.split("\n")


def _entry(title: str, page: str, setting: Setting) -> list[str]:
    width = max(30, setting.width // 500)
    rest = width - len(page)
    lead = fill(title, rest * 480, random.Random(0)) if setting.wrapped else [title]
    dots = max(3, rest - len(lead[-1]) - 1)
    last = {
        "dots": f"{lead[-1]} {'.' * dots} {page}",
        "spaced dots": f"{lead[-1]} {'. ' * (dots // 2)}{page}",
        "spaces": f"{lead[-1]}{' ' * max(3, dots)}{page}",
        "tab": f"{lead[-1]}\t{page}",
        "apart": f"{lead[-1]} {'.' * dots} {page}",
    }
    label = re.match(r"(?:\d+\.)+ |[IVX]+\. ", title)
    if setting.dots == "apart" and label:
        return [label[0].strip(), *_entry(title[label.end() :], page, replace(setting, dots="dots"))]
    if setting.dots == "first":
        return [f"{page} {lead[0]}", *lead[1:]]
    if setting.dots == "above":
        return [page, *lead]
    if setting.dots == "below":
        return [*lead, page]
    return [*lead[:-1], last[setting.dots]]


# Pages


def _paginate(flow: Sequence[_Line | None], setting: Setting, rng: random.Random) -> list[_Page]:
    """The lines in pages, with the footnotes whose marks stand on them."""
    page = _Page(setting.first_page)
    pages = [page]
    section = ""
    room = setting.height * setting.columns or 10**9
    note_width = int(setting.width * 1.15)
    for line in flow:
        if line is None:
            if page.body:
                page.body.append(None)
            continue
        notes = [_note_lines(note, setting, note_width, rng) for note in line.notes]
        needed = 1 + sum(map(len, notes)) + (1 if notes and not page.notes else 0)
        chapter = setting.chapters_on_new_pages and setting.height and line.label == "heading" and line.level == 1
        if page.body and (
            len(page.body) + len(page.notes) + needed > room or (chapter and any(row and row.label != "heading" for row in page.body))
        ):
            carried = _carried(page)
            page.section = section
            page = _Page(page.number + 1, carried)
            pages.append(page)
        page.body.append(line)
        for own in notes:
            page.notes += own
        if line.label == "heading" and line.level == 1:
            section = line.text.strip()
        page.section = section
    for page in pages:
        while page.body and page.body[-1] is None:
            page.body.pop()
        if setting.columns > 1 and setting.height:
            for at, row in enumerate(page.body):
                if row:
                    row.column = min(at // setting.height, setting.columns - 1)
            for row in page.notes:
                if row:
                    row.column = setting.columns - 1
    return pages


def _carried(page: _Page) -> list[_Line | None]:
    """Titles that would stand last on a page go to the next."""
    at = len(page.body)
    while at and (page.body[at - 1] is None or page.body[at - 1].label.startswith("heading")):  # type: ignore[union-attr]
        at -= 1
    carried = page.body[at:]
    if at == 0 or not any(carried):
        return []
    del page.body[at:]
    while carried and carried[0] is None:
        carried.pop(0)
    return carried


def _note_lines(note: str, setting: Setting, width: int, rng: random.Random) -> list[_Line | None]:
    if setting.spaced_notes and note.split()[0].isalpha():
        word, _, rest = note.partition(" ")
        note = f"{' '.join(word)}  {rest}"
    texts = fill(f"{NOTE} {note}", width, rng) if setting.wrapped else [f"{NOTE} {note}"]
    return [_Line(text, "note_cont" if at else "note", size=9.0, last=at == len(texts) - 1) for at, text in enumerate(texts)]


def _number_notes(pages: list[_Page], setting: Setting, rng: random.Random) -> list[_Page]:
    """Marks put in the places of `NOTE`, on pages in the order of the text."""
    number = rng.choice((1, 1, 1, 14, 57)) if not setting.notes_by_page else 1
    for page in pages:
        if setting.notes_by_page and setting.height:
            number = 1
        first = number
        for line in page.body:
            while line and NOTE in line.text:
                line.text = line.text.replace(NOTE, _note_mark(setting.note_mark, number, number - first), 1)
                number += 1
        number = first
        for line in page.notes:
            if line and NOTE in line.text:
                mark = _note_mark(setting.note_mark.strip(), number, number - first)
                apart = setting.note_numbers_apart and setting.note_mark.strip() in ("1", "¹", "[1]")
                line.text = line.text.replace(f"{NOTE} ", "" if apart else f"{mark} ", 1)
                number += 1
        if setting.note_numbers_apart and page.notes and setting.note_mark.strip() in ("1", "¹", "[1]"):
            page.notes[:0] = [_Line(_note_mark(setting.note_mark.strip(), n, 0), "mark", size=9.0) for n in range(first, number)]
        if page.notes and setting.note_rule:
            page.notes.insert(0, _Line(setting.note_rule, "mark", size=9.0))
    return pages


def _note_mark(style: str, number: int, before: int) -> str:
    if "*" in style:
        return style.replace("*", "*" * (before % 4 + 1))
    if "¹" in style:
        return style.replace("¹", str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")))
    mark = style.replace("1", str(number))
    return mark if not style.startswith(" 1") else f" {number}"


# Rows of text

_Row = tuple[str, "_Line | None", dict[str, object]]


def _rows(pages: list[_Page], source: Source, setting: Setting, rng: random.Random) -> list[_Row]:
    furniture = Furniture(
        source.title or "Қазақ әдебиеті",
        source.author,
        rng.choice(("Жұлдыз", "ХАБАРШЫ", "Қазақ тілі мен әдебиеті", "«Ана тілі» газеті", "Ақиқат")),
        rng.randint(1, 48),
        rng.randint(1995, 2024),
        rng.choice(("www.kitap.kz", "http://www.adebiet.kz", "bilim-kitap.kz", "© kitaphana.kz")),
        len(pages),
        pages[-1].number,
    )
    across = max(30, setting.width // 480) if setting.centred or rng.random() < 0.3 else 0
    first_bare = rng.random() < 0.4
    rows: list[_Row] = []
    for at, page in enumerate(pages):
        head = [] if not setting.height or (first_bare and not at) else _furniture(setting.head, page, furniture, setting, across, rng)
        foot = [] if not setting.height else _furniture(setting.foot, page, furniture, setting, across, rng)
        gap: list[_Line | None] = [None] * setting.furniture_gap
        body = _after_extraction(page.body, setting, rng)
        if "{glued}" in setting.foot and body and body[-1]:
            body[-1].text += str(page.number)
        notes = [line for line in page.notes for line in ([line, *[None] * setting.inside])]
        if setting.links and rng.random() < setting.links:
            notes = [*notes, *_addresses(rng)]
        above, below = head + gap if head else [], gap + foot if foot else []
        apart = [None] * min(1, setting.between) if notes else []
        parts = (above, [*body, *apart], notes, below)
        lines = [line for part in parts for line in part]
        if not setting.height and page.notes and lines:
            lines = [*body, None, *page.notes]
        boxes = _boxes(parts, setting, rng) if setting.marks else [{}] * len(lines)
        margin = setting.margin[at % 2]
        own = [_row(line, box, margin, setting, across) for line, box in zip(lines, boxes, strict=True) if line or not setting.marks]
        if at and own:
            blanks = setting.page_end.count("\n") - 1
            rows += [("", None, {})] * blanks
            if setting.page_end.endswith("\f"):
                own[0] = ("\f" + own[0][0], *own[0][1:])
        rows += own
    return rows


def _furniture(
    pattern: str, page: _Page, furniture: Furniture, setting: Setting, across: int, rng: random.Random
) -> list[_Line | None]:
    lines = printed(pattern, page.number, page.section, furniture, rng, width=across)
    place = "centre" if len(lines) == 1 and lines[0][1] == "page_number" else "left"
    return [_Line(text, label, size=9.0, place=place) for text, label in lines]


def _addresses(rng: random.Random) -> list[_Line | None]:
    """Addresses as they are printed at the foot of a page, broken where the line was full."""
    host = rng.choice(
        ("http://kk.wikipedia.org/wiki/", "https://www.kitap.kz/book/", "http://adilet.zan.kz/kaz/docs/", "https://egemen.kz/article/")
    )
    address = host + "".join(
        rng.choice(("%D0%9C", "%D1%88", "_", "mektep", "tarih-", "12", "-", "qazaq", "%D2%9B")) for _ in range(rng.randint(3, 18))
    )
    size = rng.randint(50, 80)
    return [_Line(address[at : at + size], "url", size=9.0) for at in range(0, len(address), size)]


def _row(line: _Line | None, box: dict[str, object], margin: str, setting: Setting, across: int) -> _Row:
    if line is None:
        return (setting.blank, None, {})
    text = line.text
    if (setting.centred and line.place != "left") or (
        setting.centred and line.label.startswith("heading") and not setting.headings_indented
    ):
        room = max(0, setting.width // 480 - len(text))
        text = " " * (room if line.place == "right" else room // 2) + text
    if not text.strip():
        return (setting.blank, None, {})
    return (margin + text + setting.trail, line, box)


def _after_extraction(body: list[_Line | None], setting: Setting, rng: random.Random) -> list[_Line | None]:
    """What extractors make of lines: hyphens left, taken out or put on a line of their own; stretched lines; faults of OCR."""
    out: list[_Line | None] = []
    lines = list(body)
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line is None:
            out.append(None)
            continue
        while line.text.endswith(HYPHEN):
            after = next((n for n in range(at, min(at + 3, len(lines))) if lines[n] is not None), None)
            following = lines[after] if after is not None else None
            if setting.hyphen not in ("join", "word", "alone") or following is None or following.block != line.block:
                line.text = line.text[:-1] + (setting.hyphen if len(setting.hyphen) == 1 else "-")
            elif setting.hyphen == "join":
                line.text = line.text[:-1] + following.text
                line.notes += following.notes
                del lines[at : after + 1]
            elif setting.hyphen == "word":
                word, _, rest = following.text.partition(" ")
                line.text = line.text[:-1] + word.rstrip(HYPHEN)
                if rest:
                    following.text = rest
                else:
                    del lines[at : after + 1]
            else:
                line.text = line.text[:-1]
                out += [line, _Line("-", line.label if line.label.endswith("_cont") else f"{line.label}_cont", line.level, line.block)]
                line = None
                break
        if line is None:
            continue
        justified = not line.last and not line.label.startswith(("heading", "verse", "code", "front"))
        if justified and setting.stretched and rng.random() < setting.stretched:
            cont = line.label if line.label.endswith("_cont") else f"{line.label}_cont"
            words = line.text.split()
            out += [replace(line, text=word, label=cont if n else line.label) for n, word in enumerate(words)]
            continue
        if justified and setting.wide_spaces and rng.random() < setting.wide_spaces:
            line.text = re.sub(r"(?<=\S) (?=\S)", lambda _: " " * rng.randint(1, 4), line.text)
        if setting.noise and rng.random() < setting.noise:
            line.text = _misread(line.text, rng)
        out.append(line)
        if setting.stray and rng.random() < setting.stray:
            out.append(None)
    return out


def _misread(text: str, rng: random.Random) -> str:
    """One fault of OCR: a point for a comma, a stray sign, a space too many or lost."""
    at = rng.randrange(len(text))
    if rng.random() < 0.4:
        return text.replace(",", ".", 1)
    return text[:at] + rng.choice(("'", " ", ".", "»", "")) + text[at + rng.choice((0, 1)) :]


_Boxes = list[dict[str, object]]


def _boxes(parts: Sequence[Sequence[_Line | None]], setting: Setting, rng: random.Random) -> _Boxes:
    """Where the lines of head, body, notes and foot of a page stand, as a reader of PDF says, with its small errors."""
    head, body, notes, foot = parts
    at_head, y = _stacked(head, 0, TOP, setting, rng)
    boxes = list(at_head)
    lowest = y
    flow = [*body, *notes]
    columns = sorted({line.column for line in flow if line}) or [0]
    for column in columns:
        last = next((n for n, line in enumerate(flow) if line and line.column > column), len(flow))
        own, end = _stacked(flow[len(boxes) - len(at_head) : last], column, y, setting, rng)
        boxes += own
        lowest = max(lowest, end)
    return boxes + _stacked(foot, 0, max(FOOT, lowest + BODY), setting, rng)[0]


def _stacked(lines: Sequence[_Line | None], column: int, y: float, setting: Setting, rng: random.Random) -> tuple[_Boxes, float]:
    """Boxes of lines under each other from `y` on, and where the next would stand."""
    measure = setting.width * BODY / 1000
    boxes: _Boxes = []
    for line in lines:
        if line is None:
            boxes.append({})
            y += BODY * 0.7
            continue
        size = line.size if line.size != 12.0 else BODY
        shake = rng.uniform(-0.4, 0.4)
        x0, x1 = (x + column * (measure + GUTTER) + shake for x in _across(line, size, measure))
        box: dict[str, object] = {"x0": round(x0, 2), "y0": round(y + shake, 2), "x1": round(x1, 2), "y1": round(y + size, 2)}
        box |= {"size": size, "font": "Times New Roman", "column": column}
        boxes.append(box | ({"bold": True} if line.bold else {}))
        y += size * 1.22
    return boxes, y


def _across(line: _Line, size: float, measure: float) -> tuple[float, float]:
    """Left and right end of a line in the first column."""
    wide = width_of(line.text.strip(), by_characters=False) * size / 1000 * (1.08 if line.bold else 1.0)
    x0 = LEFT + line.indent * size / 1000
    if line.place == "centre":
        x0 = max(LEFT, LEFT + (measure - wide) / 2)
    elif line.place == "right":
        x0 = max(LEFT, LEFT + measure - wide)
    return x0, x0 + wide if line.last else max(LEFT + measure, x0 + wide / 1.1)
