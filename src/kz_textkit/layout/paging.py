"""Pages of a text that shows none: seen from numbers that rise as pages do.

Lines that hold a number are taken together, whatever else is in them: nothing (`12`), signs of a page (`- 12 -`, `12 | бет`), words
that come again (`Дала | 12`), words of a section (`12 Кіріспе`). Of all chains of such lines in which the numbers rise by one the
best is sought (dynamic programming): its links count more where lines look alike, where as many lines of text are between as in
other links, and where a line breaks into a sentence. A chain is believed by what it is made of: years, numbers of poems and cells
of tables make chains too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from kz_textkit.layout.borders import (
    BARE,
    FEWEST,
    FIGURE,
    GLUED_NUMBER,
    LONGEST,
    NOTE_SENTENCE,
    edge_numbers,
    is_numbered,
    label_of,
    may_be_head,
    printed,
)
from kz_textkit.layout.labels import caption, heading_label, list_label
from kz_textkit.layout.lines import Line
from kz_textkit.layout.rhythm import LINES_A_PAGE, YEARS, interrupts

__all__ = ["chain_of_numbers", "shows_pages"]

MOST_CHAINS = 3
"""Chains that are tried as pages, the best first."""
MOST_CANDIDATES = 4000
"""Candidates up to which several lengths of pages are tried."""
MOST_LENGTHS = 3
SKIPPED = 3
"""Numbers by which a chain may rise at once: pages without number, or missing."""
FAR_BACK = 8
"""Ends of chains that a number further on may follow, where it is so many pages away."""
RECENT = 4
"""Lines with the same number that a chain may go on from."""
SLACK = 0.15
"""Share of a page by which pages may differ in length."""
BEYOND_CHAPTERS = 10
"""Bare number that a series of chapters or items does not begin with."""
STEADY_PAGE = 20
"""Printed lines of a page in a text that shows its pages by nothing but bare numbers."""

_MARKED = re.compile(r"[-–—~|\[(•·*]\s?\w+\s?[-–—~|\])•·*]\Z|.*\b(?:бет|беті|б|стр|page|с)\b|.*\||\|.*|\d+\s?/\s?\d+\Z", re.IGNORECASE)

_LISTED = re.compile(r"\d+[.)]|[A-ZІХ]")

Kind = Literal["plain", "marked", "beside", "words", "other"]
_LEAST_GAP: Mapping[Kind, int] = {"beside": 4}
"""Lines from a number to the next, where others than two."""
_WORTH: Mapping[Kind, float] = {"plain": 0.0, "marked": 0.5, "beside": 0.5, "words": 0.5, "other": -0.5}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line with a number that may be that of a page."""

    line: int
    number: int
    kind: Kind
    words: str
    """What else is in it; lines with the same are alike."""
    worth: float


def chain_of_numbers(lines: Sequence[Line], positions: Sequence[int]) -> dict[int, int]:
    """Indices of lines that are page numbers, or hold one beside words, with the number; none where no chain is sure.

    `positions` says how many printed lines come before each.

    >>> from kz_textkit.layout.lines import read_lines
    >>> chain_of_numbers(read_lines("сөз\\n1998\\nсөз\\n1999"), range(4))
    {}
    """
    return {candidate.line: candidate.number for candidate in _found(lines, positions)}


def shows_pages(lines: Sequence[Line]) -> bool:
    """Whether a text whose lines are paragraphs shows its pages by numbers, and by more than bare ones that could be those of poems.

    >>> from kz_textkit.layout.lines import read_lines
    >>> shows_pages(read_lines("\\n".join(f"Сөз.\\nСөз.\\nСөз.\\n{number} | бет" for number in (5, 6, 7))))
    True
    """
    chain = _found(lines, range(len(lines)))
    if chain and all(candidate.kind in ("words", "other") for candidate in chain):
        # Heads have their words in common; items, rows and entries of contents have not.
        return len(chain) > 2 and 2 * len({printed(lines[candidate.line].text).rest for candidate in chain}) <= len(chain)
    return bool(chain) and (chain[0].kind != "plain" or chain[0].number >= BEYOND_CHAPTERS)


def _found(lines: Sequence[Line], positions: Sequence[int]) -> list[_Candidate]:
    candidates = list(_candidates(lines))
    bare = sum(candidate.kind == "plain" for candidate in candidates)
    for _ in range(MOST_CHAINS):
        if len(candidates) < 2:
            break
        chain = _best_chain(candidates, positions)
        if _are_pages(chain, bare, lines, positions):
            return chain
        # Chapters may be numbered too, and there may be more of them than of pages.
        left = {candidate.line for candidate in chain}
        candidates = [candidate for candidate in candidates if candidate.line not in left]
    return []


def _candidates(lines: Sequence[Line]) -> Iterator[_Candidate]:
    found: list[tuple[int, int, Kind, str]] = []
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST or not (len(text) <= BARE or FIGURE.search(text)):
            continue
        shown = printed(text)
        if not shown.numbers:
            continue
        numbers = dict.fromkeys((shown.numbers[-1], shown.numbers[0]))
        if not shown.rest:
            # Roman numerals in capitals number chapters; on pages they are small, or set between dashes.
            if len(text) <= BARE * 2 and len(shown.numbers) < FEWEST and _LISTED.fullmatch(text) is None:
                kind: Kind = "marked" if _MARKED.match(text) else "plain"
                found += [(i, number, kind, re.sub(r"\w+", "0", text) + "c" * text.isupper()) for number in numbers]
        elif len(shown.rest) > 1 and (edges := edge_numbers(text, shown)) and _may_hold_a_number(line):
            label = label_of(text) or list_label(text)
            for number in edges:
                if number not in YEARS and (label is None or (label.value != number and text.endswith(str(number)))):
                    found.append((i, number, "other", shown.rest))
    times = Counter(words for _, kind, words in dict.fromkeys((i, kind, words) for i, _, kind, words in found) if kind == "other")
    beside = _beside(lines, {i for i, number, kind, _ in found if kind == "plain" and number not in YEARS})
    for i, number, kind, words in found:
        if kind == "plain" and i in beside and heading_label(f"{beside[i]} {number}") is None:
            kind, words = "beside", beside[i]
        elif kind == "other" and times[words] > 1:
            kind = "words"
        yield _Candidate(i, number, kind, words, _WORTH[kind] + 0.5 * interrupts(lines, i, i))


def _may_hold_a_number(line: Line) -> bool:
    """Whether the number in a line with words could be that of a page."""
    text = line.text
    listed = list_label(text)
    item = (
        NOTE_SENTENCE.fullmatch(text) is not None or is_numbered(text) or caption(text) or (listed is not None and listed.value is None)
    )
    return not item and may_be_head(line) and GLUED_NUMBER.search(text) is None


def _beside(lines: Sequence[Line], bare: Collection[int]) -> dict[int, str]:
    """For lines with nothing but a number the line above or below that is the same for others: the other line of a head."""
    near = [(i, step, lines[i + step]) for i in bare for step in (-1, 1) if 0 <= i + step < len(lines) and i + step not in bare]
    near = [(i, step, line) for i, step, line in near if line.text.isdigit() or (may_be_head(line) and line.text[-1] not in ".!?…")]
    times = Counter((step, line.text) for _, step, line in near)
    return {i: line.text for i, step, line in near if times[step, line.text] > 1 and len(line.text) > 3}


def _best_chain(candidates: Sequence[_Candidate], positions: Sequence[int]) -> list[_Candidate]:
    """The chain that counts most, whatever the length of a page."""
    lengths = [0.0, *(_lengths(candidates, positions) if len(candidates) <= MOST_CANDIDATES else ())]
    return max((_chain(candidates, positions, length) for length in lengths), key=lambda found: found[0])[1]


def _lengths(candidates: Sequence[_Candidate], positions: Sequence[int]) -> list[int]:
    """Lines of a page that most pairs of lines that are alike speak for."""
    fewest, most = LINES_A_PAGE
    last: dict[tuple[str, int], int] = {}
    gaps: list[float] = []
    for candidate in candidates:
        for skipped in range(1, SKIPPED + 1):
            before = last.get((candidate.words if candidate.kind != "other" else "", candidate.number - skipped))
            if before is not None:
                gaps.append((positions[candidate.line] - positions[before]) / skipped)
        last[candidate.words if candidate.kind != "other" else "", candidate.number] = candidate.line
    gaps = sorted(gap for gap in gaps if fewest / 2 <= gap <= most)
    votes = {round(gap): bisect_right(gaps, gap * (1 + SLACK)) - bisect_left(gaps, gap * (1 - SLACK)) for gap in dict.fromkeys(gaps)}
    return sorted(votes, key=lambda length: (-votes[length], -length))[:MOST_LENGTHS]


def _chain(candidates: Sequence[_Candidate], positions: Sequence[int], length: float) -> tuple[float, list[_Candidate]]:
    scores = [candidate.worth for candidate in candidates]
    previous = [-1] * len(candidates)
    recent: dict[int, list[int]] = defaultdict(list)
    best: list[int] = []
    for j, candidate in enumerate(candidates):
        number = candidate.number
        before = [i for skipped in range(1, SKIPPED + 1) for i in recent[number - skipped][-RECENT:]]
        before += best[-1:] if number == 1 else [i for i in best[-FAR_BACK:] if candidates[i].number < number - SKIPPED]
        for i in before:
            score = scores[i] + _link(candidates[i], candidate, positions, length)
            if score + candidate.worth > scores[j]:
                scores[j], previous[j] = score + candidate.worth, i
        recent[candidate.number].append(j)
        if not best or scores[j] > scores[best[-1]]:
            best.append(j)
    at, chain = best[-1], []
    total = scores[at]
    while at >= 0:
        chain.append(candidates[at])
        at = previous[at]
    return total, chain[::-1]


def _link(before: _Candidate, after: _Candidate, positions: Sequence[int], length: float) -> float:
    """What it counts that a number follows another, a page or so later; much below 0 where it can't."""
    gap, risen = positions[after.line] - positions[before.line], after.number - before.number
    alike = before.words == after.words and before.kind == after.kind
    least = LINES_A_PAGE[0] if before.kind == after.kind == "plain" else _LEAST_GAP.get(after.kind, 2)
    if not least <= gap <= LINES_A_PAGE[1] * max(1, risen):
        return -100.0
    if risen < 1:
        again = (alike and before.kind != "plain") or before.kind == after.kind == "beside"
        return 0.0 if again and before.number > 2 else -100.0
    step = gap / risen
    if risen > SKIPPED and not (length and abs(step - length) <= SLACK * length):
        return -100.0
    keeps = 0.5 if length and abs(step - length) <= SLACK * length else -0.5 if length and step > (1 + SLACK) * length else 0.0
    kept = alike or {before.kind, after.kind} <= {"words", "other"} or {before.kind, after.kind} <= {"plain", "beside"}
    return (1.0 if risen == 1 else 0.3) + (0.5 if alike else 0.0 if kept else -1.0) + keeps


# --- what is believed


def _are_pages(chain: Sequence[_Candidate], bare: int, lines: Sequence[Line], positions: Sequence[int]) -> bool:
    """Whether a chain of numbers is that of pages: by what its lines are, by its regularity, and by what they break into; of the text
    so many lines have nothing but a number."""
    if len(chain) < 2 or (all(c.number in YEARS for c in chain) and all(c.kind == "plain" for c in chain)):
        return False
    risen = [b.number - a.number for a, b in pairwise(chain)]
    rates = [(positions[b.line] - positions[a.line]) / max(1, up) for (a, b), up in zip(pairwise(chain), risen, strict=True)]
    usual = median(rates)
    placed = sum(interrupts(lines, c.line, c.line) or _goes_on_below(lines, c.line) for c in chain) / len(chain)
    steady = sum(0.75 * usual <= rate <= 1.25 * usual for rate in rates) / len(rates)
    by_ones = sum(up == 1 for up in risen) / len(risen)
    kinds = Counter(c.kind for c in chain)
    if len(chain) < FEWEST:
        titled = kinds["words"] + kinds["beside"] == 2 and (placed > 0 or len(chain[0].words) > BARE)
        far = chain[0].number >= BEYOND_CHAPTERS and usual >= STEADY_PAGE and bare <= FEWEST
        sure = kinds["marked"] == 2 or titled or placed == 1 or far
        return by_ones == 1 and sure
    if kinds["marked"] * 5 >= 3 * len(chain):
        return True
    if (kinds["words"] + kinds["beside"]) * 2 > len(chain):
        titles = kinds["words"] > 0 and (chain[0].number > 1 or len(chain[0].words) > BARE or _stands_alone(lines, chain[0]))
        return placed >= 0.3 or (by_ones >= 0.7 and (titles or steady >= 0.7 or len(chain) >= 2 * FEWEST))
    if kinds["plain"] < len(chain) / 2:
        titles = chain[0].number < BEYOND_CHAPTERS and all(lines[c.line].text[0].isdigit() for c in chain if c.kind == "other")
        return not titles and len(chain) > FEWEST and by_ones >= 0.8 and (steady >= 0.7 or placed >= 0.5)
    regular = sum(usual / 2 <= rate <= usual * 2 for rate in rates) / len(rates)
    if placed >= 0.5:
        return regular >= 0.5
    if chain[0].number >= BEYOND_CHAPTERS and by_ones == 1:
        full = rates[:-1]  # the last page may be short
        return usual >= STEADY_PAGE and sum(0.75 * usual <= rate <= 1.25 * usual for rate in full) >= 0.8 * len(full)
    return regular >= 0.7 and (placed >= 0.2 or (len(chain) >= 6 and steady >= 0.8 and usual >= STEADY_PAGE))


def _stands_alone(lines: Sequence[Line], candidate: _Candidate) -> bool:
    """The words of a line are a line of the text, too: its title."""
    shown = (printed(line.text) for line in lines if len(line.text) <= LONGEST)
    return any(one.rest == candidate.words and not one.numbers for one in shown)


def _goes_on_below(lines: Sequence[Line], i: int) -> bool:
    """Whether a sentence goes on after line `i` that did not end right before it: notes stand between."""
    return i + 1 < len(lines) and lines[i + 1].text[0].islower() and lines[i + 1].text[1:2].isalpha()
