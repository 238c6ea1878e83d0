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
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kz_textkit.layout.labels import heading_label, is_no_title, list_label, roman_value
from kz_textkit.layout.lines import Line

__all__ = ["Found", "Printed", "at_borders", "is_numbered", "is_title_of_all", "may_be_head", "printed", "same_rest"]

ZONE = 3
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
TITLE_PAGE = 12
"""Lines at the beginning of a text in which its title stands."""
BARE = 12
"""Characters of the longest line that has nothing but a number in it."""

_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}(?![\d]|[.,]\d)")
_PART = re.compile(r"[^\W\d_]+|\d+")
_PAGE_WORDS = frozenset(
    ("бет", "беті", "б", "бб", "стр", "страница", "с", "p", "page", "pp", "из", "of", "дан", "тан", "ден", "тен", "нан", "нен")
)
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,2})*[.)]\s*[^\W\d]")
_TRIMMED = "0123456789 \t|-–—•*№,.;/"
_NOTE = re.compile(r"(?:\d{1,2}|\[\d{1,2}\]|\*+)\s+[^\W\d_]")
"""How a note begins; the number of a page would not stay the same."""
_GLUED = re.compile(r"[^\W\d_]{2}[.,!?…»]?(?P<after>\d{1,4})\Z|\A(?P<before>\d{1,4})[^\W\d_]{2}")
_ROMAN = re.compile(r"[ivxlIVXLХІхі]{1,7}")


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


class _Pages:
    """Lines at the borders of pages."""

    def __init__(self, lines: Sequence[Line], starts: Mapping[int, int]) -> None:
        self.lines = lines
        self.firsts = sorted({0, *starts})
        self.numbers = [starts.get(first, -FAR) for first in self.firsts]
        self.at: dict[int, tuple[int, str, int]] = {}
        """For each line near a border: its page, the border, how many lines are between."""
        for page, (first, last) in enumerate(pairwise([*self.firsts, len(lines)])):
            zone = min(ZONE, max(1, (last - first) // 3))
            for depth in range(min(zone, last - first)):
                self.at[first + depth] = (page, "upper", depth)
                self.at.setdefault(last - 1 - depth, (page, "lower", depth))
        self.printed = {i: printed(lines[i].text) for i in self.at if len(lines[i].text) <= LONGEST}

    @property
    def count(self) -> int:
        return len(self.firsts)

    def page(self, i: int) -> int:
        return self.at[i][0]


def at_borders(lines: Sequence[Line], starts: Mapping[int, int]) -> Found:
    """Heads, feet and page numbers of a text whose pages begin at the lines `starts`, each with its number, which may count from
    anything.

    >>> from kz_textkit.layout.lines import read_lines
    >>> lines = read_lines("\\n\\f".join(f"Дала {n}\\nКөктемде қар еріді де,\\nсу тасыды." for n in range(4, 8)))
    >>> sorted(at_borders(lines, {0: 0, 3: 1, 6: 2, 9: 3}).heads)
    [0, 3, 6, 9]
    """
    pages = _Pages(lines, starts)
    if pages.count < 2:
        return Found({}, frozenset(), frozenset(), {})
    groups = _groups(pages)
    numbers = _numbered(pages, groups)
    heads = {i for i in numbers if pages.printed[i].rest} | _repeated(pages, groups, set(numbers))
    bare = frozenset(i for i in numbers if i not in heads)
    return Found(numbers, bare, frozenset(heads), _glued(pages, numbers.keys() | heads))


def _groups(pages: _Pages) -> dict[int, int]:
    """For each line near a border on how many pages its rest comes at that border."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i in pages.printed:
        if len(rest := _words_of(pages, i)) > 3:
            members[pages.at[i][1], rest].append(i)
    for side in ("upper", "lower"):
        _merge({rest: found for (where, rest), found in members.items() if where == side}, members, side)
    sizes: dict[int, int] = {}
    for found in members.values():
        count = len({pages.page(i) for i in found})
        sizes |= dict.fromkeys(found, count)
    return sizes


def _words_of(pages: _Pages, i: int) -> str:
    """What of a line comes again: its words, or a number that stands alone, such as the year of the book."""
    return pages.printed[i].rest or pages.lines[i].text


def _merge(own: Mapping[str, list[int]], members: dict[tuple[str, str], list[int]], side: str) -> None:
    """Puts the members of rests that are nearly the same together."""
    often = sorted((rest for rest, found in own.items() if len(found) >= FEWEST and len(rest) > 7), key=lambda rest: -len(own[rest]))[
        :20
    ]
    edges = {edge for rest in often for edge in (rest[:3], rest[-3:])}
    for rest, found in own.items():
        if len(rest) <= 7 or (rest[:3] not in edges and rest[-3:] not in edges):
            continue
        for main in often:
            if rest != main and len(found) < len(own[main]) and same_rest(rest, main):
                members[side, main].extend(found)
                members[side, rest] = members[side, main]
                break


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


def _numbered(pages: _Pages, groups: Mapping[int, int]) -> dict[int, int]:
    """Lines whose number is as far from that of their page as on other pages, with the number."""
    by_offset: dict[int, list[int]] = defaultdict(list)
    for i, line in pages.printed.items():
        for number in {*line.numbers}:
            by_offset[number - pages.numbers[pages.page(i)]].append(i)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for offset, members in sorted(by_offset.items(), key=lambda item: -len({pages.page(i) for i in item[1]})):
        if len({pages.page(i) for i in members}) < 2:
            break
        believed = list(_believed(pages, [i for i in members if pages.page(i) not in taken], groups, offset))
        seen = {pages.page(i) for i in believed}
        if len(seen) >= (FEWEST if pages.count > FEWEST else 2):
            found |= {i: pages.numbers[pages.page(i)] + offset for i in believed}
            taken |= seen
    return found


def _believed(pages: _Pages, members: Sequence[int], groups: Mapping[int, int], offset: int) -> Iterator[int]:
    """Those of the lines with numbers of one offset that are nothing but the number, or come again, or stand on page after page."""
    sides = Counter(pages.at[i][1] for i in members if pages.at[i][2] == 0)
    bare = Counter(pages.at[i][1:] for i in members if not pages.printed[i].rest)
    rests = Counter(pages.printed[i].rest for i in members)
    for i in members:
        text, (_, side, depth) = pages.lines[i].text, pages.at[i]
        if not pages.printed[i].rest:
            if len(text) <= BARE + 8 and bare[side, depth] * 2 >= max(bare.values()):
                yield i
        elif _is_labelled(text, pages.numbers[pages.page(i)] + offset) or _GLUED.search(text):
            continue
        elif groups.get(i, 0) >= FEWEST or (groups.get(i, 0) == 2 and pages.count <= FEW_PAGES):
            if (rests[pages.printed[i].rest] + 1) * 2 > groups[i]:
                yield i
        elif depth == 0 and sides[side] >= max(FEWEST, 0.5 * pages.count) and may_be_head(pages.lines[i]):
            yield i


def _is_labelled(text: str, number: int) -> bool:
    """The line is a title or an item by its own number; `Екінші тарау   12` on page 12 is none."""
    label = heading_label(text) or list_label(text)
    return (label is not None and not (text.endswith(str(number)) and label.value != number)) or is_numbered(text)


def _glued(pages: _Pages, furniture: Collection[int]) -> dict[int, tuple[int, int]]:
    """Lines at the border of the text of a page that end in its number or begin with it, as those of other pages do."""
    by_offset: dict[tuple[int, str], dict[int, tuple[int, int]]] = defaultdict(dict)
    for i, (page, side, _) in pages.at.items():
        found = _GLUED.search(pages.lines[i].text) if i not in furniture and _is_outermost(pages, i, side, furniture) else None
        if found is not None:
            number = found["after"] or found["before"]
            by_offset[int(number) - pages.numbers[page], side][i] = found.span("after" if found["after"] else "before")
    best = max(by_offset.values(), key=len, default={})
    return best if len(best) >= max(FEWEST, GLUED * pages.count) else {}


def is_numbered(text: str) -> bool:
    """The line begins with the number of an item or a title."""
    return _NUMBERED.match(text) is not None


def is_title_of_all(lines: Sequence[Line], i: int) -> bool:
    """The text begins with line `i`, once: it is its title, and stays. Twice, it is the head of the page, and the title is below."""
    own = printed(lines[i].text)
    if i > ZONE or own.numbers:
        return False
    return not any(printed(line.text).rest == own.rest for line in lines[i + 1 : i + 1 + TITLE_PAGE] if len(line.text) <= LONGEST)


def may_be_head(line: Line) -> bool:
    """Whether a line could be a head by its ends: no sentence, no part of one."""
    text = line.text.strip(_TRIMMED)
    first, _, following = text.partition(" ")
    if first.strip(_TRIMMED).lower() in _PAGE_WORDS:
        text = following.strip(_TRIMMED)
    return (
        bool(text)
        and not is_no_title(line.text)
        and not (text[0].islower() and text[:4] not in ("www.", "http"))
        and line.text[-1] not in ",;-:"
        and len(text) <= LONGEST
    )


def _repeated(pages: _Pages, groups: Mapping[int, int], numbered: set[int]) -> set[int]:
    """Lines whose rest comes again at the same border of several pages and hardly anywhere else."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    fewest = 2 if FEWEST <= pages.count <= FEW_PAGES else FEWEST
    for i, size in groups.items():
        line = pages.lines[i]
        if size >= fewest and (may_be_head(line) or line.text.isdigit()) and heading_label(line.text) is None:
            members[pages.at[i][1], _words_of(pages, i)].append(i)
    found: set[int] = set()
    times = Counter(line.text for line in pages.lines)
    # From the border inwards: what stands under a head is the next to be looked at.
    for (side, _), own in sorted(members.items(), key=lambda item: min(pages.at[i][2] for i in item[1])):
        outermost = [i for i in own if _is_outermost(pages, i, side, found | numbered)]
        count = len({pages.page(i) for i in outermost})
        if count < fewest or sum(_runs_on(pages, i, side) for i in own) * 2 > len(own):
            continue
        texts = {pages.lines[i].text for i in own}
        if all(map(_NOTE.match, texts)) and len({pages.printed[i].numbers for i in own}) == 1:
            continue
        if sum(times[pages.lines[i].text] == 1 for i in own) * 3 < len(own) and sum(times[t] for t in texts) * 7 > len(own) * 10:
            continue
        sentences = sum(pages.lines[i].text[-1] in ".!?…" and not pages.printed[i].numbers for i in outermost)
        if sentences * 2 > len(outermost) and (len(outermost) < 2 * FEWEST or count < FEWEST):
            continue
        found.update(i for i in outermost if not is_title_of_all(pages.lines, i))
    return found


def _is_outermost(pages: _Pages, i: int, side: str, furniture: Collection[int]) -> bool:
    """Nothing but furniture is between the line and the border of its page."""
    depth = pages.at[i][2]
    step = -1 if side == "upper" else 1
    return all(i + step * k in furniture for k in range(1, depth + 1))


def _runs_on(pages: _Pages, i: int, side: str) -> bool:
    """The line at the upper border goes on in the next one, as prose does."""
    if side == "lower" or i + 1 >= len(pages.lines):
        return False
    text = pages.lines[i].text
    return (
        (text[-1].isalpha() or text[-1] in ",-")
        and pages.lines[i + 1].text[0].islower()
        and pages.at[i][2] == 0
        and len(text) > 3 * BARE
    )
