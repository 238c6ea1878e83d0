"""Reading a corpus: its tables as DataFrames and relations, its statistics, its documents as spaCy Docs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from kz_textkit.corpus.manifest import Manifest, read_manifest
from kz_textkit.corpus.part import WHOLE, Part, in_sections, name_of_part, parts_named, tokens_of_part
from kz_textkit.corpus.parts import PartRows
from kz_textkit.corpus.place import place_of
from kz_textkit.corpus.relation import Relations
from kz_textkit.corpus.schema import SCHEMAS
from kz_textkit.corpus.search import corpus_concordance, corpus_hit_frequencies
from kz_textkit.corpus.statistics import composition, corpus_keywords, corpus_vocabulary, keywords_by_lecture
from kz_textkit.corpus.subcorpora import saved_subcorpora
from kz_textkit.errors import CorpusError
from kz_textkit.stats.collocation import collocates
from kz_textkit.stats.frequency_list import frequency_list
from kz_textkit.stats.ngrams import ngrams
from kz_textkit.stats.sketches import word_sketch
from kz_textkit.stats.terms import By, Spellings

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["Corpus"]


class Corpus:
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
        return f"Corpus({str(self.path)!r}, documents={len(self.manifest.documents)})"

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

    @property
    def default_terms(self) -> By:
        """What terms are where nobody says: lemmas, or forms in a corpus that was not analysed."""
        return "lemma" if self.tables.has_lemmas else "form"

    def frequencies(self, *, by: By | None = None, part: Part = WHOLE) -> pd.DataFrame:
        """The terms of the corpus, or of a part of it, the commonest first: what `frequencies.csv` has.

        They are lemmas with their part of speech, or in a corpus that was not analysed forms, unless `by` says otherwise. See
        `kz_textkit.stats.terms` for what is counted, and `kz_textkit.stats.frequency_list` for the columns.
        """
        way: By = by or ("lemma_upos" if self.tables.has_lemmas else "form")
        return frequency_list(tokens_of_part(self.tables, part), by=way, shown=self.spellings)

    def keywords(self, part: Part | str = WHOLE, against: Part | str | None = None, **options: Any) -> pd.DataFrame:
        """The keywords of a part against the rest or another part; without a part, those of every lecture against the others.

            corpus.keywords("дәріс:11"), corpus.keywords(Part(where="year >= 1991"), Part(where="year < 1991"))

        A name in place of a part is a document, section, kind of block or condition. `options` are those of
        `kz_textkit.corpus.statistics.corpus_keywords` and `keywords_by_lecture`; terms are lemmas where there are any.
        """
        options.setdefault("by", self.default_terms)
        chosen = self.part(part)
        if not chosen:
            return keywords_by_lecture(self, **options)
        return corpus_keywords(self, chosen, against=None if against is None else self.part(against), **options)

    def collocates(self, node: str, part: Part | str = WHOLE, **options: Any) -> pd.DataFrame:
        """What stands near a word more often than chance would have it; see `kz_textkit.stats.collocation.collocates`."""
        options.setdefault("by", self.default_terms)
        return collocates(tokens_of_part(self.tables, self.part(part)), node, shown=self.spellings, **options)

    def sketch(self, word: str, part: Part | str = WHOLE, **options: Any) -> pd.DataFrame:
        """What stands in which grammatical relation to a word; see `kz_textkit.stats.sketches.word_sketch`.

        Raises `UsageError` where the corpus was made without syntax.
        """
        rows = tokens_of_part(self.tables, self.part(part), counted=False)
        placed = rows.project("*, row_number() OVER (PARTITION BY doc_id, sentence_id ORDER BY token_id) AS place")
        return word_sketch(self.tables.counted(placed), word, **options)

    def ngrams(self, part: Part | str = WHOLE, **options: Any) -> pd.DataFrame:
        """Sequences of words that recur; see `kz_textkit.stats.ngrams.ngrams`."""
        options.setdefault("by", self.default_terms)
        return ngrams(tokens_of_part(self.tables, self.part(part)), shown=self.spellings, **options)

    def vocabulary(self, part: Part | str = WHOLE, **options: Any) -> pd.DataFrame:
        """How rich the vocabulary is, or how it grows; see `kz_textkit.corpus.statistics.corpus_vocabulary`."""
        options.setdefault("by", self.default_terms)
        return corpus_vocabulary(self, self.part(part), **options)

    def part(self, name: Part | str) -> Part:
        """The part that a name stands for: a saved subcorpus, a document, a section (`дәріс:3`), a kind of block or a condition.

        Raises `UsageError` where it names nothing, or a section of several documents.
        """
        if isinstance(name, Part):
            return name
        return saved_subcorpora(self.path).get(name) or parts_named(self.tables, [name])

    def composition(self, *columns: str, part: Part | str = WHOLE) -> pd.DataFrame:
        """What the corpus is made of, by columns of its metadata; see `kz_textkit.corpus.statistics.composition`."""
        return composition(self, columns, self.part(part), by=self.default_terms)

    def name_of(self, part: Part) -> str:
        """What to call a part of the corpus."""
        return name_of_part(self.tables, part)

    def concordance(self, query: str, *, part: Part = WHOLE, contents: bool = False, **options: Any) -> pd.DataFrame:
        """The matches of a query in CQL in their context, with the places to cite them by.

            corpus.concordance('[lemma="билік"] []{0,2} [upos="VERB"] within s', sort="1R", limit=50)

        See `stats.cql.query` for the language, and `stats.cql.concordance` for the options and the columns.
        Tables of contents are searched with `contents` alone. The tables are not loaded: memory does not grow with the corpus.
        """
        return corpus_concordance(self.path, query, part=part, contents=contents, **options)

    def hit_frequencies(self, query: str, *, by: str = "form", part: Part = WHOLE, contents: bool = False) -> pd.DataFrame:
        """How the matches of a query are spread over forms, lemmas, documents, lectures or sections.

        See `kz_textkit.stats.cql.concordance.hit_frequencies`.
        """
        return corpus_hit_frequencies(self.path, query, by=by, part=part, contents=contents)

    @cached_property
    def _parts(self) -> PartRows:
        return PartRows(self.path)

    @cached_property
    def _part_of(self) -> dict[str, int]:
        return {entry.doc_id: entry.part for entry in self.manifest.documents}

    def rows(self, name: str, doc_id: str) -> pa.Table:
        """The rows of one document in a table, as Arrow table; quick when documents are asked for in their order.

        Raises `CorpusError` where there is no such document, or the files of the table can't be read.
        """
        part = self._part_of.get(doc_id)
        if part is None:
            raise CorpusError(f"{self.path} has no document {doc_id}")
        return self._parts.table(name, doc_id, part)

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

    def docs(self, vocab: Vocab) -> Iterator[Doc]:
        """The documents as spaCy Docs, one after the other, with words, spaces, sentences, lemmas, parts of speech and features.

        `doc.spans["sections"]` and `doc.spans["blocks"]` hold the sections and blocks, labelled with their kind and with their ids
        as `span.id_`; `doc.user_data["doc_id"]` says which document it is. Each block begins a sentence and is followed by a space.
        """
        from kz_textkit.corpus.docs import docs_of  # spaCy takes a second to load, and nothing else here needs it.

        return docs_of(self, vocab)

    def _load(self, name: str) -> pd.DataFrame:
        return self.table(name).to_pandas(types_mapper={pa.int32(): pd.Int32Dtype()}.get)
