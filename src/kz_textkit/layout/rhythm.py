"""Pages of a text that shows none, by the rhythm of what was printed on each: heads, feet and numbers that come again after as many
lines as a page has.

A line that comes again and again is a head, a refrain, a title of exercises or a word of a dialogue. A head comes in step: the lines
between its places are as many as a page has, or twice, three times as many where odd and even pages differ or a page has none. So a
number of lines is sought in whose step most of what comes again stands: lines that are out of step as often as in it are no heads.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kz_textkit.layout.borders import BARE, FEWEST, FIGURE, LONGEST, NOTE_SENTENCE, is_numbered, may_be_head, printed
from kz_textkit.layout.labels import heading_label, title_kind
from kz_textkit.layout.lines import Line

__all__ = ["LINES_A_PAGE", "NO_RHYTHM", "YEARS", "Rhythm", "interrupts", "page_rhythm"]

LINES_A_PAGE = (8, 150)
"""Fewest and most printed lines of a page."""
YEARS = range(1500, 2101)
"""Numbers that are no pages."""
MOST_PAGES = 3
"""Pages from a head to the next like it."""
SLACK = 0.07
"""Share of a page by which heads may stand out of step: titles and gaps between paragraphs take more or less of a page."""
MOST_STEPS = 12
"""Lengths of pages that are tried."""
CLUSTER = 4
"""Lines in which what stands between the text of two pages lies."""
SHARE = 0.75
"""Share of the places of a line that must be in step."""
STEADY = 0.6
"""Share of the pages that must be as long as the others."""
REACH = 0.6
"""Share of the text that pages must be found in."""
SHORT_PAGE = 0.3
"""What a head after a short page counts, against one in step."""
SURE_PAGE = 18
"""Lines of a page below which what comes in step may be a refrain, unless it breaks into sentences."""
LOOK_BACK = 40
"""Places of a line that the next in step is looked for from."""

_ENDS = (".", "!", "?", "…", ":", ";")
_CLOSING = '»")]'


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Pages that a text does not show."""

    starts: dict[int, int]
    """Indices of lines that begin pages, with the ordinals of the pages."""
    heads: frozenset[int]
    """Indices of the lines that come in step: heads, feet, numbers."""


NO_RHYTHM = Rhythm({}, frozenset())


@dataclass(frozen=True, slots=True)
class _Series:
    """Lines that may be heads of pages together: the same words, or numbers."""

    lines: tuple[int, ...]
    numbers: tuple[int | None, ...]
    """Where the series is one of numbers, the number of each line, which must rise with the pages."""


def interrupts(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether a sentence goes on from the line before line `first` to the line after line `last`."""
    if first <= 0 or last >= len(lines) - 1:
        return False
    before, after = lines[first - 1].text, lines[last + 1].text
    return not before.rstrip(_CLOSING).endswith(_ENDS) and (after[0].islower() or before[-1] == "-")


def page_rhythm(lines: Sequence[Line], positions: Sequence[int]) -> Rhythm:
    """Where pages begin, and what comes again on them; nothing where nothing comes in step.

    `positions` says how many printed lines come before each line. Pages are also counted by the lines of the text, blank ones too:
    which of the two keeps step depends on how the text was made.

    >>> from kz_textkit.layout.lines import read_lines
    >>> page = "\\n".join(["Дала тынысы", *["көктемде қар еріп, су тасып"] * 20])
    >>> lines = read_lines("\\n".join([page] * 5))
    >>> page_rhythm(lines, range(len(lines))).starts
    {0: 1, 21: 2, 42: 3, 63: 4, 84: 5}
    """
    series = list(_series(lines))
    best: list[tuple[int, int]] = []
    weight, length, measure = 0, 0, positions
    heads: frozenset[int] = frozenset()
    for places in (list(accumulate((1 + line.blank_before for line in lines), initial=0))[1:], positions):
        for step in _steps(series, places):
            members = _members(series, places, step)
            clusters = _clusters(sorted(members), places, step)
            within = frozenset(i for first, last in clusters for i in range(first, last + 1) if i in members)
            if len(within) > weight and _are_pages(clusters, len(members) - len(within), lines, places, step):
                best, weight, length, measure, heads = clusters, len(within), step, places, within
    return Rhythm(_starts(best, measure, length) if best else {}, heads)


def _starts(clusters: Sequence[tuple[int, int]], positions: Sequence[int], length: int) -> dict[int, int]:
    """Where pages begin: at the heads in the clusters, which are as many lines as the text begins with, or after the feet."""
    first, last = clusters[0]
    heads = last - first + 1 if first < CLUSTER else 0
    ends = clusters[-1][1] >= len(positions) - CLUSTER
    starts = {}
    for low, high in clusters:
        start = max(low, high + 1 - heads) if heads else high + 1 if ends else low
        starts[start] = round((positions[low] - positions[first]) / length) + 1
    starts.pop(len(positions), None)
    return (
        {0: starts.get(0, 0), **starts} if heads == 0 else {0: 1, **{start: page for start, page in starts.items() if start >= CLUSTER}}
    )


def _series(lines: Sequence[Line]) -> Iterator[_Series]:
    groups: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    bare: list[tuple[int, int | None]] = []
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST or NOTE_SENTENCE.fullmatch(text):
            continue
        shown = printed(text) if FIGURE.search(text) else None
        if shown is None:
            groups[text].append((i, None))
        elif shown.rest or len(text) > 2 * BARE:
            if not is_numbered(text):
                groups[shown.rest].append((i, shown.numbers[-1 if text[-1].isdigit() else 0] if shown.numbers else None))
        else:
            bare += [(i, number) for number in dict.fromkeys(shown.numbers) if number not in YEARS]
            groups[text].append((i, None))
    for rest, members in groups.items():
        if len(members) < 2:
            continue
        often = len(members) >= 2 * FEWEST and len(rest) > BARE and _stands_between(lines, [i for i, _ in members])
        if len(rest) > 2 and (rest.isdigit() or _may_be_head(lines[members[0][0]], often=often)):
            if sum(_is_prose(lines, i) for i, _ in members) * 2 > len(members):
                continue
            numbers = {number for _, number in members}
            rising = len(numbers) > 1 and None not in numbers and numbers.isdisjoint(YEARS)
            yield _Series(tuple(i for i, _ in members), tuple(number if rising else None for _, number in members))
    if bare:
        yield _Series(tuple(i for i, _ in bare), tuple(number for _, number in bare))


def _is_prose(lines: Sequence[Line], i: int) -> bool:
    """Whether line `i` goes on in the next line, and not from the line before: the first line of a paragraph."""
    if len(lines[i].text) <= 3 * BARE or i + 1 >= len(lines) or not lines[i + 1].text[0].islower():
        return False
    return i == 0 or lines[i - 1].text.rstrip(_CLOSING).endswith(_ENDS)


def _stands_between(lines: Sequence[Line], members: Sequence[int]) -> bool:
    """Lines that are the same begin with a capital, and what is above and below each is not the same: no prose that comes again."""
    above, below = ({lines[i + step].text for i in members if 0 <= i + step < len(lines)} for step in (-1, 1))
    return lines[members[0]].text[0].isupper() and min(len(above), len(below)) * 2 > len(members)


def _may_be_head(line: Line, *, often: bool) -> bool:
    """Whether a line could be a head by what it says; a sentence could where it comes `often`."""
    text = line.text
    said = text[0] in "-–—" and not text[1:3].strip().isdigit()
    sentence = text[-1] in ".!?…" and text.count(" ") >= FEWEST and not text.isupper() and not often
    return may_be_head(line) and not said and not sentence and title_kind(text) is None and heading_label(text) is None


def _steps(series: Sequence[_Series], positions: Sequence[int]) -> list[int]:
    """Lengths of pages, in lines, that may be the step of what comes again: those that most gaps speak for."""
    fewest, most = LINES_A_PAGE
    gaps: list[float] = []
    for one in series:
        for (a, p), (b, q) in pairwise(zip(one.lines, one.numbers, strict=True)):
            gap = positions[b] - positions[a]
            if p is not None and q is not None:
                gaps += [gap / (q - p)] if 0 < q - p <= MOST_PAGES else []
            else:
                gaps += [gap / pages for pages in range(1, MOST_PAGES)]
    gaps = sorted(gap for gap in gaps if fewest <= gap <= most)
    votes = {round(gap): bisect_right(gaps, gap * (1 + SLACK)) - bisect_left(gaps, gap * (1 - SLACK)) for gap in dict.fromkeys(gaps)}
    return sorted(votes, key=lambda step: (-votes[step], -step))[:MOST_STEPS]


def _members(series: Sequence[_Series], positions: Sequence[int], step: int) -> set[int]:
    """The lines that are in step, of those that come often. A title comes twice too, in the contents and in its place."""
    return {member for one in series if len(one.lines) >= FEWEST for member in _in_step(one, positions, step)}


def _in_step(one: _Series, positions: Sequence[int], step: int) -> list[int]:
    """The lines of a series that are in step, if most of them are; of numbers those that rise with the pages."""
    numbered = one.numbers[0] is not None
    if not numbered and len(one.lines) > 2 + positions[-1] // (step // 2):
        return []
    found = _chain(one, positions, step)
    enough = len(found) >= FEWEST if numbered else len(found) >= max(2, SHARE * len(one.lines))
    return found if enough else []


def _chain(one: _Series, positions: Sequence[int], step: int) -> list[int]:
    """Those lines of a series that most keep step; a page now and then may be short."""
    count = len(one.lines)
    scores, previous = [1.0] * count, [-1] * count
    for j in range(count):
        for i in range(j - 1, max(-1, j - LOOK_BACK), -1):
            gap = positions[one.lines[j]] - positions[one.lines[i]]
            pages = max(1, round(gap / step))
            if pages > MOST_PAGES:
                break
            number, before = one.numbers[j], one.numbers[i]
            if number is not None and before is not None and number - before != pages:
                continue
            score = scores[i] + (1.0 if _keeps_step(gap, step) else SHORT_PAGE if CLUSTER <= gap < step else -count)
            if score > scores[j]:
                scores[j], previous[j] = score, i
    at = max(range(count), key=lambda j: (scores[j], -j))
    found = []
    while at >= 0:
        found.append(one.lines[at])
        at = previous[at]
    return found[::-1]


def _keeps_step(gap: int, step: int, slack: float = SLACK) -> bool:
    pages = round(gap / step)
    return pages > 0 and abs(gap - pages * step) <= max(1.5, slack * step * pages)


def _clusters(members: Sequence[int], positions: Sequence[int], step: int) -> list[tuple[int, int]]:
    """First and last lines of what stands together between pages; of clusters out of step with most, none."""
    clusters: list[tuple[int, int]] = []
    for i in members:
        if clusters and i - clusters[-1][0] < CLUSTER:
            clusters[-1] = clusters[-1][0], i
        else:
            clusters.append((i, i))
    kept = set(_chain(_Series(tuple(first for first, _ in clusters), (None,) * len(clusters)), positions, step) if clusters else [])
    return [cluster for cluster in clusters if cluster[0] in kept]


def _are_pages(clusters: Sequence[tuple[int, int]], others: int, lines: Sequence[Line], positions: Sequence[int], step: int) -> bool:
    """Whether clusters in step are where pages meet: they break into sentences, or are many and exactly in step, all over the text.

    `others` is how many lines come in the same step elsewhere on the pages, as in forms that are filled in again and again.
    """
    if len(clusters) < FEWEST:
        return False
    reach = positions[clusters[-1][0]] - positions[clusters[0][0]] + 2 * step
    gaps = [positions[b] - positions[a] for (a, _), (b, _) in pairwise(clusters)]
    kept = sum(_keeps_step(gap, step) for gap in gaps)
    # What ends the text stands after a page that may be short.
    short = clusters[-1][1] >= len(lines) - CLUSTER and not _keeps_step(gaps[-1], step)
    if reach < REACH * positions[-1] or kept < STEADY * (len(gaps) - short):
        return False
    broken = sum(interrupts(lines, *cluster) for cluster in clusters)
    exact = sum(_keeps_step(gap, step, SLACK / 2) for gap in gaps) >= STEADY * (len(gaps) - short)
    if broken * 2 >= len(clusters) or (broken and exact):
        return True
    deep = sum(last > first for first, last in clusters) * 2 >= len(clusters)
    found = sum(last - first + 1 for first, last in clusters)
    return step >= SURE_PAGE and others * 2 < found and exact and (len(clusters) > FEWEST or deep)
