"""Building the text of a document together with its marks, for readers of foreign formats.

A reader writes what it finds in order, and says as it goes what each stretch is; offsets are counted here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kz_textkit.document import Extraction, Mark, MarkKind, RawDocument
from kz_textkit.errors import InputError

__all__ = ["MarkedText", "extracted", "ordered"]


class MarkedText:
    """A text under construction.

    >>> text = MarkedText()
    >>> with text.mark("block", kind="list_item", number="1)"):
    ...     text.generated("1) ", by="list_number")
    ...     text.write("зат есім;")
    >>> text.end_line()
    >>> text.text, [(mark.kind, mark.start, mark.end) for mark in text.marks]
    ('1) зат есім;\\n', [('block', 0, 12), ('generated', 0, 3)])
    """

    def __init__(self) -> None:
        self.length = 0
        """Characters written so far: the offset of what comes next."""
        self._pieces: list[str] = []
        self._marks: list[Mark] = []
        self._last = "\n"

    def write(self, text: str) -> None:
        """Add text as it stands in the file."""
        if text:
            self._pieces.append(text)
            self.length += len(text)
            self._last = text[-1]

    def generated(self, text: str, *, by: str) -> None:
        """Add text that stands in no run of the file."""
        with self.mark("generated", by=by):
            self.write(text)

    def end_line(self) -> None:
        """Add a line feed, if the last line has anything on it."""
        if self._last not in "\n\f":
            self.write("\n")

    def end_page(self) -> None:
        """Add the form feed between pages; line ends before it stay."""
        self.write("\f")

    @contextmanager
    def mark(self, kind: MarkKind, /, *, certain: bool = True, **value: Any) -> Iterator[dict[str, Any]]:
        """Mark what is written inside the `with`; more can be put into the value that it gives. Nothing written, nothing marked."""
        start = self.length
        yield value
        self.add_mark(kind, start, self.length, certain=certain, **value)

    def add_mark(self, kind: MarkKind, start: int, end: int, /, *, certain: bool = True, **value: Any) -> None:
        """Mark a stretch that was written; empty ones are kept for anchors alone."""
        if end > start or kind == "anchor":
            self._marks.append(Mark(start, end, kind, value, certain))

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self._pieces)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks in the order of their starts, longer ones first."""
        return ordered(self._marks)


_SURROGATE = re.compile("[\ud800-\udfff]")
_RANKS = {"page": 0, "block": 1, "line": 2, "link": 3, "anchor": 4, "generated": 5}


def ordered(marks: list[Mark]) -> tuple[Mark, ...]:
    """Marks in the order of their starts, longer ones first; of one stretch pages before blocks, blocks before lines."""
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end, _RANKS[mark.kind])))


def extracted(
    path: Path,
    data: bytes | str,
    text: str,
    marks: tuple[Mark, ...],
    *,
    format: str,
    extractor: str,
    version: str,
    settings: Mapping[str, Any] | None = None,
    encoding: str = "utf-8",
    metadata: Mapping[str, str] | None = None,
    warnings: tuple[str, ...] = (),
) -> RawDocument:
    """The document that was extracted from the file at `path`.

    `data` are the bytes of the file, or their SHA-256 in hexadecimal digits where the file was not read at once; `format`,
    `extractor`, `version` and `settings` are those of `Extraction`. Lone surrogates, which no file can hold, become U+FFFD. Raises
    `InputError` where the text is blank.
    """
    text = _SURROGATE.sub("\ufffd", text)
    if not text.strip():
        raise InputError(str(path), "; ".join(("there is no text in it", *warnings)))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return RawDocument(
        doc_id=path.stem,
        source=str(path),
        sha256=data if isinstance(data, str) else hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        text=text,
        marks=marks,
        extraction=Extraction(format, extractor, version, dict(settings or {}), digest),
        metadata={key: value for key, value in (metadata or {}).items() if value},
        warnings=warnings,
    )
