"""A shard: a stretch of the input that is written as one part of the corpus, by one worker, in its final form.

A worker writes the part files of all tables, the entries of its documents, their texts and the counts of their words into a folder of
the shard in that of the run; then its record, `shard.json`, with the hash of every file, which says that the shard is done. The corpus
is put together of such folders by naming their files anew (`kz_textkit.corpus.writer`): nothing is read and written again. So the
process that puts it together knows shards, and never documents.

A shard has a key, which is the hash of what it is made of: its pieces by id, hash and what the user said of them. With the settings of
the run it decides what is in the files; an earlier run whose corpus has a part with the key has done the work.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from errno import EMLINK, ENOSYS, ENOTSUP, EOPNOTSUPP, EPERM, EXDEV
from hashlib import sha256
from pathlib import Path
from shutil import copyfile, rmtree
from types import TracebackType
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.corpus.entries import ENTRY_SCHEMA, entries_of, entries_of_part
from kz_textkit.corpus.files import digest_of, sync_files
from kz_textkit.corpus.manifest import Dropped, FileRecord
from kz_textkit.corpus.part import WHOLE, tokens_of_part
from kz_textkit.corpus.parts import PartRows, check_columns, part_name
from kz_textkit.corpus.plain import from_plain
from kz_textkit.corpus.relation import Relations
from kz_textkit.corpus.schema import SCHEMAS, TABLES
from kz_textkit.corpus.staging import ENTRIES_TABLE
from kz_textkit.corpus.table_file import TableFile
from kz_textkit.corpus.texts import TextWriter
from kz_textkit.corpus.token_stream import CountedTokens
from kz_textkit.corpus.totals import Totals, totals_of
from kz_textkit.errors import CorpusError
from kz_textkit.stats.counting import connect
from kz_textkit.stats.part_counts import counts_of_part
from kz_textkit.writing import sync_file, sync_folder, write_whole

__all__ = [
    "COUNTS",
    "SHARDS",
    "SHARD_ENTRIES",
    "SHARD_TEXTS",
    "PieceRecord",
    "Place",
    "ShardRecord",
    "ShardWriter",
    "link_or_copy",
    "read_shard",
    "shard_files",
    "shard_key",
]

SHARDS = "shards"
"""Folder, in that of the run, of the shards that are done."""
RECORD = "shard.json"
SHARD_ENTRIES = "entries.parquet"
SHARD_TEXTS = "texts.txt"
COUNTS = "counts.parquet"

COUNTED_AT_ONCE = 131_072
"""Tokens that are counted at a time, about."""

_NO_LINKS = (EMLINK, ENOSYS, ENOTSUP, EOPNOTSUPP, EPERM, EXDEV)
"""What a file system without hard links says."""


@dataclass
class PieceRecord:
    """What came of a piece of the input that is in a shard."""

    piece_id: str
    source: str
    """The path of its file as people read it."""
    sha256: str
    """Hash of the file."""
    given: str = ""
    """Hash of what the user said of the file."""
    documents: int = 0
    failures: list[str] = field(default_factory=list)
    """Reasons why documents of it failed."""
    dropped: list[Dropped] = field(default_factory=list)
    """What the filters left out."""

    @property
    def file_id(self) -> str:
        """The id of its file: a stretch of rows is called by it and their numbers."""
        return self.piece_id.partition("/")[0]


@dataclass
class ShardRecord:
    """What there is to say of a shard that is done."""

    key: str
    pieces: list[PieceRecord]
    totals: Totals
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by step of the documents that were made for it."""
    files: dict[str, FileRecord] = field(default_factory=dict)

    @property
    def documents(self) -> int:
        return self.totals.documents


class Place(NamedTuple):
    """Where the rows of a shard are: in the folder of a shard, or in a part of a corpus."""

    folder: Path
    part: int | None = None
    """Number of the part, None in the folder of a shard."""

    def name(self, table: str) -> str:
        """The name in the folder of the file of a table."""
        return table_name(table) if self.part is None else part_name(table, self.part)

    def rows(self) -> PartRows:
        """What reads the rows of its documents."""
        return PartRows(self.folder, part_name if self.part is not None else lambda table, _: table_name(table))

    def entries(self) -> pa.Table:
        """The entries of its documents. Raises `CorpusError` where they can't be read."""
        if self.part is not None:
            return entries_of_part(self.folder, self.part)
        try:
            return pq.read_table(self.folder / SHARD_ENTRIES, use_threads=False).cast(ENTRY_SCHEMA)
        except (OSError, ValueError, pa.ArrowException) as error:
            raise CorpusError(f"{self.folder / SHARD_ENTRIES} is damaged: {str(error).splitlines()[0]}") from error


def table_name(table: str) -> str:
    """The name of the file of a table in the folder of a shard."""
    return f"{table}.parquet"


def shard_key(pieces: Iterable[tuple[str, str, str]]) -> str:
    """The key of a shard of pieces, which are id, hash of the file, and hash of what the user said of it.

    >>> len(shard_key([("дәріс", "0" * 64, "")]))
    64
    """
    plain = json.dumps([list(piece) for piece in pieces], ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def read_shard(folder: Path) -> ShardRecord | None:
    """The record of a shard that is done, where every file of it has the size that it was written with."""
    try:
        record = from_plain(ShardRecord, json.loads((folder / RECORD).read_bytes()))
        whole = all((folder / name).stat().st_size == known.size for name, known in record.files.items())
    except (OSError, ValueError, RecursionError):
        return None
    return record if whole and set(record.files) == set(shard_files()) else None


def shard_files() -> Sequence[str]:
    """The names of the files of a shard."""
    return (*(table_name(table) for table in TABLES), SHARD_ENTRIES, SHARD_TEXTS, COUNTS)


def link_or_copy(source: Path, target: Path) -> None:
    """Let a file have another name too; where the file system knows no links, it is copied."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        copyfile(source, target)
        sync_file(target)


class ShardWriter:
    """Writes a shard into a folder beside `target`, which takes its place when the shard is finished; to be used in a `with` block.

    Raises `OSError` where it can't be written.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.folder = folder = target.with_name(target.name + ".new")
        if folder.exists():
            rmtree(folder)
        folder.mkdir(parents=True)
        self._tables = {table: TableFile(folder / table_name(table), SCHEMAS[table]) for table in TABLES}
        self._tables[ENTRIES_TABLE] = TableFile(folder / SHARD_ENTRIES, ENTRY_SCHEMA)
        self._texts = TextWriter(folder / SHARD_TEXTS)
        self._linked: dict[str, FileRecord] = {}

    def __enter__(self) -> ShardWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            for table in self._tables.values():
                table.abandon()
            with suppress(OSError):
                self._texts.__exit__(kind, error, trace)

    def add(self, rows: Mapping[str, pa.Table], source: str) -> None:
        """Write rows by table, those of entries among them, of documents of the file `source`; they follow those before them."""
        for table, found in rows.items():
            named = _with_source(found, source) if table in ("documents", ENTRIES_TABLE) else found
            self._tables[table].add(named)
        if "blocks" in rows or "documents" in rows:
            ids = rows["documents"]["doc_id"].to_pylist() if "documents" in rows else []
            self._texts.add(ids, rows["blocks"].to_batches() if "blocks" in rows else ())

    def take(self, place: Place, sources: Mapping[str, str], known: Mapping[str, FileRecord]) -> None:
        """Take over the whole shard that stands at `place`, in place of rows; `sources` are those of its files by id, and `known` are
        the files there by name, with their hashes.
        """
        entries = place.entries()
        renamed = _renamed(entries, sources)
        self.add_rows(ENTRIES_TABLE, renamed)
        is_same = renamed["source"].equals(entries["source"])
        for table in TABLES:
            if table == "documents" and not is_same:
                documents = _read(place.folder / place.name(table), table)
                position = documents.schema.get_field_index("source")
                self.add_rows(table, documents.set_column(position, documents.schema.field(position), renamed["source"]))
                continue
            self._tables[table].abandon()
            path = self.folder / table_name(table)
            path.unlink()
            link_or_copy(place.folder / place.name(table), path)
            self._linked[table_name(table)] = known[place.name(table)]
        self.add_texts(renamed["doc_id"].to_pylist())

    def add_rows(self, table: str, rows: pa.Table) -> None:
        """Write rows of one table, those of entries under `ENTRIES_TABLE`."""
        self._tables[table].add(rows)

    def add_texts(self, doc_ids: Sequence[str]) -> None:
        """Write the texts of all documents, whose blocks are there."""
        self._tables["blocks"].close()
        with pq.ParquetFile(self.folder / table_name("blocks")) as file:
            self._texts.add(doc_ids, file.iter_batches(columns=["doc_id", "section_id", "text"], use_threads=False))

    def finish(self, key: str, pieces: list[PieceRecord], timings: Mapping[str, float], languages: Sequence[str]) -> ShardRecord:
        """Bring the shard to an end: count its words in `languages`, bring all to the disk, and write its record."""
        for table in self._tables.values():
            table.close()
        self._texts.__exit__(None, None, None)
        pa.default_memory_pool().release_unused()
        self._count(languages)
        entries = pq.read_table(self.folder / SHARD_ENTRIES, use_threads=False)
        documents = pq.read_table(self.folder / table_name("documents"), columns=["language", "metadata"], use_threads=False)
        written = [name for name in shard_files() if name not in self._linked]
        sync_files(self.folder / name for name in written)
        files = {**self._linked, **{name: digest_of(self.folder / name) for name in written}}
        record = ShardRecord(key, pieces, totals_of(entries_of(entries), documents), dict(timings), files)
        sync_folder(self.folder)
        write_whole(self.folder / RECORD, json.dumps(asdict(record), ensure_ascii=False).encode("utf-8", "surrogatepass"))
        if self.target.exists():
            rmtree(self.target)
        self.folder.rename(self.target)
        sync_folder(self.target.parent)
        return record

    def _count(self, languages: Sequence[str]) -> None:
        """Write the counts of its words."""
        with connect() as connection:
            tables = Relations(self.folder, languages=languages, connection=connection, name_of=table_name)
            tokens = CountedTokens(tables, lambda: tokens_of_part(tables, WHOLE), at_once=COUNTED_AT_ONCE)
            counts = counts_of_part(tokens)
        with (self.folder / COUNTS).open("wb") as file:
            pq.write_table(counts, file, compression="zstd")


def _read(path: Path, table: str) -> pa.Table:
    check_columns(path, table)
    return pq.read_table(path, use_threads=False).cast(SCHEMAS[table])


def _with_source(rows: pa.Table, source: str) -> pa.Table:
    """A kept document may have been given by another path this time."""
    position = rows.schema.get_field_index("source")
    return rows.set_column(position, rows.schema.field(position), pa.repeat(pa.scalar(source, pa.string()), rows.num_rows))


def _renamed(entries: pa.Table, sources: Mapping[str, str]) -> pa.Table:
    """Entries with the sources that the files of their documents have now."""
    pairs = zip(*(entries[name].to_pylist() for name in ("file_id", "doc_id", "source")), strict=True)
    named = [sources.get(file_id or doc_id, source) for file_id, doc_id, source in pairs]
    position = entries.schema.get_field_index("source")
    return entries.set_column(position, entries.schema.field(position), pa.array(named, pa.string()))
