"""Writing a corpus: batches into part files, all of it in a folder beside the target that takes the target's place at the end.

A run goes through three stations, and may be killed at any moment:

1. Each document is *staged*: a file of its rows in `.NAME.partial/staged/`, with a description that appears last. A staged document is
   complete or is not there; the next run picks up what the killed one staged.
2. When all documents are staged, they are *gathered* in their order into the part files of the tables, with the rows that did
   not change taken over from the last corpus. So the files do not depend on the number of workers, nor on what was done before.
3. The finished folder is *swapped* in: the last corpus is renamed to `.NAME.old`, the new one takes its name, the old one goes. A run
   that finds an old corpus without a new one puts it back.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.corpus.manifest import DocumentEntry, Manifest, read_manifest
from kz_textkit.corpus.parts import PartRows
from kz_textkit.corpus.schema import FORMAT, SCHEMAS, TABLES
from kz_textkit.corpus.staging import STAGED, staged_entry, staged_rows
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.spreadsheet import write_csv

__all__ = ["CorpusWriter"]

PART_ROWS = 500_000
"""A part is closed after the document with which one of its tables reaches so many rows."""

GROUP_ROWS = 131_072
"""Rows of a row group."""


class CorpusWriter:
    """Writes the corpus at `target` anew, taking over what has not changed.

    Raises `UsageError` where the target is there and is not ours.
    """

    def __init__(self, target: Path, *, tool_version: str, settings: Mapping[str, Any]) -> None:
        self.target = target.resolve()
        self.tool_version, self.settings = tool_version, dict(settings)
        self.partial = self.target.with_name(f".{self.target.name}.partial")
        self._old = self.target.with_name(f".{self.target.name}.old")
        _refuse_foreign(self.target)
        self._recover()
        self.previous = self._previous()
        self._prepare()

    def known(self, doc_id: str) -> DocumentEntry | None:
        """The entry of a document that an earlier run with the same settings finished; it holds while the file has the same hash."""
        return staged_entry(self.partial, doc_id) or self.previous.get(doc_id)

    def terms(self) -> int:
        """Terms of the frequency list of the corpus that is there."""
        with (self.target / "frequencies.csv").open("rb") as file:
            return sum(1 for _ in file) - 1

    def is_current(self, documents: Iterable[DocumentEntry], failures: list[dict[str, str]]) -> bool:
        """Whether the corpus at the target has just these documents, so that nothing needs to be written."""
        if not self.previous:
            return False
        manifest = read_manifest(self.target)
        now = [(entry.doc_id, entry.sha256, entry.source) for entry in documents]
        return now == [(entry.doc_id, entry.sha256, entry.source) for entry in manifest.documents] and failures == manifest.failures

    def gather(self, entries: Iterable[DocumentEntry]) -> Iterator[dict[str, pa.Table]]:
        """Write the tables from the staged and the kept documents, in the order given; yields the rows of each as they pass."""
        parts = _Parts(self.partial)
        kept = PartRows(self.target)
        (self.partial / "text").mkdir(exist_ok=True)
        with parts:
            for entry in entries:
                is_staged = staged_entry(self.partial, entry.doc_id) is not None
                if is_staged:
                    tables = staged_rows(self.partial, entry.doc_id)
                else:
                    tables = {table: kept.table(table, entry.doc_id, entry.part) for table in TABLES}
                tables["documents"] = _with_source(tables["documents"], entry.source)
                for table, rows in tables.items():
                    parts.add(table, rows)
                _write_text(self.partial / "text" / f"{entry.doc_id}.txt", tables["blocks"])
                entry.part = parts.number
                parts.end_of_document()
                yield tables

    def finish(self, documents: list[DocumentEntry], failures: list[dict[str, str]], frequencies: pd.DataFrame) -> None:
        """Write manifest and frequencies, and let the new corpus take the place of the last one."""
        with (self.partial / "frequencies.csv").open("w", encoding="utf-8-sig", newline="") as file:
            write_csv(file, list(frequencies.columns), frequencies.itertuples(index=False))
        manifest = Manifest(self.tool_version, self.settings, documents, failures)
        (self.partial / "manifest.json").write_text(manifest.to_json(), "utf-8")
        shutil.rmtree(self.partial / STAGED)
        (self.partial / "run.json").unlink()
        if self.target.exists():
            self.target.rename(self._old)
        self.partial.rename(self.target)
        shutil.rmtree(self._old, ignore_errors=True)

    def discard(self) -> None:
        """Remove what was staged."""
        shutil.rmtree(self.partial, ignore_errors=True)

    def _previous(self) -> dict[str, DocumentEntry]:
        if not (self.target / "manifest.json").exists():
            return {}
        try:
            manifest = read_manifest(self.target)
        except CorpusError:
            return {}  # One of another version: it is made anew.
        if manifest.tool_version != self.tool_version or manifest.settings != self.settings:
            return {}
        return {entry.doc_id: entry for entry in manifest.documents}

    def _recover(self) -> None:
        if self._old.exists() and not self.target.exists():
            self._old.rename(self.target)
        elif self._old.exists():
            shutil.rmtree(self._old)

    def _prepare(self) -> None:
        """A folder to stage in; what another run left there stays if that run had the same settings."""
        run = {"format": FORMAT, "tool_version": self.tool_version, "settings": self.settings}
        record = self.partial / "run.json"
        try:
            same = json.loads(record.read_text("utf-8")) == run
        except (OSError, ValueError):
            same = False
        if not same and self.partial.exists() and not record.exists() and any(self.partial.iterdir()):
            raise UsageError(f"{self.partial} is in the way, and not ours: move it, or give another place with -o")
        if not same:
            shutil.rmtree(self.partial, ignore_errors=True)
        for name in (*TABLES, "text"):
            shutil.rmtree(self.partial / name, ignore_errors=True)
        (self.partial / STAGED).mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps(run, ensure_ascii=False), "utf-8")


def _refuse_foreign(target: Path) -> None:
    """Raise where the target holds something that we did not write."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if target.is_dir():
        try:
            if json.loads((target / "manifest.json").read_text("utf-8")).get("format") == FORMAT:
                return
        except (OSError, ValueError, AttributeError):
            pass
    what = "a folder with other files in it" if target.is_dir() else "a file"
    raise UsageError(f"{target} is {what}, and no corpus of kz-textkit: nothing was touched; give another place with -o")


class _Parts:
    """The part files that are being written, one a table."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        self._written = dict.fromkeys(TABLES, 0)
        self._waiting: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> _Parts:
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def add(self, table: str, rows: pa.Table) -> None:
        self._waiting[table].append(rows)
        self._written[table] += rows.num_rows
        if sum(waiting.num_rows for waiting in self._waiting[table]) >= GROUP_ROWS:
            self._flush(table)

    def end_of_document(self) -> None:
        if max(self._written.values()) >= PART_ROWS:
            self._close()
            self.number += 1
            self._open()

    def _open(self) -> None:
        self._written = dict.fromkeys(TABLES, 0)
        for table in TABLES:
            path = self.folder / table / f"part-{self.number:05}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers[table] = pq.ParquetWriter(path, SCHEMAS[table], compression="zstd")

    def _close(self) -> None:
        for table, writer in self._writers.items():
            self._flush(table)
            writer.close()
        self._writers = {}

    def _flush(self, table: str) -> None:
        if self._waiting[table]:
            self._writers[table].write_table(pa.concat_tables(self._waiting[table]), row_group_size=GROUP_ROWS)
            self._waiting[table] = []


def _with_source(documents: pa.Table, source: str) -> pa.Table:
    """A kept document may have been given by another path this time."""
    position = documents.schema.get_field_index("source")
    return documents.set_column(position, documents.schema.field(position), pa.array([source] * documents.num_rows))


def _write_text(path: Path, blocks: pa.Table) -> None:
    """The clean text of a document: one block a line, an empty line between sections."""
    last: str | None = None
    with path.open("w", encoding="utf-8", newline="") as file:
        for section, text in zip(blocks["section_id"].to_pylist(), blocks["text"].to_pylist(), strict=True):
            file.write("\n" if last not in (None, section) else "")
            file.write(f"{text}\n")
            last = section
