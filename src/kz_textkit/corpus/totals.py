"""What is to be said of many documents together: sums that are made shard by shard and added, so that no entry is read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.licences import licence_in

__all__ = ["Totals", "most_common", "sum_of", "totals_of"]

EXAMPLES = 10
"""Documents of which the examples of a rule are kept."""


@dataclass
class Totals:
    """Sums over documents."""

    documents: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    """Rows by table, and raw and clean characters."""
    sections: dict[str, int] = field(default_factory=dict)
    """Sections by kind."""
    edits: dict[str, int] = field(default_factory=dict)
    """Applied edits by rule."""
    suggestions: dict[str, int] = field(default_factory=dict)
    """Edits that were suggested and not applied, by rule."""
    examples: dict[str, list[list[tuple[str, str]]]] = field(default_factory=dict)
    """A few edits of each rule, before and after, of each of the first documents that have any."""
    encodings: dict[str, int] = field(default_factory=dict)
    """Documents of plain text by encoding."""
    languages: dict[str, int] = field(default_factory=dict)
    """Documents by language, `und` where it is not known."""
    licences: dict[str, int] = field(default_factory=dict)
    """Documents by what their metadata say of their licence."""
    warned: int = 0
    """Documents with warnings."""
    corrections: int = 0
    """Corrections that were applied."""
    met: list[str] = field(default_factory=list)
    """Ids of the corrections that belong to a document."""
    unfit: list[tuple[str, str]] = field(default_factory=list)
    """Source and a line for each correction that does not fit any more."""

    def add(self, other: Totals) -> None:
        """Add the sums over more documents, which come after these."""
        self.documents += other.documents
        self.warned += other.warned
        self.corrections += other.corrections
        self.met += other.met
        self.unfit += other.unfit
        for name in ("counts", "sections", "edits", "suggestions", "encodings", "languages", "licences"):
            mine = getattr(self, name)
            for key, count in getattr(other, name).items():
                mine[key] = mine.get(key, 0) + count
        for rule, examples in other.examples.items():
            known = self.examples.setdefault(rule, [])
            known += examples[: EXAMPLES - len(known)]


def sum_of(totals: Iterable[Totals]) -> Totals:
    """The sums of all, in their order."""
    result = Totals()
    for one in totals:
        result.add(one)
    return result


def totals_of(entries: Iterable[DocumentEntry], documents: pa.Table | None = None) -> Totals:
    """The sums over entries; languages and licences are those in rows of the table of documents."""
    total = Totals()
    counters: dict[str, Counter[str]] = {name: Counter() for name in ("counts", "sections", "edits", "suggestions", "encodings")}
    for entry in entries:
        total.documents += 1
        for name in ("counts", "sections", "edits", "suggestions"):
            counters[name].update(getattr(entry, name))
        if not entry.extraction:
            counters["encodings"][entry.encoding] += 1
        for rule, examples in entry.examples.items():
            known = total.examples.setdefault(rule, [])
            if examples and len(known) < EXAMPLES:
                known.append(examples)
        total.warned += bool(entry.warnings)
        for one in entry.decisions:
            total.met.append(one.correction_id)
            total.corrections += not one.problem
            if one.problem:
                line = f"the correction {one.correction_id} ({one.place}) was left out: {one.problem}"
                total.unfit.append((entry.source, line))
    for name, counter in counters.items():
        setattr(total, name, dict(counter))
    if documents is not None:
        total.languages = dict(Counter(language or "und" for language in documents["language"].to_pylist()))
        total.licences = dict(Counter(licence_in(metadata) for metadata in documents["metadata"].to_pylist()))
    return total


def most_common(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts, the highest first."""
    return dict(Counter(counts).most_common())
