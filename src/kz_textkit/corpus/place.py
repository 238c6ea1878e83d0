"""Where a corpus is: in its folder, and for a moment while a run swaps the new one in, beside it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["NEW", "OLD", "PARTIAL", "beside", "place_of"]

PARTIAL = "partial"
"""Last part of the name of the folder that a run works in."""

OLD = "old"
"""Last part of the name of the last corpus while the new one takes its place."""

NEW = "new"
"""Folder, in that of a run, of the corpus that is being put together."""


def beside(target: Path, what: str) -> Path:
    """A hidden name beside that of a corpus.

    >>> beside(Path("corpus/clean"), OLD).as_posix()
    'corpus/.clean.old'
    """
    return target.with_name(f".{target.name}.{what}")


def place_of(corpus: Path) -> Path:
    """The folder to read a corpus from: its own, or, where a run was killed between two renames, the one that it had before."""
    old = beside(corpus, OLD) if corpus.name else corpus
    return old if not corpus.exists() and old.is_dir() else corpus
