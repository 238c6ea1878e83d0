"""Which lines are headings, and which are the plan under a lecture's title.

A heading betrays itself by what it says (a label, a known title: `labels`) or by how it stands: alone, short, no sentence, more room around
it than around paragraphs, capitals, another font. The second kind is decided by adding up weights (`WEIGHTS`); what counts as much room is
learnt from the document first (`Habits`), because in one text every line is followed by a blank line and in another none is.

A label at the beginning of a line is not enough: prose wraps before "2-тарау" too. Hence a heading begins only where the line before it
ended its paragraph, and bare numbers (`1.`, `II`) are headings only as a series that has text between its members.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from kz_textkit.document import SectionKind
from kz_textkit.layout.convention import Convention, learn
from kz_textkit.layout.labels import (
    MAX_KNOWN,
    HeadingLabel,
    caption,
    heading_label,
    is_no_title,
    is_source,
    is_table_like,
    list_label,
    normal_title,
    numbered_title,
    title_kind,
    toc_entry,
    unspaced,
)
from kz_textkit.layout.lines import Line

__all__ = ["Found", "Habits", "Heading", "find_headings", "habits_of", "title_joins"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the lines from `first` up to (not including) `last`, and what they say."""

    first: int
    last: int
    rank: str
    """Rank of its label; `known` for a title in the tables, `capitals` and `plain` for the others."""
    order: float
    kind: SectionKind
    number: str = ""
    value: int | None = None
    title: str = ""
    """Title over one line; line-end hyphens are not decided here."""
    label: str = ""
    """The label as printed, number and all (`1-дәріс.`); empty for titles without one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What `find_headings` finds. All positions are indices into its `lines`, the end not included; both in order."""

    headings: tuple[Heading, ...]
    outline: tuple[tuple[int, int], ...]
    """Items of the plans under titles."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What of a document's manner tells titles from text: its convention, and how long and how damaged its lines are."""

    wrapped: bool
    gap_in: int
    gap_between: int
    """Blank lines between paragraphs."""
    long: int
    """Characters of a long line: what is much shorter may be a title."""
    indent: int
    damage: float
    """Share of lines with letters of a misbuilt font."""


WEIGHTS = {
    "room before": 2.0,
    "room below a title": 1.0,
    "room after": 1.5,
    "page start": 0.5,
    "no final point": 1.5,
    "own paragraph": 1.0,
    "final point": -0.5,
    "long, with final point": -1.0,
    "final colon": -1.0,
    "capitals": 2.5,
    "announced": 3.0,  # in the table of contents or the plan
    "other font": 1.0,
    "centred": 1.5,
    "text follows": 1.0,
    "short": 0.5,
    "verb": -1.0,
    "tight before": -2.0,
    "tight after": -1.5,
    "short neighbour": -2.0,
    "several lines": -1.5,
    "open before": -1.0,
    "two sentences": -1.0,
    "numbered": -1.0,
    "many words": -1.0,
    "name": -3.0,
    "date": -3.0,
}
"""What a line gains or loses as a title. Set by hand on documents of many kinds, then checked on the gold texts in `tests/`."""

THRESHOLD = 3.0
CROWDED = 4.5
"""Threshold for a document in which more than a third of the lines look like titles."""
MAX_LINES = 6
MAX_TITLE = 400
MAX_PLAIN = 170
"""Characters of the longest title without a label."""
MAX_PLAN = 14
"""Items of the longest plan."""

_SENTENCE_END = re.compile(r"[.!?…:;»”\")\]]$")
_TWO_SENTENCES = re.compile(r"[^\W\d]{2,}[.!?…]\s+[«\"“]?[^\W\da-zа-яәғқңөұүһі]")
_VERB = re.compile(
    r"(?:[аеыіяйиулнрмңзжғгвб]д[ыі]|[кқпстшхф]т[ыі]|(?:[аеыіяйиулнрмңзжғгвб]д|[кқпстшхф]т)[ыі][мң]|[мпб][ыі]н|[мпб][ыі]з|с[ыі]ң|[ғқ]ан|[гк]ен|еді|екен|емес|жоқ|керек|қажет|тиіс|бар|болар|мүмкін)"
    r"[.!?…»\"]*$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[^\W\d_]\.\s?){1,2}[А-ЯӘҒҚҢӨҰҮҺІЁ][\w-]+\W*$"
    r"|[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+(?:\s[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+)?\s[А-ЯӘҒҚҢӨҰҮҺІЁ]{3,}\W*$"
    r"|(?:[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+\s){1,2}[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+(?:ұлы|қызы|ов|ев|ова|ева|ин|ина|бай|бек|ич|вна)\W*$"
)
_SIGNED = re.compile(r"(?:^|\s)(?:[А-ЯӘҒҚҢӨҰҮҺІЁ]\.\s?){1,2}[А-ЯӘҒҚҢӨҰҮҺІЁ][\w-]+$|\s[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+\s[А-ЯӘҒҚҢӨҰҮҺІЁ]{3,}$")
"""A line that ends in the name of who signs it."""
_DATE = re.compile(r"(?:^|\s)(?:1[89]|20)\d\d(?:\s*[-–]?\s*ж(?:ыл[а-яәғқңөұүһі]*)?\.?)?\s*\W*$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}|^\d{1,2}\s+[а-яәғқңөұүһі]+(?:,|\s|$)")
_WORD = re.compile(r"[^\W\d_]{2}")
_CLOSE = ".!?…:;"
_CONJUNCTIONS = ("және", "мен", "пен", "бен", "и")
_NO_START = frozenset("•●○◦▪■□▫◆◇►▶▸➢➤✓✔✦★☆·∙*+-–—−=_|")


def habits_of(lines: Sequence[Line], convention: Convention | None = None) -> Habits:
    """The habits of a document, from its convention (learnt from the lines where it is not given).

    >>> from kz_textkit.layout.lines import read_lines
    >>> habits_of(read_lines("Бірінші сөйлем.\\n\\nЕкінші сөйлем.\\n\\nҮшінші сөйлем.")).gap_between
    1
    """
    if convention is None:
        convention = learn(lines)
    lengths = sorted(len(line.text) for line in lines)
    return Habits(
        wrapped=convention.wrapped,
        gap_in=convention.gap_in,
        gap_between=convention.gap_between,
        long=lengths[len(lengths) * 9 // 10] if lengths else 0,
        indent=convention.indent,
        damage=sum(line.damaged for line in lines) / len(lines) if lines else 0.0,
    )


def _is_capitals(text: str) -> bool:
    if text[:1].islower():
        return False
    capitals = sum(map(str.isupper, text))
    return capitals >= 4 and (text.isupper() or capitals * 5 >= sum(map(str.isalpha, text)) * 3 and text.split(None, 1)[0].isupper())


def _starts_low(text: str) -> bool:
    return text[:1].islower()


def title_joins(above: Line, below: Line, habits: Habits, *, ends: bool) -> bool:
    """Whether `below` goes on with the title that `above` begins or goes on with; `ends`: a title could end with `below`, or goes on after it."""
    upper, lower = above.text, below.text
    if below.blank_before > habits.gap_in or (upper[-1] in _CLOSE and not upper.endswith("т.б.")):
        return False
    if lower[0].islower():
        return lower[1:2] != ")"
    open_end = len(lower) < MAX_PLAIN / 2 and (upper[-1] in "-,–—" or upper.rsplit(" ", 1)[-1] in _CONJUNCTIONS)
    runs_on = above.ends_full and ends and not below.page_start
    if not open_end and not runs_on and not lower[:2].isupper():
        return False
    capitals = (_is_capitals(_after_label(upper)), _is_capitals(lower))
    if not open_end and not all(capitals) and not (runs_on and not any(capitals)):
        return False
    return not (list_label(lower) or heading_label(lower) or title_kind(lower) or numbered_title(lower))


def _after_label(text: str) -> str:
    label = heading_label(text)
    return text[label.rest_at :] if label is not None and label.rest_at < len(text) else text


class _Finder:
    """The lines of one document, and what is known of them so far."""

    def __init__(self, lines: Sequence[Line], habits: Habits, taken: Collection[int], announced: Collection[str]) -> None:
        self.lines = lines
        self.taken = taken
        self.announce(announced)
        self.habits = habits
        self.found: dict[int, Heading] = {}
        self.covered: set[int] = set()
        self.starts = self._starts()

    def _starts(self) -> list[int]:
        """Lines that a title may begin at, by what is cheapest to see."""
        starts = []
        gap_in, apart = self.habits.gap_in, self.habits.wrapped or self.habits.gap_in == self.habits.gap_between
        taken = self.taken
        full, close = False, True
        for i, line in enumerate(self.lines):
            text = line.text
            if (close or (apart and not full) or line.blank_before > gap_in or i - 1 in taken) and len(text) <= MAX_TITLE:
                first = text[0]
                if not first.islower() and first not in _NO_START and i not in taken:
                    starts.append(i)
            full, close = line.ends_full, text[-1] in _CLOSE
        return starts

    def room_before(self, i: int) -> bool:
        return i == 0 or i - 1 in self.taken or self.lines[i].blank_before > self.habits.gap_between

    def ends(self, last: int) -> bool:
        """The line before `last` ends what it is part of: it has room at its end, or there is room after it."""
        return not self.lines[last - 1].ends_full or self.room_after(last)

    def room_after(self, last: int) -> bool:
        return last >= len(self.lines) or last in self.taken or self.lines[last].blank_before > self.habits.gap_between

    def extent(self, i: int) -> int:
        """Index after the last line of the title that begins at line `i`."""
        last = i + 1
        lines = self.lines
        while last < len(lines) and last - i < MAX_LINES and last not in self.taken and not self.is_announced(i, last):
            if not title_joins(lines[last - 1], lines[last], self.habits, ends=self.ends(last + 1) or self.lines[last + 1].text[:1].islower()):
                break
            last += 1
        return last

    def is_announced(self, first: int, last: int) -> bool:
        """The table of contents (or a plan) has the title that these lines make up to here."""
        if not self.announced or last <= first:
            return False
        word = self.lines[last - 1].text.rsplit(None, 1)[-1].rstrip(".:»”\")").casefold()
        return word in self.last_words and normal_title(self.text(first, last)) in self.announced

    def announce(self, titles: Collection[str]) -> None:
        """Titles (`normal_title`) that a table of contents or a plan has."""
        self.announced = frozenset(titles)
        self.last_words = frozenset(title.rpartition(" ")[2] for title in titles)

    def text(self, first: int, last: int) -> str:
        return " ".join(line.text for line in self.lines[first:last])

    def add(self, heading: Heading) -> None:
        self.found[heading.first] = heading
        self.covered.update(range(heading.first, heading.last))

    # --- labelled titles and known titles

    def labelled(self) -> None:
        lines, habits = self.lines, self.habits
        for i in self.starts:
            if i in self.covered:
                continue
            line = lines[i]
            text = line.text
            label = heading_label(text)
            if label is not None:
                self.add_labelled(i, label)
            elif len(text) <= MAX_KNOWN and (text[-1] not in ".,;" or len(text) < 40) and (not line.ends_full or line.blank_before > habits.gap_in or line.page_start or not i):
                self.add_known(i)

    def add_labelled(self, i: int, label: HeadingLabel) -> None:
        text = self.lines[i].text
        if label.rest_at >= len(text):
            last = self.title_below(i)
            title = self.text(i + 1, last)
        else:
            last = self.extent(i)
            title = self.text(i, last)[label.rest_at :]
            if not _title_like(title, labelled=True) or (not label.closed and _is_sentence(title)):
                return
        self.add(Heading(i, last, label.rank, label.order, label.kind, label.number, label.value, title, text[: label.rest_at].strip()))

    def title_below(self, i: int) -> int:
        """Index after the title that stands under a label alone on its line; `i + 1` where none does."""
        j = i + 1
        if j >= len(self.lines) or j in self.taken:
            return j
        line = self.lines[j]
        text = line.text
        if (
            line.blank_before > self.lines[i].blank_before + 2
            or len(text) > MAX_PLAIN
            or text[:1].islower()
            or text[:1] in "-–—"
            or list_label(text) is not None
            or heading_label(text) is not None
            or numbered_title(text) is not None
            or title_kind(text) is not None
        ):
            return j
        last = self.extent(j)
        title = self.text(j, last)
        if title[-1:] in ":;" or (title[-1:] == "." and not self.room_after(last)):
            return j
        if not _title_like(title) or _is_sentence(title) or (self.lines[last - 1].ends_full and not _is_capitals(title)):
            return j
        follows = self.lines[last] if last < len(self.lines) else None
        if follows is not None and not _is_capitals(title) and len(follows.text) < len(title) * 0.6 and follows.text[:1].islower():
            return j
        return last

    def add_known(self, i: int) -> None:
        text = self.lines[i].text
        kind = title_kind(text)
        last = i + 1
        if kind is None and not self.lines[i].ends_full and text[-1:] in _CLOSE + ",":
            return
        if kind is None and last < len(self.lines) and last not in self.taken and self.lines[last].text[:1].islower():
            joined = self.extent(i)
            if 1 < joined - i <= 3:
                kind = title_kind(self.text(i, joined))
                last = joined
        if kind is None or kind == "outline":
            return
        if self.habits.gap_in < self.habits.gap_between and last < len(self.lines) and self.lines[last].text[:1].islower():
            return
        title = unspaced(self.text(i, last))
        self.add(Heading(i, last, "known", 1.0, cast(SectionKind, kind), title=title))

    # --- bare numbers

    def numbered(self) -> None:
        members: dict[str, list[tuple[int, HeadingLabel]]] = {}
        for i in self.starts:
            text = self.lines[i].text
            if not (text[0].isdigit() or text[0] in "IІVXХL") or i in self.covered:
                continue
            label = numbered_title(text)
            if label is None:
                continue
            form = label.rank + text[len(label.number) : len(label.number) + 1].strip() * (label.rank != "decimal")
            form += " alone" if label.rest_at >= len(text) else ""
            members.setdefault(form, []).append((i, label))
        decimals = self.decimal_titles(members.pop("decimal", []))
        chapters: dict[str, int] = {}
        for i, label in decimals:
            chapters.setdefault(label.number.split(".")[0], i)
        for i, label in decimals:
            self.add_numbered(i, label)
        for series in members.values():
            # Titles may be numbered in the same way as the points under them; hence those that look like titles once more by themselves.
            bare = [(i, label) for i, label in series if self.lines[i].text[-1] not in ".;:," and self.is_title_at(i, label)]
            for chain in (*_chains(series), *(_chains(bare) if len(bare) < len(series) else ())):
                if self.is_series_of_titles(chain):
                    for i, label in chain:
                        if i not in self.covered:
                            self.add_numbered(i, label)
            for i, label in _last_before(series, chapters):
                if self.stands_out(i) and i not in self.found:
                    self.add_numbered(i, label)

    def decimal_titles(self, members: list[tuple[int, HeadingLabel]]) -> list[tuple[int, HeadingLabel]]:
        titles = [(i, label) for i, label in members if label.rest_at < len(self.lines[i].text) and self.is_title_at(i, label)]
        if len(titles) * 2 < len(members):
            return []
        return titles if self.spaced([i for i, _ in titles]) else []

    def is_title_at(self, i: int, label: HeadingLabel) -> bool:
        last = self.extent(i)
        title = self.text(i, last)[label.rest_at :]
        if title[-1:] in ".:" and title.count(" ") > 5:
            return False
        return _title_like(title) and not _is_sentence(title) and self.ends(last) and toc_entry(title) is None and not is_source(title)

    def spaced(self, positions: Sequence[int]) -> bool:
        """Most of the lines at `positions` have text between them."""
        if len(positions) < 2:
            return bool(positions) and self.room_before(positions[0])
        apart = sum(any(self.is_text(k) for k in range(a + 1, min(b, a + 12))) for a, b in zip(positions, positions[1:], strict=False))
        return apart * 3 >= (len(positions) - 1) * 2

    def is_text(self, i: int) -> bool:
        """Line `i` is running text, not a title or an entry of a list."""
        line = self.lines[i]
        text = line.text
        if line.ends_full or len(text) > 100:
            return True
        return text[-1] in ".!?…»" and len(text) > (20 if list_label(text) is None else 50)

    def is_series_of_titles(self, chain: list[tuple[int, HeadingLabel]]) -> bool:
        if len(chain) < 2:
            return False
        alone = sum(label.rest_at >= len(self.lines[i].text) for i, label in chain)
        if alone:
            gaps = [b[0] - a[0] for a, b in zip(chain, chain[1:], strict=False)]
            return alone == len(chain) and sorted(gaps)[len(gaps) // 2] >= 3 and self.spaced([i for i, _ in chain])
        titles = sum(self.is_title_at(i, label) for i, label in chain)
        return titles * 10 >= len(chain) * 8 and self.spaced([i for i, _ in chain])

    def stands_out(self, i: int) -> bool:
        text = self.lines[i].text
        return _title_like(text) and not _is_sentence(text) and not is_source(text)

    def add_numbered(self, i: int, label: HeadingLabel) -> None:
        alone = label.rest_at >= len(self.lines[i].text)
        last = i + 1 if alone else self.extent(i)
        text = self.text(i, last)
        title = "" if alone else text[label.rest_at :]
        printed = text[: label.rest_at].strip()
        self.add(Heading(i, last, label.rank, label.order, "section", label.number, label.value, title, printed))

    # --- titles without label

    def plain(self) -> None:
        scored = [found for i in self.starts if (found := self.scored(i)) is not None]
        plain = sum(score < CROWDED and not _is_capitals(title) for _, _, title, score in scored)
        threshold = CROWDED if plain * 3 > len(self.lines) else THRESHOLD
        for i, last, title, score in scored:
            following: tuple[int, int, str, float] | None = (i, last, title, score)
            while following is not None and following[3] >= threshold and following[0] not in self.covered:
                self.add_plain(*following[:3])
                # A title right under a title is seen only now that the line above it is known to be one.
                following = self.scored(following[1])

    def repeated_titles(self) -> None:
        """Titles that a plan announced, where they stand later without other signs."""
        for i in self.starts:
            if i in self.covered or i in self.taken:
                continue
            if any(self.is_announced(i, last) for last in range(i + 1, min(i + 4, len(self.lines)))):
                found = self.scored(i)
                if found is not None:
                    self.add_plain(*found[:3])

    def scored(self, i: int) -> tuple[int, int, str, float] | None:
        """Line `i` as the beginning of a title without label: (first line, last line, title, score); None where it can't be or is no better
        than text."""
        if i >= len(self.lines) or i in self.taken or i in self.covered or not self.may_be_plain(i):
            return None
        last = self.extent(i)
        title = self.text(i, last)
        if (last in self.covered and last not in self.found) or len(title) > MAX_PLAIN or title[-1] in ",;" or not self.ends(last):
            return None
        score = self.score(i, last, title)
        return (i, last, title, score) if score >= THRESHOLD else None

    def add_plain(self, i: int, last: int, title: str) -> None:
        rank, order = ("capitals", 8.0) if _is_capitals(title) else ("plain", 9.0)
        label = numbered_title(title)
        if label is None or label.rest_at >= len(title):
            self.add(Heading(i, last, rank, order, "section", title=unspaced(title)))
        else:
            printed, rest = title[: label.rest_at].strip(), title[label.rest_at :]
            self.add(Heading(i, last, rank, order, "section", label.number, None, rest, printed))

    def may_be_plain(self, i: int) -> bool:
        line = self.lines[i]
        text = line.text
        first = text[0]
        if len(text) > MAX_PLAIN or len(text) < 3 or not (first.isupper() or first in "«\"“„" or first.isdigit()):
            return False
        if text[-1] in ".:,;!" or line.ends_full:
            # Without room before it, in the convention of the document, such a line is text.
            room = line.blank_before > self.habits.gap_in or line.page_start or i == 0 or i - 1 in self.covered
            if not room and not text[:2].isupper() and not (self.is_announced(i, i + 1) or self.is_announced(i, min(i + 2, len(self.lines)))):
                return False
            if text[-1] == ";" or (text[-1] == "," and not line.ends_full):
                return False
        if not _WORD.search(text) or title_kind(text) or is_table_like(text) or is_source(text) or "://" in text:
            return False
        if caption(text) or is_no_title(text):
            return False
        label = list_label(text)
        return label is None or label.style == "1." and not self.is_listed(i, label.value or 0)

    def is_listed(self, i: int, value: int) -> bool:
        """Near line `i`, which is numbered `value`, stands its neighbour in a list."""
        for k in (*range(max(0, i - 4), i), *range(i + 1, min(len(self.lines), i + 5))):
            label = list_label(self.lines[k].text)
            if label is not None and label.value == (value - 1 if k < i else value + 1):
                return True
        return False

    def score(self, i: int, last: int, title: str) -> float:
        return sum(WEIGHTS[sign] for sign in self.signs(i, last, title))

    def signs(self, i: int, last: int, title: str) -> Iterable[str]:
        """The names of the signs, for and against, that the lines from `i` to `last` are a title."""
        yield from self.signs_of_place(i, last)
        yield from self.signs_of_words(title)
        if self.is_announced(i, last):
            yield "announced"
        if any(line.damaged for line in self.lines[i:last]) and self.habits.damage < 0.3:
            yield "other font"
        if len(title) < self.habits.long * 0.75:
            yield "short"
        if title[-1] not in ".:" and self.is_own_paragraph(i, last):
            yield "own paragraph"

    def is_own_paragraph(self, i: int, last: int) -> bool:
        """The lines are set as a paragraph: one line each, or between blank lines."""
        habits, lines = self.habits, self.lines
        if not habits.wrapped:
            return True
        after = lines[last].blank_before if last < len(lines) else habits.gap_between
        return habits.gap_between > habits.gap_in and (not i or lines[i].blank_before >= habits.gap_between) and after >= habits.gap_between

    def signs_of_place(self, i: int, last: int) -> Iterable[str]:
        habits, lines = self.habits, self.lines
        line = lines[i]
        if self.room_before(i):
            yield "room before" if i - 1 not in self.covered else "room below a title"
        elif habits.gap_between > habits.gap_in and line.blank_before <= habits.gap_in and i - 1 not in self.covered:
            yield "tight before"
        if line.page_start and i:
            yield "page start"
        if line.indent > habits.indent + 8:
            yield "centred"
        if i and i - 1 not in self.covered and i - 1 not in self.taken:
            before = lines[i - 1]
            if not _SENTENCE_END.search(before.text) and not self.room_before(i) and not _is_signature(before.text):
                yield "open before"
            if self.is_short_entry(i - 1) and not self.room_before(i) and not _is_signature(before.text):
                yield "short neighbour"
        if self.room_after(last):
            yield "room after"
        elif last - i > 1 and not _is_capitals(line.text):
            yield "several lines"
        elif habits.gap_between > habits.gap_in and lines[last].blank_before <= habits.gap_in and not lines[last].ends_full:
            yield "tight after"
        if last < len(lines) and last not in self.taken:
            if self.is_body(last):
                yield "text follows"
            elif not self.room_before(i) and not self.room_after(last) and last not in self.covered and self.is_short_entry(last) and not list_label(lines[last].text):
                yield "short neighbour"

    def is_body(self, i: int) -> bool:
        """Line `i` begins running text."""
        line = self.lines[i]
        if line.text[0] in "–—-" and line.text[-1] in ".!?…":
            return True
        if line.ends_full or len(line.text) > max(50 if self.habits.wrapped else 80, self.habits.long * 2 // 3):
            return not line.text[:1].islower()
        return not self.habits.wrapped and line.text[-1:] in ".!?…»" and len(line.text) > 40 or self.begins_stanza(i)

    def begins_stanza(self, i: int) -> bool:
        """Three lines or more stand close together from line `i` on, with room after the line before."""
        lines, habits = self.lines, self.habits
        if habits.gap_in == habits.gap_between == 0 or i + 2 >= len(lines):
            return False
        return lines[i].blank_before > lines[i + 1].blank_before == lines[i + 2].blank_before

    def is_short_entry(self, i: int) -> bool:
        """Line `i` is short and no sentence: among such lines a short line is an entry of a list, not a title."""
        line = self.lines[i]
        return not line.ends_full and len(line.text) < self.habits.long * 0.8 and line.text[-1:] not in ".!?…:" and not self.is_body(i)

    def signs_of_words(self, title: str) -> Iterable[str]:
        final = title[-1:]
        if final == ".":
            yield "final point"
        elif final == ":":
            yield "final colon"
        elif final not in "!?…":
            yield "no final point"
        capitals = _is_capitals(title)
        if capitals:
            yield "capitals"
        elif _VERB.search(title):
            yield "verb"
        if _TWO_SENTENCES.search(title):
            yield "two sentences"
        words = title.count(" ") + 1
        if words > 12:
            yield "many words"
        if words > 6 and final == ".":
            yield "long, with final point"
        if title[:1].isdigit():
            yield "numbered"
        if (words <= 4 and _NAME.match(title)) or (words <= 7 and not capitals and _SIGNED.search(title)):
            yield "name"
        if not capitals and words <= 8 and _DATE.search(title):
            yield "date"

    # --- plans

    def outlines(self) -> list[tuple[int, int]]:
        """The plans under titles of lectures and the like, and after a line that says `Жоспар:`; headings found inside them are taken back."""
        items: list[tuple[int, int]] = []
        stops = sorted(self.found)
        for number, i in enumerate(stops):
            heading = self.found.get(i)
            if heading is None or heading.rank not in ("lecture", "topic", "lesson"):
                continue
            end = next((s for s in stops[number + 1 :] if self.found.get(s) is not None and self.found[s].rank not in ("plain", "number")), len(self.lines))
            items += self.plan(heading.last, min(end, heading.last + 3 * MAX_PLAN))
        for i in self.starts:
            text = self.lines[i].text
            if len(text) < 60 and text[0].isupper() and title_kind(text) == "outline":
                items += self.announced_plan(i)
        items = sorted(set(items))
        for first, last in items:
            for i in range(first, last):
                self.found.pop(i, None)
        return _without_overlaps(items)

    def plan(self, start: int, end: int) -> list[tuple[int, int]]:
        """The items of a plan that begins at `start`, under a title; none where text begins there."""
        items: list[tuple[int, int]] = []
        i = start
        while i < end and len(items) < MAX_PLAN and i not in self.taken:
            if items and self.lines[i].blank_before > max(self.habits.gap_between, self.habits.gap_in):
                return items if self.is_followed(items, i) and self.is_plan(items, closed=True) else []
            last = self.extent(i)
            text = self.text(i, last)
            if len(text) > 250 or not self.ends(last) or text[:1].islower() or title_kind(text) not in (None, "outline"):
                break
            if self.is_text_start(i, last, text):
                break
            items.append((i, last))
            i = last
        return items if items and i < len(self.lines) and self.is_followed(items, i) and self.is_plan(items, closed=False) else []

    def is_followed(self, items: list[tuple[int, int]], i: int) -> bool:
        """What comes after the items is text, or a title that repeats one of them, so that they are a plan and not the text itself."""
        heading = self.found.get(i)
        if heading is None or heading.rank in ("plain", "capitals") and len(items) > 1:
            return i not in self.taken
        return normal_title(heading.title) in {normal_title(self.text(*item)) for item in items}

    def is_text_start(self, i: int, last: int, text: str) -> bool:
        """What stands at `i` is text of the lecture rather than an item of its plan."""
        return _is_sentence(text) or text[-1:] in ":;!" or (_TWO_SENTENCES.search(text) is not None and text[-1:] == ".")

    def is_plan(self, items: list[tuple[int, int]], *, closed: bool) -> bool:
        """Two items or more; or one that has room after it and does not stand alone between room, as a title does."""
        if len(items) >= 2:
            again = self.repeated(items[-1])
            if not closed and again is False and len(items) == 2 and items[-1][0] in self.found:
                return False
            return True
        first, last = items[0]
        return closed and not self.room_before(first) or normal_title(self.text(first, last)) in self.again(last)

    def repeated(self, item: tuple[int, int]) -> bool:
        return normal_title(self.text(*item)) in self.again(item[1])

    def again(self, start: int) -> set[str]:
        """Titles found in the next few hundred lines."""
        return {normal_title(h.title) for k in range(start, min(start + 400, len(self.lines))) if (h := self.found.get(k)) is not None}

    def announced_plan(self, i: int) -> list[tuple[int, int]]:
        """The line `Жоспар:` and the items after it."""
        items = [(i, i + 1)]
        k = i + 1
        numbered = k < len(self.lines) and list_label(self.lines[k].text) is not None
        while k < len(self.lines) and k not in self.taken and len(items) <= MAX_PLAN:
            line = self.lines[k]
            label = list_label(line.text)
            if len(items) > 1 and numbered and label is None:
                break
            if not numbered and (line.blank_before > max(self.habits.gap_between, self.habits.gap_in) and len(items) > 1):
                break
            found = self.found.get(k)
            if found is not None and found.rank not in ("plain", "number"):
                break
            last = self.item_extent(k)
            text = self.text(k, last)
            if not numbered and (self.is_text_start(k, last, text) or self.lines[last - 1].ends_full or len(text) > 200):
                break
            items.append((k, last))
            k = last
        return items

    def item_extent(self, i: int) -> int:
        last = i + 1
        while last < len(self.lines) and last - i < 4 and self.lines[last].text[:1].islower() and list_label(self.lines[last].text) is None:
            last += 1
        return last


def _without_overlaps(items: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for first, last in items:
        if not kept or first >= kept[-1][1]:
            kept.append((first, last))
    return kept


def _chains(members: list[tuple[int, HeadingLabel]]) -> list[list[tuple[int, HeadingLabel]]]:
    """Series of numbers that rise by one, each new `1` beginning another."""
    chains: list[list[tuple[int, HeadingLabel]]] = []
    for member in members:
        value = member[1].value
        if chains and value is not None and chains[-1][-1][1].value == value - 1:
            chains[-1].append(member)
        elif value == 1:
            chains.append([member])
        else:
            # A number out of its series goes back to an open one that waits for it, else it stands for itself.
            for chain in chains[-4:]:
                if value is not None and chain[-1][1].value == value - 1:
                    chain.append(member)
                    break
            else:
                chains.append([member])
    return chains


def _last_before(series: list[tuple[int, HeadingLabel]], chapters: dict[str, int]) -> list[tuple[int, HeadingLabel]]:
    """Of each number that sections of chapters begin with (`2` of `2.1`), the last line before the first of those sections."""
    last: dict[str, tuple[int, HeadingLabel]] = {}
    for i, label in series:
        if i < chapters.get(label.number, -1):
            last[label.number] = (i, label)
    return list(last.values())


def _is_signature(text: str) -> bool:
    """A name or a date on a line of its own: what an article ends with."""
    return len(text) <= 70 and any(sign is not None for sign in (_NAME.match(text), _SIGNED.search(text), _DATE.search(text))) or is_no_title(text)


def _title_like(text: str, *, labelled: bool = False) -> bool:
    """Short enough for a title, and not open at its end."""
    return len(text) <= (MAX_TITLE if labelled else MAX_PLAIN) and text[-1:] not in (";" if labelled else ",;")


def _is_sentence(text: str) -> bool:
    """A sentence with its final point and a finite verb before it, or more than one."""
    if text[-1:] not in ".!…":
        return False
    return _VERB.search(text) is not None or _TWO_SENTENCES.search(text) is not None


def find_headings(
    lines: Sequence[Line],
    taken: Collection[int] = (),
    announced: Collection[str] = (),
    convention: Convention | None = None,
) -> Found:
    """Headings and plans among `lines`.

    `taken` are the indices of lines that are something else for certain (tables of contents); `announced` the titles (`normal_title`) that a
    table of contents lists; `convention` is learnt from the lines where it is not given. Lines have their ends (`convention.with_ends`).

    >>> from kz_textkit.layout.lines import read_lines
    >>> text = "1-тарау. Зат есім\\n\\nЗат есім заттың атын білдіреді.\\n\\n2-тарау. Сын есім\\n\\nСын есім заттың сынын білдіреді."
    >>> [(h.number, h.title) for h in find_headings(read_lines(text)).headings]
    [('1', 'Зат есім'), ('2', 'Сын есім')]
    """
    if not lines:
        return Found((), ())
    finder = _Finder(lines, habits_of(lines, convention), taken, announced)
    finder.labelled()
    finder.numbered()
    finder.plain()
    outline = finder.outlines()
    planned = {normal_title(finder.text(first, last)) for first, last in outline} - {""}
    if planned:
        finder.announce({*announced, *planned})
        finder.taken = {*taken, *(k for first, last in outline for k in range(first, last))}
        finder.repeated_titles()
    headings = tuple(replace(finder.found[i], title=_tidy(finder.found[i].title)) for i in sorted(finder.found))
    return Found(headings, tuple(outline))


def _tidy(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip()
