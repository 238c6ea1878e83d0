"""A corpus on disk that was opened: its tables as DataFrames, Arrow tables and DuckDB relations."""

from __future__ import annotations

from collections.abc import Collection, KeysView
from dataclasses import replace
from functools import cached_property
from os import PathLike
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from kz_textkit.corpus.entries import DocumentEntry, entries_of, entries_of_part, entry_tables, stream_names
from kz_textkit.corpus.manifest import Manifest, read_manifest
from kz_textkit.corpus.part import WHOLE, Part, in_sections, name_of_part, parts_named, tokens_of_part
from kz_textkit.corpus.parts import PartRows, check_columns, part_name
from kz_textkit.corpus.place import place_of
from kz_textkit.corpus.relation import Relations
from kz_textkit.corpus.schema import SCHEMAS
from kz_textkit.corpus.subcorpora import saved_subcorpora
from kz_textkit.errors import CorpusError
from kz_textkit.stats.terms import NO_CAPITALS, By, Spellings

__all__ = ["OpenedCorpus"]


class OpenedCorpus:
    """A corpus on disk. Its tables are loaded when they are first asked for, and then kept.

    Every table is a DataFrame with the columns that `kz_textkit.corpus.schema` describes, in document order: `corpus.tokens`,
    `corpus.sentences`, `corpus.blocks`, `corpus.sections`, `corpus.documents`, `corpus.links`, `corpus.edits`, `corpus.gaps`,
    `corpus.places`.

    Raises `CorpusError` where `path` is no corpus, or one of another format version.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = place_of(Path(path))
        self.manifest: Manifest = read_manifest(self.path)
        self.tables = Relations(self.path, manifest=self.manifest)
        """Its tables as DuckDB relations."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.path)!r}, documents={len(self.manifest.documents)})"

    @cached_property
    def documents(self) -> pd.DataFrame:
        return self._load("documents")

    @cached_property
    def sections(self) -> pd.DataFrame:
        return self._load("sections")

    @cached_property
    def blocks(self) -> pd.DataFrame:
        return self._load("blocks")

    @cached_property
    def sentences(self) -> pd.DataFrame:
        return self._load("sentences")

    @cached_property
    def tokens(self) -> pd.DataFrame:
        return self._load("tokens")

    @cached_property
    def entities(self) -> pd.DataFrame:
        """A row a named entity; none where the corpus was made without `--entities`."""
        return self._load("entities")

    @cached_property
    def links(self) -> pd.DataFrame:
        return self._load("links")

    @cached_property
    def edits(self) -> pd.DataFrame:
        return self._load("edits")

    @cached_property
    def gaps(self) -> pd.DataFrame:
        return self._load("gaps")

    @cached_property
    def places(self) -> pd.DataFrame:
        return self._load("places")

    @property
    def words(self) -> pd.DataFrame:
        """The tokens whose words are counted, with the marks between them (`kz_textkit.stats.terms`), as DataFrame."""
        return self.relation(contents=False).df()

    @property
    def spellings(self) -> Spellings:
        """How forms are written in all tables that the corpus capitalises, by the form in lower case."""
        return self.tables.spellings

    def shown(self, by: By) -> Spellings:
        """The same where terms are forms; of lemmas, which are written in one way, there is nothing to say."""
        return self.spellings if by == "form" else NO_CAPITALS

    @property
    def default_terms(self) -> By:
        """What terms are where nobody says: lemmas, or forms in a corpus that was not analysed."""
        return "lemma" if self.tables.has_lemmas else "form"

    def part(self, name: Part | str) -> Part:
        """The part that a name stands for: a saved subcorpus, a document, a section (`дәріс:3`), a kind of block or a condition.

        Raises `UsageError` where it names nothing, or a section of several documents.
        """
        if isinstance(name, Part):
            return name
        return saved_subcorpora(self.path).get(name) or parts_named(self.tables, [name])

    def name_of(self, part: Part) -> str:
        """What to call a part of the corpus."""
        return name_of_part(self.tables, part)

    @cached_property
    def _parts(self) -> PartRows:
        return PartRows(self.path)

    @cached_property
    def _part_of(self) -> dict[str, int]:
        return dict(stream_names(self.path))

    @property
    def doc_ids(self) -> KeysView[str]:
        """The ids of the documents, in the order of the corpus; what else is known of them is not read for it."""
        return self._part_of.keys()

    def entry(self, doc_id: str) -> DocumentEntry | None:
        """What the corpus says of one document; None where there is no such document. Others are not read for it, but those of its
        part. Raises `CorpusError` where `documents.parquet` is damaged."""
        part = self._part_of.get(doc_id)
        if part is None:
            return None
        rows = entries_of_part(self.path, part)
        return next(entries_of(rows.filter(pc.equal(rows["doc_id"], doc_id))), None)

    def entry_columns(self, *names: str) -> pa.Table:
        """Columns of `documents.parquet`, as they are written. Raises `CorpusError` where it is damaged."""
        return pa.concat_tables(entry_tables(self.path, list(names)))

    def rows(self, name: str, doc_id: str) -> pa.Table:
        """The rows of one document in a table, as Arrow table; quick when documents are asked for in their order.

        Raises `CorpusError` where there is no such document, or the files of the table can't be read.
        """
        part = self._part_of.get(doc_id)
        if part is None:
            raise CorpusError(f"{self.path} has no document {doc_id}")
        return self._parts.table(name, doc_id, part)

    def rows_in_part(self, name: str, doc_id: str, part: int) -> pa.Table:
        """The same of a document whose part is known."""
        return self._parts.table(name, doc_id, part)

    def columns_of_part(self, name: str, part: int, columns: list[str]) -> pa.Table:
        """Some columns of a table in a part. Raises `CorpusError` where its file can't be read."""
        path = self.path / part_name(name, part)
        check_columns(path, name)
        try:
            return pq.read_table(path, columns=columns, use_threads=False)
        except (OSError, ValueError, pa.ArrowException) as error:
            raise CorpusError(f"{path} is damaged: {str(error).splitlines()[0]}") from error

    def table(self, name: str, *, columns: list[str] | None = None) -> pa.Table:
        """A table as Arrow table, or some columns of it.

        Raises `CorpusError` where the files of the table can't be read.
        """
        files = self.tables.files(name)
        try:
            # Documents have the columns of the user's metadata too.
            schema = pa.unify_schemas([SCHEMAS[name], *map(pq.read_schema, files)]) if name == "documents" else SCHEMAS[name]
            return ds.dataset(files, schema=schema, format="parquet").to_table(columns=columns)
        except (OSError, pa.ArrowException) as error:
            raise CorpusError(f"{self.path / name} is damaged: {str(error).splitlines()[0]}") from error

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The DuckDB connection that the relations of this corpus live on; what does not fit in memory goes into a temporary folder."""
        return self.tables.connection

    def relation(
        self,
        name: str = "tokens",
        *,
        part: Part = WHOLE,
        sections: pd.DataFrame | None = None,
        section_kinds: Collection[str] = (),
        block_kinds: Collection[str] = (),
        contents: bool = True,
    ) -> duckdb.DuckDBPyRelation:
        """A table as DuckDB relation on `connection`: read from its files as it is used, in document order, in bounded memory.

        Of tokens, those of a part can be had, or of `sections` (a DataFrame with doc_id and section_id; nested ones count only where
        they are named), or of sections and blocks of some kinds, and, with `contents` false, those whose words
        are counted: without tables of contents and what else is left out of counts (`kz_textkit.stats.terms`).

            corpus.relation().filter("upos = 'NOUN'").aggregate("lemma, count(*) AS count").order("count DESC").limit(10).df()

        Raises `CorpusError` where the files of the table can't be read, `UsageError` where there is no such part.
        """
        if name != "tokens":
            return self.tables.table(name)
        chosen = replace(part, section_kinds=(*part.section_kinds, *section_kinds), block_kinds=(*part.block_kinds, *block_kinds))
        rows = tokens_of_part(self.tables, chosen, counted=not contents)
        return rows if sections is None else in_sections(self.tables, rows, sections)

    def _load(self, name: str) -> pd.DataFrame:
        return self.table(name).to_pandas(types_mapper={pa.int32(): pd.Int32Dtype()}.get)
