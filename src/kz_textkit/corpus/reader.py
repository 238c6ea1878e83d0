"""Reading a corpus: its tables as DataFrames, its documents as spaCy Docs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kz_textkit.corpus.manifest import MANIFEST, Manifest, read_manifest
from kz_textkit.corpus.parts import PartRows
from kz_textkit.corpus.place import place_of
from kz_textkit.corpus.schema import SCHEMAS
from kz_textkit.corpus.search import corpus_concordance, corpus_hit_frequencies
from kz_textkit.errors import CorpusError
from kz_textkit.stats.counting import connect
from kz_textkit.stats.frequency import FORMS_SHOWN, term_frequencies
from kz_textkit.stats.frequency_list import lemmas_with_forms

__all__ = ["Corpus", "counted_tokens"]

UNCOUNTED_BLOCKS = ("toc_entry",)
UNCOUNTED_SECTIONS = ("contents",)


class Corpus:
    """A corpus on disk. Its tables are loaded when they are first asked for, and then kept.

    Every table is a DataFrame with the columns that `kz_textkit.corpus.schema` describes, in document order: `corpus.tokens`,
    `corpus.sentences`, `corpus.blocks`, `corpus.sections`, `corpus.documents`, `corpus.links`, `corpus.edits`, `corpus.gaps`.

    Raises `CorpusError` where `path` is no corpus, or one of another format version.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = place_of(Path(path))
        self.manifest: Manifest = read_manifest(self.path)

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
    def links(self) -> pd.DataFrame:
        return self._load("links")

    @cached_property
    def edits(self) -> pd.DataFrame:
        return self._load("edits")

    @cached_property
    def gaps(self) -> pd.DataFrame:
        return self._load("gaps")

    @property
    def words(self) -> pd.DataFrame:
        """The tokens without those of tables of contents, which repeat the titles of the text: what is counted as its words."""
        return counted_tokens(self.tokens, self.sections, self.blocks)

    def frequencies(self, *, by: Literal["form", "lemma"] | None = None) -> pd.DataFrame:
        """The terms of the corpus, the commonest first; by lemma where there are lemmas, unless `by` says otherwise.

        See `kz_textkit.stats.frequency` for what is counted and for the columns.
        """
        words = self.relation(contents=False)
        if by == "form" or (by is None and not words.filter("lemma != ''").limit(1).fetchall()):
            return term_frequencies(self.words)
        return lemmas_with_forms(words, most=FORMS_SHOWN).round({"per_million": 2})

    def concordance(self, query: str, *, contents: bool = False, **options: Any) -> pd.DataFrame:
        """The matches of a query in CQL in their context, with the places to cite them by.

            corpus.concordance('[lemma="билік"] []{0,2} [upos="VERB"] within s', sort="1R", limit=50)

        See `stats.cql.query` for the language, and `stats.cql.concordance` for the options and the columns.
        Tables of contents are searched with `contents` alone. The tables are not loaded: memory does not grow with the corpus.
        """
        return corpus_concordance(self.path, query, contents=contents, **options)

    def hit_frequencies(self, query: str, *, by: str = "form", contents: bool = False) -> pd.DataFrame:
        """How the matches of a query are spread over forms, lemmas, documents, lectures or sections.

        See `kz_textkit.stats.cql.concordance.hit_frequencies`.
        """
        return corpus_hit_frequencies(self.path, query, by=by, contents=contents)

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
        folder = self.path / name
        try:
            dataset = ds.dataset(self._files(name), schema=SCHEMAS[name], format="parquet")
            return dataset.to_table(columns=columns)
        except (OSError, pa.ArrowException) as error:
            raise CorpusError(f"{folder} is damaged: {str(error).splitlines()[0]}") from error

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The DuckDB connection that the relations of this corpus live on; what does not fit in memory goes into a temporary folder."""
        return connect()

    def relation(
        self,
        name: str = "tokens",
        *,
        sections: pd.DataFrame | None = None,
        section_kinds: Collection[str] = (),
        block_kinds: Collection[str] = (),
        contents: bool = True,
    ) -> duckdb.DuckDBPyRelation:
        """A table as DuckDB relation on `connection`: read from its files as it is used, in document order, in bounded memory.

        For tables that have them, rows can be kept of `sections` (a DataFrame with doc_id and section_id; nested ones count only where
        they are named), of sections and blocks of some kinds, and, with `contents` false, without those of tables of contents.

            corpus.relation().filter("upos = 'NOUN'").aggregate("lemma, count(*) AS count").order("count DESC").limit(10).df()

        Raises `CorpusError` where the files of the table can't be read.
        """
        rows = self._relation(name)
        if sections is not None:
            keys = self.connection.from_arrow(pa.Table.from_pandas(sections[["doc_id", "section_id"]], preserve_index=False))
            rows = _kept(rows, keys, "section_id", "semi")
        if section_kinds:
            rows = _kept(rows, self._relation("sections").filter(_one_of("kind", section_kinds)), "section_id", "semi")
        if block_kinds:
            rows = _kept(rows, self._relation("blocks").filter(_one_of("kind", block_kinds)), "block_id", "semi")
        return rows if contents else _kept(rows, self._contents(), "block_id", "anti")

    def _contents(self) -> duckdb.DuckDBPyRelation:
        """The blocks of tables of contents."""
        sections = self._relation("sections").filter(_one_of("kind", UNCOUNTED_SECTIONS)).project("doc_id, section_id")
        blocks = self._relation("blocks")
        entries = blocks.filter(_one_of("kind", UNCOUNTED_BLOCKS)).project("doc_id, block_id")
        return entries.union(_kept(blocks, sections, "section_id", "semi").project("doc_id, block_id"))

    def _relation(self, name: str) -> duckdb.DuckDBPyRelation:
        folder = self.path / name
        files = self._files(name)
        try:
            return self.connection.read_parquet(files)
        except duckdb.Error as error:
            raise CorpusError(f"{folder} is damaged: {str(error).splitlines()[0]}") from error

    def _files(self, table: str) -> list[str]:
        """The files of a table, those that the manifest names; others in its folder are none of the corpus."""
        parts = self.manifest.parts(table)
        if not parts:
            raise CorpusError(f"{self.path / table} is damaged: {MANIFEST} names no files of it")
        return [str(self.path / part) for part in parts]

    def docs(self, vocab: Vocab) -> Iterator[Doc]:
        """The documents as spaCy Docs, one after the other, with words, spaces, sentences, lemmas, parts of speech and features.

        `doc.spans["sections"]` and `doc.spans["blocks"]` hold the sections and blocks, labelled with their kind and with their ids
        as `span.id_`; `doc.user_data["doc_id"]` says which document it is. Each block begins a sentence and is followed by a space.
        """
        for entry in self.manifest.documents:
            tokens = self.rows("tokens", entry.doc_id).to_pydict()
            kinds = {}
            for name in ("sections", "blocks"):
                rows = self.rows(name, entry.doc_id)
                kinds[name] = dict(zip(rows[f"{name[:-1]}_id"].to_pylist(), rows["kind"].to_pylist(), strict=True))
            doc = _doc(vocab, tokens)
            doc.user_data["doc_id"] = entry.doc_id
            doc.spans["sections"] = _spans(doc, tokens["section_id"], kinds["sections"])
            doc.spans["blocks"] = _spans(doc, tokens["block_id"], kinds["blocks"])
            yield doc

    def _load(self, name: str) -> pd.DataFrame:
        return self.table(name).to_pandas(types_mapper={pa.int32(): pd.Int32Dtype()}.get)


def _kept(rows: duckdb.DuckDBPyRelation, keys: duckdb.DuckDBPyRelation, key: str, how: str) -> duckdb.DuckDBPyRelation:
    """The rows whose document and `key` are among the keys, or, with an `anti` join, are not."""
    return rows.set_alias("r").join(keys.set_alias("k"), f"r.doc_id = k.doc_id AND r.{key} = k.{key}", how=how)


def _one_of(column: str, values: Collection[str]) -> duckdb.Expression:
    return duckdb.ColumnExpression(column).isin(*map(duckdb.ConstantExpression, values))


def counted_tokens(tokens: pd.DataFrame, sections: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """The `tokens` that are not of tables of contents, by the kinds in `sections` and `blocks`."""
    contents = sections.loc[sections["kind"].isin(UNCOUNTED_SECTIONS), ["doc_id", "section_id"]]
    entries = blocks.loc[blocks["kind"].isin(UNCOUNTED_BLOCKS), ["doc_id", "block_id"]]
    return _without(_without(tokens, contents), entries)


def _without(tokens: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    if keys.empty:
        return tokens
    names = list(keys.columns)
    return tokens[~pd.MultiIndex.from_frame(tokens[names]).isin(pd.MultiIndex.from_frame(keys))]


def _doc(vocab: Vocab, tokens: dict[str, list[Any]]) -> Doc:
    blocks, sentences = tokens["block_id"], tokens["sentence_id"]
    last_in_block = [a != b for a, b in zip(blocks, [*blocks[1:], None], strict=True)]
    spaces = [space or last for space, last in zip(tokens["space_after"], last_in_block, strict=True)]
    starts = [a != b for a, b in zip(sentences, [None, *sentences[:-1]], strict=True)]
    return Doc(
        vocab,
        words=tokens["form"],
        spaces=spaces,
        sent_starts=starts,
        lemmas=tokens["lemma"] if any(tokens["lemma"]) else None,
        pos=tokens["upos"] if any(tokens["upos"]) else None,
        morphs=tokens["feats"] if any(tokens["feats"]) else None,
    )


def _spans(doc: Doc, ids: list[str], kinds: dict[str, str]) -> list[Span]:
    """A span for every run of one id."""
    borders = [i for i, (a, b) in enumerate(zip(ids, [None, *ids[:-1]], strict=True)) if a != b]
    return [Span(doc, start, end, label=kinds[ids[start]], span_id=ids[start]) for start, end in _pairs(borders, len(ids))]


def _pairs(borders: list[int], end: int) -> list[tuple[int, int]]:
    return list(zip(borders, [*borders[1:], end], strict=True)) if borders else []
