"""What the list of documents says of files: how many there are of each format, and which have the same bytes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kz_textkit.corpus.entries import entry_tables

__all__ = ["files_by_format", "same_files"]


def files_by_format(folder: Path) -> dict[str, int]:
    """Files of the corpus in a folder by the format that their last document has, the commonest first.

    Raises `CorpusError` where its list of documents can't be read.
    """
    formats: dict[str, str] = {}
    for doc_id, file_id, extraction in _rows(folder, "doc_id", "file_id", "extraction"):
        formats[file_id or doc_id] = "text" if extraction == "{}" else str(json.loads(extraction).get("format", "text"))
    return dict(Counter(formats.values()).most_common())


def same_files(folder: Path) -> list[tuple[str, str]]:
    """Pairs of sources with the same bytes: the first, and each of the others.

    Raises `CorpusError` where the list of documents can't be read.
    """
    first: dict[str, tuple[str, str]] = {}
    pairs: dict[tuple[str, str], None] = {}
    for doc_id, file_id, source, sha256 in _rows(folder, "doc_id", "file_id", "source", "sha256"):
        file, other = first.setdefault(sha256, (file_id or doc_id, source))
        if file != (file_id or doc_id):
            pairs[other, source] = None
    return list(pairs)


def _rows(folder: Path, *columns: str) -> Iterator[tuple[Any, ...]]:
    for rows in entry_tables(folder, columns):
        yield from zip(*(rows[name].to_pylist() for name in columns), strict=True)
