"""Signs: what can be seen of each line that may tell what it is, as named columns with named values. No decisions are taken here.

A sign says one thing of a line: what it begins with, how it ends, what room was left on the line before it, whether its number goes on
a
series, in how long a run of short lines it stands. Each is a column over all lines of a document with one value for each line, so that
a linguist can read what speaks for a line being a heading (`data/weights.tsv`; `kz-textkit outline --why`). What a sign is worth is
learnt from labelled pages (`tools/layout/train.py`), alone and together with the signs of the lines around it (`tagger`).

Widths are measured against the document's own (`convention`), gaps and indents against what it does elsewhere; a text without blank
lines or without geometry has the value that says so, and nothing else changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import product
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.layout.convention import Convention
from kz_textkit.layout.line_facts import FACTS, facts_of
from kz_textkit.layout.lines import Line
from kz_textkit.layout.open_runs import NAMES, PATH, in_paths, open_runs
from kz_textkit.layout.series import SERIES, Numbered, numbered, series
from kz_textkit.layout.shapes import spread
from kz_textkit.layout.widths import AVERAGE

__all__ = ["Column", "alike", "signs_of"]

Codes = npt.NDArray[np.intp]


class Column(NamedTuple):
    """A sign of all lines: the names of its values, and which of them each line has."""

    values: tuple[str, ...]
    codes: Codes


def signs_of(lines: Sequence[Line], convention: Convention, announced: Collection[int] = ()) -> dict[str, Column]:
    """All signs of the lines of a document, by name.

    `announced` are indices of lines that a table of contents (or a plan) has as titles.

    >>> from kz_textkit.layout.lines import read_lines
    >>> from kz_textkit.layout.convention import UNWRAPPED
    >>> signs = signs_of(read_lines("1-тарау. Зат есім\\n\\nЗат есім заттың атын білдіреді."), UNWRAPPED)
    >>> [signs[name].values[signs[name].codes[0]] for name in ("begins", "ends", "label")]
    ['digit', 'letter', 'chapter, title']
    """
    facts = facts_of(lines)
    codes = np.frombuffer(b"".join([found.values for found in facts]), np.uint8).reshape(len(facts), len(FACTS)).astype(np.intp)
    columns = {name: Column(values, column) for (name, values), column in zip(FACTS, np.ascontiguousarray(codes.T), strict=True)}
    places = _Places(lines, convention)
    columns |= places.columns()
    listed = numbered(found.list_number for found in facts)
    columns["series"], columns["lines to the next"] = _series(listed, len(facts))
    columns["series of titles"], _ = _series(_of_titles(listed, columns), len(facts))
    columns["label series"], columns["lines to the next label"] = _series(numbered(found.label_number for found in facts), len(facts))
    columns["label in the document"] = _in_document([found.label_number for found in facts], columns["label series"])
    columns["under"] = _under([found.context for found in facts], [found.resets for found in facts])
    columns["announced"] = _flags(len(lines), announced, "listed in the contents")
    columns["width among neighbours"] = _among_neighbours(places.width)
    columns |= _repeats(lines)
    columns |= _words_around(columns["line words"])
    columns |= _open_runs(columns)
    columns["in a path"] = Column(PATH, in_paths([line.text for line in lines], _is_one_of(columns["line words"], ("site",))))
    columns |= _runs(lines, convention, columns)
    columns |= _of_document(columns, convention)
    columns |= _combined(columns)
    columns |= _of_shapes(columns)
    return columns


SHAPE = ("label", "numbered", "list label", "case", "ends", "size", "face", "markup", "known title", "gaps around")
"""Signs in which the titles of one level agree."""
MOST_ALIKE = 40
"""Lines of the largest group: more are lines of prose."""
LONGEST_TITLE = "under 90"
"""Value of the length of the longest lines that are thought to be titles."""


def alike(signs: Mapping[str, Column]) -> Codes:
    """Short lines of one shape, which are likely to be the same in a document: the number of its group for each line, below 0 for none.
    What begins small or under a full line may as well be the rest of a sentence and is in no group.

    >>> from kz_textkit.layout.lines import read_lines
    >>> from kz_textkit.layout.convention import UNWRAPPED
    >>> lines = read_lines("Сөз таптары\\n\\n1. Тіл деген не?\\n\\nСөйлем түрлері\\n\\n2. Сөз деген не?\\n\\nБуын")
    >>> alike(signs_of(lines, UNWRAPPED)).tolist()
    [0, 2, 0, 2, 1]
    """
    groups, short = _shapes(signs)
    return np.where(short & (np.bincount(groups)[groups] <= MOST_ALIKE), groups, -1).astype(np.intp)


def _shapes(signs: Mapping[str, Column]) -> tuple[Codes, npt.NDArray[np.bool_]]:
    """The shape of each line, as a number, and which lines may be titles."""
    length = signs["length"]
    shape = np.zeros(len(length.codes), np.int64)
    for name in SHAPE:
        shape = shape * len(signs[name].values) + signs[name].codes
    groups = np.unique(shape, return_inverse=True)[1].astype(np.intp)
    begins, room = signs["begins"], signs["room before"]
    title = (length.codes <= length.values.index(LONGEST_TITLE)) & (begins.codes != begins.values.index("small"))
    return groups, title & ~_is_one_of(room, _NO_ROOM)


def _of_shapes(signs: Mapping[str, Column]) -> dict[str, Column]:
    """How many short lines of the shape of a line the document has, how far they are from one another, and how many of them have text
    under them: titles are few, far between and over text."""
    groups, short = _shapes(signs)
    own = groups[short]
    is_long = signs["length"].codes >= signs["length"].values.index(LONGEST_TITLE)
    count, far, over = spread(groups, short, is_long)

    def column(of_shapes: npt.NDArray[np.float64], edges: Sequence[float], names: tuple[str, ...]) -> Column:
        numbers = np.full(len(groups), -1.0)
        numbers[short] = of_shapes[own]
        return _buckets(numbers, (0, *edges), ("-", *names))

    found = {
        "lines of the shape": column(count, (2, 3, 6, 20), ("1", "2", "under 6", "under 20", "more")),
        "lines between the shape": column(far, (1, 2, 4, 8, 25), ("alone", "1", "under 4", "under 8", "under 25", "more")),
        "shape over text": column(over, (0.01, 0.5, 0.9), ("none", "few", "most", "all")),
    }
    found["shape in the document"] = _cross(*found.values())
    return found


# --- making columns


def _flags(count: int, indices: Collection[int], name: str) -> Column:
    codes = np.zeros(count, np.intp)
    codes[[i for i in indices if i < count]] = 1
    return Column(("no", name), codes)


def _buckets(numbers: npt.NDArray[np.float64], edges: Sequence[float], names: tuple[str, ...]) -> Column:
    """Numbers as ranges: `names[k]` is that of the numbers from `edges[k - 1]` up to `edges[k]`."""
    return Column(names, _array_of(tuple(edges)).searchsorted(numbers, "right"))


@cache
def _array_of(edges: tuple[float, ...]) -> npt.NDArray[np.float64]:
    return np.array(edges, np.float64)


def _is_one_of(column: Column, values: Collection[str]) -> npt.NDArray[np.bool_]:
    """Which lines have one of some values of a sign."""
    return _mask_of(column.values, frozenset(values))[column.codes]


@cache
def _mask_of(values: tuple[str, ...], chosen: frozenset[str]) -> npt.NDArray[np.bool_]:
    return np.array([value in chosen for value in values], np.bool_)


def _cross(*columns: Column) -> Column:
    """Several signs taken together, as one."""
    codes = columns[0].codes
    for column in columns[1:]:
        codes = codes * len(column.values) + column.codes
    return Column(_crossed_names(*[column.values for column in columns]), codes)


def _crossed_names(*values: tuple[str, ...]) -> tuple[str, ...]:
    # The same tuples come for every document, and those of signs taken together are too long to be hashed each time.
    key = tuple(map(id, values))
    kept = _crossed.get(key)
    if kept is None:
        if len(_crossed) >= MOST_CROSSED:
            _crossed.clear()
        # The values are kept too, so that no other tuple is in their place.
        kept = _crossed[key] = values, tuple(map(" & ".join, product(*values)))
    return kept[1]


MOST_CROSSED = 1000
"""Signs taken together whose names are kept."""
_crossed: dict[tuple[int, ...], tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]] = {}


def _grouped(column: Column, groups: Mapping[str, str], other: str) -> Column:
    """A sign with fewer values: `groups` says which value is which."""
    names, table = _table_of_groups(column.values, tuple(groups.items()), other)
    return Column(names, table[column.codes])


@cache
def _table_of_groups(values: tuple[str, ...], groups: tuple[tuple[str, str], ...], other: str) -> tuple[tuple[str, ...], Codes]:
    """The names of the groups, and for each value the place of its group among them."""
    of_value = dict(groups)
    names = tuple(dict.fromkeys([*of_value.values(), other]))
    at = {name: k for k, name in enumerate(names)}
    return names, np.array([at[of_value.get(value, other)] for value in values], np.intp)


def _shifted(column: Column, by: int, edge: str) -> Column:
    """The sign of the line before (`by` = 1) or after (-1), with the value `edge` where there is none."""
    codes = np.full_like(column.codes, len(column.values))
    if by > 0:
        codes[by:] = column.codes[:-by]
    else:
        codes[:by] = column.codes[-by:]
    return Column(_with_edge(column.values, edge), codes)


@cache
def _with_edge(values: tuple[str, ...], edge: str) -> tuple[str, ...]:
    return (*values, edge)


# --- place on the page

_NO_ROOM = ("less than none", "a hair", "under 3 %")
_ROOM = (*_NO_ROOM, "under 10 %", "under 25 %", "under 40 %", "under 60 %", "more")
_ROOMS = (*_ROOM, "lines are not wrapped", "no full width")
UNSURE = 0.5
"""Share of agreeing lines below which the room on a line says nothing."""
_ROOM_EDGES = (0.0, 0.005, 0.03, 0.10, 0.25, 0.40, 0.60)
_WIDTH = ("under 15 %", "under 30 %", "under 50 %", "under 70 %", "under 85 %", "under 95 %", "full", "overlong")
_WIDTHS = (*_WIDTH, "lines are not wrapped")
_WIDTH_EDGES = (0.15, 0.30, 0.50, 0.70, 0.85, 0.95, 1.03)
_LENGTH = ("under 5", "under 12", "under 25", "under 40", "under 60", "under 90", "under 150", "under 300", "more")
_FROM_THE_START, _TO_THE_END = (1, 3, 8, 25), (2, 5, 16)
"""Lines up to which the place of a line in the document has a name, from its start and to its end."""
_LENGTH_EDGES = (5, 12, 25, 40, 60, 90, 150, 300)


class _Places:
    """Where each line stands, against what the document does elsewhere."""

    def __init__(self, lines: Sequence[Line], convention: Convention) -> None:
        self.convention = convention
        self.count = len(lines)
        self.blank = _numbers(lines, "blank_before")
        self.indent = _numbers(lines, "indent")
        self.width = _numbers(lines, "width").astype(np.float64)
        self.shift = _numbers(lines, "shift")
        self.room = _numbers(lines, "room").astype(np.float64)
        self.page_start = _numbers(lines, "page_start").astype(bool)
        self.length = np.fromiter((len(line.text) for line in lines), np.float64, self.count)
        self.size = np.array([line.size for line in lines], np.float64)
        self.face = (_numbers(lines, "bold") + 2 * _numbers(lines, "italic")).astype(np.intp)
        self.damaged = _numbers(lines, "damaged").astype(bool)

    def columns(self) -> dict[str, Column]:
        return {
            "gap": self._gap(),
            "indent": self._indent(),
            "indent change": self._indent_change(),
            "room before": self._room(),
            "width": self._width(),
            "length": _buckets(self.length, _LENGTH_EDGES, _LENGTH),
            "place": self._place(),
            "page place": self._page_place(),
            "first line fits": self._first_line(),
            "other font": self._damage(),
            "size": _buckets(self.size, (0.01, 0.93, 1.04, 1.25), ("not known", "small", "usual", "large", "very large")),
            "face": Column(("usual", "bold", "italic", "bold italic"), self.face),
        }

    def _gap(self) -> Column:
        names = ("none", "as inside", "as between", "more", "page", "usual")
        inside, between = self.convention.gap_in, self.convention.gap_between
        codes = np.where(self.blank <= inside, 1 if inside < between else 5, np.where(self.blank <= between, 2, 3))
        codes = np.where(self.page_start, 4, codes)
        if self.count:
            codes[0] = 0
        return Column(names, codes.astype(np.intp))

    def _indent(self) -> Column:
        names = ("less", "usual", "as first lines", "more", "far more", "centred", "right")
        usual, first = self.convention.indent, self.convention.indent_first
        extra = self.indent - usual
        codes = np.where(extra < 0, 0, np.where(extra < 2, 1, np.where(extra < 9, 3, 4)))
        if first > usual:
            codes = np.where((extra >= 2) & (abs(self.indent - first) <= 2), 2, codes)
        full = self.convention.full if self.convention.wrapped else 36_000
        left = np.where(self.shift > 0, self.shift, extra * (AVERAGE if self.convention.by_columns else AVERAGE / 2))
        own = self.width - self.indent * AVERAGE if self.convention.by_columns else self.width
        right = full - left - own
        codes = np.where((extra >= 9) & (abs(left - right) < 0.12 * full), 5, codes)
        codes = np.where((extra >= 9) & (right < 0.08 * full) & (left > 0.3 * full), 6, codes)
        return Column(names, codes.astype(np.intp))

    def _indent_change(self) -> Column:
        change = np.zeros(self.count, np.int64)
        np.subtract(self.indent[1:], self.indent[:-1], out=change[1:])
        return Column(("same", "deeper", "back"), np.where(change > 1, 1, np.where(change < -1, 2, 0)).astype(np.intp))

    def _room(self) -> Column:
        if not self.convention.wrapped:
            return Column(_ROOMS, np.full(self.count, len(_ROOM), np.intp))
        if self.convention.agreement < UNSURE:
            return Column(_ROOMS, np.full(self.count, len(_ROOM) + 1, np.intp))
        room = np.concatenate(([1.0], self.room[:-1] / self.convention.full)) if self.count else self.room
        found = _buckets(room, _ROOM_EDGES, _ROOM)
        return Column(_ROOMS, found.codes)

    def _width(self) -> Column:
        if not self.convention.wrapped:
            return Column(_WIDTHS, np.full(self.count, len(_WIDTH), np.intp))
        found = _buckets(self.width / self.convention.full, _WIDTH_EDGES, _WIDTH)
        return Column(_WIDTHS, found.codes)

    def _place(self) -> Column:
        at = np.arange(self.count)
        left = self.count - at
        codes = np.array(_FROM_THE_START).searchsorted(at, "right")
        at_the_end = np.array(_TO_THE_END).searchsorted(left, "right")
        codes = np.where(codes < len(_FROM_THE_START), codes, len(_FROM_THE_START) + at_the_end)
        names = ("first", "first 3", "first 8", "first 25", "last", "last 4", "last 15", "inside")
        return Column(names, codes.astype(np.intp))

    def _page_place(self) -> Column:
        codes = np.zeros(self.count, np.intp)
        starts = np.flatnonzero(self.page_start)
        if len(starts) > 1:
            codes[:] = 1
            for away, code in ((-3, 6), (-2, 5), (-1, 4), (1, 3), (0, 2)):
                at = starts + away
                codes[at[(at >= 0) & (at < self.count)]] = code
        return Column(("no pages", "inside", "first", "second", "last", "last but one", "last but two"), codes)

    def _first_line(self) -> Column:
        indent, full = self.convention.first_indent, self.convention.full
        codes = np.zeros(self.count, np.intp)
        if indent:
            full_with = (self.room > 0.1 * indent) & (self.room <= 1.3 * indent)
            codes[:] = np.where(self.width > full - indent // 2, 1, np.where(full_with, 2, 3))
        return Column(("not known", "too wide", "full with the indent", "may be"), codes)

    def _damage(self) -> Column:
        share = float(self.damaged.mean()) if self.damaged.any() else 0.0
        codes = np.where(self.damaged, 1, 0) if 0 < share < 0.3 else np.zeros(self.count)
        return Column(("no", "yes"), codes.astype(np.intp))


def _numbers(lines: Sequence[Line], name: str) -> npt.NDArray[np.int64]:
    return np.array([*map(attrgetter(name), lines)], np.int64)


# --- series and contexts

_TO_THE_NEXT = ("no series", "1", "2", "under 6", "under 20", "more")


def _series(numbers: Numbered, count: int) -> tuple[Column, Column]:
    """The place of each line in a series, and how far it is to the next of it: titles have text under them, items often have not."""
    codes, lines = series(numbers, count)
    return Column(SERIES, codes), _buckets(lines, (1, 2, 3, 6, 20), _TO_THE_NEXT)


_SENTENCE_ENDS = ("point", "mark", "colon", "semicolon", "comma", "closed quotation")
_FULL = ("under 95 %", "full", "overlong")


def _of_titles(numbers: Numbered, columns: Mapping[str, Column]) -> Numbered:
    """The numbers of lines that may be titles: short of the full width, without the end of a sentence, and the line below does not
    begin small. Parts of a law and its points may both have numbers, which rise each in a series of its own."""
    if not numbers:
        return numbers
    ends, width, begins = columns["ends"], columns["width"], columns["begins"]
    text = _is_one_of(ends, _SENTENCE_ENDS) | _is_one_of(width, _FULL)
    text[:-1] |= begins.codes[1:] == begins.values.index("small")
    return [number for number in numbers if not text[number[0]]]


_IN_DOCUMENT = ("none", "one", "some", "many", "many in order")
MANY = 4
"""Titles of one rank that are many."""
IN_ORDER = 0.6
"""Share of the numbers of one rank that go on from the one before, where they are in order."""


def _in_document(numbers: Sequence[tuple[str, int | None]], series: Column) -> Column:
    """How many labels of the rank of each line the document has, and whether their numbers are in order."""
    counted = Counter([rank for rank, _ in numbers if rank])
    if not counted:
        return Column(_IN_DOCUMENT, np.zeros(len(numbers), np.intp))
    in_order = [value for value in series.values if value.startswith("goes on")]
    steps = Counter(rank for (rank, _), on in zip(numbers, _is_one_of(series, in_order).tolist(), strict=True) if rank and on)
    codes = {rank: 1 if n == 1 else 2 if n < MANY else 3 if steps[rank] < IN_ORDER * n else 4 for rank, n in counted.items()}
    return Column(_IN_DOCUMENT, np.fromiter((codes.get(rank, 0) for rank, _ in numbers), np.intp, len(numbers)))


_UNDER = ("nothing", "questions", "sources", "plan", "contents")
_UNDERS = tuple(f"{name}, {far}" for name in _UNDER for far in ("right above", "near", "far", "very far"))


def _under(contexts: Sequence[str], resets: Sequence[bool]) -> Column:
    """What the last title that says so announces: questions, sources, a plan; and how far above it stands."""
    if not any(contexts):
        return Column(_UNDERS, np.zeros(len(contexts), np.intp))
    current, since = 0, 0
    codes: list[int] = []
    for context, reset in zip(contexts, resets, strict=True):
        since += 1
        codes.append(current * 4 + (0 if since <= 1 else 1 if since <= 6 else 2 if since <= 40 else 3) if current else 0)
        if context:
            current, since = _UNDER.index(context), 0
        elif reset:
            current = 0
    return Column(_UNDERS, np.array(codes, np.intp))


# --- widths and words around a line, lines that come again, runs of short lines

_NEIGHBOURS = 3
"""Lines before a line and after it whose widths it is held against."""


def _among_neighbours(width: npt.NDArray[np.float64]) -> Column:
    """The width of each line against the mean of those around it: a title over verse is shorter than the verses."""
    count = len(width)
    at = np.arange(count)
    first, last = np.maximum(at - _NEIGHBOURS, 0), np.minimum(at + _NEIGHBOURS + 1, count)
    sums = np.concatenate(([0.0], np.cumsum(width)))
    around = (sums[last] - sums[first] - width) / np.maximum(last - first - 1, 1)
    return _buckets(
        width / np.maximum(around, 1),
        (0.25, 0.4, 0.55, 0.7, 0.85, 1.15, 1.6),
        ("under 25 %", "under 40 %", "under 55 %", "under 70 %", "under 85 %", "alike", "wider", "far wider"),
    )


_AROUND = {"site": (12, 12), "imprint": (25, 25), "post": (6, 6)}
"""Classes of words, and within how many lines before and after a line they are counted."""


def _words_around(words: Column) -> dict[str, Column]:
    """How many lines around each line, and it itself, have words of a class: menus, imprints and signatures are seldom one line."""
    count = len(words.codes)
    at = np.arange(count)
    found = {}
    names = ("none", "one", "some", "many")
    for name, (before, after) in _AROUND.items():
        own = words.codes == words.values.index(name)
        if not own.any():
            found[f"{name} words around"] = Column(names, np.zeros(count, np.intp))
            continue
        counted = np.concatenate(([0], np.cumsum(own)))
        near = counted[np.minimum(at + after + 1, count)] - counted[np.maximum(at - before, 0)]
        found[f"{name} words around"] = _buckets(near.astype(np.float64), (1, 2, 4), names)
    return found


_SAYS = ("point", "mark", "colon", "semicolon", "comma", "hyphen", "closed quotation")
_LONG = ("under 90", "under 150", "under 300", "more")


def _open_runs(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Runs of lines that say nothing: a line that does ends as sentences do and has a verb, or is long, or is full and goes on."""
    said = _is_one_of(columns["ends"], _SAYS) & _is_one_of(columns["verb"], ("yes", "two sentences", "long"))
    full = _is_one_of(columns["width"], _FULL) | _is_one_of(columns["length"], _LONG)
    site = _is_one_of(columns["line words"], ("site",)) | _is_one_of(columns["kind of line"], ("address",))
    is_text = (said | full | _is_one_of(columns["begins"], ("small",))) & ~site
    return {name: Column(NAMES[name], codes) for name, codes in open_runs(is_text, site).items()}


def _repeats(lines: Sequence[Line]) -> dict[str, Column]:
    """How often the line comes in the document, and how often lines begin with its first word."""
    whole = Counter(line.text for line in lines)
    heads = [line.text.split(None, 1)[0] if len(line.text) < 400 else "" for line in lines]
    counted = Counter(heads)
    times = np.array([whole[line.text] for line in lines], np.float64)
    first = np.array([counted[head] if len(head) > 3 else 0 for head in heads], np.float64)
    return {
        "same line": _buckets(times, (2, 3, 6), ("once", "twice", "some times", "often")),
        "same first word": _buckets(first, (2, 3, 6, 15), ("once", "twice", "some times", "often", "very often")),
    }


def _runs(lines: Sequence[Line], convention: Convention, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Runs of short lines, with and without gaps in them: verse, lists, title pages, tables."""
    count = len(lines)
    width = _numbers(lines, "width").astype(np.float64)
    limit = 0.72 * convention.full if convention.wrapped else 28_000
    short = width < limit
    run = _run_of(short, np.zeros(count, bool))
    apart = (columns["gap"].codes == 2) | (columns["gap"].codes == 3) | (columns["gap"].codes == 0)
    group = _run_of(np.ones(count, bool), apart)
    size = _sizes(run)
    capital = (columns["begins"].codes == columns["begins"].values.index("capital")).astype(np.float64)
    point = (columns["ends"].codes == columns["ends"].values.index("point")).astype(np.float64)
    closed = _is_one_of(columns["ends"], ("point", "mark", "colon", "semicolon", "comma"))
    labelled = (columns["list label"].codes > 0).astype(np.float64)
    spread = np.sqrt(np.maximum(_mean(width * width, run) - _mean(width, run) ** 2, 0)) / np.maximum(_mean(width, run), 1)
    return {
        "run of short lines": _buckets(
            np.where(short, size, 0), (1, 2, 3, 4, 8, 20, 60), ("none", "1", "2", "3", "under 8", "under 20", "under 60", "more")
        ),
        "lines without a gap": _buckets(
            _sizes(group).astype(np.float64), (2, 3, 4, 5, 7, 9, 20), ("1", "2", "3", "4", "5 or 6", "7 or 8", "under 20", "more")
        ),
        "capitals in the run": _buckets(
            np.where(short, _mean(capital, run), -1), (0, 0.4, 0.75, 0.95), ("-", "few", "half", "most", "all")
        ),
        "points in the run": _buckets(np.where(short, _mean(point, run), -1), (0, 0.1, 0.3, 0.6), ("-", "none", "few", "half", "most")),
        "marks in the run": _buckets(
            np.where(short, _mean(closed.astype(np.float64), run), -1), (0, 0.15, 0.5, 0.8), ("-", "none", "few", "half", "most")
        ),
        "labels in the run": _buckets(np.where(short, _mean(labelled, run), -1), (0, 0.05, 0.5), ("-", "none", "some", "most")),
        "widths in the run": _buckets(
            np.where(short & (size > 2), spread, -1), (0, 0.15, 0.3, 0.5), ("-", "even", "fair", "uneven", "wild")
        ),
    }


def _run_of(member: npt.NDArray[np.bool_], breaks: npt.NDArray[np.bool_]) -> Codes:
    """Number of the run that each line is in: runs end where `member` changes, or before a break."""
    if not len(member):
        return np.zeros(0, np.intp)
    change = np.concatenate(([False], member[1:] != member[:-1])) | breaks
    return np.cumsum(change).astype(np.intp)


def _sizes(run: Codes) -> npt.NDArray[np.float64]:
    return np.bincount(run)[run].astype(np.float64) if len(run) else np.zeros(0)


def _mean(numbers: npt.NDArray[np.float64], run: Codes) -> npt.NDArray[np.float64]:
    """Mean of the numbers of the lines of its run, for each line."""
    if not len(run):
        return np.zeros(0)
    totals = np.bincount(run, numbers)
    return np.asarray((totals / np.bincount(run))[run], np.float64)


# --- the document as a whole


def _of_document(columns: Mapping[str, Column], convention: Convention) -> dict[str, Column]:
    """What most lines of the document are like: the same for all of its lines, and told together with other signs."""
    count = len(columns["begins"].codes)

    def share(name: str, values: Collection[str]) -> float:
        return float(_is_one_of(columns[name], values).mean()) if count else 0.0

    def everywhere(number: float, edges: Sequence[float], names: tuple[str, ...]) -> Column:
        return Column(names, np.full(count, bisect_right(edges, number), np.intp))

    long_runs = (columns["run of short lines"].codes >= 5) & (columns["capitals in the run"].codes >= 3)
    verse = float(long_runs.mean()) if count else 0.0
    gaps = share("gap", ("as between", "more"))
    wrapped = "lines are not wrapped" not in {columns["width"].values[code] for code in columns["width"].codes[:1]}
    return {
        "lines are": everywhere(
            (0 if wrapped else 3) + (0 if gaps < 0.02 else 1 if gaps < 0.3 else 2),
            (1, 2, 3, 4, 5),
            (
                "wrapped, no gaps",
                "wrapped, few gaps",
                "wrapped, many gaps",
                "paragraphs, no gaps",
                "paragraphs, few gaps",
                "paragraphs, many gaps",
            ),
        ),
        "full width": everywhere(
            convention.agreement if convention.wrapped else 2.0,
            (UNSURE, 0.8, 0.95, 1.5),
            ("none", "doubtful", "fair", "sure", "not wrapped"),
        ),
        "wider lines": everywhere(convention.overflow, (0.01, 0.06, 0.15), ("none", "few", "some", "many")),
        "verse-like": everywhere(verse, (0.08, 0.4, 0.7), ("hardly", "in parts", "half", "mostly")),
        "dashes": everywhere(share("begins", ("dash",)), (0.01, 0.08), ("few", "some", "many")),
    }


# --- signs taken together

_ENDS = {
    "letter": "open",
    "capital": "open",
    "digit": "figure",
    "point": "closed",
    "mark": "closed",
    "closed quotation": "closed",
    "colon": "colon",
    "semicolon": "semicolon",
    "comma": "comma",
    "dash": "comma",
    "hyphen": "hyphen",
}
_BEGINS = {
    "small": "small",
    "small in quotes": "small",
    "capital": "capital",
    "capital in quotes": "capital",
    "digit": "digit",
    "dash": "dash",
    "bullet": "bullet",
}
_SHORT = dict.fromkeys(("under 5", "under 12", "under 25", "under 40"), "short") | {"under 60": "rather short", "under 90": "middling"}
_GAPS = {"as inside": "close", "usual": "usual", "as between": "apart", "more": "far apart", "page": "page", "none": "far apart"}


def _few(column: Column) -> Column:
    return _grouped(column, {"none": "none", "one": "one", "two": "some", "some": "some"}, "many")


def _any(column: Column) -> Column:
    return _grouped(column, {"none": "none", "one": "one", "two": "one"}, "some")


def _combined(columns: Mapping[str, Column]) -> dict[str, Column]:
    ends = _grouped(columns["ends"], _ENDS, "other")
    begins = _grouped(columns["begins"], _BEGINS, "other")
    before = _shifted(ends, 1, "nothing")
    after = _shifted(begins, -1, "nothing")
    gap = _grouped(columns["gap"], _GAPS, "usual")
    gap_after = _shifted(gap, -1, "far apart at the end")
    short = _grouped(columns["length"], _SHORT, "long")
    junction = _cross(before, begins)
    room = columns["room before"]
    room_after = _shifted(room, -1, "end")
    return {
        "junction": junction,
        "junction, room": _cross(junction, room),
        "junction, gap": _cross(junction, gap),
        "junction, room, gap": _cross(junction, room, gap),
        "junction, indent": _cross(junction, columns["indent"]),
        "room, gap": _cross(room, gap),
        "room, full width": _cross(room, columns["full width"], columns["wider lines"]),
        "junction, full width": _cross(junction, columns["full width"]),
        "indent, gap": _cross(columns["indent"], gap),
        "first line fits, end before": _cross(columns["first line fits"], before, begins),
        "gaps around": _cross(gap, gap_after),
        "stands alone": _cross(gap, gap_after, short),
        "size, face": _cross(columns["size"], columns["face"]),
        "size, short": _cross(columns["size"], columns["face"], short),
        "size before": _cross(columns["size"], _shifted(columns["size"], 1, "nothing")),
        "stands alone, ends": _cross(gap, gap_after, ends, short),
        "case, alone": _cross(columns["case"], gap, gap_after),
        "rooms around": _cross(
            _grouped(room, dict.fromkeys(_NO_ROOM, "none") | dict.fromkeys(_ROOM[3:5], "some"), "much"), short, ends
        ),
        "ends, next begins": _cross(ends, after),
        "ends, next begins, room": _cross(ends, after, room_after),
        "label, before": _cross(columns["list label"], before),
        "label, room": _cross(columns["list label"], room),
        "label, to the next": _cross(columns["list label"], columns["lines to the next"], short, after),
        "numbered, to the next": _cross(columns["numbered"], columns["lines to the next label"], short),
        "label, series": _cross(columns["list label"], columns["series"]),
        "label, series, end": _cross(columns["list label"], columns["series"], ends),
        "label, end, short": _cross(columns["list label"], ends, short),
        "label, under": _cross(columns["list label"], columns["under"]),
        "heading label, before": _cross(columns["label"], before),
        "heading label, series": _cross(columns["label"], columns["label series"]),
        "heading label, document": _cross(columns["label"], columns["label in the document"]),
        "numbered, document": _cross(columns["numbered"], columns["label in the document"], begins),
        "numbered, before": _cross(columns["numbered"], before, columns["series"]),
        "numbered, end, short": _cross(columns["numbered"], ends, short),
        "last word, begins next": _cross(columns["last word"], after),
        "last word, short": _cross(columns["last word"], ends, short),
        "last word before": _cross(_shifted(columns["last word"], 1, "nothing"), before, begins),
        "last word before, room": _cross(_shifted(columns["last word"], 1, "nothing"), room),
        "line words, short": _cross(columns["line words"], ends, short),
        "site words, place": _cross(columns["site words around"], columns["place"], short),
        "site words, line": _cross(columns["site words around"], columns["line words"], short),
        "open run, place": _cross(
            columns["open run"], _few(columns["text above"]), _few(columns["text below"]), _any(columns["site words in the document"])
        ),
        "open run, words": _cross(columns["site words in the run"], columns["open run"], columns["line words"]),
        "path, to text": _cross(columns["in a path"], columns["down to text"], _few(columns["text above"])),
        "open run, end": _cross(columns["share of site words in the run"], ends, short),
        "open run, document": _cross(columns["share of site words in the run"], columns["share of site words in the document"], short),
        "open run, to text": _cross(columns["site words in the run"], columns["down to text"], _few(columns["text above"])),
        "open run, from text": _cross(columns["site words in the run"], columns["up to text"], _few(columns["text below"])),
        "imprint words, case": _cross(columns["imprint words around"], columns["case"], short),
        "imprint words, page": _cross(columns["imprint words around"], columns["page place"]),
        "post words, kind": _cross(columns["post words around"], columns["person or date"], short),
        "width among neighbours, run": _cross(
            columns["width among neighbours"], columns["run of short lines"], columns["capitals in the run"]
        ),
        "width among neighbours, ends": _cross(columns["width among neighbours"], ends, before),
        "series of titles, label": _cross(columns["series of titles"], columns["list label"], ends),
        "kind, short": _cross(columns["kind of line"], short, gap),
        "verb, end": _cross(columns["verb"], ends),
        "verb, end, short": _cross(columns["verb"], ends, short),
        "run, capitals": _cross(columns["run of short lines"], columns["capitals in the run"]),
        "run, points": _cross(columns["run of short lines"], columns["points in the run"]),
        "run, gap": _cross(columns["run of short lines"], gap),
        "run, document": _cross(columns["run of short lines"], columns["verse-like"]),
        "begins, document": _cross(begins, columns["lines are"]),
        "short, document": _cross(short, columns["lines are"]),
        "short, gap, document": _cross(short, gap, columns["lines are"]),
        "dash, document": _cross(begins, columns["dashes"]),
        "colon before, begins, gap": _cross(before, begins, gap, short),
    }
