"""Two columns of print that a text has side by side, as `pdftotext -layout` writes them, put one after the other.

A page is parted only where the evidence is clear: most of its lines have a gap at one place, hardly any goes over it, and on both sides
of it the lines run on in the next line below, which cells of tables do not; or those of another page with its gap there do. Lines that
go over the gap (a title, a foot) part the page into stretches, each of which is read column by column. A text that shows no pages is
looked at only if it is no longer than one: where the columns of a page end could not be seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from kz_textkit.alignment import Edit
from kz_textkit.layout.convention import runs_on

__all__ = ["column_edits"]

LINES_A_PAGE = 130
"""Lines of the longest page."""
FEWEST = 8
"""Lines with text in both columns that are evidence."""
BESIDE = 0.4
"""Share of the lines of a page that must have text in both."""
FEWEST_ELSEWHERE = 3
"""Lines with text in both columns of a page whose gap other pages show."""
ACROSS = 0.15
"""Share of the lines that may go over the gap between the columns."""
RUNS_ON = 0.2
"""Share of the lines of each column that must run on in the next."""
OF_OPEN = 0.75
"""Share of the lines that end within a sentence whose next must go on with a small letter."""
HALF = 0.5
"""The same where hardly any runs on in what stands beside it, or where sentences that end go on beside them with a small letter."""
FILLED = 0.4
"""Length of the lines of a column against its longest, on the average."""
STOPS = frozenset(".,;:!?")
SHIFT = 3
"""Characters by which the gap may be elsewhere on other pages."""
MIDDLE = (0.25, 0.75)
"""Where on the page, by its width, the gap is."""
GAP = 2
"""Spaces of the narrowest gap."""

_GAP = re.compile(rf"(?<=\S) {{{GAP},}}(?=\S)")


def column_edits(text: str) -> list[Edit]:
    """Edits that put the columns of a text one after the other, a stretch of a page each; offsets in `text`, in order.

    >>> left = ["Көктемде қар еріп, өзен", "арнасынан асты. Ауылдың", "үлкендері бөгет салуға", "жиналды. Екі күннен соң"]
    >>> right = ["Балалар мектепке енді", "қайықпен барып жүрді.", "Бәрі егін егуге кірісіп,", "шілдеге дейін тынбады."]
    >>> page = "\\n".join(f"{a:32}{b}" for a, b in zip(left * 2, right * 2))
    >>> [edit.after.split("\\n")[7:9] for edit in column_edits(page)]
    [['жиналды. Екі күннен соң', 'Балалар мектепке енді']]
    """
    if text.count(" " * GAP) < FEWEST:
        return []
    pages = [page.split("\n") for page in text.split("\f")]
    if len(pages) == 1 and len(pages[0]) > LINES_A_PAGE:
        return []
    gutters = [_gutter(page) for page in pages]
    sure = {found for page, found in zip(pages, gutters, strict=True) if found is not None and _is_prose(page, found)}
    near = {place for found in sure for place in range(found - SHIFT, found + SHIFT + 1)}
    edits: list[Edit] = []
    start = 0
    for page in pages:
        # What some pages show for certain, others are like: also the last one, whose second column is short.
        found = _gutter(page, near) if near else None
        if found is not None:
            edits += _parted(page, found, start)
        start += sum(map(len, page)) + len(page)
    return edits


def _parted(lines: Sequence[str], gutter: int, offset: int) -> Iterator[Edit]:
    starts = list(accumulate((len(line) + 1 for line in lines), initial=offset))
    for within, group in groupby(range(len(lines)), key=lambda i: not _goes_over(lines[i], gutter)):
        inside = list(group)
        while inside and not lines[inside[-1]].strip():
            inside.pop()
        while inside and not lines[inside[0]].strip():
            inside.pop(0)
        left, right = [lines[i][:gutter].rstrip() for i in inside], [lines[i][gutter:].rstrip() for i in inside]
        if not within or not any(left) or not any(right):
            continue
        before = "\n".join(lines[inside[0] : inside[-1] + 1])
        after = "\n".join([*_flush(left), *_flush(right)])
        if after != before:
            yield Edit(starts[inside[0]], starts[inside[0]] + len(before), before, after, "columns")


def _flush(column: Sequence[str]) -> list[str]:
    """The lines of a column without the margin that all have, and without blank ones at its ends."""
    margin = min((len(line) - len(line.lstrip()) for line in column if line.strip()), default=0)
    lines = [line[margin:] for line in column]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def _goes_over(line: str, gutter: int) -> bool:
    """The line has text where the gap between the columns is."""
    return line[gutter - 1 : gutter].strip() != "" and line[gutter : gutter + 1].strip() != ""


def _gutter(lines: Sequence[str], near: Collection[int] = ()) -> int | None:
    """Where the second column of a page begins, at one of the places `near` if there are any; None where the page has one column, or
    a table."""
    printed = [line.rstrip() for line in lines if line.strip()]
    ends: dict[int, int] = {}
    for line in printed:
        for gap in _GAP.finditer(line):
            ends[gap.end()] = ends.get(gap.end(), 0) + 1
    width = max(map(len, printed), default=0)
    places = [place for place in ends if (place in near if near else MIDDLE[0] * width <= place <= MIDDLE[1] * width)]
    if not places:
        return None
    gutter = max(places, key=lambda place: (ends[place], -place))
    beside = [(line[:gutter].strip(), line[gutter:].strip()) for line in printed if not _goes_over(line, gutter)]
    both = sum(bool(left and right) for left, right in beside)
    if both < (FEWEST_ELSEWHERE if near else max(FEWEST, BESIDE * len(printed))) or len(printed) - len(beside) > ACROSS * len(printed):
        return None
    return gutter


def _is_prose(lines: Sequence[str], gutter: int) -> bool:
    """Whether the lines of each column run on in the next, and not in what stands beside them."""
    beside = [(line[:gutter].strip(), line[gutter:].strip()) for line in lines if line.strip() and not _goes_over(line, gutter)]
    columns = [[left for left, _ in beside if left], [right for _, right in beside if right]]
    down = [_running_on(pairwise(column)) for column in columns]
    both = [(left, right) for left, right in beside if left and right]
    open_across, on_across = _running_on(both)
    across = on_across / max(1, open_across)
    apart = _broken_ends(both) > max(_broken_ends(pairwise(column)) for column in columns) + RUNS_ON
    return all(
        _is_filled(column)
        and on >= RUNS_ON * len(column)
        and (on >= OF_OPEN * ends or on >= HALF * ends * (1 if apart else 1 + across))
        and on >= across * ends
        for column, (ends, on) in zip(columns, down, strict=True)
    )


def _is_filled(column: Sequence[str]) -> bool:
    """Whether the lines of a column are those of sentences: most are about as long, and there are stops and commas in them."""
    stopped = sum(not STOPS.isdisjoint(line) for line in column)
    return stopped >= RUNS_ON * len(column) and sum(map(len, column)) >= FILLED * len(column) * max(map(len, column))


def _broken_ends(pairs: Iterable[tuple[str, str]]) -> float:
    """Of the lines that end a sentence, the share whose pair begins with a small letter: hardly any where lines are in their order."""
    ends = [after[0].islower() for before, after in pairs if before[-1] in ".!?…"]
    return sum(ends) / len(ends) if len(ends) >= FEWEST_ELSEWHERE else 0.0


def _running_on(pairs: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """How many lines end within a sentence, and how many of them run on in the other line of their pair."""
    found = [(before, after) for before, after in pairs if before[-1].isalpha() or before[-1] in ",-"]
    return len(found), sum(runs_on(before, after) for before, after in found)
