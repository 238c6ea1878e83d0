"""Page furniture: what was printed on a page and is no part of the text. Addresses of links, page numbers, running heads and feet.

Each kind needs the evidence of its place. An address is known by its shape. A number on a line of its own is a page number only as one
of a sequence that grows as fast as pages do and stands where pages end, or breaks into sentences; a year, the number of a poem, a cell
of a table stays. A line is a running head only where it comes again at the border of page after page.

Pages are seen from form feeds, from the numbers and heads found, and from text whose lines are all followed by blank ones except where
a page ended. A page is named by its ordinal from 1, or by its printed number where numbers were found; between two printed numbers it
is counted on from the one before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kz_textkit.layout.addresses import spilled
from kz_textkit.layout.borders import at_borders, is_title_of_all, printed
from kz_textkit.layout.lines import Line
from kz_textkit.layout.links import Url, find_urls
from kz_textkit.layout.paging import chain_of_numbers
from kz_textkit.layout.rhythm import NO_RHYTHM, page_rhythm

__all__ = ["Furniture", "Removal", "remove_furniture"]

FULL_LINE = 36_000
"""Width of a line that is certainly full, to estimate how many printed lines a line of unwrapped text was."""


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


def remove_furniture(text: str, lines: Sequence[Line], kept_at: Collection[int] = (), *, paged: bool = True) -> Furniture:
    """Finds the furniture of a text; lines that begin at the offsets `kept_at` are none for certain. Of a text that is not `paged` only
    addresses are.

    >>> from kz_textkit.layout.lines import read_lines
    >>> text = "Бұл кітапта\\nhttp://kk.wikipedia.org/wiki/%D0%91%D1%96%D0%BB%D1%96%D0%BC\\nбілім туралы айтылады."
    >>> found = remove_furniture(text, read_lines(text))
    >>> [line.text for line in found.lines], [removal.rule for removal in found.removals]
    (['Бұл кітапта', 'білім туралы айтылады.'], ['url'])
    """
    urls = find_urls(text)
    pages = _pages_by_gaps(lines)
    taken_out = spilled(text, urls)
    removals = [Removal(url.start, url.end, "url") for url in taken_out]
    body, starts = _without_urls(text, lines, taken_out, pages)
    if not paged:
        for line in body[:1]:
            line.page_start = False
        return Furniture(body, removals, [(url, 0) for url in urls])
    positions = _printed_positions(body)
    chain: dict[int, int] = {}
    rhythm = NO_RHYTHM
    if len(starts) < 2:
        rhythm, chain = page_rhythm(body, positions), chain_of_numbers(body, positions)
        if chain:
            rhythm, chain = (NO_RHYTHM, chain) if 2 * len(chain) >= len(rhythm.starts) else (rhythm, {})
        named = rhythm.starts or _starts_by_numbers(body, chain)
        starts = set(named)
    else:
        named = {start: page for page, start in enumerate(sorted(starts))}
    found = at_borders(body, named)
    if len(named) > 1 and not found.numbers and not rhythm.heads and not chain:
        chain = chain_of_numbers(body, positions)
    others = {i for i in rhythm.heads if not is_title_of_all(body, i)} | chain.keys()
    heads = found.heads | {i for i in others if i not in found.bare and printed(body[i].text).rest}
    bare = (found.bare | others) - heads
    heads = frozenset(i for i in heads if body[i].whole and body[i].start not in kept_at)
    bare = frozenset(i for i in bare if body[i].whole and body[i].start not in kept_at)
    removals += [Removal(body[i].start, body[i].end, "page_number") for i in bare]
    removals += [_unglued(body[i], *span) for i, span in found.glued.items() if body[i].whole and i not in heads | bare]
    removals += [Removal(body[i].start, body[i].end, "running_head") for i in heads]
    removals.sort(key=lambda removal: removal.start)
    kept, page_names = _paginate(body, bare | heads, starts, chain | found.numbers)
    kept_starts = [line.start for line in kept]
    pages_of_urls = [kept[max(0, bisect_left(kept_starts, url.start) - 1)].page if kept else 0 for url in urls]
    return Furniture(kept, removals, list(zip(urls, pages_of_urls, strict=True)), page_names)


def _unglued(line: Line, first: int, last: int) -> Removal:
    """Takes the page number that stands from `first` to `last` of a line out of it, at its beginning or end."""
    found = Removal(line.start + first, line.start + last, "page_number")
    line.text = line.text[last:] if not first else line.text[:first]
    line.start, line.end = (line.start + last, line.end) if not first else (line.start, line.start + first)
    return found


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
    usual = Counter([line.blank_before for line in lines]).most_common(1)[0][0]
    odd = {i for i, line in enumerate(lines) if i and line.blank_before < usual and 1 <= line.indent <= 2} if usual else set()
    if len(odd) < 2:
        return set()
    flush = sum(line.indent == 0 for line in lines) > 0.9 * len(lines)
    return odd | {0} if flush else set()


def _printed_positions(lines: Sequence[Line]) -> list[int]:
    """How many printed lines come before each line: a line of unwrapped text was several."""
    return [0, *accumulate(1 + line.width // FULL_LINE for line in lines)][:-1]


# --- pages


def _starts_by_numbers(lines: Sequence[Line], numbers: Mapping[int, int]) -> dict[int, int]:
    """Indices of lines that begin pages, with the number of the page: after each number where they stand at the foot, else at each."""
    if not numbers:
        return {}
    if min(numbers) <= 1:
        return {0: numbers[min(numbers)], **numbers}
    after = {i + 1: number + 1 for i, number in numbers.items() if i + 1 < len(lines)}
    following = [*sorted(numbers.values())[1:], None]
    for (i, _number), then in zip(sorted(numbers.items()), following, strict=True):
        if i + 1 in after and then is not None:
            after[i + 1] = then
    return {0: numbers[min(numbers)], **after}


def _paginate(
    lines: Sequence[Line], furniture: Collection[int], starts: set[int], numbers: Mapping[int, int]
) -> tuple[list[Line], list[int]]:
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
