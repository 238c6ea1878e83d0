"""Heads, feet and page numbers: what repeats at the borders of pages while its numbers rise.

A line is looked at without its numbers (`Printed`): `Дала | 12`, `13 | Дала`, `…, 14 бет`, `xiv` and `7 / 15` are then the same line
again and again, or nothing but a number. It is furniture where

- its number is as far from the number of its page as those of other pages are, and nothing else is in it, or the rest comes again, or
  page after page has such a line at the same border; or
- the rest comes again at the same border of several pages and hardly anywhere else, and does not run on in the next line.

Text recognition misreads heads; those that share most of their letter pairs are the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from math import log2
from typing import Literal

from kz_textkit.layout.labels import HeadingLabel, heading_label, is_no_title, roman_value
from kz_textkit.layout.lines import Line

__all__ = ["Found", "Printed", "at_borders", "is_numbered", "is_title_of_all", "may_be_head", "printed", "same_rest"]

ZONE = 4
"""Lines at the upper and at the lower border of a page among which heads and feet are."""
FEWEST = 3
"""Pages that make a repetition."""
LONGEST = 160
"""Characters of the longest head or foot."""
FEW_PAGES = 5
"""Pages of a text so short that what comes twice at their borders is a repetition."""
FAR = 1 << 30
GLUED = 0.4
"""Share of the pages whose number must be glued to their text."""
TITLE_ZONE, TITLE_PAGE = 3, 12
"""Lines at the beginning of a text before its title, and in which its title stands."""
BARE = 12
"""Characters of the longest line that has nothing but a number in it."""
COVERED = 0.4
"""Share of the pages from its first to its last on which a head is: every other page at least, but for those where a chapter begins."""
MISREAD = 6
"""Characters of the longest number that was misread."""
SKIPPED, CHANGED = 2.5, 5.0
"""What it costs that a numbering skips pages or begins again, and that it changes otherwise."""
MOST_OFFSETS = 64
"""Ways to number the pages that are compared."""

_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}(?![\d]|[.,]\d)")
FIGURE = re.compile(r"\d")
_APART = re.compile(r"(?<!\w)[^\W\d_](?: [^\W\d_](?!\w))+")
_SITE = re.compile(r"https?:|www\.|[a-z][\w-]*(?:\.[a-z]{2,})+")
_PART = re.compile(r"[^\W\d_]+|\d+")
_PAGE_WORDS = frozenset(
    ("бет", "беті", "б", "бб", "стр", "страница", "с", "p", "page", "pp", "из", "of", "дан", "тан", "ден", "тен", "нан", "нен")
)
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*\s?[.)]|\[\d{1,3}\])\s*[^\W\d]")
_TRIMMED = "0123456789 \t|-–—•*№,.;/"
_NOTE = re.compile(r"(?P<mark>\d{1,3}|\[\d{1,3}\]|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})\)?\s*[^\W\d_]")
"""How a note begins."""
_LONE_MARK = re.compile(r"\[?\d{1,3}\]?|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|\*{1,3}")
_TRIMMED_NUMBER = " \t|-–—•·.'’\"*"
_LETTERS_FOR_FIGURES = str.maketrans("ОоOoЗзlIІі|SsбБ", "000033111115566")
"""Letters that text recognition takes figures for."""
NOTE_SENTENCE = re.compile(r"(?:\d{1,3}|\[\d{1,3}\]|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})\)?\s?[^\W\d_](?!.*\s\s)(?=.*[a-zа-яәғқңөұүһіё]).*[.!?…]")
"""A sentence behind the mark of a note: no head, however often notes come again."""
GLUED_NUMBER = re.compile(r"[^\W\d_]{2}[.,!?…»]?(?P<after>\d{1,4})\Z|\A(?P<before>\d{1,4})[^\W\d_]{2}")
_ROMAN = re.compile(r"[ivxlcIVXLCХІхі]{1,8}")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as a head or foot would be: its letters without numbers, and its numbers."""

    rest: str
    """Words in small letters, without numbers and words such as `бет`."""
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Indices of lines that are furniture."""

    numbers: dict[int, int]
    """Lines that have nothing but a page number, with it; and others that a number was found in."""
    bare: frozenset[int]
    """Those of them that have nothing else."""
    heads: frozenset[int]
    glued: dict[int, tuple[int, int]]
    """Lines of text that a page number is glued to, with the span of it in the line."""


@lru_cache(maxsize=1 << 14)
def printed(text: str) -> Printed:
    """A line without its numbers.

    >>> printed("– 12 –"), printed("Дала тынысы, 7 бет"), printed("xiv")
    (Printed(rest='', numbers=(12,)), Printed(rest='дала тынысы', numbers=(7,)), Printed(rest='', numbers=(14,)))
    """
    words = _PART.findall(text)
    numbers = [int(number) for number in _NUMBER.findall(text)]
    kept = [word for word in words if not word[0].isdigit()]
    for at in (0, -1):
        if kept and _ROMAN.fullmatch(kept[at]) and (len(kept) > 1 or not numbers):
            value = roman_value(kept[at].upper())
            if value is not None and (kept[at].isupper() or len(kept) == 1):
                numbers.append(value)
                del kept[at]
    rest = " ".join(word.lower() for word in kept)
    if len(kept) < 4:
        rest = " ".join(word for word in rest.split() if word not in _PAGE_WORDS)
    return Printed(rest, tuple(numbers[:6]))


Side = Literal["upper", "lower"]
SIDES: tuple[Side, Side] = ("upper", "lower")


@dataclass(frozen=True, slots=True)
class _Place:
    """A line near a border of its page."""

    page: int
    depth: int
    """Lines between it and the border."""


class _Pages:
    """Lines at the borders of pages, and what is the same among them."""

    def __init__(self, lines: Sequence[Line], starts: Mapping[int, int]) -> None:
        self.lines = lines
        self.firsts = sorted({0, *starts})
        self.count = len(self.firsts)
        self.ordinals = [starts.get(first, -FAR) for first in self.firsts]
        self.at: dict[Side, dict[int, _Place]] = {"upper": {}, "lower": {}}
        for page, (first, last) in enumerate(pairwise([*self.firsts, len(lines)])):
            for depth in range(min(ZONE, last - first)):
                self.at["upper"][first + depth] = _Place(page, depth)
                self.at["lower"][last - 1 - depth] = _Place(page, depth)
        near = {i for side in SIDES for i in self.at[side] if len(lines[i].text) <= LONGEST}
        self.printed = {i: printed(lines[i].text) for i in near}
        self.groups = {side: self._groups(side) for side in SIDES}
        """For each line with words those of the same words at the same border."""
        self.times = Counter(line.text for line in lines)
        self._spread: dict[tuple[Side, int], int] = {}
        self._notes: dict[int, bool] = {}

    def _groups(self, side: Side) -> dict[int, list[int]]:
        members: dict[str, list[int]] = defaultdict(list)
        for i in self.at[side]:
            if i in self.printed and len(words := self.words_of(i)) > 1:
                members[words].append(i)
        _merge(members)
        return {i: own for own in members.values() for i in own}

    def words_of(self, i: int) -> str:
        """What of a line comes again: its words, or a number that stands alone, such as the year of the book."""
        return self.printed[i].rest or self.lines[i].text

    def pages_of(self, members: Iterable[int], side: Side) -> set[int]:
        return {self.at[side][i].page for i in members}

    def spread(self, side: Side, i: int) -> int:
        """How many pages have a line like line `i` at this border; worked out once for all lines that are alike."""
        own = self.groups[side].get(i, ())
        if not own:
            return 0
        if (side, own[0]) not in self._spread:
            self._spread[side, own[0]] = len(self.pages_of(own, side))
        return self._spread[side, own[0]]

    def are_notes(self, i: int) -> bool:
        """Whether line `i` or one like it at the lower border is a note; worked out once for all lines that are alike."""
        own = self.groups["lower"].get(i, (i,))
        if own[0] not in self._notes:
            self._notes[own[0]] = _are_notes(self, own)
        return self._notes[own[0]]

    def body(self, page: int) -> Sequence[Line]:
        return self.lines[self.firsts[page] : self.firsts[page + 1] if page + 1 < self.count else len(self.lines)]


def at_borders(lines: Sequence[Line], starts: Mapping[int, int]) -> Found:
    """Heads, feet and page numbers of a text whose pages begin at the lines `starts`, each with its number, which may count from
    anything.

    >>> from kz_textkit.layout.lines import read_lines
    >>> lines = read_lines("\\n\\f".join(f"Дала {n}\\nКөктемде қар еріді де,\\nсу тасыды." for n in range(4, 8)))
    >>> sorted(at_borders(lines, {0: 0, 3: 1, 6: 2, 9: 3}).heads)
    [0, 3, 6, 9]
    """
    if not starts.keys() - {0}:
        return Found({}, frozenset(), frozenset(), {})
    pages = _Pages(lines, starts)
    numbers, expected = _numbered(pages)
    furniture = set(numbers)
    for side in SIDES:
        furniture |= _misread(pages, side, numbers, expected)
        furniture |= _repeated(pages, side, furniture, numbers)
        furniture |= _of_sections(pages, side, furniture)
    heads = {i for i in furniture if pages.printed[i].rest and not (i not in numbers and len(lines[i].text) <= MISREAD)}
    glued = _glued(pages, furniture)
    return Found(numbers, frozenset(furniture - heads), frozenset(heads), glued)


def _merge(members: dict[str, list[int]]) -> None:
    """Puts the lines whose words are nearly the same together."""
    often = sorted(
        (words for words, found in members.items() if len(found) >= FEWEST and len(words) > 7), key=lambda w: -len(members[w])
    )
    often = often[:20]
    edges = {edge for words in often for edge in (words[:3], words[-3:])}
    for words, found in list(members.items()):
        if len(words) <= 7 or (words[:3] not in edges and words[-3:] not in edges):
            continue
        for main in often:
            if words != main and len(found) < len(members[main]) and same_rest(words, main):
                members[main].extend(found)
                members[words] = members[main]
                break


# --- numbers


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A number that may be that of a page."""

    line: int
    side: Side
    depth: int
    kind: tuple[object, ...]
    """What is the same in others like it: nothing but a number; the same words; a number at the same end of a line of other words."""


def _numbered(pages: _Pages) -> tuple[dict[int, int], list[int]]:
    """Lines whose numbers rise with the pages, with the numbers: of all ways to number the pages the one that most lines agree with.
    And the number that each page should have.

    A numbering goes on from page to page; it may skip pages that are missing, and begin again.
    """
    lines = pages.lines
    found: dict[tuple[int, int], list[_Candidate]] = defaultdict(list)
    for side in SIDES:
        for i, place in pages.at[side].items():
            if i in pages.printed and pages.printed[i].numbers:
                kind = _kind_of_number(pages, side, i, place.depth)
                label = label_of(lines[i].text) if kind else None
                # The number of a section may be that of the page, too.
                shown = Counter(pages.printed[i].numbers) - Counter([label.value] if label and label.value else [])
                for number in shown if kind else ():
                    found[place.page, number - pages.ordinals[place.page]].append(_Candidate(i, side, place.depth, kind))
    times = Counter((offset, kind) for (_, offset), own in found.items() for kind in {c.kind for c in own})
    rewards: list[dict[int, float]] = [{} for _ in range(pages.count)]
    for (page, offset), own in found.items():
        rewards[page][offset] = max(_reward(candidate, times[offset, candidate.kind], pages.count) for candidate in own)
    path = _numbering(rewards, pages.ordinals)
    hits = {(page, offset): found[page, offset] for page, offset in enumerate(path) if offset is not None and rewards[page].get(offset)}
    if len(hits) < (FEWEST if pages.count > FEWEST else 2):
        return {}, []
    slots = Counter((c.side, c.depth, bool(pages.printed[c.line].rest)) for own in hits.values() for c in own)
    agreeing = Counter(c.kind for own in hits.values() for c in own)
    bare = {slot: count for slot, count in slots.items() if not slot[2]}
    numbers: dict[int, int] = {}
    for (page, offset), own in hits.items():
        # A page has one number: what else is nothing but it is the end of a sentence, a cell.
        alone = max((c for c in own if c.kind[0] == "bare"), key=lambda c: (bare[c.side, c.depth, False], -c.depth), default=None)
        for c in own:
            if c.kind[0] == "bare":
                believed = alone is not None and c.line == alone.line and 2 * bare[c.side, c.depth, False] >= max(bare.values())
            elif c.kind[0] == "words":
                group = pages.groups[c.side][c.line]
                believed = agreeing[c.kind] * 3 >= 2 * len(group) and agreeing[c.kind] >= (2 if pages.count <= FEW_PAGES else FEWEST)
            else:
                believed = agreeing[c.kind] >= max(FEWEST, pages.count / 2) and len(own) == 1
            if believed:
                numbers[c.line] = pages.ordinals[page] + offset
    return numbers, [pages.ordinals[page] + (offset or 0) for page, offset in enumerate(path)]


def _kind_of_number(pages: _Pages, side: Side, i: int, depth: int) -> tuple[object, ...]:
    """The kind of the number in line `i`; nothing where it is none of a page."""
    text, shown = pages.lines[i].text, pages.printed[i]
    if not shown.rest:
        return ("bare", side) if len(text) <= BARE + 8 and len(shown.numbers) < FEWEST else ()
    if GLUED_NUMBER.search(text) or (side == "lower" and pages.are_notes(i)):
        return ()
    if len(shown.rest) > 3 and pages.spread(side, i) > 1:
        return ("words", side, id(pages.groups[side][i]))
    if depth or not may_be_head(pages.lines[i]) or is_numbered(text) or not edge_numbers(text, shown):
        return ()
    return ("other", side)


def _reward(candidate: _Candidate, times: int, pages: int) -> float:
    """What a number of a page counts whose offset so many others of its kind have."""
    if candidate.kind[0] == "other":
        return 0.5 * log2(times) if times >= max(FEWEST, pages / 2) else 0.0
    return 0.5 + log2(times)


def _numbering(rewards: Sequence[Mapping[int, float]], ordinals: Sequence[int]) -> list[int | None]:
    """For each page by how much its number differs from its ordinal, so that the sum of rewards is highest."""
    totals: Counter[int] = Counter()
    for own in rewards:
        totals.update(own)
    offsets = [offset for offset, _ in totals.most_common(MOST_OFFSETS)]
    score = dict.fromkeys(offsets, 0.0)
    back: list[dict[int, int]] = []
    for page, own in enumerate(rewards):
        top = max(offsets, key=score.__getitem__, default=0)
        came: dict[int, int] = {}
        for offset in own if len(offsets) == MOST_OFFSETS else offsets:
            if offset in score:
                forward = offset > top or ordinals[page] + offset <= 2
                change = score[top] - (SKIPPED if forward else CHANGED)
                if offset != top and change > score[offset]:
                    came[offset] = top
                    score[offset] = change
        for offset, reward in own.items():
            if offset in score:
                score[offset] += reward
        back.append(came)
    at = max(offsets, key=score.__getitem__, default=None)
    path: list[int | None] = []
    for came in reversed(back):
        path.append(at)
        at = came.get(at, at) if at is not None else None
    return path[::-1]


def _misread(pages: _Pages, side: Side, numbers: Mapping[int, int], expected: Sequence[int]) -> set[int]:
    """Short lines that text recognition made of the number of their page, where most pages have theirs."""
    places = pages.at[side]
    slots = Counter(places[i].depth for i in numbers if i in places and not pages.printed[i].rest)
    depth, times = max(slots.items(), key=lambda item: item[1], default=(0, 0))
    if times < FEWEST or times * 2 < pages.count:
        return set()
    done = pages.pages_of((i for i in numbers if i in places), side)
    return {
        i
        for i, place in places.items()
        if place.depth == depth and place.page not in done and is_misread(pages.lines[i].text, expected[place.page])
    }


def is_misread(text: str, number: int) -> bool:
    """Whether text recognition may have read a number so.

    >>> is_misread("- З7", 37), is_misread("l2", 12), is_misread("2009", 3)
    (True, True, False)
    """
    read = text.strip(_TRIMMED_NUMBER).translate(_LETTERS_FOR_FIGURES)
    printed = str(number)
    return len(read) == len(printed) and sum(a == b for a, b in zip(read, printed, strict=True)) * 2 >= len(printed)


def _are_notes(pages: _Pages, own: Iterable[int]) -> bool:
    """Whether lines at lower borders begin with marks of notes, at least one of which stands behind a word on its page."""
    return any(_is_note(pages, i) for i in own)


def _is_note(pages: _Pages, i: int) -> bool:
    label = _NOTE.match(pages.lines[i].text)
    if label is None:
        return False
    mark = re.compile(rf"[^\W\d_]{{2}}[»”\"'.,;:!?…)]{{0,2}}\s?{re.escape(label['mark'])}(?![\w*.,]|[.,]\d)")
    body = pages.body(pages.at["lower"][i].page)
    return any(line is not pages.lines[i] and mark.search(line.text) is not None for line in body)


# --- words


def _repeated(pages: _Pages, side: Side, before: Collection[int], numbers: Mapping[int, int]) -> set[int]:
    """Lines whose words come again at the same border of several pages and hardly anywhere else."""
    places = pages.at[side]
    fewest = 2 if pages.count <= FEW_PAGES else FEWEST
    groups = {id(own): own for own in pages.groups[side].values() if len(own) >= fewest}
    found = set(before)
    # From the border inwards: what stands under a head is the next to be looked at.
    for _ in range(ZONE):
        size = len(found)
        for own in groups.values():
            outermost = [i for i in own if i not in found and _is_outermost(pages, i, side, found)]
            done = pages.pages_of((i for i in own if i in found), side)
            outermost = [i for i in outermost if places[i].page not in done]
            if side == "lower":
                outermost = [i for i in outermost if not _stands_under_a_mark(pages, i, found)]
            count = len(pages.pages_of(outermost, side))
            if count + len(done) >= fewest and _comes_as_a_head(pages, own, outermost, side, count) and _agree(pages, own, numbers):
                found.update(i for i in outermost if not is_title_of_all(pages.lines, i))
        if len(found) == size:
            break
    return found


def _stands_under_a_mark(pages: _Pages, i: int, furniture: Collection[int]) -> bool:
    """Whether a line at a lower border stands under the mark of a note that has a line of its own: so do notes that say the same."""
    above = range(max(i - ZONE, pages.firsts[pages.at["lower"][i].page]), i)
    return any(k not in furniture and _LONE_MARK.fullmatch(pages.lines[k].text) for k in above)


def _comes_as_a_head(pages: _Pages, own: Sequence[int], outermost: Sequence[int], side: Side, count: int) -> bool:
    """Whether lines of the same words at the same border are heads by where else they come and what they look like."""
    texts = {pages.lines[i].text for i in own}
    share = count / pages.count
    on = pages.pages_of(own, side)
    if len(on) < COVERED * (max(on) - min(on) + 1):
        return False
    if pages.count < FEWEST and (len(texts) > 1 or not FIGURE.search(max(texts))):
        return False
    if _run_on(pages, own, side):
        return False
    if sum(pages.times[text] for text in texts) > len(own) * (2 if share >= 0.5 else 1.5):
        return False
    odd = sum(not may_be_head(pages.lines[i]) and not pages.lines[i].text.isdigit() for i in outermost)
    sentences = sum(pages.lines[i].text[-1] in ".!?…" and not pages.printed[i].numbers for i in outermost)
    if (odd + sentences) * 2 > len(outermost) and (share < 0.5 or count < FEWEST or _are_pages_again(pages, outermost, side)):
        return False
    if all(NOTE_SENTENCE.fullmatch(text) for text in texts):
        return False
    return side == "upper" or not (all(_NOTE.match(text) for text in texts) or _are_notes(pages, outermost))


def _are_pages_again(pages: _Pages, own: Sequence[int], side: Side) -> bool:
    """What stands further in on the pages is the same, too: forms, or a page that comes again."""
    inwards = [i + ZONE if side == "upper" else i - ZONE for i in own]
    texts = [pages.lines[i].text for i in inwards if 0 <= i < len(pages.lines)]
    return len(set(texts)) * 2 <= len(texts)


def _agree(pages: _Pages, own: Sequence[int], numbers: Mapping[int, int]) -> bool:
    """The numbers in lines of the same words are those of pages, or always the same, as that of an issue is."""
    shown = [pages.printed[i].numbers for i in own if i not in numbers]
    if not shown:
        return True
    most = Counter(shown).most_common(1)[0][1]
    return most * 2 > len(shown) or (label_of(pages.lines[own[0]].text) is None and most == 1 and len(own) - len(shown) > len(shown))


def _of_sections(pages: _Pages, side: Side, furniture: Collection[int]) -> set[int]:
    """Heads that change: on page after page a title that stands elsewhere too, above the text or on the pages before and after."""
    if side == "lower":
        return set()
    done = pages.pages_of((i for i in furniture if i in pages.at[side] and pages.printed[i].rest), side)
    titles: dict[str, list[int]] = defaultdict(list)
    for i, place in pages.at[side].items():
        text = pages.lines[i].text
        free = i not in furniture and i in pages.printed and _is_outermost(pages, i, side, furniture)
        if free and place.page not in done and _may_be_title(pages.lines[i]):
            titles[text].append(i)
    explained: list[int] = []
    for text, own in titles.items():
        on = sorted(pages.at[side][i].page for i in own)
        near = any(b - a <= 2 for a, b in pairwise(on))
        elsewhere = pages.times[text] - len(own)
        if (near or elsewhere) and elsewhere <= len(own) + 1 and not _run_on(pages, own, side):
            explained += own if elsewhere or on[0] <= 1 else sorted(own)[1:]
    on_pages = pages.pages_of(explained, side)
    if len(on_pages) < FEWEST or len(on_pages | done) * 5 < 3 * (pages.count - 1):
        # Of a few pages one may have a head alone: what stands under the title of the text.
        front = pages.body(0)[:TITLE_PAGE] if pages.count <= FEWEST else ()
        titles_there = {line.text for line in front}
        goes_on = {(line.text, after.text) for line, after in pairwise(front)}
        explained = [i for i in explained if pages.lines[i].text in titles_there and pages.at[side][i].page > 0]
        explained = [i for i in explained if tuple(line.text for line in pages.lines[i : i + 2]) not in goes_on]
    return {i for i in explained if not is_title_of_all(pages.lines, i)}


def _may_be_title(line: Line) -> bool:
    return (
        NOTE_SENTENCE.fullmatch(line.text) is None
        and line.text[-1] not in ",;-:"
        and (line.text[0].isupper() or line.text[0] in '«№§"' or line.text[0].isdigit())
    )


def _is_outermost(pages: _Pages, i: int, side: Side, furniture: Collection[int]) -> bool:
    """Nothing but furniture is between the line and the border of its page."""
    depth = pages.at[side][i].depth
    step = -1 if side == "upper" else 1
    return all(i + step * k in furniture for k in range(1, depth + 1))


def _run_on(pages: _Pages, own: Sequence[int], side: Side) -> bool:
    """The same lines at upper borders go on in the same next lines, as prose does that comes again; under a head each page goes on
    in its own way."""
    lines = pages.lines
    below = [
        lines[i + 1].text
        for i in own
        if i + 1 < len(lines) and lines[i + 1].text[0].islower() and (lines[i].text[-1].isalpha() or lines[i].text[-1] in ",-")
    ]
    return side == "upper" and len(below) * 2 > len(own) and len(set(below)) * 2 <= len(own)


def _glued(pages: _Pages, furniture: Collection[int]) -> dict[int, tuple[int, int]]:
    """Lines at the border of the text of a page that end in its number or begin with it, as those of other pages do."""
    by_offset: dict[tuple[int, str], dict[int, tuple[int, int]]] = defaultdict(dict)
    for side in SIDES:
        for i, place in pages.at[side].items():
            found = (
                GLUED_NUMBER.search(pages.lines[i].text) if i not in furniture and _is_outermost(pages, i, side, furniture) else None
            )
            if found is not None and (side == "upper" or found["after"]):
                number = found["after"] or found["before"]
                span = found.span("after" if found["after"] else "before")
                by_offset[int(number) - pages.ordinals[place.page], side][i] = span
    best = max(by_offset.values(), key=len, default={})
    return best if len(best) >= max(FEWEST, GLUED * pages.count) else {}


def same_rest(one: str, other: str) -> bool:
    """Whether two lines of almost one length share most of their letter pairs, as misread heads do.

    >>> same_rest("дала тынысы", "даля тыныcы"), same_rest("дала тынысы", "дала түні")
    (True, False)
    """
    if abs(len(one) - len(other)) > 2 + len(other) // 8 or (one[:3] != other[:3] and one[-3:] != other[-3:]):
        return False
    pairs = Counter(map("".join, pairwise(other)))
    shared = (pairs & Counter(map("".join, pairwise(one)))).total()
    return shared >= 0.6 * (max(len(one), len(other)) - 1)


def label_of(text: str) -> HeadingLabel | None:
    """The label of a heading that a line begins with, its letters set apart or not.

    >>> label_of("Т А Р А У 3").value
    3
    """
    return heading_label(_APART.sub(lambda word: word.group().replace(" ", ""), text))


def edge_numbers(text: str, shown: Printed) -> tuple[int, ...]:
    """Those numbers of a line that it begins or ends with.

    >>> edge_numbers("12  Дала", printed("12  Дала")), edge_numbers("Дала 5 тарау", printed("Дала 5 тарау"))
    ((12,), ())
    """
    if not shown.numbers:
        return ()
    words = _PART.findall(text)
    edges = [word for word in (words[0], words[-1], *(words[-2:-1] if words[-1].lower() in _PAGE_WORDS else ())) if word]
    values = {
        int(word) if word.isdecimal() else roman_value(word.upper()) for word in edges if word.isdecimal() or _ROMAN.fullmatch(word)
    }
    return tuple(number for number in dict.fromkeys(shown.numbers) if number in values)


def is_numbered(text: str) -> bool:
    """The line begins with the number of an item or a title."""
    return _NUMBERED.match(text) is not None


def is_title_of_all(lines: Sequence[Line], i: int) -> bool:
    """The text begins with line `i`, once: it is its title, and stays. Where the title is below it, too, it is the head of the page."""
    own = printed(lines[i].text)
    if i > TITLE_ZONE or own.numbers:
        return False
    page = takewhile(lambda line: not line.page_start, lines[i + 1 : i + 1 + TITLE_PAGE])
    below = [rest for line in page if len(line.text) <= LONGEST and len(rest := printed(line.text).rest) > 3]
    solid = own.rest.replace(" ", "")
    return not any(
        solid == rest.replace(" ", "") or (" " in rest and rest in own.rest) for rest in (*below, *map(" ".join, pairwise(below)))
    )


def may_be_head(line: Line) -> bool:
    """Whether a line could be a head by its ends: no sentence, no part of one."""
    text = line.text.strip(_TRIMMED)
    first, _, following = text.partition(" ")
    if first.strip(_TRIMMED).lower() in _PAGE_WORDS:
        text = following.strip(_TRIMMED)
    return (
        bool(text)
        and not is_no_title(line.text)
        and not (text[0].islower() and line.text[0] != "№" and _SITE.match(text) is None)
        and line.text[-1] not in ",;-:"
        and len(text) <= LONGEST
    )
