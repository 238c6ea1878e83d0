"""The clean text in files that people read: one block a line, an empty line between sections.

A document has a file of its own, `text/ID.txt`. A corpus of more than `MOST_FILES` documents would have more files than a folder
bears, so it has one for each part of its tables, `text/part-00000.txt`, in which every document begins with a form feed and a line
`# newdoc id = ID`; clean text has no form feeds.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TextIO

import pyarrow as pa

__all__ = ["MOST_FILES", "TEXTS", "TextWriter", "text_lines", "text_name"]

TEXTS = "text"
"""Folder of the clean texts."""

MOST_FILES = 10_000
"""Documents up to which each has a file of its own."""

_HEAD = "# newdoc id = "


def text_name(doc_id: str, part: int, documents: int) -> str:
    """The path in the corpus of the file with the text of a document, in a corpus of so many documents.

    >>> text_name("дәріс", 3, 12), text_name("дәріс", 3, 200_000)
    ('text/дәріс.txt', 'text/part-00003.txt')
    """
    return f"{TEXTS}/{doc_id}.txt" if documents <= MOST_FILES else f"{TEXTS}/part-{part:05}.txt"


class TextWriter:
    """Writes the texts of the documents of a corpus, in its order, into its `folder`; to be used in a `with` block."""

    def __init__(self, folder: Path, documents: int) -> None:
        self._folder, self._documents = folder, documents
        self._name, self._file = "", None

    _file: TextIO | None

    def __enter__(self) -> TextWriter:
        (self._folder / TEXTS).mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, doc_id: str, part: int, blocks: pa.Table) -> None:
        """Write the text of a document, whose blocks have `section_id` and `text`."""
        name = text_name(doc_id, part, self._documents)
        if name != self._name or self._file is None:
            if self._file is not None:
                self._file.close()
            self._name, self._file = name, (self._folder / name).open("w", encoding="utf-8", newline="")
        if self._documents > MOST_FILES:
            self._file.write(f"\f{_HEAD}{doc_id}\n")
        self._file.writelines(_lines(zip(blocks["section_id"].to_pylist(), blocks["text"].to_pylist(), strict=True)))


def _lines(blocks: Iterable[tuple[str, str]]) -> Iterable[str]:
    last: str | None = None
    for section, text in blocks:
        yield f"{text}\n" if last in (None, section) else f"\n{text}\n"
        last = section


def text_lines(folder: Path, name: str, doc_id: str) -> list[str]:
    """The blocks of a document as its text file `name` in the corpus in `folder` has them.

    Raises `OSError` or `ValueError` where the file can't be read, or does not have the document.
    """
    if name == f"{TEXTS}/{doc_id}.txt":
        return [line for line in (folder / name).read_bytes().decode("utf-8").split("\n") if line]
    return _documents_of(folder / name, (folder / name).stat().st_mtime_ns)[doc_id]


class _Documents(dict[str, list[str]]):
    """Lines by document."""

    def __missing__(self, doc_id: str) -> list[str]:
        raise ValueError(f"{doc_id} is not in it")


@lru_cache(maxsize=1)
def _documents_of(path: Path, changed: int) -> _Documents:
    """The documents of a part as it was when it was last changed; the reader of a corpus goes through it part by part."""
    found = _Documents()
    for document in path.read_bytes().decode("utf-8").split("\f")[1:]:
        head, *lines = document.split("\n")
        found[head.removeprefix(_HEAD)] = [line for line in lines if line]
    return found
