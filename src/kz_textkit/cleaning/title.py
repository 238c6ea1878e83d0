"""What a document is called: as its format says, as its text says, or, where that only names a part of it, as its pages or its file do.

A text that begins with «Алғы сөз» (preface) or «Мазмұны» (contents) is not called so. The words that run along the heads of its pages,
the title in the properties of the file and the name of the file say more, in this order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from textwrap import shorten

from kz_textkit.alignment import Edit
from kz_textkit.document import RawDocument, Section
from kz_textkit.layout.labels import title_kind

__all__ = ["title_of"]

TITLED = frozenset(("wiki", "jsonl", "csv", "tsv", "parquet", "xlsx", "epub", "fb2"))
"""Formats whose documents say what they are called; programs that write Word files and PDFs put there what they like."""

TITLE_LENGTH = 120
"""Longest document title that is taken from running text where there is no heading."""

HEADS = 3
"""Pages that must have the same words at their head before these are taken for the title."""

_NUMBERS = re.compile(r"^[\W\d]+|[\W\d]+$")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]{3,}")
_WORD = re.compile(r"[^\W\d_]{4,}")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]+")


def title_of(raw: RawDocument, sections: Sequence[Section], edits: Iterable[Edit]) -> str:
    """The title of a document; empty for one without text.

    >>> from kz_textkit.cleaning.clean import clean
    >>> clean(RawDocument("а", "дәрістер/Абай жолы.txt", "", "utf-8", "Алғы сөз\\n\\nБұл кітап ел туралы жазылған еді.\\n")).title
    'Абай жолы'
    """
    given = raw.metadata.get("title", "")
    if given and raw.extraction is not None and raw.extraction.format in TITLED:
        return _shortened(given)
    found = _of_text(sections)
    if found and title_kind(found) is None:
        return found
    others = (_at_the_heads(edits), given if _CYRILLIC.search(given) else "", _of_file(raw.source))
    better = next((other for other in others if other and title_kind(other) is None), "") if found else ""
    return _shortened(better) or found


def _of_text(sections: Sequence[Section]) -> str:
    """What the text calls itself: a short line that it begins with, else its first heading, else how it begins.

    Tables of contents are passed over.
    """
    blocks = [block for section in sections if section.kind != "contents" for block in section.blocks]
    if not blocks:
        return ""
    first = blocks[0].text
    if blocks[0].kind != "heading" and (len(first) > TITLE_LENGTH or first.endswith((".", ":", ";", ","))):
        headed = next((section for section in sections if section.kind != "contents" and section.title), None)
        if headed is not None:
            return headed.title
    return _shortened(first[: 2 * TITLE_LENGTH])


def _shortened(text: str) -> str:
    """A text over one line, cut after a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else shorten(line, TITLE_LENGTH, placeholder="…")


def _at_the_heads(edits: Iterable[Edit]) -> str:
    """The words that stand at the head of most pages, without their numbers."""
    heads = Counter(
        head
        for e in edits
        if e.applied and e.rule == "running_head" and (head := _NUMBERS.sub("", " ".join(e.before.split()))) and _CYRILLIC.search(head)
    )
    head, count = next(iter(heads.most_common(1)), ("", 0))
    return head if count >= HEADS and len(head) <= TITLE_LENGTH else ""


def _of_file(source: str) -> str:
    """The name of the file as words, where it has any.

    >>> _of_file("raw/Абай_жолы.txt"), _of_file("000_7bb1e2f804af1cf3.txt"), _of_file("scan0012.pdf")
    ('Абай жолы', '', '')
    """
    name = " ".join(PurePosixPath(source).stem.replace("_", " ").split())
    words = [word for word in _WORD.findall(name) if not _HEXADECIMAL.fullmatch(word) and word.lower() not in _SAYS_NOTHING]
    return name if words else ""


_SAYS_NOTHING = frozenset(
    ("scan", "page", "document", "untitled", "file", "text", "image", "book", "copy", "жаңа", "құжат", "документ", "новый")
)
"""Words that programs call files by."""
