"""Titles that a user names: lines that are headings in the user's texts, whatever the tables of this package say.

A row of their table is a title, how it is met, and what it opens, as in `data/titles.tsv`:

- `whole`: a line that is this title is a heading for certain;
- `start`, `end`: a short line that begins or ends so speaks for a heading, as known titles do;
- `label`: a word that opens a part together with its number, before or after it (`3-сапар. Түркістан`, `Сапар 3`).

What a line of the table leaves out is `whole`, and a `section`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from kz_textkit.document import SectionKind
from kz_textkit.layout.labels import MAX_KNOWN, HeadingLabel, normal_title, roman_value

__all__ = ["LineTitle", "OwnTitle", "find_own_title", "parse_own_titles"]

MATCHES = ("whole", "start", "end", "label")
KINDS = ("front_matter", "lecture", "section", "questions", "back_matter", "contents", "outline")
OPENED_BY_LABELS = ("lecture", "section")
MOST_WORDS = 9
"""Words of the longest line that a `start` or `end` is looked for in."""
LECTURE_ORDER, SECTION_ORDER = 5.0, 3.5
"""Where a label of one's own stands among the others (`data/heading_labels.tsv`), until the document shows it."""


class OwnTitle(NamedTuple):
    """A row of a user's table of titles."""

    title: str
    match: str = "whole"
    kind: str = "section"


class LineTitle(NamedTuple):
    """What a user's titles say of a line."""

    kind: str
    """The section that it opens, or `outline`."""
    is_certain: bool
    label: HeadingLabel | None = None


def parse_own_titles(text: str) -> Iterator[OwnTitle]:
    """The titles of a table. Raises `ValueError` with the number of the line where one is no title.

    >>> list(parse_own_titles("# менің тақырыптарым\\nТүйін сөз\\twhole\\tback_matter\\nсапар\\tlabel\\n"))
    [OwnTitle(title='түйін сөз', match='whole', kind='back_matter'), OwnTitle(title='сапар', match='label', kind='section')]
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        title, *rest = (column.strip() for column in line.replace(";", "\t").split("\t"))
        match, kind = (*(rest or [""]), "", "")[:2]
        found = OwnTitle(normal_title(title), match or "whole", kind or "section")
        kinds = OPENED_BY_LABELS if found.match == "label" else KINDS
        if not found.title or len(found.title) > MAX_KNOWN:
            raise ValueError(f"line {number}: a title has letters, and {MAX_KNOWN} characters at most")
        if found.match not in MATCHES:
            raise ValueError(f"line {number}: {match!r} is no way to be met; there are {', '.join(MATCHES)}")
        if found.kind not in kinds:
            raise ValueError(f"line {number}: {kind!r} is nothing that it can open; there are {', '.join(kinds)}")
        yield found


def find_own_title(text: str, titles: Sequence[OwnTitle]) -> LineTitle | None:
    """What the titles say of a line, the first that does.

    >>> titles = tuple(parse_own_titles("Түйін сөз\\nсапар\\tlabel"))
    >>> find_own_title("ТҮЙІН СӨЗ.", titles), find_own_title("Түйін сөзді айтты", titles)
    (LineTitle(kind='section', is_certain=True, label=None), None)
    >>> find_own_title("3-сапар. Түркістан", titles).label.number
    '3'
    """
    if not titles or len(text) > MAX_KNOWN * 2:
        return None
    normal = normal_title(text)
    short = len(normal.split()) <= MOST_WORDS and text[-1:] not in ".,;"
    for title, match, kind in titles:
        if match == "whole":
            if normal == title:
                return LineTitle(kind, True)
        elif match == "label":
            label = _label(text, title, cast(SectionKind, kind)) if title in normal else None
            if label is not None:
                return LineTitle(kind, False, label)
        elif short and (f"{normal} ".startswith(f"{title} ") if match == "start" else f" {normal}".endswith(f" {title}")):
            return LineTitle(kind, False)
    return None


_NUMBER = r"(\d{1,4}(?:[-.–]\d{1,4}){0,3}|[IІӀVѴXХLCС]{1,7})"
_AFTER = r"(?!\w)(\s*[.:)]+|\s*[-–—](?=\s)|\s*$|(?=\s))\s*[-–—]?\s*"


def _label(text: str, word: str, kind: SectionKind) -> HeadingLabel | None:
    """The label of a line that begins with a number and this word, or with the word and a number; after it the line must end, or a
    title begin."""
    escaped = re.escape(word).replace(r"\ ", r"\s+")
    before = rf"№?\s*{_NUMBER}\s*[.)]?\s*[-–—]?\s*(?:(?:інші|ыншы|нші|ншы|ші|шы)\s+)?{escaped}{_AFTER}"
    for pattern in (before, rf"{escaped}\s*[-–—]?\s*№?\s*{_NUMBER}{_AFTER}"):
        found = re.match(rf"[«\"“(\[]?{pattern}", text, re.IGNORECASE)
        if found is None:
            continue
        follows = text[found.end() : found.end() + 1]
        closed = bool(found[2].strip())
        if follows and not closed and not (follows.isupper() or follows.isdigit() or follows in '«"“„'):
            continue
        last = re.split(r"[-.–]", found[1])[-1]
        value = int(last) if last.isdigit() else roman_value(found[1])
        rank, order = ("lecture", LECTURE_ORDER) if kind == "lecture" else ("topic", SECTION_ORDER)
        return HeadingLabel(rank, order, kind, found[1], value, found.end(), closed)
    return None
