"""The lines of a text with all that the decision on them rests on: furniture out, the convention learnt, signs read.

Training (`tools/layout`) and use (`lay_out`) go through here, so that what was learnt is what is seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from kz_textkit.document import Mark
from kz_textkit.layout.bands import in_bands
from kz_textkit.layout.borders import NOTE_SENTENCE, printed
from kz_textkit.layout.contents import Contents, find_contents
from kz_textkit.layout.convention import Convention, begins_by_width, learn, runs_on, with_ends
from kz_textkit.layout.foot_notes import known_notes
from kz_textkit.layout.furniture import Furniture, Removal, remove_furniture
from kz_textkit.layout.geometry import place_lines
from kz_textkit.layout.hints import hinted_labels, without_note_numbers
from kz_textkit.layout.joins import HYPHENS, STOPS, begins_with_stop
from kz_textkit.layout.labels import normal_title
from kz_textkit.layout.lines import Line, read_lines
from kz_textkit.layout.own_titles import OwnTitle, find_own_title
from kz_textkit.layout.signs import Column, alike, signs_of

__all__ = [
    "PageLines",
    "announced_lines",
    "divided_words",
    "known_labels",
    "own_headings",
    "read_page_lines",
    "stand_apart",
    "with_whole_words",
    "without_furniture",
]

FAR = 400
"""Characters of furniture between two lines that show the end of a page."""
LONGEST = 200
"""Characters of the longest line that is looked for in the contents."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """Lines without furniture, and what is known of them."""

    lines: list[Line]
    furniture: Furniture
    convention: Convention
    contents: tuple[Contents, ...]
    signs: Mapping[str, Column]
    apart: npt.NDArray[np.bool_]
    """Lines that can't go on from the line before: of a text whose lines are paragraphs, where no page ended in between."""
    known: Mapping[int, str]
    """Labels that are certain."""
    alike: npt.NDArray[np.intp]
    """Groups of lines that are likely to be the same."""
    together: npt.NDArray[np.bool_]
    """Lines that go on from the line before for certain: a word is divided between them."""


def read_page_lines(
    text: str, damaged: Sequence[tuple[int, int]], marks: Sequence[Mark], titles: Sequence[OwnTitle] = (), *, paged: bool = True
) -> PageLines:
    """The lines of a repaired text; `damaged`, `marks` and `titles` as in `lay_out`, `paged` as in `remove_furniture`."""
    lines = read_lines(text, damaged)
    place_lines(lines, marks)
    hinted = hinted_labels(lines, marks)
    numbers = without_note_numbers(lines, marks)
    at = {lines[i].start: label for i, label in hinted.items()}
    furniture = remove_furniture(text, lines, frozenset(at), paged=paged)
    further = frozenset(in_bands(text, furniture.lines, furniture.removals, marks, at.keys()) if paged else ())
    if further:
        labels = ["furniture" if i in further else "para" for i in range(len(furniture.lines))]
        furniture.lines, _, taken = without_furniture(furniture.lines, labels)
        furniture.removals += (r if printed(text[r.start : r.end]).rest else replace(r, rule="page_number") for r in taken)
    furniture.removals = sorted([*furniture.removals, *numbers], key=attrgetter("start"))
    convention = learn(furniture.lines)
    lines = with_ends(furniture.lines, convention)
    own = own_headings(lines, titles)
    contents = find_contents(lines)
    signs = signs_of(lines, convention, announced_lines(lines, contents))
    known = own | known_labels(contents) | known_notes(lines) | _hints(lines, at)
    apart, together = stand_apart(lines, convention, signs), divided_words(lines)
    if convention.wrapped:
        together |= _after_begun(lines, convention)
    return PageLines(lines, furniture, convention, contents, signs, apart, known, alike(signs), together)


def _hints(lines: Sequence[Line], at: Mapping[int, str]) -> dict[int, str]:
    """Labels that marks name, by the index of the line that is left."""
    return {i: at[line.start] for i, line in enumerate(lines) if line.start in at} if at else {}


def own_headings(lines: Sequence[Line], titles: Sequence[OwnTitle]) -> dict[int, str]:
    """The label of the lines that the user's own titles make headings for certain; what the titles say of lines is kept in them."""
    for line in lines if titles else ():
        line.own = find_own_title(line.text, titles)
    return {i: "heading" for i, line in enumerate(lines) if line.own is not None and line.own.is_certain and line.own.kind != "outline"}


MOST_LINES = 4
"""Lines of a title that a table of contents has as one."""


def announced_lines(lines: Sequence[Line], contents: Sequence[Contents]) -> list[int]:
    """Indices of the lines that a table of contents has as titles, alone or with the lines after them.

    >>> lines = read_lines("Мазмұны\\n1-тарау. Зат есім..... 3\\n2-тарау. Сын есім..... 9\\n\\n1-тарау\\nЗат есім\\n\\nЗат есім – сөз.")
    >>> announced_lines(lines, find_contents(lines))
    [3, 4]
    """
    titles = {_compared(entry.title) for table in contents for entry in table.entries}
    if not titles:
        return []
    begun = {" ".join(words[:size]) for title in titles for words in [title.split()] for size in range(1, len(words))}
    opened = {title[:2] for title in titles}
    inside = {i for table in contents for i in range(table.title_last, table.last)}
    found: set[int] = set()
    for i, line in enumerate(lines):
        begins = line.text[:2]
        # Most lines don't even begin as one of the titles.
        if (begins.isalpha() and _folded(begins)[:2] not in opened) or len(line.text) >= LONGEST or i in inside or i in found:
            continue
        title, last = _compared(line.text), i + 1
        while title in begun and title not in titles and last < min(len(lines), i + MOST_LINES) and last not in inside:
            title = f"{title} {_compared(lines[last].text[:LONGEST])}"
            last += 1
        if title in titles:
            found.update(range(i, last))
    return sorted(found)


def _compared(title: str) -> str:
    """A title as it is compared: numbers may be typed with letters of either alphabet."""
    return _folded(normal_title(title))


def _folded(text: str) -> str:
    return text.casefold().replace("і", "i")


def known_labels(contents: Sequence[Contents]) -> dict[int, str]:
    """Labels of the lines of tables of contents, which are certain: their titles come again in the text, or dots lead to their
    pages."""
    known: dict[int, str] = {}
    for table in contents:
        for first, last, label in [
            *((entry.first, entry.last, "toc") for entry in table.entries),
            *([(table.first, table.title_last, "heading")] if table.title_last > table.first else []),
        ]:
            known |= {i: label if i == first else f"{label}_cont" for i in range(first, last)}
    return known


ROOM = 0.85
"""Share of the full width up to which a last line leaves room for a word, however raggedly the text is set."""
SHORT = 80
"""Characters of a paragraph that is too short to go on overleaf before a capital."""


def stand_apart(lines: Sequence[Line], convention: Convention, signs: Mapping[str, Column]) -> npt.NDArray[np.bool_]:
    """Which lines can't go on from the line before: in a text whose lines are paragraphs all but those after the end of a page or
    a divided word, and those under a label that stands alone (`1-тарау`), which may be its title; in a wrapped text those that begin a
    page with a capital, where there was much room in the last line of the page before, and those that are narrower by an indent.
    """
    if convention.wrapped:
        full = convention.full
        begun = (_opens_page(a, line, full) or begins_by_width(a, line, convention) for a, line in pairwise(lines))
        return np.array([False, *begun][: len(lines)], np.bool_)
    crossed = np.array([False, *(_is_open(a, b) and _may_go_on(a, b) for a, b in pairwise(lines))][: len(lines)], np.bool_)
    alone = np.zeros(len(lines), np.bool_)
    for name in ("label", "numbered"):
        column = signs[name]
        alone |= np.array([value.endswith("alone") for value in column.values], np.bool_)[column.codes]
    return ~(crossed | np.concatenate(([False], alone[:-1]))[: len(lines)])


def _is_open(above: Line, line: Line) -> bool:
    """What is cheapest to see of lines that may go on."""
    return line.page_start or line.start - above.end > FAR or above.text[-1] in ENDS_OPEN or line.text[0] in STOPS


def _opens_page(above: Line, line: Line, full: int) -> bool:
    """A page begins with a capital, and its first word would have had room in the last line of the page before, of a `full` width;
    where that is 0, that line is short."""
    if not line.page_start or not line.text[:1].isupper() or above.text[-1] in (*HYPHENS, ","):
        return False
    if not full:
        return len(above.text) < SHORT
    return above.width + line.width * len(line.text.split(None, 1)[0]) // len(line.text) < ROOM * full


def _may_go_on(above: Line, line: Line) -> bool:
    """A page ended between the lines, or a word is divided between them."""
    return (line.page_start and not _opens_page(above, line, 0)) or line.start - above.end > FAR or _goes_on(above, line)


OPENS = "№«(["
"""What hardly ever ends a line that the next one does not go on from."""
ENDS_OPEN = frozenset((*HYPHENS, *OPENS))
_INITIALS = re.compile(r"[а-яәғқңөұүһіё,] (?:[А-ЯӘҒҚҢӨҰҮҺІЁ]\.\s?){1,2}\Z")
"""Initials that end a line after a word that is no name: the name is in the next."""


def _goes_on(above: Line, line: Line) -> bool:
    return _is_divided(above, line) or _goes_on_with_stop(above, line) or _opens(above, line)


def _opens(above: Line, line: Line) -> bool:
    end = above.text[-1]
    if line.blank_before or len(above.text) < 2:
        return False
    if end == "." and above.ends_full and line.text[1:2].islower() and line.text[0].isupper():
        return _INITIALS.search(above.text, max(0, len(above.text) - 10)) is not None
    return end in OPENS


def _is_divided(above: Line, line: Line) -> bool:
    text = above.text
    return text[-1] in HYPHENS and text[-3:-1].isalpha() and len(text) > 3 and line.text[:2].isalpha() and line.text[0].islower()


def divided_words(lines: Sequence[Line]) -> npt.NDArray[np.bool_]:
    """Which lines begin with the rest of a word that the line before ends with, or with the stop behind it (extractors begin a new line
    after a raised figure); or stand under a line that ends in a sign which opens something. The rest of a line that such a stop begins
    is as short as it happens to be, so that what runs on from it goes on, too.

    >>> divided_words(read_lines("Ол осы жерде туған1\\n. Кейін\\nкөшіп кетті.")).tolist()
    [False, True, True]
    """
    ends, stops = ENDS_OPEN, STOPS
    found = [(a.text[-1] in ends or b.text[0] in stops or a.text[-2:-1].isupper()) and _goes_on(a, b) for a, b in pairwise(lines)]
    for i in range(len(found) - 1):
        rest, line = lines[i + 1], lines[i + 2]
        if found[i] and rest.text[0] in stops and runs_on(rest.text, line.text) and not line.blank_before:
            found[i + 1] = True
    return np.array([False, *found][: len(lines)], np.bool_)


def _goes_on_with_stop(above: Line, line: Line) -> bool:
    return begins_with_stop(line.text) and above.text[-1].isalnum() and not line.blank_before


def _after_begun(lines: Sequence[Line], convention: Convention) -> npt.NDArray[np.bool_]:
    """Which lines stand under the first line of a paragraph that is known by its width, and breaks off in mid-sentence."""
    begun = [False, *(begins_by_width(above, line, convention) for above, line in pairwise(lines))]
    return np.array([False, *begun][: len(lines)], np.bool_)


def with_whole_words(lines: Sequence[Line], labels: Sequence[str]) -> list[str]:
    """The labels with a paragraph going on where a word or a sentence of it is divided by the notes at the foot of a page; and with
    what was taken for a note a paragraph, where a word of it goes on in one.

    >>> lines = read_lines("Ол азамат-\\n1 Ескі сөз.\\nтардың құқығы еді.")
    >>> with_whole_words(lines, ["para", "note", "para"])
    ['para', 'note', 'para_cont']
    """
    result = list(labels)
    above: int | None = None
    for i, label in enumerate(labels):
        if label in ("note", "note_cont"):
            continue
        if label in ("para", "para_cont") and i and result[i - 1] in ("note", "note_cont") and _is_divided(lines[i - 1], lines[i]):
            result[i] = "para_cont"
            for k in range(i - 1, -1, -1):
                result[k] = "para_cont" if (goes_on := result[k] == "note_cont") else "para"
                if not goes_on:
                    break
        elif label == "para" and above is not None and above < i - 1 and _is_one(lines[above], lines[i]):
            result[i] = "para_cont"
        above = i if label in ("para", "para_cont") else None
    return result


def _is_one(above: Line, line: Line) -> bool:
    return _is_divided(above, line) or (line.page_start and runs_on(above.text, line.text))


def without_furniture(
    lines: Sequence[Line], labels: Sequence[str], marks: Collection[int] = ()
) -> tuple[list[Line], list[str], list[Removal]]:
    """The lines that are text with their labels, and the furniture among them as removals; `marks` are the indices of lines with
    nothing but the mark of a note, which go too."""
    kept: list[Line] = []
    kept_labels: list[str] = []
    removals: list[Removal] = []
    page_starts = False
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label == "furniture" and i not in marks and NOTE_SENTENCE.fullmatch(line.text):
            label = "note"
        if (label == "furniture" or i in marks) and line.whole:
            removals.append(Removal(line.start, line.end, "note_mark" if i in marks else "running_head"))
            page_starts |= line.page_start
            continue
        line.page_start |= page_starts
        page_starts = False
        kept.append(line)
        kept_labels.append("para" if label == "furniture" else label)
    return kept, kept_labels, removals
