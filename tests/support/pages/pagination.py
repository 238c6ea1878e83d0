"""Lines in pages, with the footnotes whose marks stand on them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from pages.lines import Line
from pages.model import NOTE
from pages.setting import Setting
from pages.typesetting import fill

__all__ = ["Page", "paginated"]


@dataclass(slots=True)
class Page:
    """What stands on a page between head and foot; None is a blank line."""

    number: int
    body: list[Line | None] = field(default_factory=list)
    notes: list[Line | None] = field(default_factory=list)
    section: str = ""
    """Title of the section that it ends in."""


def paginated(flow: Sequence[Line | None], setting: Setting, rng: random.Random) -> list[Page]:
    """The lines in pages, their notes numbered."""
    pages = _paginate(flow, setting, rng)
    if setting.missing:
        pages = [page for at, page in enumerate(pages) if not at or rng.random() >= setting.missing]
    for page in pages:
        while page.body and page.body[-1] is None:
            page.body.pop()
        if setting.columns > 1 and setting.height:
            _put_in_columns(page, setting)
    return _number_notes(pages, setting, rng)


def _put_in_columns(page: Page, setting: Setting) -> None:
    for at, row in enumerate(page.body):
        if row:
            row.column = min(at // setting.height, setting.columns - 1)
    for row in page.notes:
        if row:
            row.column = setting.columns - 1


def _paginate(flow: Sequence[Line | None], setting: Setting, rng: random.Random) -> list[Page]:
    page = Page(setting.first_page)
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
        full = len(page.body) + len(page.notes) + needed > room
        if page.body and (full or _new_chapter(page, line, setting)):
            carried = _carried(page)
            page.section = section
            page = Page(1 if len(pages) == setting.begins_again else page.number + 1, carried)
            pages.append(page)
        page.body.append(line)
        for own in notes:
            page.notes += own
        if line.label == "heading" and line.level == 1:
            section = line.text.strip()
        page.section = section
    return pages


def _new_chapter(page: Page, line: Line, setting: Setting) -> bool:
    """Whether a chapter begins on a new page with this line."""
    opens = line.new_page or (setting.chapters_on_new_pages and line.label == "heading" and line.level == 1)
    return bool(setting.height and opens) and any(row and row.label != "heading" for row in page.body)


def _carried(page: Page) -> list[Line | None]:
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


def _note_lines(note: str, setting: Setting, width: int, rng: random.Random) -> list[Line | None]:
    if setting.spaced_notes and note.split()[0].isalpha():
        word, _, rest = note.partition(" ")
        note = f"{' '.join(word)}  {rest}"
    texts = fill(f"{NOTE} {note}", width, rng) if setting.wrapped else [f"{NOTE} {note}"]
    return [Line(text, "note_cont" if at else "note", size=9.0, last=at == len(texts) - 1) for at, text in enumerate(texts)]


def _number_notes(pages: list[Page], setting: Setting, rng: random.Random) -> list[Page]:
    """Marks put in the places of `NOTE`, on pages in the order of the text."""
    number = rng.choice((1, 1, 1, 14, 57)) if not setting.notes_by_page else 1
    style = setting.note_mark.strip()
    apart = setting.note_numbers_apart and style in ("1", "¹", "[1]")
    for page in pages:
        first = number = 1 if setting.notes_by_page and setting.height else number
        for line in page.body:
            while line and NOTE in line.text:
                line.text = line.text.replace(NOTE, _note_mark(setting.note_mark, number, number - first), 1)
                number += 1
        marks = [_note_mark(style, n, n - first) for n in range(first, number)]
        begun = (line for line in page.notes if line and NOTE in line.text)
        for line, mark in zip(begun, marks, strict=False):
            line.text = line.text.replace(f"{NOTE} ", "" if apart else f"{mark} ", 1)
        if apart:
            page.notes[:0] = [Line(mark, "mark", size=9.0) for mark in marks]
        if page.notes and setting.note_rule:
            page.notes.insert(0, Line(setting.note_rule, "mark", size=9.0))
    return pages


def _note_mark(style: str, number: int, before: int) -> str:
    if "*" in style:
        return style.replace("*", "*" * (before % 4 + 1))
    if "¹" in style:
        return style.replace("¹", str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")))
    mark = style.replace("1", str(number))
    return mark if not style.startswith(" 1") else f" {number}"
