"""Tables of contents: where they stand, what they list, and whether the text keeps to them.

A table of contents is a run of lines that end in page numbers (after dots, wide spaces or, under a title that says so, one space),
or the lines under `Мазмұны` whose titles come again in the text. It may be printed more than once, run over pages, and have entries
over two lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kz_textkit.layout.labels import heading_label, normal_title, numbered_title, title_kind, toc_entry
from kz_textkit.layout.lines import Line
from kz_textkit.layout.pieces import Heading

__all__ = ["Contents", "Entry", "compare", "find_contents"]

MAX_ENTRY = 300
"""Characters of the longest line of an entry."""
MAX_ENTRY_LINES = 3
MIN_RUN = 3
"""Entries that make a table of contents without a title."""
MAX_BREAK = 4
"""Lines without page number between two entries that belong to one table."""

_TITLE_LETTERS = frozenset("МмСсОоCc")
"""First letters of titles of tables of contents."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its lines (indices, the end not included), its title without leader and page number, label and all."""

    first: int
    last: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: its lines (indices, the end not included), the lines of its title among them, and its entries."""

    first: int
    last: int
    title_last: int
    """Index after the last line of its title; `first` where it has none."""
    entries: tuple[Entry, ...]


def find_contents(lines: Sequence[Line]) -> tuple[Contents, ...]:
    """The tables of contents among `lines`, in order.

    >>> from kz_textkit.layout.lines import read_lines
    >>> table, = find_contents(read_lines("Мазмұны\\nКіріспе....3\\nЗат есімнің түрлері\\nмен жасалуы....5\\nКіріспе\\nТіл туралы."))
    >>> [(e.title, e.page) for e in table.entries]
    [('Кіріспе', 3), ('Зат есімнің түрлері мен жасалуы', 5)]
    """
    titles = [
        i
        for i, line in enumerate(lines)
        if (line.own is not None and line.own.kind == "contents")
        or (line.text[0] in _TITLE_LETTERS and len(line.text) < 40 and title_kind(line.text) == "contents")
    ]
    dotted = [i for i, line in enumerate(lines) if line.text[-1] in "0123456789" and _is_sure(line)]
    if not titles and len(dotted) < MIN_RUN:
        return ()
    found: list[Contents] = []
    end = 0
    title_at = frozenset(titles)
    last_place = _LastPlace(lines)
    for i in _starts(titles, dotted):
        if i < end:
            continue
        region = _region(lines, i, i in title_at, titles, last_place)
        if region is not None:
            found.append(region)
            end = region.last
    if not found:
        return ()
    limits = [region.first for region in found[1:]] + [len(lines)]
    return tuple(_with_announced_tail(lines, region, found[0].first, limit) for region, limit in zip(found, limits, strict=True))


def _is_sure(line: Line) -> bool:
    text = line.text
    if (
        not text[-1:].isdigit()
        or len(text) > MAX_ENTRY
        or text[:1].islower()
        or ("..." not in text and "…" not in text and "  " not in text and "\t" not in text)
    ):
        return False
    entry = toc_entry(text)
    return entry is not None and entry.leader == "dots"


class _LastPlace:
    """Where a title stands last on a line of its own; the lines are read when the first question comes."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.places: dict[str, int] | None = None

    def of(self, title: str) -> int:
        """Index of the line, -1 where there is none."""
        if self.places is None:
            self.places = {normal_title(line.text): i for i, line in enumerate(self.lines) if len(line.text) <= MAX_ENTRY}
        return self.places.get(normal_title(title), -1)


def _starts(titles: list[int], dotted: list[int]) -> Iterator[int]:
    """Lines that a table may begin at: its title, or the first of a run of dotted entries."""
    runs = [a for a, b, c in zip(dotted, dotted[1:], dotted[2:], strict=False) if c - a <= 2 + MAX_BREAK]
    return iter(sorted({*titles, *runs}))


def _region(lines: Sequence[Line], start: int, has_title: bool, titles: list[int], last_place: _LastPlace) -> Contents | None:
    first = start + 1 if has_title else start
    following = bisect_left(titles, first)
    limit = titles[following] if following < len(titles) else len(lines)
    entries = list(_numbered_entries(lines, first, limit))
    if (has_title and entries) or len(entries) >= MIN_RUN:
        return Contents(start, entries[-1].last, first, tuple(entries))
    if has_title:
        bare = _bare_entries(lines, first, limit, last_place)
        if bare:
            return Contents(start, bare[-1].last, first, tuple(bare))
    return None


def _numbered_entries(lines: Sequence[Line], first: int, limit: int) -> Iterator[Entry]:
    """Entries with page numbers from `first` on, until lines come that lead to none."""
    begun = i = first
    page = 0
    while i < limit:
        text = lines[i].text
        entry = toc_entry(text) if len(text) <= MAX_ENTRY else None
        if entry is not None and (entry.leader != "none" or page <= entry.page <= page + 120):
            page = entry.page
            yield from _split(lines, begun, i, entry.title, entry.page)
            begun = i + 1
        elif i - begun >= MAX_BREAK or len(text) > MAX_ENTRY or _same(lines, first, begun, i):
            return
        i += 1


def _same(lines: Sequence[Line], first: int, begun: int, i: int) -> bool:
    """Line `i` repeats the first entry: the text begins."""
    if begun == first:
        return False
    entry = toc_entry(lines[first].text)
    return normal_title(lines[i].text) == normal_title(entry.title if entry else lines[first].text)


def _split(lines: Sequence[Line], begun: int, i: int, title: str, page: int) -> Iterator[Entry]:
    """The lines from `begun` to `i` as entries: the last has the page number, the lines before it are part of it or entries without
    one.
    """
    start = begun
    for k in range(begun, i):
        below = lines[k + 1].text
        goes_on = below[:1].islower() or (lines[k].ends_full and not _has_label(below)) or lines[k].text[-1:] in "-,"
        if not goes_on or k + 1 - start >= MAX_ENTRY_LINES:
            yield Entry(start, k + 1, _joined(lines, start, k + 1), None)
            start = k + 1
    yield Entry(start, i + 1, " ".join(filter(None, (_joined(lines, start, i), title))), page)


def _has_label(text: str) -> bool:
    return heading_label(text) is not None or numbered_title(text) is not None or title_kind(text) is not None


def _joined(lines: Sequence[Line], first: int, last: int) -> str:
    return " ".join(" ".join(line.text for line in lines[first:last]).split())


def _bare_entries(lines: Sequence[Line], first: int, limit: int, last_place: _LastPlace) -> list[Entry]:
    """Titles without page numbers, up to the line that repeats the first of them; none unless half of them come again."""
    entries: list[Entry] = []
    seen: set[str] = set()
    i = first
    while i < limit and len(entries) < 500:
        last = i + 1
        while last < limit and last - i < MAX_ENTRY_LINES and lines[last].text[:1].islower():
            last += 1
        title = _joined(lines, i, last)
        key = normal_title(title)
        if len(title) > MAX_ENTRY or key in seen:
            break
        seen.add(key)
        entries.append(Entry(i, last, title, None))
        i = last
    else:
        return []
    again = [last_place.of(entry.title) >= i for entry in entries]
    return entries if sum(again) * 2 >= len(again) and len(again) >= 2 else []


def _with_announced_tail(lines: Sequence[Line], region: Contents, text_end: int, limit: int) -> Contents:
    """Titles without a page number at the end of a table belong to it if the text before all tables has them as lines of their own."""
    i = region.last
    if i >= limit or text_end == 0:
        return region
    known = {normal_title(entry.title) for entry in region.entries}
    earlier = _Earlier(lines, text_end)
    tail: list[Entry] = []
    while i < limit and len(lines[i].text) <= MAX_ENTRY:
        for last in range(i + 1, min(i + MAX_ENTRY_LINES, limit) + 1):
            title = _joined(lines, i, last)
            if normal_title(title) not in known and earlier.has(title):
                tail.append(Entry(i, last, title, None))
                i = last
                break
        else:
            break
    if not tail:
        return region
    return Contents(region.first, tail[-1].last, region.title_last, (*region.entries, *tail))


class _Earlier:
    """The lines before a table, asked whether a title stands there on lines of its own."""

    KEY = 5

    def __init__(self, lines: Sequence[Line], end: int) -> None:
        self.lines = lines[:end]
        self.at: dict[str, list[int]] = {}
        for i, line in enumerate(self.lines):
            self.at.setdefault(line.text[: self.KEY], []).append(i)

    def has(self, title: str) -> bool:
        wanted = normal_title(title)
        return any(
            normal_title(_joined(self.lines, i, last)) == wanted
            for i in self.at.get(title[: self.KEY], ())[:200]
            for last in range(i + 1, min(i + MAX_ENTRY_LINES, len(self.lines)) + 1)
        )


def compare(tables: Sequence[Contents], headings: Sequence[Heading]) -> list[str]:
    """What the tables of contents and the headings of the text disagree on, in words for the reader of a report.

    >>> compare([Contents(0, 2, 1, (Entry(1, 2, "Кіріспе", 3),))], [])
    ['The table of contents lists «Кіріспе», but the text has no such heading.']
    """
    listed: dict[str, Entry] = {}
    for table in tables:
        for entry in table.entries:
            if any(map(str.isalpha, entry.title)):
                listed.setdefault(normal_title(entry.title), entry)
    if not listed:
        return []
    by_title: dict[str, int] = {}
    by_label: dict[tuple[str, str], int] = {}
    for at, heading in enumerate(headings):
        for key in _keys(heading):
            by_title.setdefault(key, at)
        if heading.number:
            by_label.setdefault((heading.rank, heading.number), at)
    warnings: list[str] = []
    matched: list[tuple[int, Entry]] = []
    for key, entry in listed.items():
        position = by_title.get(key)
        if position is None:
            position = _by_label(entry, by_label)
            if position is None:
                warnings.append(f"The table of contents lists «{entry.title}», but the text has no such heading.")
                continue
            if headings[position].title:
                warnings.append(f"The table of contents has «{entry.title}», the text has «{name_of(headings[position])}».")
        matched.append((position, entry))
    warnings += _extra(matched, headings)
    warnings += _out_of_order(matched, headings)
    return warnings


def name_of(heading: Heading) -> str:
    """A heading as a reader would name it, with its number."""
    return f"{heading.number} {heading.title}".strip()


def _keys(heading: Heading) -> Iterator[str]:
    title = normal_title(heading.title)
    if title:
        yield title
    if heading.label:
        yield normal_title(f"{heading.label} {heading.title}")


def _by_label(entry: Entry, by_label: dict[tuple[str, str], int]) -> int | None:
    label = heading_label(entry.title) or numbered_title(entry.title)
    if label is None:
        return None
    return by_label.get((label.rank, label.number))


def _extra(matched: list[tuple[int, Entry]], headings: Sequence[Heading]) -> Iterator[str]:
    """Headings of a rank that the table lists, which it does not list itself."""
    there = {position for position, _ in matched}
    ranks = {headings[position].rank for position in there} - {"plain", "capitals"}
    titles = Counter(normal_title(heading.title) for heading in headings)
    for position, heading in enumerate(headings):
        if heading.rank == "known" and titles[normal_title(heading.title)] > 1:
            continue
        if position in there or heading.rank not in ranks or heading.kind in ("contents", "questions"):
            continue
        if heading.rank == "known" and not any(headings[p].kind == heading.kind for p in there):
            continue
        yield f"The table of contents does not list «{name_of(heading)}»."


def _out_of_order(matched: list[tuple[int, Entry]], headings: Sequence[Heading]) -> Iterator[str]:
    """Entries outside the longest series of entries that stand in the order of the text."""
    tails: list[int] = []
    at: list[int] = []
    for position, _ in matched:
        k = bisect_left(tails, position)
        tails[k : k + 1] = [position]
        at.append(k)
    wanted = len(tails) - 1
    kept: set[int] = set()
    for index in range(len(matched) - 1, -1, -1):
        if at[index] == wanted:
            kept.add(index)
            wanted -= 1
    for index, (_, entry) in enumerate(matched):
        if index not in kept:
            yield f"The table of contents lists «{entry.title}» in another place than the text has it."
