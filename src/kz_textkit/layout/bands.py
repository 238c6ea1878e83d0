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

SLACK = 1.5
"""Points that the heights of lines differ by without meaning it, and their sizes."""
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

    known = [
        (page_of(r.start), box(r.start), printed(text[r.start : r.end]).rest)
        for r in removals
        if r.rule in ("page_number", "running_head")
    ]
    outermost: list[tuple[int, int]] = []
    for page, group in groupby(range(len(lines)), key=lambda i: page_of(lines[i].start)):
        own = list(group)
        outermost += ((page, i) for i in dict.fromkeys((own[0], own[-1])) if len(own) > 1)
    shown = {i: printed(lines[i].text).rest for _, i in outermost}
    # Notes and items come again at the foot of pages, too.
    tops = [(page, i) for (page, i), (above, _) in zip(outermost, [(-1, -1), *outermost], strict=False) if page != above]
    alike = [*known, *((page, box(lines[i].start), shown[i]) for page, i in tops if shown[i] and may_be_head(lines[i]))]
    found: list[int] = []
    for page, i in outermost:
        line, value = lines[i], box(lines[i].start).value
        if line.start in kept_at or not line.whole or len(line.text) > LONGEST:
            continue
        level = {at for at, other, _ in known if at != page and _is_level(value, other)}
        is_again = may_be_head(line) and any(rest == shown[i] for at, other, rest in alike if at != page and _is_level(value, other))
        if len(level) > 1 or is_again or _is_own_number(line, value, pages[page]):
            found.append(i)
    return found


def _is_level(value: Mapping[str, Any], other: Mark) -> bool:
    """Whether a line is as high on its page, and of the same size, as another on its own."""
    return all(abs(float(value.get(name, 0.0)) - float(other.value.get(name, 0.0))) <= SLACK for name in ("y0", "size"))


def _is_own_number(line: Line, value: Mapping[str, Any], page: Mark) -> bool:
    """Whether a line has nothing but the number of its page, and stands in the margin."""
    height = float(page.value["height"])
    shown = printed(line.text)
    in_margin = not MARGIN * height < float(value["y0"]) < (1 - MARGIN) * height
    return in_margin and not shown.rest and shown.numbers == (page.value.get("number"),)
