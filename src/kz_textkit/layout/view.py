"""The lines of a document as the search for headings sees them: where a title may begin, where it ends, what room is around it, and
what has been found so far.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kz_textkit.document import SectionKind
from kz_textkit.layout.convention import Convention, learn
from kz_textkit.layout.labels import heading_label, list_label, normal_title, numbered_title, title_kind
from kz_textkit.layout.lines import Line
from kz_textkit.layout.title_words import CLOSING, MAX_LABELLED, MAX_PLAIN, is_capitals

__all__ = ["Habits", "Heading", "View", "habits_of", "title_joins"]

MAX_LINES = 6
"""Lines of the longest title."""
HEAD = 10
"""Characters by which announced titles are looked up first."""
_CONJUNCTIONS = ("және", "мен", "пен", "бен", "и")
_NO_START = frozenset("•●○◦▪■□▫◆◇►▶▸➢➤✓✔✦★☆·∙*+-–—−=_|")


class Heading(NamedTuple):
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
    dialogue: bool = False
    """Several lines begin with a dash: people talk, and a question on a line of its own is part of their talk."""


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
        dialogue=sum(line.text[0] in "–—-" and line.text[-1] not in ";," for line in lines) * 50 > len(lines),
    )


def title_joins(above: Line, below: Line, habits: Habits, *, ends: bool) -> bool:
    """Whether `below` goes on with the title that `above` begins or goes on with; `ends`: a title could end with `below`, or goes
    on after it.
    """
    upper, lower = above.text, below.text
    if below.blank_before > habits.gap_in or upper[-1] in CLOSING:
        return False
    if lower[0].islower():
        return lower[1:2] != ")"
    open_end = len(lower) < MAX_PLAIN / 2 and (upper[-1] in "-,–—" or upper.rsplit(" ", 1)[-1] in _CONJUNCTIONS)
    runs_on = above.ends_full and ends and not below.page_start
    if not open_end and not runs_on and not lower[:2].isupper():
        return False
    capitals = (is_capitals(_after_label(upper)), is_capitals(lower))
    if not open_end and not all(capitals) and not (runs_on and not any(capitals)):
        return False
    return not (list_label(lower) or heading_label(lower) or title_kind(lower) or numbered_title(lower))


def _after_label(text: str) -> str:
    label = heading_label(text)
    return text[label.rest_at :] if label is not None and label.rest_at < len(text) else text


class View:
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
            if (close or (apart and not full) or line.blank_before > gap_in or i - 1 in taken) and len(text) <= MAX_LABELLED:
                first = text[0]
                if not first.islower() and first not in _NO_START and i not in taken:
                    starts.append(i)
            full, close = line.ends_full, text[-1] in CLOSING
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
        announced = self.may_be_announced(i)
        while last < len(lines) and last - i < MAX_LINES and last not in self.taken and not (announced and self.is_announced(i, last)):
            upper, lower = lines[last - 1], lines[last]
            if lower.blank_before > self.habits.gap_in or upper.text[-1] in CLOSING:
                break
            if not title_joins(upper, lower, self.habits, ends=self.ends(last + 1) or lines[last + 1].text[0].islower()):
                break
            last += 1
        return last

    def announce(self, titles: Collection[str]) -> None:
        """Titles (`normal_title`) that a table of contents or a plan has."""
        self.announced = frozenset(titles)
        self._announced_at: dict[int, bool] = {}
        self.heads = frozenset(title[:HEAD] for title in titles)
        self.last_words = frozenset(title.rpartition(" ")[2] for title in titles)

    def may_be_announced(self, i: int) -> bool:
        """What is cheapest to see: line `i` begins as one of the announced titles does."""
        if not self.announced:
            return False
        known = self._announced_at.get(i)
        if known is None:
            head = self.lines[i].text[: HEAD + 1].lstrip('«"“„(')[:HEAD]
            known = head.casefold() in self.heads or len(head) < HEAD or not head.replace(" ", "").isalpha()
            self._announced_at[i] = known
        return known

    def is_announced(self, first: int, last: int) -> bool:
        """The table of contents (or a plan) has the title that these lines make up to here."""
        if last <= first or not self.may_be_announced(first):
            return False
        word = self.lines[last - 1].text.rpartition(" ")[2].rstrip('.:!?»”")').casefold()
        return (word in self.last_words or not word.isalpha()) and normal_title(self.text(first, last)) in self.announced

    def text(self, first: int, last: int) -> str:
        return " ".join(line.text for line in self.lines[first:last])

    def add(self, heading: Heading) -> None:
        self.found[heading.first] = heading
        self.covered.update(range(heading.first, heading.last))
