"""Page furniture: what was printed on a page and is no part of the text. Addresses of links, page numbers, running heads and feet.

Each kind needs the evidence of its place. An address is known by its shape. A number on a line of its own is a page number only as one
of a sequence that grows as fast as pages do and stands where pages end, or breaks into sentences; a year, the number of a poem, a cell
of a table stays. A line is a running head only where it comes again at the border of page after page.

Pages are seen from form feeds, from the numbers and heads found, and from text whose lines are all followed by blank ones except where
a page ended. A page is named by its ordinal from 1, or by its printed number where numbers were found; between two printed numbers it
is counted on from the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from statistics import median

from kz_textkit.layout.lines import Line
from kz_textkit.layout.links import Url, find_urls

__all__ = ["Furniture", "Removal", "remove_furniture"]

FULL_LINE = 36_000
"""Width of a line that is certainly full, to estimate how many printed lines a line of unwrapped text was."""
LINES_A_PAGE = (8, 130)
"""Fewest and most printed lines between page numbers that follow one another."""
FEWEST_NUMBERS = 3
"""Page numbers that make a sequence."""
FEWEST_HEADS = 4
"""Times a line has to come again at the border of pages to be a running head."""
MOST_SERIES = 3
"""Series of bare numbers that are tried as pages, the longest first."""
BEYOND_CHAPTERS = 10
"""Bare number that a series of chapters or items does not begin with."""
STEADY_PAGE = 14
"""Printed lines of a page in a text that shows its pages by nothing but bare numbers."""
WIDEST_HEAD = 31_000
"""Width of the widest running head."""
YEARS = range(1500, 2101)
"""A chain of bare numbers like these is a chronicle, not pages."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A span of the text that is furniture, without the white space around it."""

    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Furniture:
    """What `remove_furniture` found."""

    lines: list[Line]
    """The lines left, with `page` and `page_start` from all evidence. `blank_before` is the larger of the gaps around furniture that
    was removed before the line. Where an address stood inside a line, `text` lacks it, and `start` and `end` still go around it."""
    removals: list[Removal]
    """In order."""
    urls: list[tuple[Url, int]]
    """Addresses with the ordinal of their page."""
    page_names: list[int] = field(default_factory=list)
    """Name of each page by its ordinal; empty where the text shows no pages."""


def remove_furniture(text: str, lines: Sequence[Line]) -> Furniture:
    """Finds the furniture of a text.

    >>> from kz_textkit.layout.lines import read_lines
    >>> text = "Бұл кітапта\\nhttp://kk.wikipedia.org/wiki/%D0%91%D1%96%D0%BB%D1%96%D0%BC\\nбілім туралы айтылады."
    >>> found = remove_furniture(text, read_lines(text))
    >>> [line.text for line in found.lines], [removal.rule for removal in found.removals]
    (['Бұл кітапта', 'білім туралы айтылады.'], ['url'])
    """
    urls = find_urls(text)
    pages = _pages_by_gaps(lines)
    removals = [Removal(url.start, url.end, "url") for url in urls]
    body, starts = _without_urls(text, lines, urls, pages)
    positions = _printed_positions(body)
    numbers = _page_numbers(body, positions, starts)
    heads, head_numbers = _running_heads(body, positions, starts, numbers)
    numbers_all = {**head_numbers, **numbers}
    if not starts:
        starts = _starts_by_numbers(body, numbers_all)
    removals += [Removal(body[i].start, body[i].end, "page_number") for i in numbers]
    removals += [Removal(body[i].start, body[i].end, "running_head") for i in heads]
    removals.sort(key=lambda removal: removal.start)
    furniture = set(numbers) | heads
    kept, page_names = _paginate(body, furniture, starts, numbers_all)
    kept_starts = [line.start for line in kept]
    pages_of_urls = [kept[max(0, bisect_left(kept_starts, url.start) - 1)].page if kept else 0 for url in urls]
    return Furniture(kept, removals, list(zip(urls, pages_of_urls, strict=True)), page_names)


# --- addresses


def _without_urls(text: str, lines: Sequence[Line], urls: Sequence[Url], pages: set[int]) -> tuple[list[Line], set[int]]:
    """The lines without addresses, and which of them begin pages; `pages` are the indices of page starts among all lines."""
    if not urls:
        return list(lines), pages
    url_starts, url_ends = [url.start for url in urls], [url.end for url in urls]
    kept: list[Line] = []
    starts: set[int] = set()
    blank, page_begins = 0, False
    touched = _touched(lines, url_starts, url_ends)
    for i, line in enumerate(lines):
        if i in pages:
            page_begins = True
        if i in touched and not _cut(text, line, urls[bisect_right(url_ends, line.start) :]):
            blank = max(blank, line.blank_before)
            continue
        if blank:
            line.blank_before = max(blank, line.blank_before)
            blank = 0
        if page_begins:
            starts.add(len(kept))
            page_begins = False
        kept.append(line)
    return kept, starts


def _touched(lines: Sequence[Line], url_starts: Sequence[int], url_ends: Sequence[int]) -> set[int]:
    """Indices of lines with addresses in them."""
    starts = [line.start for line in lines]
    touched: set[int] = set()
    for start, end in zip(url_starts, url_ends, strict=True):
        touched.update(range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)))
    return touched


def _cut(text: str, line: Line, urls: Sequence[Url]) -> bool:
    """Takes the addresses out of a line; False where nothing is left of it."""
    pieces, position = [], line.start
    for url in urls:
        if url.start >= line.end:
            break
        pieces.append((position, max(position, url.start)))
        position = max(position, url.end)
    pieces.append((min(position, line.end), line.end))
    stripped = [(a, b) for a, b in ((_skip(text, a, b), b) for a, b in pieces) if a < b]
    if not stripped:
        return False
    content = " ".join(text[a:b].strip() for a, b in stripped)
    start, end = stripped[0][0], stripped[-1][1]
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    line.width = line.width * len(content) // max(1, len(line.text))
    line.start, line.end, line.text = start, end, content
    return True


def _skip(text: str, start: int, end: int) -> int:
    """The first offset from `start` that is not white space."""
    return start + (end - start) - len(text[start:end].lstrip())


# --- pages seen from gaps


def _pages_by_gaps(lines: Sequence[Line]) -> set[int]:
    """Indices of lines that begin pages: after form feeds, or where lines that are all parted by blank ones are not.

    The second is how some programs print a page break: the line feed that ends the page, and a space before the next page.
    """
    fed = {i for i, line in enumerate(lines) if line.page_start and i}
    if fed or len(lines) < 10:
        return fed | {0} if fed else set()
    usual = Counter(line.blank_before for line in lines).most_common(1)[0][0]
    odd = {i for i, line in enumerate(lines) if i and line.blank_before < usual and 1 <= line.indent <= 2} if usual else set()
    flush = sum(line.indent == 0 for line in lines) > 0.9 * len(lines)
    return odd | {0} if flush and len(odd) >= 2 else set()


def _printed_positions(lines: Sequence[Line]) -> list[int]:
    """How many printed lines come before each line: a line of unwrapped text was several."""
    return [0, *accumulate(1 + line.width // FULL_LINE for line in lines)][:-1]


# --- page numbers

_DASHES = r"[-–—―‒−_~•·*|=\[\]()<>«»]{0,3}"
_NUMBER_LINE = re.compile(rf"{_DASHES}\s*(\d{{1,4}})\s*{_DASHES}\Z")
_MARKED_NUMBER = re.compile(
    r"(?:(?P<a>\d{1,4})\s*(?:[-–|‖/]\s*)?(?:бет|б|стр|с|page|p\s?a\s?g\s?e)\b\.?|(?:бет|стр(?:аница)?|page)\b\.?\s*[-–|:№]?\s*(?P<b>\d{1,4})"
    r"(?:\s*(?:/|из|of)\s*\d{1,4})?|\|\s*(?P<c>\d{1,4})|(?P<d>\d{1,4})\s*\||[-–—]\s?(?P<e>\d{1,4})\s?[-–—])\Z",
    re.IGNORECASE,
)
LONGEST_NUMBER_LINE = 24
_SENTENCE_END = re.compile(r"[.!?…:;][»\")\]]*\Z")


def _page_numbers(lines: Sequence[Line], positions: Sequence[int], starts: set[int]) -> dict[int, int]:
    """Indices of lines that are page numbers, with the number."""
    bare: list[tuple[int, int]] = []
    marked: set[int] = set()
    for i, line in enumerate(lines):
        if len(line.text) > LONGEST_NUMBER_LINE or _FIGURES.isdisjoint(line.text):
            continue
        number = _number_in(line.text)
        if number is not None:
            bare.append((i, number[0]))
            if number[1]:
                marked.add(i)
    if not bare:
        return {}
    left = bare
    for _ in range(MOST_SERIES):
        chain = _best_chain(left, positions, marked)
        if _is_pagination(chain, marked, lines, positions, starts):
            return dict(chain) | _between(chain, left, lines)
        # Chapters may be numbered too, and there may be more of them than of pages.
        left = [candidate for candidate in left if candidate not in chain]
        if len(left) < FEWEST_NUMBERS:
            break
    return {}


def _between(chain: Sequence[tuple[int, int]], candidates: Sequence[tuple[int, int]], lines: Sequence[Line]) -> dict[int, int]:
    """Numbers of short pages: they count on from the chain, and stand as far below the text as others of its numbers do."""
    usual = Counter([line.blank_before for line in lines]).most_common(1)[0][0]
    gaps = {lines[i].blank_before for i, _ in chain} - set(range(usual + 1))
    found: dict[int, int] = {}
    places = [i for i, _ in chain]
    for i, number in candidates:
        at = bisect_left(places, i)
        before = chain[at - 1][1] if at else number
        after = chain[at][1] if at < len(chain) else before + 3
        if before < number < after and lines[i].blank_before in gaps:
            found[i] = number
    return found


def _number_in(line: str) -> tuple[int, bool] | None:
    """The number that a line consists of, and whether it is marked as that of a page (`- 12 -`, `12 | бет`)."""
    found = _MARKED_NUMBER.match(line)
    if found is not None:
        return int(next(group for group in found.groups() if group)), True
    found = _NUMBER_LINE.match(line)
    return None if found is None else (int(found.group(1)), False)


def _best_chain(candidates: Sequence[tuple[int, int]], positions: Sequence[int], marked: Collection[int] = ()) -> list[tuple[int, int]]:
    """The longest subsequence of (line, number) in which numbers grow about as fast as pages do.

    Those of `marked` lines may grow faster, and so may the last one, since the last page may be short.
    """
    fewest, most = LINES_A_PAGE
    lengths = [1] * len(candidates)
    previous = [-1] * len(candidates)
    for j, (line, number) in enumerate(candidates):
        for i in range(j - 1, max(-1, j - 60), -1):
            grown, lines = number - candidates[i][1], positions[line] - positions[candidates[i][0]]
            least = 1 if line in marked or (line == len(positions) - 1 and grown == 1) else fewest
            if grown > 0 and least * grown <= lines <= most * grown and lengths[i] + 1 > lengths[j]:
                lengths[j], previous[j] = lengths[i] + 1, i
    at = max(range(len(candidates)), key=lambda j: (lengths[j], -j))
    chain = []
    while at >= 0:
        chain.append(candidates[at])
        at = previous[at]
    return chain[::-1]


def _is_pagination(
    chain: Sequence[tuple[int, int]], marked: set[int], lines: Sequence[Line], positions: Sequence[int], starts: set[int]
) -> bool:
    """Whether a chain of numbers is that of pages: by its regularity, and by where its numbers stand."""
    if len(chain) < FEWEST_NUMBERS:
        return len(chain) == 2 and all(i in marked or _at_border(i, starts, len(lines)) for i, _ in chain)
    if all(i in marked for i, _ in chain):
        return True
    if all(number in YEARS for _, number in chain):
        return False
    rates = [(positions[b] - positions[a]) / (q - p) for (a, p), (b, q) in pairwise(chain)]
    usual = median(rates)
    regular = sum(usual / 2 <= rate <= usual * 2 for rate in rates) / len(rates)
    placed = sum(_at_border(i, starts, len(lines)) or _interrupts(lines, i) for i, _ in chain) / len(chain)
    if placed >= 0.5:
        return regular >= 0.5
    steady = sum(0.75 * usual <= rate <= 1.25 * usual for rate in rates) / len(rates)
    if chain[0][1] >= BEYOND_CHAPTERS and chain[-1][1] - chain[0][1] == len(chain) - 1:
        full = rates[:-1]  # the last page may be short
        return usual >= STEADY_PAGE and sum(0.75 * usual <= rate <= 1.25 * usual for rate in full) >= 0.8 * len(full)
    return regular >= 0.7 and (placed >= 0.2 or (len(chain) >= 6 and steady >= 0.8 and usual >= STEADY_PAGE))


def _at_border(i: int, starts: set[int], count: int) -> bool:
    """Whether a line is one of the first two or the last two of a page."""
    return bool(starts) and (i >= count - 1 or not starts.isdisjoint((i - 1, i, i + 1, i + 2)))


def _interrupts(lines: Sequence[Line], i: int) -> bool:
    """Whether a sentence goes on from the line before line `i` to the line after it."""
    if not 0 < i < len(lines) - 1:
        return False
    before, after = lines[i - 1].text, lines[i + 1].text
    return _SENTENCE_END.search(before) is None and (after[0].islower() or before[-1] in "-,")


# --- running heads and feet

_NUMBER_AT_EDGE = re.compile(r"\A(\d{1,4})(?=\s)|(?<=\s)(\d{1,4})\Z")
_FIGURES = frozenset("0123456789")
_EDGES = "0123456789 \t.,:;|-–—_*[]()"


def _running_heads(
    lines: Sequence[Line], positions: Sequence[int], starts: set[int], numbers: dict[int, int]
) -> tuple[set[int], dict[int, int]]:
    """Indices of lines that are running heads or feet, and the page numbers printed in them by index."""
    groups: dict[str, list[int]] = defaultdict(list)
    texts = Counter([line.text for line in lines])
    often = {text for text, _ in Counter({text: count for text, count in texts.items() if count > 2}).most_common(200)}
    borders = _border_lines(len(lines), starts, numbers)
    for i, line in enumerate(lines):
        text = line.text
        if (
            (text in often or i in borders or text[0] in _FIGURES or text[-1] in _FIGURES)
            and line.width <= FULL_LINE
            and i not in numbers
        ):
            key = text.strip(_EDGES).lower()
            if len(key) > 3:
                groups[key].append(i)
    _merge_variants(groups, borders)
    heads: set[int] = set()
    found_numbers: dict[int, int] = {}
    for members in groups.values():
        if len(members) >= FEWEST_NUMBERS and _are_heads(members, lines, positions, borders):
            # The head often repeats the title of the text, which stays.
            heads.update(i for i in members if i > 2 or lines[i].text[0] in _FIGURES or lines[i].text[-1] in _FIGURES)
    for i in heads:
        number = _NUMBER_AT_EDGE.search(lines[i].text)
        if number is not None:
            found_numbers[i] = int(number.group())
    chain = _best_chain(sorted(found_numbers.items()), positions) if found_numbers else []
    return heads, dict(chain) if len(chain) >= FEWEST_NUMBERS else {}


def _border_lines(count: int, starts: set[int], numbers: Iterable[int]) -> set[int]:
    """Indices of the two first and last lines of pages, page numbers not counted."""
    skipped = set(numbers)
    borders: set[int] = set()
    for at, first_below in [*((start, start) for start in starts), *((i, i + 1) for i in skipped)]:
        below = [i for i in range(first_below, min(count, first_below + 4)) if i not in skipped][:2]
        above = [i for i in range(at - 1, max(-1, at - 5), -1) if i not in skipped][:2]
        borders.update(below)
        borders.update(above)
    return borders


def _merge_variants(groups: dict[str, list[int]], borders: set[int]) -> None:
    """Puts together groups at page borders whose letters differ little, as text recognition reads them."""
    keys = sorted(
        (key for key, members in groups.items() if not borders.isdisjoint(members) and len(key) > 7), key=lambda key: -len(groups[key])
    )
    frequent = [key for key in keys if len(groups[key]) >= FEWEST_NUMBERS][:20]
    edges = {edge for main in frequent for edge in (main[:3], main[-3:])}
    for key in keys:
        if key[:3] not in edges and key[-3:] not in edges:
            continue
        for main in frequent:
            if key != main and key in groups and main in groups and len(groups[key]) < len(groups[main]) and _alike(key, main):
                groups[main] = sorted(groups[main] + groups.pop(key))
                break


def _alike(one: str, other: str) -> bool:
    """Whether two keys of almost one length share most of their letter pairs."""
    if abs(len(one) - len(other)) > 2 + len(other) // 8 or (one[:3] != other[:3] and one[-3:] != other[-3:]):
        return False
    pairs = Counter(map("".join, pairwise(other)))
    shared = sum((pairs & Counter(map("".join, pairwise(one)))).values())
    return shared >= 0.7 * (max(len(one), len(other)) - 1)


def _are_heads(members: Sequence[int], lines: Sequence[Line], positions: Sequence[int], borders: set[int]) -> bool:
    """Whether lines with the same letters are the head of page after page; lines of prose that comes again are not."""
    if sum(_may_be_head(lines[i], lines[i + 1] if i + 1 < len(lines) else None) for i in members) < 0.8 * len(members):
        return False
    at_border = sum(i in borders for i in members) / len(members)
    gaps = [positions[b] - positions[a] for a, b in pairwise(members)]
    paged = sum(LINES_A_PAGE[0] <= gap <= 2.5 * LINES_A_PAGE[1] for gap in gaps) / len(gaps)
    edges = [_NUMBER_AT_EDGE.search(lines[i].text) for i in members]
    counted = sum(edge is not None for edge in edges) / len(members) > 0.6
    interrupting = sum(_interrupts(lines, i) for i in members) / len(members)
    if at_border >= 0.8 and paged >= 0.6:
        return len(members) >= FEWEST_HEADS or counted or interrupting >= 0.3
    if paged >= 0.8 and interrupting >= 0.3 and (counted or len(members) >= FEWEST_HEADS):
        return True
    return counted and len(members) >= FEWEST_HEADS and paged == 1 and _counts_pages([edge for edge in edges if edge], gaps)


def _counts_pages(numbers: Sequence[re.Match[str]], gaps: Sequence[int]) -> bool:
    """Whether numbers in lines that are else the same rise with the pages: now left, now right, or as regularly as pages do."""
    steps = [int(b.group()) - int(a.group()) for a, b in pairwise(numbers)]
    if not steps or not all(1 <= step <= 2 for step in steps):
        return False
    sides = {number.start() == 0 for number in numbers}
    usual = median(gaps)
    return len(sides) == 2 or (len(numbers) > FEWEST_HEADS and all(0.75 * usual <= gap <= 1.25 * usual for gap in gaps[:-1]))


def _may_be_head(line: Line, following: Line | None) -> bool:
    """Whether a line could be a title: not quite full, no part of a sentence by its beginning or end, not going on in the next line."""
    if line.width > WIDEST_HEAD or line.text[0].islower() or line.text[-1] in ",;-":
        return False
    if line.text[-1] == "." and _NUMBER_AT_EDGE.match(line.text) is None:
        return False
    return line.width < 0.75 * WIDEST_HEAD or following is None or not (following.text[0].islower() and line.text[-1].isalpha())


# --- pages


def _starts_by_numbers(lines: Sequence[Line], numbers: dict[int, int]) -> set[int]:
    """Indices of lines that begin pages, from the page numbers: after each where numbers stand at the foot, or at each at the head."""
    if not numbers:
        return set()
    at_head = min(numbers) <= 1
    return {0} | {i if at_head else i + 1 for i in numbers if i + 1 < len(lines)}


def _paginate(lines: Sequence[Line], furniture: set[int], starts: set[int], numbers: dict[int, int]) -> tuple[list[Line], list[int]]:
    """The lines that are not furniture with their pages, and the names of the pages by ordinal."""
    kept: list[Line] = []
    page, blank, begins = -1 if 0 in starts else 0, 0, False
    printed: dict[int, int] = {}
    for i, line in enumerate(lines):
        if i in starts:
            page, begins = page + 1, True
        if i in numbers:
            printed.setdefault(page, numbers[i])
        if i in furniture:
            blank = max(blank, line.blank_before)
            continue
        line.page = page
        line.page_start = begins
        if blank:
            line.blank_before = max(blank, line.blank_before)
            blank = 0
        begins = False
        kept.append(line)
    return kept, _page_names(page + 1, printed) if starts else []


def _page_names(count: int, printed: dict[int, int]) -> list[int]:
    """Printed number of each page, counted on where it was not printed or not found."""
    known = sorted(printed)
    names: list[int] = []
    for ordinal in range(count):
        if not known:
            names.append(ordinal + 1)
            continue
        nearest = known[max(0, bisect_right(known, ordinal) - 1)]
        names.append(max(1, printed[nearest] + ordinal - nearest, names[-1] if names else 1))
    return names
