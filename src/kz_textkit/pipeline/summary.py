"""What a run did, for whoever called it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kz_textkit.corpus.changes import Changes
from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.manifest import Dropped
from kz_textkit.printable import printable

__all__ = ["Failure", "Summary"]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no document."""

    source: str
    reason: str
    file_id: str = ""
    """Id of the file, where others of its documents are in the corpus."""

    def __str__(self) -> str:
        return printable(f"{self.source}: {self.reason}")

    def as_dict(self) -> dict[str, str]:
        """The failure as the manifest has it."""
        plain = {"source": self.source, "reason": self.reason}
        return {**plain, "file": self.file_id} if self.file_id else plain


@dataclass
class Summary:
    """What a run did."""

    output: Path
    documents: list[DocumentEntry] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    """Documents that the filters left out."""
    kept: int = 0
    """Documents taken over from an earlier run, their files and the settings being the same."""
    other: Mapping[str, int] = field(default_factory=dict)
    """Number of files by suffix that no reader takes."""
    same_files: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of sources with the same bytes."""
    mended: list[str] = field(default_factory=list)
    """What was found damaged in the last corpus, and was made anew; one line each."""
    notes: list[str] = field(default_factory=list)
    """What does not fit in the metadata: texts without a line, lines without a text."""
    unfit: list[str] = field(default_factory=list)
    """Corrections that were not applied, for they do not fit any more; one line each."""
    changes: Changes = field(default_factory=Changes)
    """What is different from the version of the corpus before."""
    is_as_before: bool = False
    """Nothing has changed since an earlier run, so nothing was written."""
    terms: int = 0
    """Lines of the frequency list."""
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table and raw and clean characters, of all documents."""
        return _sum(entry.counts for entry in self.documents)

    @property
    def formats(self) -> dict[str, int]:
        """Files by format, the commonest first."""
        by_file = {entry.file: str(entry.extraction.get("format", "text")) for entry in self.documents}
        return dict(Counter(by_file.values()).most_common())

    @property
    def section_kinds(self) -> dict[str, int]:
        """Sections by kind."""
        return _sum(entry.sections for entry in self.documents)

    @property
    def edits(self) -> dict[str, int]:
        """Applied edits by rule, the commonest first."""
        return _sum(entry.edits for entry in self.documents)

    @property
    def corrections(self) -> int:
        """Corrections that were applied."""
        return sum(not one.problem for entry in self.documents for one in entry.decisions)

    @property
    def suggestions(self) -> dict[str, int]:
        return _sum(entry.suggestions for entry in self.documents)

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Document and warning."""
        return [(entry.doc_id, warning) for entry in self.documents for warning in entry.warnings]

    def examples(self, rule: str, limit: int = 3) -> list[tuple[str, str]]:
        """A few edits of a rule in context, before and after, from as many documents as there are."""
        found = [entry.examples.get(rule, []) for entry in self.documents]
        deep = max(map(len, found), default=0)
        return list(dict.fromkeys(examples[i] for i in range(deep) for examples in found if i < len(examples)))[:limit]


def _sum(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(total.most_common())
