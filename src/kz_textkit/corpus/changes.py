"""What a corpus has otherwise than it had before: documents that came, went or changed, and how, rule by rule.

A corpus has a version, which is one more each time that a run writes it; the manifest says what is different from the version before.
Nothing else in the corpus depends on what was there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from kz_textkit.corpus.entries import DocumentEntry

__all__ = ["Changes", "DocumentChange", "changes_between"]

NAMED = 1_000
"""Documents of each kind that are named; of more there is the number."""


@dataclass
class DocumentChange:
    """How a document differs from what it was."""

    doc_id: str
    reasons: list[str]
    """What made it anew: `file` (other bytes), `corrections`, `metadata`, `settings` (or another version of the program)."""
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Rows and characters that are not as many as before: then and now, by table."""
    edits: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Applied edits that are not as many as before: then and now, by rule."""


@dataclass
class Changes:
    """What is different from the version before; empty for the first version."""

    since: int = 0
    """The version before; 0 where there was none."""
    added: list[str] = field(default_factory=list)
    """Ids of documents."""
    removed: list[str] = field(default_factory=list)
    changed: list[DocumentChange] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """How many documents were added, removed and changed, named or not."""
    edits: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Applied edits of the whole corpus that are not as many as before: then and now, by rule."""
    settings: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Settings that are others: then and now."""

    def __bool__(self) -> bool:
        return bool(self.since)

    @property
    def in_words(self) -> str:
        """The numbers on one line.

        >>> Changes(3, counts={"added": 1, "changed": 2}).in_words
        '1 document added, 2 changed since version 3'
        """
        pieces = [f"{count:,} {kind}" for kind, count in self.counts.items() if count]
        if not pieces:
            return f"no document added, removed or changed since version {self.since}"
        number, _, kind = pieces[0].partition(" ")
        pieces[0] = f"{number} document{'' if number == '1' else 's'} {kind}"
        return f"{', '.join(pieces)} since version {self.since}"


def changes_between(
    since: int,
    added: Iterable[str],
    removed: Iterable[str],
    pairs: Iterable[tuple[DocumentEntry, DocumentEntry]],
    edits: tuple[Mapping[str, int], Mapping[str, int]],
    settings: tuple[Mapping[str, Any], Mapping[str, Any]],
    *,
    is_remade: bool,
) -> Changes:
    """What is different between the documents of the version `since` and those of now: ids that came and went, entries then and now of
    those that may have changed, the applied edits of all by rule, and the settings. `is_remade` says that all documents were made anew
    for these, or for another version of the program.

    >>> old, new = DocumentEntry("а", "а.txt", "1", "utf-8", edits={"symbol": 1}), DocumentEntry("а", "а.txt", "2", "utf-8")
    >>> changes_between(1, [], [], [(old, new)], ({"symbol": 1}, {}), ({}, {}), is_remade=False).changed[0].edits
    {'symbol': (1, 0)}
    """
    came, added_count = _first(added)
    went, removed_count = _first(removed)
    changed, changed_count = _first(filter(None, (_change(old, new, is_remade=is_remade) for old, new in pairs)))
    old, new = settings
    return Changes(
        since,
        came,
        went,
        changed,
        {"added": added_count, "removed": removed_count, "changed": changed_count},
        _differing(*edits),
        {name: (old.get(name), new.get(name)) for name in sorted({*old, *new}) if old.get(name) != new.get(name)},
    )


_T = TypeVar("_T")


def _first(found: Iterable[_T]) -> tuple[list[_T], int]:
    """The first that are named, and the number of all."""
    rest = iter(found)
    named = list(islice(rest, NAMED))
    return named, len(named) + sum(1 for _ in rest)


def _change(old: DocumentEntry, new: DocumentEntry, *, is_remade: bool) -> DocumentChange | None:
    reasons = ["file"] if old.sha256 != new.sha256 else []
    if old.given != new.given:
        decided, before = ({(one.correction_id, one.action, one.value) for one in entry.decisions} for entry in (new, old))
        reasons.append("corrections" if decided != before else "metadata")
    counts, edits = _differing(old.counts, new.counts), _differing(old.edits, new.edits)
    if not reasons and not counts and not edits:
        return None
    if is_remade or not reasons:
        reasons.append("settings")
    return DocumentChange(new.doc_id, reasons, counts, edits)


def _differing(old: Mapping[str, int], new: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    names = sorted({*old, *new})
    return {name: (old.get(name, 0), new.get(name, 0)) for name in names if old.get(name, 0) != new.get(name, 0)}
