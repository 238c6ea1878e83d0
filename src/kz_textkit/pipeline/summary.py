"""What a run did, for whoever called it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kz_textkit.corpus.changes import Changes
from kz_textkit.corpus.entries import DocumentEntry, entry_tables, read_entries
from kz_textkit.corpus.listed import files_by_format, same_files
from kz_textkit.corpus.manifest import Dropped
from kz_textkit.corpus.totals import Totals, most_common
from kz_textkit.printable import printable

__all__ = ["Failure", "RunState", "Summary"]


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


@dataclass(frozen=True, slots=True)
class RunState:
    """How a run stands."""

    done: int
    """Files, or stretches of files of records, that are finished."""
    total: int
    """Of so many."""
    name: str
    """The file that was finished last."""
    documents: int
    """Documents that were made; those that an earlier run had made are not among them."""
    characters: int
    """Of their raw texts."""
    failed: int
    """Failures so far."""
    seconds: float
    """Since the beginning."""


@dataclass
class Summary:
    """What a run did."""

    output: Path
    failures: list[Failure] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    """Documents that the filters left out."""
    kept: int = 0
    """Documents taken over from an earlier run, their files and the settings being the same."""
    other: Mapping[str, int] = field(default_factory=dict)
    """Number of files by suffix that no reader takes."""
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
    totals: Totals = field(default_factory=Totals)
    """Sums over all documents."""

    @cached_property
    def documents(self) -> list[DocumentEntry]:
        """What the corpus says of its documents; read from it when it is first asked for, all of them into memory."""
        return read_entries(self.output) if self.totals.documents else []

    def warned(self) -> Iterator[tuple[str, list[str]]]:
        """Source and warnings of the documents that have any, one after the other, as the corpus has them."""
        if self.totals.warned:
            for rows in entry_tables(self.output, ["source", "warnings"]):
                for source, warnings in zip(rows["source"].to_pylist(), rows["warnings"].to_pylist(), strict=True):
                    if warnings != "[]":
                        yield source, json.loads(warnings)

    @cached_property
    def same_files(self) -> list[tuple[str, str]]:
        """Pairs of sources with the same bytes."""
        return same_files(self.output) if self.totals.documents else []

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table and raw and clean characters, of all documents."""
        return most_common(self.totals.counts)

    @cached_property
    def formats(self) -> dict[str, int]:
        """Files by format, the commonest first."""
        return files_by_format(self.output) if self.totals.documents else {}

    @property
    def section_kinds(self) -> dict[str, int]:
        """Sections by kind."""
        return most_common(self.totals.sections)

    @property
    def edits(self) -> dict[str, int]:
        """Applied edits by rule, the commonest first."""
        return most_common(self.totals.edits)

    @property
    def corrections(self) -> int:
        """Corrections that were applied."""
        return self.totals.corrections

    @property
    def suggestions(self) -> dict[str, int]:
        return most_common(self.totals.suggestions)

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Document and warning."""
        return [(entry.doc_id, warning) for entry in self.documents for warning in entry.warnings]

    def examples(self, rule: str, limit: int = 3) -> list[tuple[str, str]]:
        """A few edits of a rule in context, before and after, from as many documents as there are."""
        found = self.totals.examples.get(rule, [])
        deep = max(map(len, found), default=0)
        return list(dict.fromkeys(examples[i] for i in range(deep) for examples in found if i < len(examples)))[:limit]
