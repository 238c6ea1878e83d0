"""Sets a document of known blocks on pages: lines, pages, heads, feet and footnotes, each line with its label."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import zip_longest

from kz_textkit.document import Mark
from labelled import LabelledText
from pages.extraction import extracted
from pages.furniture import Furniture, printed
from pages.geometry import boxes_of
from pages.lines import Line, flow
from pages.model import Source
from pages.pagination import Page, paginated
from pages.setting import Setting

__all__ = ["set_side_by_side", "set_source"]

Row = tuple[str, Line | None, dict[str, object]]
"""A line of text, what it is (None: blank) and where it stands."""


def set_source(source: Source, setting: Setting, rng: random.Random, *, most: int = 400) -> LabelledText:
    """The document as a labelled text of at most so many lines.

    >>> from pages.model import Block
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
    pages: list[list[Row]] = []
    for row in rows:
        if row[0].startswith("\f") or not pages:
            pages.append([])
        pages[-1].append(row)
    gap = rng.randint(2, 7)
    return "\n\f".join("\n".join(_beside(page, gap)) for page in pages), _labelled(rows, source, setting)


def _beside(page: list[Row], gap: int) -> list[str]:
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


def _set(source: Source, setting: Setting, rng: random.Random) -> list[Row]:
    return _rows(paginated(flow(source, setting, rng), setting, rng), source, setting, rng)


def _labelled(rows: list[Row], source: Source, setting: Setting) -> LabelledText:
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


def _rows(pages: list[Page], source: Source, setting: Setting, rng: random.Random) -> list[Row]:
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
    rows: list[Row] = []
    for at, page in enumerate(pages):
        parts = _parts(page, furniture, setting, across, rng, bare=first_bare and not at)
        lines = [line for part in parts for line in part]
        boxes = boxes_of(parts, setting, rng) if setting.marks else [{}] * len(lines)
        margin = setting.margin[at % 2]
        own = [_row(line, box, margin, setting) for line, box in zip(lines, boxes, strict=True) if line or not setting.marks]
        if at and own:
            rows += [("", None, {})] * (setting.page_end.count("\n") - 1)
            if setting.page_end.endswith("\f"):
                own[0] = ("\f" + own[0][0], *own[0][1:])
        rows += own
    return rows


def _parts(
    page: Page, furniture: Furniture, setting: Setting, across: int, rng: random.Random, *, bare: bool
) -> tuple[list[Line | None], ...]:
    """Head, body, notes and foot of a page; `bare` pages have no head."""
    paged = setting.height > 0
    head = _furniture(setting.head, page, furniture, across, rng) if paged and not bare else []
    foot = _furniture(setting.foot, page, furniture, across, rng) if paged else []
    gap: list[Line | None] = [None] * setting.furniture_gap
    body = extracted(page.body, setting, rng)
    if "{glued}" in setting.foot and body and body[-1]:
        body[-1].text += str(page.number)
    notes = [row for line in page.notes for row in (line, *[None] * setting.inside)]
    if setting.links and rng.random() < setting.links:
        notes += _addresses(rng)
    if notes and body:
        body += [None] * (min(1, setting.between) if paged else 1)
    return head + gap if head else [], body, notes, gap + foot if foot else []


def _furniture(pattern: str, page: Page, furniture: Furniture, across: int, rng: random.Random) -> list[Line | None]:
    lines = printed(pattern, page.number, page.section, furniture, rng, width=across)
    place = "centre" if len(lines) == 1 and lines[0][1] == "page_number" else "left"
    return [Line(text, label, size=9.0, place=place) for text, label in lines]


def _addresses(rng: random.Random) -> list[Line | None]:
    """Addresses as they are printed at the foot of a page, broken where the line was full."""
    host = rng.choice(
        ("http://kk.wikipedia.org/wiki/", "https://www.kitap.kz/book/", "http://adilet.zan.kz/kaz/docs/", "https://egemen.kz/article/")
    )
    address = host + "".join(
        rng.choice(("%D0%9C", "%D1%88", "_", "mektep", "tarih-", "12", "-", "qazaq", "%D2%9B")) for _ in range(rng.randint(3, 18))
    )
    size = rng.randint(50, 80)
    return [Line(address[at : at + size], "url", size=9.0) for at in range(0, len(address), size)]


def _row(line: Line | None, box: dict[str, object], margin: str, setting: Setting) -> Row:
    if line is None:
        return (setting.blank, None, {})
    text = line.text
    centred_title = line.label.startswith("heading") and not setting.headings_indented
    if setting.centred and (line.place != "left" or centred_title):
        room = max(0, setting.width // 480 - len(text))
        text = " " * (room if line.place == "right" else room // 2) + text
    if not text.strip():
        return (setting.blank, None, {})
    return (margin + text + setting.trail, line, box)
