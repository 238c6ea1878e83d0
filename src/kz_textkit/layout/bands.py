"""Heads and feet that only their place on the page gives away, where a reader knows the geometry of lines.

The head of the first page stands where the text begins and is taken for its title; the number of a page that is the only one comes
again nowhere. But heads and feet stand at one height on all pages, where no text stands: a line at the height at which heads
were found on other pages is one; and so is a number in the margin of its page that is the number of that page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from kz_textkit.document import Mark
from kz_textkit.layout.borders import may_be_head, printed
from kz_textkit.layout.furniture import Removal
from kz_textkit.layout.lines import Line

__all__ = ["in_bands"]

SLACK = 1
"""Points that the heights of lines differ by without meaning it, and their sizes."""
MOST = 3
"""Pages that are enough to show that heads stand at some height."""
MARGIN = 0.1
"""Share of the height of a page, from its borders, in which nothing but its number stands alone."""
LONGEST = 100
"""Characters of the longest head."""


def in_bands(
    text: str, lines: Sequence[Line], removals: Sequence[Removal], marks: Sequence[Mark], kept_at: Collection[int] = ()
) -> list[int]:
    """Indices of further lines that are heads, feet or numbers of pages; `removals` are those found by their words and numbers, `marks`
    those of the text, `kept_at` the offsets of lines that are none for certain. Nothing where the marks have no boxes.

    >>> from kz_textkit.layout.lines import read_lines
    >>> page = Mark(0, 30, "page", {"number": 1, "height": 842.0})
    >>> boxes = [Mark(0, 26, "line", {"y0": 92.0, "size": 12.0}), Mark(27, 30, "line", {"y0": 790.0, "size": 12.0})]
    >>> text = "Дала – кең жазық жер еді.\\n\\n- 1"
    >>> in_bands(text, read_lines(text), [], [page, *boxes])
    [1]
    """
    pages = [mark for mark in marks if mark.kind == "page" and "height" in mark.value]
    boxed = [mark for mark in marks if mark.kind == "line" and "y0" in mark.value]
    if not pages or not boxed:
        return []
    starts = [mark.start for mark in boxed]
    page_starts = [mark.start for mark in pages]

    def box(offset: int) -> Mark:
        return boxed[max(0, bisect_right(starts, offset) - 1)]

    def page_of(offset: int) -> int:
        return max(0, bisect_right(page_starts, offset) - 1)

    taken, alike, tops_at = _Heights(), _Heights(), _Heights()
    for r in removals:
        if r.rule in ("page_number", "running_head"):
            taken.add(box(r.start), page_of(r.start))
            alike.add(box(r.start), page_of(r.start), printed(text[r.start : r.end]).rest)
    outermost: list[tuple[int, int]] = []
    for page, group in groupby(range(len(lines)), key=lambda i: page_of(lines[i].start)):
        own = list(group)
        outermost += ((page, i) for i in dict.fromkeys((own[0], own[-1])) if len(own) > 1)
    shown = {i: printed(lines[i].text).rest for _, i in outermost}
    # Notes and items come again at the foot of pages, too.
    tops = [(page, i) for (page, i), (above, _) in zip(outermost, [(-1, -1), *outermost], strict=False) if page != above]
    for page, i in tops:
        tops_at.add(box(lines[i].start), page)
        if shown[i] and may_be_head(lines[i]):
            alike.add(box(lines[i].start), page, shown[i])
    found: list[int] = []
    for page, i in outermost:
        line, own_box = lines[i], box(lines[i].start)
        if line.start in kept_at or not line.whole or len(line.text) > LONGEST:
            continue
        # Where most pages have other words, text stands: a refrain may come again there.
        is_again = may_be_head(line) and 2 * alike.others(own_box, page, shown[i]) > tops_at.others(own_box, page)
        if taken.others(own_box, page) > 1 or is_again or _is_own_number(line, own_box.value, pages[page]):
            found.append(i)
    return found


class _Heights:
    """On which pages something stands at each height, in each size; of many pages the first few."""

    def __init__(self) -> None:
        self._pages: dict[tuple[int, int, str], set[int]] = {}

    @staticmethod
    def _place(box: Mark) -> tuple[int, int]:
        return round(float(box.value.get("y0", 0.0))), round(float(box.value.get("size", 0.0)))

    def add(self, box: Mark, page: int, words: str = "") -> None:
        pages = self._pages.setdefault((*self._place(box), words), set())
        if len(pages) <= MOST:
            pages.add(page)

    def others(self, box: Mark, page: int, words: str = "") -> int:
        """Other pages on which something of these words stands as high and is as large, as far as that can be told."""
        height, size = self._place(box)
        found: set[int] = set()
        for y in range(height - SLACK, height + SLACK + 1):
            for em in range(size - SLACK, size + SLACK + 1):
                found |= self._pages.get((y, em, words), set())
        return len(found - {page})


def _is_own_number(line: Line, value: Mapping[str, Any], page: Mark) -> bool:
    """Whether a line has nothing but the number of its page, and stands in the margin."""
    height = float(page.value["height"])
    shown = printed(line.text)
    in_margin = not MARGIN * height < float(value["y0"]) < (1 - MARGIN) * height
    return in_margin and not shown.rest and shown.numbers == (page.value.get("number"),)
