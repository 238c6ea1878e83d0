"""Writing a corpus: batches into part files, all of it in a folder beside the target that takes the target's place at the end.

A run holds a lock from its first file to its last (`lock`), goes through three stations, and may be killed at any moment:

1. Each document is *staged*: a file of its rows in `.NAME.partial/staged/`, with a description that appears last. A staged document is
   complete or is not there; the next run picks up what the killed one staged.
2. When all documents are staged, they are *gathered* in their order into the part files of the tables, in `.NAME.partial/new/`, with
   the rows that did not change taken over from the last corpus. So the files do not depend on the number of workers, nor on what was
   done before. All of it is brought to the disk, and then the manifest, which names every file with its hash, appears last.
3. The finished folder is *swapped* in: the last corpus is renamed to `.NAME.old`, the new one takes its name, the old one goes. Whoever
   reads in that moment reads the old one (`place_of`).

The next run takes up what it finds: a new corpus with its manifest is swapped in, an old one without a new one is put back, anything
else is removed. What others put into the folder of the corpus goes along.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.corpus.changes import Changes, changes_between
from kz_textkit.corpus.entries import ENTRIES, DocumentEntry, write_entries
from kz_textkit.corpus.files import CORPUS_NAMES, changed_files, records_of, sync_all
from kz_textkit.corpus.lock import Lock
from kz_textkit.corpus.manifest import MANIFEST, Dropped, Manifest, manifest_is_as_written, read_manifest
from kz_textkit.corpus.parts import PartRows, part_name
from kz_textkit.corpus.place import NEW, OLD, PARTIAL, beside
from kz_textkit.corpus.schema import FORMAT, SCHEMAS, TABLES
from kz_textkit.corpus.staging import STAGED, StagedFile, is_staged, staged_file, staged_rows
from kz_textkit.corpus.texts import TextWriter
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.printable import printable
from kz_textkit.writing import sync_folder, write_whole

__all__ = ["CorpusWriter"]

PART_ROWS = 500_000
"""A part is closed after the document with which one of its tables reaches so many rows."""

GROUP_ROWS = 131_072
"""Rows of a row group."""

RUN = "run.json"
"""File in the folder of a run with what it was called with."""

MENDED_NAMED = 10
"""Damaged files that are named one by one."""


class CorpusWriter:
    """Writes the corpus at `target` anew, taking over what has not changed; to be used in a `with` block, which holds the lock.

    Raises `UsageError` where the target is there and is not ours, or another run is writing it.
    """

    def __init__(self, target: Path, *, tool_version: str, settings: Mapping[str, Any]) -> None:
        self.target = target.resolve()
        self.tool_version, self.settings = tool_version, json.loads(json.dumps(dict(settings)))
        self.partial, self._old = beside(self.target, PARTIAL), beside(self.target, OLD)
        self.new = self.partial / NEW
        """Folder of the corpus that is being put together: `finish` takes in whatever files are in it."""
        self.mended: list[str] = []
        """What was found damaged in the last corpus, and is made anew; one line each."""
        self.changes = Changes()
        """What is different from the version before, when the corpus is finished."""
        _refuse_foreign(self.target)
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._lock = Lock(beside(self.target, "lock"), str(target))
        try:
            self._recover()
            self._is_intact = False
            self.previous = self._previous()
            self._prepare()
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> CorpusWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._lock.release()

    def known(self, file_id: str) -> StagedFile | None:
        """What an earlier run with the same settings made of a file; it holds while the file has the same hash."""
        return staged_file(self.partial, file_id) or self.previous.get(file_id)

    def terms(self) -> int:
        """Terms of the frequency list of the corpus that is there."""
        with (self.target / "frequencies.csv").open("rb") as file:
            return sum(1 for _ in file) - 1

    def is_current(self, documents: Iterable[DocumentEntry], failures: list[dict[str, str]], dropped: Sequence[Dropped] = ()) -> bool:
        """Whether the corpus at the target has just these documents, and every file as it was written: nothing needs to be done."""
        if not self._is_intact:
            return False
        manifest = read_manifest(self.target)
        now = [(entry.doc_id, entry.sha256, entry.given, entry.source) for entry in documents]
        before = [(entry.doc_id, entry.sha256, entry.given, entry.source) for entry in manifest.documents]
        return now == before and (failures, list(dropped)) == (manifest.failures, manifest.dropped)

    def gather(
        self, entries: Sequence[DocumentEntry], rows: Iterable[tuple[DocumentEntry, dict[str, pa.Table]]] | None = None
    ) -> Iterator[dict[str, pa.Table]]:
        """Write the tables from the staged and the kept documents, in the order given, or from `rows` that come from elsewhere; yields
        the rows of each as they pass.
        """
        with TextWriter(self.new, len(entries)) as texts, _Parts(self.new) as parts:
            for entry, tables in self._rows(entries) if rows is None else rows:
                tables["documents"] = _with_source(tables["documents"], entry.source)
                for table, rows in tables.items():
                    parts.add(table, rows)
                texts.add(entry.doc_id, parts.number, tables["blocks"])
                entry.part = parts.number
                parts.end_of_document()
                yield tables

    def _rows(self, entries: Iterable[DocumentEntry]) -> Iterator[tuple[DocumentEntry, dict[str, pa.Table]]]:
        """The rows of documents: of a file that is staged from there, of another from the last corpus."""
        kept = PartRows(self.target)
        for file_id, of_file in groupby(entries, key=lambda entry: entry.file):
            if is_staged(self.partial, file_id):
                yield from zip(of_file, staged_rows(self.partial, file_id), strict=True)
            else:
                for entry in of_file:
                    yield entry, {table: kept.table(table, entry.doc_id, entry.part) for table in TABLES}

    def finish(self, documents: list[DocumentEntry], failures: list[dict[str, str]], dropped: Sequence[Dropped] = ()) -> None:
        """Write the manifest of all that is in `new`, and let it take the place of the last corpus."""
        write_entries(self.new / ENTRIES, documents)
        timings: Counter[str] = Counter()
        for entry in documents:
            timings.update(entry.timings)
        manifest = Manifest(
            self.tool_version,
            self.settings,
            {step: round(seconds, 3) for step, seconds in timings.items()},
            failures,
            list(dropped),
            records_of(self.new),
            *self._since(documents),
        )
        self.changes = manifest.changes
        sync_all(self.new)
        write_whole(self.new / MANIFEST, manifest.to_json().encode())
        self._swap()

    def _since(self, documents: Sequence[DocumentEntry]) -> tuple[int, Changes]:
        """The version of the corpus that is being written, and what is different from the one that is there."""
        try:
            before = read_manifest(self.target)
            is_remade = before.tool_version != self.tool_version or _deciding(before.settings) != _deciding(self.settings)
            settings = _without_place(before.settings), _without_place(self.settings)
            changes = changes_between(before.version, before.documents, documents, settings, is_remade=is_remade)
        except CorpusError:
            return 1, Changes()
        return before.version + 1, changes

    def discard(self) -> None:
        """Remove what was staged."""
        _remove(self.partial)

    def _swap(self) -> None:
        if self.target.exists():
            self.target.rename(self._old)
        self.new.rename(self.target)
        sync_folder(self.target.parent)
        self._retire()
        _remove(self.partial)

    def _retire(self) -> None:
        """Remove the corpus that was before; what others put into it goes into the one that is there now."""
        if not self._old.exists():
            return
        for name in _names(self._old):
            if name not in CORPUS_NAMES and not os.path.lexists(self.target / name):
                (self._old / name).rename(self.target / name)
        _remove(self._old)

    def _recover(self) -> None:
        """Bring what a killed run left to an end, one way or the other."""
        for folder in (self.partial, self._old):
            _refuse_what_is_in_the_way(folder)
        if self.target.exists():
            self._retire()
        if _is_finished(self.new):
            self._swap()
        elif self._old.exists():
            self._old.rename(self.target)

    def _previous(self) -> dict[str, StagedFile]:
        """The files of the last corpus whose documents can be taken over: made with these settings, and whole."""
        if not self.target.exists() or not any(self.target.iterdir()):
            return {}
        try:
            manifest = read_manifest(self.target)
        except CorpusError as error:
            self.mended.append(f"{error}: all documents are made anew")
            return {}
        if manifest.tool_version != self.tool_version or _deciding(manifest.settings) != _deciding(self.settings):
            return {}
        damages = list(changed_files(self.target, manifest))
        self.mended += [f"{self.target.name}/{damage}: made anew" for damage in damages[:MENDED_NAMED]]
        if len(damages) > MENDED_NAMED:
            self.mended.append(f"{len(damages) - MENDED_NAMED:,} more files were damaged, and are made anew")
        if not manifest_is_as_written(self.target):
            # Hashes that somebody may have changed prove nothing.
            self.mended.append(f"{self.target.name}/{MANIFEST} was changed: all documents are made anew")
            return {}
        self._is_intact = not damages
        broken = {damage.name for damage in damages}
        if ENTRIES in broken:
            return {}
        lost = {entry.part for entry in manifest.documents if any(part_name(table, entry.part) in broken for table in TABLES)}
        files: dict[str, StagedFile] = {}
        for entry in manifest.documents:
            files.setdefault(entry.file, StagedFile(entry.file, entry.sha256, given=entry.given)).entries.append(entry)
        for failure in manifest.failures:
            if failure.get("file") in files:
                files[failure["file"]].failures.append(failure["reason"])
        for document in manifest.dropped:
            files.setdefault(document.file, StagedFile(document.file, document.sha256, given=document.given)).dropped.append(document)
        return {name: file for name, file in files.items() if not any(entry.part in lost for entry in file.entries)}

    def _prepare(self) -> None:
        """A folder to stage in; what another run left there stays if that run had the same settings."""
        run = {"format": FORMAT, "tool_version": self.tool_version, "settings": self.settings}
        record = self.partial / RUN
        try:
            left = json.loads(record.read_text("utf-8"))
            same = _deciding(left.pop("settings")) == _deciding(self.settings)
            same = same and left == {name: run[name] for name in ("format", "tool_version")}
        except (OSError, ValueError, RecursionError, AttributeError, KeyError, TypeError):
            same = False
        if not same:
            _remove(self.partial)
        _remove(self.new)
        self.partial.mkdir(exist_ok=True)
        if not same:
            write_whole(record, json.dumps(run, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        (self.partial / STAGED).mkdir(exist_ok=True)


NOT_DECIDING = frozenset({"limits", "metadata", "corrections", "input"})
"""Settings that decide nothing for all files: whether one is done, and what was said of some of them, which each has a hash of."""


def _deciding(settings: Mapping[str, Any]) -> Any:
    """The settings that decide what becomes of every file."""
    return json.loads(json.dumps({name: value for name, value in settings.items() if name not in NOT_DECIDING}))


def _without_place(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings without where the input was."""
    return {name: value for name, value in settings.items() if name != "input"}


def _remove(folder: Path) -> None:
    """Remove a folder of ours; what can't be removed is left for the next run."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder, ignore_errors=True)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _is_finished(folder: Path) -> bool:
    """Whether a run put a corpus together to the end, and was killed before it took its place."""
    try:
        return manifest_is_as_written(folder) and not any(changed_files(folder, read_manifest(folder)))
    except CorpusError:
        return False


def _is_ours(folder: Path) -> bool:
    """Whether a folder is a corpus of ours, be it damaged, or empty."""
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
        if isinstance(content, dict) and "format" in content:
            return bool(content["format"] == FORMAT)
    except (OSError, ValueError, RecursionError):
        pass
    names = set(_names(folder))
    # A manifest that is lost or can't be read, beside nothing but what a corpus has.
    return not names or (names <= CORPUS_NAMES and len(names & set(TABLES)) > len(TABLES) // 2)


def _refuse_foreign(target: Path) -> None:
    """Raise where the target holds something that we did not write."""
    if not os.path.lexists(target) or (target.is_dir() and _is_ours(target)):
        return
    what = "a folder with other files in it" if target.is_dir() else "a file"
    shown = printable(str(target))
    raise UsageError(f"{shown} is {what}, and no corpus of kz-textkit: nothing was touched; give another place with -o")


def _refuse_what_is_in_the_way(folder: Path) -> None:
    if not os.path.lexists(folder):
        return
    names = set(_names(folder)) if folder.is_dir() and not folder.is_symlink() else {"."}
    ours = {*CORPUS_NAMES, RUN, STAGED, NEW}
    if all(name in ours or (name.startswith(".kz-textkit-") and name.endswith(".new")) for name in names):
        return
    if (folder / MANIFEST).is_file() and _is_ours(folder):
        return
    raise UsageError(f"{printable(str(folder))} is in the way, and not ours: move it, or give another place with -o")


class _Parts:
    """The part files that are being written, one a table."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        self._written = dict.fromkeys(TABLES, 0)
        self._waiting: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
        self._rows_waiting = dict.fromkeys(TABLES, 0)
        self._files: dict[str, Any] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> _Parts:
        self._open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self._close()
        else:
            # What is waiting needs no writing any more, and the error is the one to be told.
            for table, writer in self._writers.items():
                writer.is_open = False
                with suppress(OSError):
                    self._files[table].close()

    def add(self, table: str, rows: pa.Table) -> None:
        if rows.num_rows or not self._waiting[table]:
            self._waiting[table].append(rows)
        self._written[table] += rows.num_rows
        self._rows_waiting[table] += rows.num_rows
        if self._rows_waiting[table] >= GROUP_ROWS:
            self._flush(table)

    def end_of_document(self) -> None:
        if max(self._written.values()) >= PART_ROWS:
            self._close()
            self.number += 1
            self._open()

    def _open(self) -> None:
        self._written = dict.fromkeys(TABLES, 0)
        for table in TABLES:
            path = self.folder / part_name(table, self.number)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._files[table] = path.open("wb")
            self._writers[table] = pq.ParquetWriter(self._files[table], SCHEMAS[table], compression="zstd", write_page_checksum=True)

    def _close(self) -> None:
        for table, writer in self._writers.items():
            self._flush(table)
            writer.close()
            self._files[table].close()
        self._writers, self._files = {}, {}

    def _flush(self, table: str) -> None:
        if self._waiting[table]:
            self._writers[table].write_table(pa.concat_tables(self._waiting[table]), row_group_size=GROUP_ROWS)
            self._waiting[table] = []
            self._rows_waiting[table] = 0


def _with_source(documents: pa.Table, source: str) -> pa.Table:
    """A kept document may have been given by another path this time."""
    position = documents.schema.get_field_index("source")
    return documents.set_column(position, documents.schema.field(position), pa.array([source] * documents.num_rows))
