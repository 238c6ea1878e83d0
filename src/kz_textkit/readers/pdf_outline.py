"""The bookmarks of a PDF, and the lines of the text that they name.

Bookmarks have titles, levels and pages; a title that is found on its page again, over one line or several, is a heading there. They are
evidence and no proof: programs that make books of files write file names into them.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

__all__ = ["Bookmark", "bookmarks_of", "title_lines"]

MOST = 20_000
"""Bookmarks that are read; their lists may lead in a circle."""
DEEPEST = 12
LINES = 4
"""Lines of a title, at most."""

_NO_LETTERS = re.compile(r"[\W_]+")
_NUMBER = "0123456789.§ "


class Bookmark(NamedTuple):
    """An entry of the outline: its level from 1, its page from 1."""

    title: str
    level: int
    page: int


def bookmarks_of(document: Any) -> Iterator[Bookmark]:
    """The bookmarks that lead to a page of the file, in order."""
    pending = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    seen: set[int] = set()
    while pending and len(seen) < MOST:
        item, level = pending.pop()
        address = ctypes.cast(item, ctypes.c_void_p).value if item else None
        if address is None or address in seen:
            continue
        seen.add(address)
        page = _page(document, item)
        title = " ".join(_title(item).split())
        if title and page:
            yield Bookmark(title, level, page)
        pending.append((pdfium.FPDFBookmark_GetNextSibling(document, item), level))
        if level < DEEPEST:
            pending.append((pdfium.FPDFBookmark_GetFirstChild(document, item), level + 1))


def _page(document: Any, item: Any) -> int:
    place = pdfium.FPDFBookmark_GetDest(document, item)
    if not place:
        action = pdfium.FPDFBookmark_GetAction(item)
        place = pdfium.FPDFAction_GetDest(document, action) if action else None
    return int(pdfium.FPDFDest_GetDestPageIndex(document, place)) + 1 if place else 0


def _title(item: Any) -> str:
    length = pdfium.FPDFBookmark_GetTitle(item, None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    pdfium.FPDFBookmark_GetTitle(item, buffer, length)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")


def title_lines(title: str, lines: Sequence[str]) -> tuple[int, int] | None:
    """The first of the runs of lines (first, last exclusive) that are a title, white space, hyphens and case apart, or None.

    A number before the title may stand in one of the two alone.

    >>> title_lines("1. Саяси жүйе және билік", ["Бет 5", "САЯСИ ЖҮЙЕ", "ЖӘНЕ БИЛІК", "Билік – бұл"])
    (1, 3)
    """
    wanted = _letters(title)
    bare = _letters(title.lstrip(_NUMBER))
    if len(wanted) < 2:
        return None
    for first in range(len(lines)):
        joined = ""
        for last in range(first, min(first + LINES, len(lines))):
            joined += _letters(lines[last])
            if joined and (joined in (wanted, bare) or _letters(lines[first].lstrip(_NUMBER)) == bare != ""):
                return first, last + 1
            if len(joined) > len(wanted) + 8:
                break
    return None


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())
