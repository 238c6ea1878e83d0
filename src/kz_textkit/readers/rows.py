"""A stretch of the rows of a file of records."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Rows"]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a file, by their numbers from 1."""

    first: int
    after: int
    """The row before which it ends; 0 for the end of the file."""
    before: int
    """How many documents the rows before it give."""
    documents: int
    """How many it gives itself: rows with a text."""
    offset: int = 0
    """Byte at which the first row stands, where the file can be entered there."""
    sha256: str = ""
    """Hash of the file; empty where nobody has found it."""
