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

import pyarrow as pa

__all__ = ["MOST_FILES", "TEXTS", "TextWriter", "part_of_texts", "split_texts", "text_lines", "text_name"]

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
    return f"{TEXTS}/{doc_id}.txt" if documents <= MOST_FILES else part_of_texts(part)


def part_of_texts(part: int) -> str:
    """The path in the corpus of the file with the texts of a part."""
    return f"{TEXTS}/part-{part:05}.txt"


class TextWriter:
    """Writes the texts of the documents of a part, in their order, into one file; to be used in a `with` block."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._document, self._section = "", ""

    def __enter__(self) -> TextWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def add(self, documents: Iterable[str], blocks: Iterable[pa.RecordBatch]) -> None:
        """Write the texts of documents: their ids, and their blocks with `doc_id`, `section_id` and `text`.

        The document before them may go on with the first blocks.
        """
        ids = iter(documents)
        for batch in blocks:
            pieces: list[str] = []
            for doc_id, section, text in zip(*(batch[name].to_pylist() for name in ("doc_id", "section_id", "text")), strict=True):
                while doc_id != self._document:
                    self._begin(next(ids), pieces)
                pieces.append(f"{text}\n" if self._section in ("", section) else f"\n{text}\n")
                self._section = section
            self._file.writelines(pieces)
        rest: list[str] = []
        for doc_id in ids:
            self._begin(doc_id, rest)
        self._file.writelines(rest)

    def _begin(self, doc_id: str, pieces: list[str]) -> None:
        pieces.append(f"\f{_HEAD}{doc_id}\n")
        self._document, self._section = doc_id, ""


def split_texts(path: Path, folder: Path) -> None:
    """Write each document of the file of a part into a file of its own in the folder. Raises `OSError` where that can't be done."""
    for document in path.read_bytes().decode("utf-8").split("\f")[1:]:
        head, _, text = document.partition("\n")
        with (folder / f"{head.removeprefix(_HEAD)}.txt").open("wb") as file:
            file.write(text.encode())


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
