"""Pages of a text that shows none: seen from a series of numbers that grows as fast as pages do.

A number on a line of its own is a page number only as one of such a series: years, numbers of poems and cells of tables stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median

from kz_textkit.layout.borders import BARE, FEWEST, LONGEST, is_numbered, may_be_head, printed, same_rest
from kz_textkit.layout.labels import heading_label
from kz_textkit.layout.lines import Line
from kz_textkit.layout.rhythm import FIGURE, LINES_A_PAGE, YEARS, interrupts

__all__ = ["chain_of_numbers"]

MOST_SERIES = 3
"""Series of bare numbers that are tried as pages, the longest first."""
BEYOND_CHAPTERS = 10
"""Bare number that a series of chapters or items does not begin with."""
STEADY_PAGE = 14
"""Printed lines of a page in a text that shows its pages by nothing but bare numbers."""
LOOK_BACK = 60
"""Numbers before a number that it can go on from."""

_MARKED = re.compile(r"[-–—~|\[(•*]\s?\w+\s?[-–—~|\])•*]\Z|.*\b(?:бет|б|стр|page|с)\b|.*\||\|.*|\d+\s?/\s?\d+\Z", re.IGNORECASE)


def chain_of_numbers(lines: Sequence[Line], positions: Sequence[int]) -> dict[int, int]:
    """Indices of lines that are page numbers, or hold one beside words that come again, with the number; none where no series is sure.

    `positions` says how many printed lines come before each.

    >>> from kz_textkit.layout.lines import read_lines
    >>> chain_of_numbers(read_lines("сөз\\n1998\\nсөз\\n1999"), range(4))
    {}
    """
    bare, marked, headed = _candidates(lines)
    candidates = sorted({*bare, *(member for members in headed for member in members)})
    with_words = {i for members in headed for i, _ in members}
    chain = best_chain(candidates, positions, marked) if len(candidates) > 1 else []
    if with_words & {i for i, _ in chain} and len(chain) >= FEWEST and _are_heads(chain, lines, positions):
        return _with_the_rest(chain, headed)
    left = bare
    for _ in range(MOST_SERIES):
        if len(left) < 2:
            break
        chain = best_chain(left, positions, marked)
        if _is_pagination(chain, marked, lines, positions):
            return dict(chain)
        # Chapters may be numbered too, and there may be more of them than of pages.
        left = [candidate for candidate in left if candidate not in chain]
    return {}


def _with_the_rest(chain: Sequence[tuple[int, int]], headed: Sequence[Sequence[tuple[int, int]]]) -> dict[int, int]:
    """A chain with the lines of the same words that stand on pages too short for it."""
    found = dict(chain)
    for members in headed:
        if sum(i in found for i, _ in members) * 3 >= 2 * len(members):
            found |= {i: number for i, number in members if i not in found}
    return found


def _candidates(lines: Sequence[Line]) -> tuple[list[tuple[int, int]], set[int], list[list[tuple[int, int]]]]:
    """Lines with nothing but a number, those of them that are marked as page numbers, and groups of lines with the same words."""
    bare: list[tuple[int, int]] = []
    marked: set[int] = set()
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST or not (len(text) <= BARE or FIGURE.search(text)):
            continue
        shown = printed(text)
        if not shown.numbers:
            continue
        if not shown.rest:
            # Roman numerals in capitals number chapters; on pages they are small, or set between dashes.
            if len(text) <= BARE * 2 and not text.isupper():
                bare += [(i, number) for number in dict.fromkeys((shown.numbers[-1], shown.numbers[0]))]
                if _MARKED.match(text):
                    marked.add(i)
        elif len(shown.rest) > 3 and may_be_head(line) and heading_label(text) is None and not is_numbered(text):
            for number in dict.fromkeys((shown.numbers[-1], shown.numbers[0])):
                if number not in YEARS:
                    groups[shown.rest].append((i, number))
    often = [rest for rest in sorted(groups, key=lambda rest: -len(groups[rest])) if len(groups[rest]) >= FEWEST][:20]
    for rest in [rest for rest in groups if len(rest) > 7 and rest not in often][:2000]:
        main = next((main for main in often if same_rest(rest, main)), None)
        if main is not None:
            groups[main] = sorted(groups[main] + groups[rest])
    return bare, marked, [groups[rest] for rest in often]


def best_chain(candidates: Sequence[tuple[int, int]], positions: Sequence[int], marked: Collection[int] = ()) -> list[tuple[int, int]]:
    """The longest subsequence of (line, number) in which numbers grow about as fast as pages do.

    Those of `marked` lines may grow faster, and so may the last one, since the last page may be short.
    """
    fewest, most = LINES_A_PAGE
    lengths = [1] * len(candidates)
    previous = [-1] * len(candidates)
    for j, (line, number) in enumerate(candidates):
        for i in range(j - 1, max(-1, j - LOOK_BACK), -1):
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


def _is_pagination(chain: Sequence[tuple[int, int]], marked: set[int], lines: Sequence[Line], positions: Sequence[int]) -> bool:
    """Whether a chain of numbers is that of pages: by its regularity, and by what its numbers break into."""
    if len(chain) < FEWEST:
        return len(chain) == 2 and all(i in marked for i, _ in chain)
    if all(i in marked for i, _ in chain):
        return True
    if all(number in YEARS for _, number in chain):
        return False
    rates = [(positions[b] - positions[a]) / (q - p) for (a, p), (b, q) in pairwise(chain)]
    usual = median(rates)
    regular = sum(usual / 2 <= rate <= usual * 2 for rate in rates) / len(rates)
    placed = sum(interrupts(lines, i, i) or _goes_on_below(lines, i) for i, _ in chain) / len(chain)
    if placed >= 0.5:
        return regular >= 0.5
    steady = sum(0.75 * usual <= rate <= 1.25 * usual for rate in rates) / len(rates)
    if chain[0][1] >= BEYOND_CHAPTERS and chain[-1][1] - chain[0][1] == len(chain) - 1:
        full = rates[:-1]  # the last page may be short
        return usual >= STEADY_PAGE and sum(0.75 * usual <= rate <= 1.25 * usual for rate in full) >= 0.8 * len(full)
    return regular >= 0.7 and (placed >= 0.2 or (len(chain) >= 6 and steady >= 0.8 and usual >= STEADY_PAGE))


def _goes_on_below(lines: Sequence[Line], i: int) -> bool:
    """Whether a sentence goes on after line `i` that did not end right before it: notes stand between."""
    return i + 1 < len(lines) and lines[i + 1].text[0].islower() and lines[i + 1].text[1:2].isalpha()


def _are_heads(chain: Sequence[tuple[int, int]], lines: Sequence[Line], positions: Sequence[int]) -> bool:
    """Whether lines with the same words and rising numbers are heads: they break into sentences, or come as regularly as pages do."""
    placed = sum(interrupts(lines, i, i) for i, _ in chain) / len(chain)
    gaps = [positions[b] - positions[a] for (a, _), (b, _) in pairwise(chain)]
    steps = [q - p for (_, p), (_, q) in pairwise(chain)]
    usual = median(gap / step for gap, step in zip(gaps, steps, strict=True))
    steady = sum(0.75 * usual <= gap / step <= 1.25 * usual for gap, step in zip(gaps, steps, strict=True)) / len(gaps)
    if placed >= 0.3:
        return True
    consecutive = len(chain) > FEWEST and max(steps) <= 2
    return consecutive and (steady >= 0.7 or placed >= 0.15 or chain[0][1] >= BEYOND_CHAPTERS)
