"""The tree of sections: what stands under which heading.

Which rank of labels stands above which (`бөлім` over `тарау`, or the other way round) is read from the document: a rank whose
numbers start again under each heading of another stands below it. Where the document does not say, the order in
`data/heading_labels.tsv` holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cmp_to_key

from kz_textkit.alignment import Edit, apply_edits
from kz_textkit.document import SectionKind
from kz_textkit.layout.contents import Contents, compare
from kz_textkit.layout.labels import heading_label, normal_title, numbered_title, unspaced
from kz_textkit.layout.laid import LaidBlock, LaidSection
from kz_textkit.layout.lines import Line
from kz_textkit.layout.pieces import Heading

__all__ = ["build"]


MAX_ABOVE_TITLE = 4
"""Lines that may stand above the title of the whole text: a code, a name."""
MAX_WARNINGS = 100
MOST_ALIKE = 5
"""Warnings that differ only in numbers and titles which are shown."""
MOST_SERIES = 6
"""Series of numbers that may be open inside one another."""
NESTED = ("number", "roman", "decimal")
"""Ranks of bare numbers: always below the labels with words that they stand under."""

# Places in the tree: (-2) title of the whole text, (-1) introduction, conclusion, contents; (0, n) ranks of labels from above to below;
# then titles in capitals, other titles, and parts of another text that is quoted.
_ROOT, _TOP, _RANK, _INNER, _CAPITALS, _PLAIN, _QUOTED = (-2, -1, 0, 1, 2, 3, 4)
_Place = tuple[int, int]


def _order_of_ranks(headings: Sequence[Heading]) -> list[str]:
    """Ranks of labels, the one on top first."""
    first: dict[str, int] = {}
    ones: Counter[str] = Counter()
    order: dict[str, float] = {}
    for position, heading in enumerate(headings):
        rank = _rank(heading)
        if rank is None:
            continue
        first.setdefault(rank, position)
        order.setdefault(rank, heading.order)
        ones[rank] += heading.value == 1

    def above(a: str, b: str) -> int:
        if ones[a] > 1 >= ones[b] and first[b] < first[a]:
            return 1
        if ones[b] > 1 >= ones[a] and first[a] < first[b]:
            return -1
        if order[a] == order[b] or (first[a] < first[b]) == (order[a] < order[b]):
            return -1 if (order[a], first[a]) < (order[b], first[b]) else 1
        # Against the table: the rank that comes first and does not start again stands above.
        earlier = a if first[a] < first[b] else b
        return -1 if (earlier == a) == (ones[earlier] <= 1) else 1

    return sorted(first, key=cmp_to_key(above))


def _rank(heading: Heading) -> str | None:
    """Key of the headings that are numbered together; None for titles without label."""
    if heading.rank in ("known", "capitals", "plain", "appendix"):
        return None
    return f"decimal{heading.number.count('.')}" if heading.rank == "decimal" else heading.rank


class _Tree:
    """Puts headings one after the other under the open ones."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self.headings = headings
        self.ranks = {rank: n * 10 for n, rank in enumerate(_order_of_ranks(headings))}
        self.titles = Counter(normal_title(heading.title) for heading in headings if heading.rank == "known")
        self.capitals = sum(heading.rank == "capitals" for heading in headings)
        self.questions = sum(heading.kind == "questions" and heading.rank == "known" for heading in headings)
        self.quoted = self._quoted_ranks()
        self.inner: set[str] = set()
        self.seen: set[str] = set()
        self.open: list[tuple[_Place, int]] = []

    def _quoted_ranks(self) -> set[str]:
        """Ranks whose first number is not 1, and that come after a rank that begins with 1: extracts from another text."""
        first: dict[str, int | None] = {}
        for heading in self.headings:
            rank = _rank(heading)
            if rank is not None:
                first.setdefault(rank, heading.value)
        begun = False
        quoted = set()
        for rank, value in first.items():
            if value == 1:
                begun = True
            elif begun and value is not None and rank not in NESTED:
                quoted.add(rank)
        return quoted

    def place(self, position: int) -> _Place:
        heading = self.headings[position]
        rank = _rank(heading)
        if position == 0 and heading.first <= MAX_ABOVE_TITLE and heading.rank in ("capitals", "plain") and self._is_title_of_all():
            return _ROOT, 0
        if rank is None:
            return self._place_of_title(heading)
        if rank not in self.seen:
            self.seen.add(rank)
            if self._under_questions() and len(self.seen) > 1:
                self.inner.add(rank)
        if rank in self.quoted:
            return _QUOTED, self.ranks[rank]
        return (_INNER if rank in self.inner else _RANK), self.ranks[rank]

    def _is_title_of_all(self) -> bool:
        """The first title of the text is that of the whole: no title like it follows, or it alone has the next title right under it."""
        under = [
            k for k, h in enumerate(self.headings[1:], 1) if h.first == self.headings[k - 1].last and h.rank in ("capitals", "plain")
        ]
        if under and under[0] <= 2 and all(k == n for n, k in enumerate(under, 1)):
            return True
        if not self.ranks and any(h.rank == self.headings[0].rank for h in self.headings[1:]):
            return False
        return any(_rank(h) is not None or h.rank == "known" for h in self.headings) and not any(
            h.rank in ("capitals", "plain") and not any(_rank(g) is not None or g.rank == "known" for g in self.headings[1:k])
            for k, h in enumerate(self.headings[1:12], 1)
        )

    def _under_questions(self) -> bool:
        return (
            bool(self.open) and self.headings[self.open[-1][1]].kind == "questions" and self.headings[self.open[-1][1]].rank == "known"
        )

    def _place_of_title(self, heading: Heading) -> _Place:
        if heading.rank == "capitals" and self.capitals > 1:
            return _CAPITALS, 0
        if heading.rank in ("capitals", "plain"):
            return _PLAIN, 0
        labelled = [place for place, k in self.open if place[0] == _RANK and self.headings[k].rank not in (*NESTED, "known")]
        inside = self.titles[normal_title(heading.title)] > 1 or (heading.kind == "questions" and not self._asks_about_all(heading))
        if heading.rank == "known" and labelled and heading.kind != "contents" and inside:
            return _RANK, labelled[-1][1] + 1
        return _TOP, 0

    def _stands_beside(self, opened: tuple[_Place, int], place: _Place) -> bool:
        """A list of questions ends at the next title; an introduction or conclusion holds no chapters, and where there are no labels at
        all, no titles after it.
        """
        above = self.headings[opened[1]]
        if place[0] in (_CAPITALS, _PLAIN) and above.rank == "known" and (above.kind == "questions" or opened[0][0] == _RANK):
            return True
        if opened[0][0] != _TOP:
            return False
        return place[0] == _RANK or (
            place[0] in (_CAPITALS, _PLAIN) and not self.ranks and self.headings[opened[1]].kind == "front_matter"
        )

    def _asks_about_all(self, heading: Heading) -> bool:
        """The only list of questions, after several parts: it belongs to the whole."""
        before = [h.rank for h in self.headings if h.first < heading.first and _rank(h) is not None]
        # Bare numbers are parts of the whole only where no lecture or chapter holds them.
        parts = Counter([rank for rank in before if rank not in NESTED] or before)
        return self.questions == 1 and max(parts.values(), default=0) >= 3

    def parents(self) -> list[int | None]:
        """For each heading the position of the heading around it."""
        found: list[int | None] = []
        for position in range(len(self.headings)):
            place = self.place(position)
            while self.open and (self.open[-1][0] >= place or self._stands_beside(self.open[-1], place)):
                self.open.pop()
            found.append(self.open[-1][1] if self.open else None)
            self.open.append((place, position))
        return found


def _levels(parents: Sequence[int | None]) -> list[int]:
    levels: list[int] = []
    for parent in parents:
        levels.append(1 if parent is None else levels[parent] + 1)
    return levels


_QUOTED_TITLE = re.compile(r"«.*»|\d+(?:\.\d+)*|\b[IVXLC]+\b")
_ABBREVIATION = re.compile(r"(?:^|[\s.(])[^\W\d_]{1,2}\.$")


def _title_and_number(clean: str, heading: Heading) -> tuple[str, str]:
    """Title without its label and lone final point, from the clean text of the heading block."""
    title = clean
    if heading.label:
        label = heading_label(clean) or numbered_title(clean)
        title = clean[label.rest_at :] if label is not None else clean[len(heading.label) :]
    title = " ".join(unspaced(title.strip()).split())
    if title.endswith((".", ":")) and not title.endswith("..") and not _ABBREVIATION.search(title):
        title = title[:-1].rstrip()
    return title, heading.number


def build(
    text: str,
    edits: Sequence[Edit],
    lines: Sequence[Line],
    found: Sequence[Heading],
    tables: Sequence[Contents],
    blocks: Sequence[LaidBlock],
) -> tuple[tuple[LaidSection, ...], tuple[str, ...]]:
    """The sections of `text`, parents before children, and warnings.

    `blocks` are all its blocks in order, `edits` the applied edits in order; offsets are of `text`.

    >>> from kz_textkit.layout.pieces import Piece, headings_of
    >>> from kz_textkit.layout.lines import read_lines
    >>> text = "1-тарау. Зат есім\\n\\nЗат есім заттың атын білдіреді."
    >>> lines = read_lines(text)
    >>> blocks = [LaidBlock("heading", 0, 17), LaidBlock("paragraph", 19, len(text))]
    >>> (section,), warnings = build(text, [], lines, list(headings_of(lines, [Piece("heading", 0, 1)])), (), blocks)
    >>> section.number, section.title, len(section.blocks)
    ('1', 'Зат есім', 2)
    """
    headings = [h._replace(title=title) for h, title in zip(found, _clean_titles(text, edits, lines, found), strict=True)]
    marks = _marks(headings, tables, lines)
    parents = _Tree(marks).parents()
    starts = [lines[mark.first].start for mark in marks]
    shares = _share(blocks, starts)
    before = shares[0]
    shift = bool(before or not marks)
    sections: list[LaidSection] = []
    if shift:
        sections.append(LaidSection("front_matter" if marks else "section", "", "", 1, None, tuple(before)))
    levels = _levels(parents)
    kinds: list[SectionKind] = []
    for mark, parent, level, own in zip(marks, parents, levels, shares[1:], strict=True):
        kinds.append(_kind(mark, kinds[parent] if parent is not None else None))
        above = None if parent is None else parent + shift
        sections.append(LaidSection(kinds[-1], mark.number, mark.title, level, above, tuple(own)))
    numbering = _numbering(headings, _parents_of(headings, marks, parents))
    return tuple(sections), _limited([*numbering, *compare(tables, [h for h in headings if h.kind != "contents"])])


def _limited(warnings: list[str]) -> tuple[str, ...]:
    """The warnings that a reader can be asked to read: the first of each kind, and how many more there are."""
    kinds: dict[str, list[str]] = {}
    for warning in warnings:
        kinds.setdefault(_QUOTED_TITLE.sub("", warning), []).append(warning)
    shown: list[str] = []
    for alike in kinds.values():
        shown += alike[:MOST_ALIKE]
        if len(alike) > MOST_ALIKE:
            shown.append(f"{len(alike) - MOST_ALIKE} more warnings like this one are not shown.")
    return tuple(shown[:MAX_WARNINGS])


def _parents_of(headings: Sequence[Heading], marks: Sequence[Heading], parents: Sequence[int | None]) -> list[int | None]:
    """Parents of the headings alone, of those that `_marks` made."""
    by_first = {mark.first: parent for mark, parent in zip(marks, parents, strict=True)}
    return [by_first[heading.first] for heading in headings]


def _clean_titles(text: str, edits: Sequence[Edit], lines: Sequence[Line], headings: Sequence[Heading]) -> Iterator[str]:
    starts = [edit.start for edit in edits]
    for heading in headings:
        start, end = lines[heading.first].start, lines[heading.last - 1].end
        inside = edits[bisect_left(starts, start) : bisect_left(starts, end)]
        yield _title_and_number(apply_edits(text, inside, start, end), heading)[0]


def _marks(headings: Sequence[Heading], tables: Sequence[Contents], lines: Sequence[Line]) -> list[Heading]:
    """Where sections begin: headings and tables of contents, and text that follows a table without a heading."""
    marks = list(headings)
    firsts = {heading.first for heading in headings}
    starts = {table.first for table in tables}
    for table in tables:
        if table.first not in firsts:
            title = " ".join(line.text for line in lines[table.first : table.title_last]).rstrip(" .:")
            marks.append(Heading(table.first, table.title_last, "known", 1.0, "contents", title=title))
        if table.last < len(lines) and table.last not in firsts and table.last not in starts:
            marks.append(Heading(table.last, table.last, "known", 1.0, "section"))
    return sorted(marks, key=lambda mark: mark.first)


def _share(blocks: Sequence[LaidBlock], starts: Sequence[int]) -> list[list[LaidBlock]]:
    """Blocks before the first start, then those from each start to the next."""
    shares: list[list[LaidBlock]] = [[] for _ in range(len(starts) + 1)]
    at = 0
    for block in blocks:
        while at < len(starts) and block.start >= starts[at]:
            at += 1
        shares[at].append(block)
    return shares


def _kind(mark: Heading, parent: SectionKind | None) -> SectionKind:
    if mark.kind == "section" and parent in ("questions", "back_matter", "front_matter"):
        return parent
    return mark.kind


def _numbering(headings: Sequence[Heading], parents: Sequence[int | None]) -> Iterator[str]:
    """Gaps and repeats in the numbers of headings of one rank. A 1 begins a series inside the one that was open, which may go on
    after it.

    >>> headings = [Heading(i, i + 1, "number", 7.0, "section", str(n), n, "Тақырып", f"{n}.") for i, n in enumerate((1, 1, 2, 2, 5))]
    >>> list(_numbering(headings, [None] * 5))
    ['Numbers 3 to 4 are missing before «5. Тақырып».']
    """
    series: dict[str, list[tuple[int, int | None]]] = {}
    for heading, parent in zip(headings, parents, strict=True):
        rank = _rank(heading)
        if rank is None or heading.value is None or (rank == "article" and "-" in heading.number):
            continue
        key = rank if not rank.startswith("decimal") else f"{rank} {heading.number.rpartition('.')[0]}"
        opened = series.setdefault(key, [])
        before = opened[-1] if opened else None
        goes_on = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][0] + 1 == heading.value), None)
        begins = heading.value == 1 and (before is None or rank in NESTED or parent != before[1])
        if goes_on is not None:
            del opened[goes_on:]
        elif begins:
            del opened[: -MOST_SERIES + 1]
        else:
            opened[:] = opened[:-1]
        opened.append((heading.value, parent))
        if before is None or goes_on is not None or begins:
            continue
        name = f"«{heading.label} {heading.title}»".replace(" »", "»")
        if heading.value == before[0]:
            yield f"The number {heading.number} comes twice: {name} is the second."
        elif heading.value == before[0] + 2:
            yield f"Number {before[0] + 1} is missing before {name}."
        elif heading.value > before[0]:
            yield f"Numbers {before[0] + 1} to {heading.value - 1} are missing before {name}."
        else:
            yield f"{name} comes after number {before[0]}."
