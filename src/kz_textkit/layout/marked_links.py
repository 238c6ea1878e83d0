"""Links that a format gives with the words that carry them, in a text whose blocks are found by its lines: those of PDF files."""

from __future__ import annotations

from collections.abc import Sequence

from kz_textkit.document import Mark
from kz_textkit.layout.laid import LaidLink
from kz_textkit.layout.links import decode

__all__ = ["with_marked_links"]


def with_marked_links(printed: Sequence[LaidLink], marks: Sequence[Mark]) -> tuple[LaidLink, ...]:
    """The links of a text: those of marks, in order, and of the addresses that were `printed` those that no mark has.

    The page of a link is left open: it is that of the block that its words stand in.

    >>> mark = Mark(0, 5, "link", {"url": "https://kk.wikipedia.org/wiki/%D0%94%D0%B0%D0%BB%D0%B0"})
    >>> [(link.title, link.kind, link.mention) for link in with_marked_links((), (mark,))]
    [('Дала', 'article', (0, 5))]
    """
    links: list[LaidLink] = []
    for mark in marks:
        url = str(mark.value.get("url", "")) if mark.kind == "link" else ""
        if url:
            title, kind = decode(url)
            links.append(LaidLink(url, str(mark.value.get("title") or title), kind, None, (mark.start, mark.end)))
    known = {_bare(link.url) for link in links}
    return (*links, *(link for link in printed if _bare(link.url) not in known))


def _bare(url: str) -> str:
    """An address without what a printed one may lack."""
    return url.partition("://")[2].rstrip("/").casefold() if "://" in url else url.rstrip("/").casefold()
