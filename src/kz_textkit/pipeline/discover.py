"""The files that become documents: what lies under a folder, in the order of paths, each with an id of its own."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kz_textkit.errors import UsageError
from kz_textkit.readers import suffixes

__all__ = ["Discovery", "SourceFile", "discover", "readable"]

LONGEST_ID = 200
"""Bytes of an id; a file name may have 255."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is to become a document."""

    path: Path
    source: str
    """The path as people read it; always encodable."""
    doc_id: str
    size: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found where the input is."""

    files: tuple[SourceFile, ...]
    other: Mapping[str, int]
    """Number of files by suffix that no reader takes."""


def discover(source: Path, *, exclude: Path | None = None) -> Discovery:
    """The files under `source` that a reader takes, in the order of their paths, each with an id of its own.

    Hidden files and folders, corpora and `exclude` are passed over. A file that is named itself is taken whatever its suffix. Of files
    with the same name in different folders the first has the name as id, the others the name with a number.

    Raises `UsageError` where there is no such file or folder.
    """
    if not source.is_dir():
        if not source.exists():
            raise UsageError(f"{readable(source)}: there is no such file or folder")
        return Discovery(tuple(_numbered([source])), {})
    kinds = suffixes()
    excluded = exclude.resolve() if exclude is not None else None
    files: list[Path] = []
    other: Counter[str] = Counter()
    for path in _walk(source, excluded):
        if path.suffix.lower() in kinds:
            files.append(path)
        else:
            other[path.suffix.lower() or "without suffix"] += 1
    return Discovery(tuple(_numbered(files)), dict(sorted(other.items())))


def _walk(folder: Path, excluded: Path | None) -> Iterator[Path]:
    """The files under a folder in the order of their paths."""
    for entry in sorted(folder.iterdir(), key=lambda path: os.fsencode(path.name)):
        if entry.name.startswith(".") or (excluded is not None and entry.resolve() == excluded):
            continue
        if entry.is_dir():
            if not entry.is_symlink() and not _is_corpus(entry):
                yield from _walk(entry, excluded)
        else:
            yield entry


def _is_corpus(folder: Path) -> bool:
    return (folder / "manifest.json").exists() and (folder / "tokens").is_dir()


def _numbered(paths: Iterable[Path]) -> Iterator[SourceFile]:
    taken: set[str] = set()
    for path in paths:
        stem = _id_of(path)
        doc_id, number = stem, 1
        while doc_id.casefold() in taken:  # Some file systems do not tell upper from lower case.
            number += 1
            doc_id = f"{stem}-{number}"
        taken.add(doc_id.casefold())
        yield SourceFile(path, readable(path), doc_id, _size(path))


def _id_of(path: Path) -> str:
    """The name of a file without suffix, as an id that can be a file name wherever the corpus goes."""
    name = unicodedata.normalize("NFC", readable(Path(path.stem)))
    return name.encode()[:LONGEST_ID].decode(errors="ignore").strip() or "document"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # Gone already; reading it says so.


def readable(path: Path) -> str:
    """A path as text that can be written anywhere: bytes that are no UTF-8 as `%XX`."""
    return "".join(f"%{ord(c) - 0xDC00:02X}" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in path.as_posix())
