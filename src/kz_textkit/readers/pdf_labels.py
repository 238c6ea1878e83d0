"""The numbers that are printed on the pages of a PDF whose file does not name them.

A number alone, or at one end of the first or last lines of a page, is the number of the page where it grows by one from page to page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

__all__ = ["printed_labels"]

FEWEST_PAGES = 3
"""Pages that must agree."""
SHARE = 0.4
"""Share of the pages that must agree."""

_ALONE = re.compile(r"\W*(\d{1,4})(?:\W*|\W*(?:бет|б)\W*)")
_AT_START = re.compile(r"(\d{1,4})[\s|]")
_AT_END = re.compile(r"[\s|](\d{1,4})\W?$")


def printed_labels(edges: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Numbers printed on pages; `edges` has the first and the last lines of each page by its number in the file.

    >>> printed_labels({1: ["Кіріспе"], 2: ["12", "Қош"], 3: ["Тіл туралы\\t13"], 4: ["— 14 —"], 5: ["15 бет"]})
    {2: '12', 3: '13', 4: '14', 5: '15'}
    """
    found = {page: {int(number) for line in lines for number in _numbers(line)} for page, lines in edges.items()}
    shifts = Counter(number - page for page, numbers in found.items() for number in numbers)
    if not shifts:
        return {}
    shift, count = min(shifts.items(), key=lambda pair: (-pair[1], abs(pair[0]), pair[0]))
    if count < max(FEWEST_PAGES, SHARE * len(edges)):
        return {}
    return {page: str(page + shift) for page, numbers in found.items() if page + shift in numbers}


def _numbers(line: str) -> list[str]:
    text = line.strip()
    alone = _ALONE.fullmatch(text)
    if alone:
        return [alone[1]]
    return [match[1] for match in (_AT_START.match(text), _AT_END.search(text)) if match]
