"""What a corpus has otherwise than it had before: documents that came, went or changed, and how, rule by rule.

A corpus has a version, which is one more each time that a run writes it; the manifest says what is different from the version before.
Nothing else in the corpus depends on what was there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
    before: Sequence[DocumentEntry],
    now: Sequence[DocumentEntry],
    settings: tuple[Mapping[str, Any], Mapping[str, Any]],
    *,
    is_remade: bool,
) -> Changes:
    """What is different between the documents of the version `since` and those of now; `settings` are those of then and now, and
    `is_remade` says that all documents were made anew for them, or for another version of the program.

    >>> old, new = DocumentEntry("а", "а.txt", "1", "utf-8", edits={"symbol": 1}), DocumentEntry("а", "а.txt", "2", "utf-8")
    >>> changes_between(1, [old], [new], ({}, {}), is_remade=False).changed[0].edits
    {'symbol': (1, 0)}
    """
    then = {entry.doc_id: entry for entry in before}
    ids = {entry.doc_id for entry in now}
    added = [entry.doc_id for entry in now if entry.doc_id not in then]
    removed = [entry.doc_id for entry in before if entry.doc_id not in ids]
    changed = [
        change
        for entry in now
        if entry.doc_id in then and (change := _change(then[entry.doc_id], entry, is_remade=is_remade)) is not None
    ]
    old, new = settings
    return Changes(
        since,
        added[:NAMED],
        removed[:NAMED],
        changed[:NAMED],
        {"added": len(added), "removed": len(removed), "changed": len(changed)},
        _differing(_total(entry.edits for entry in before), _total(entry.edits for entry in now)),
        {name: (old.get(name), new.get(name)) for name in sorted({*old, *new}) if old.get(name) != new.get(name)},
    )


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


def _total(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in counts:
        for name, count in one.items():
            total[name] = total.get(name, 0) + count
    return total
