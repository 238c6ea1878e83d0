"""A part of a corpus, and the one way to name it: documents, sections, kinds of blocks and sections, conditions on metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd
import pyarrow as pa

from kz_textkit.corpus.relation import Relations
from kz_textkit.corpus.token_stream import CountedTokens
from kz_textkit.corpus.where import document_condition
from kz_textkit.document import BLOCK_KINDS
from kz_textkit.errors import UsageError
from kz_textkit.stats.parts import named_sections, part_names, with_nested
from kz_textkit.stats.sql import sql_name, sql_string

__all__ = [
    "WHOLE",
    "Part",
    "blocks_of_part",
    "documents_with_metadata",
    "in_sections",
    "name_of_part",
    "parts_named",
    "stream_of_part",
    "tokens_of_part",
]

_CONDITION = re.compile(r"[=<>]|\s(?:in|like|is)\s", re.IGNORECASE)
"""What a condition has, and names of documents and sections hardly have."""

NAMED = 12
"""Choices that an error names."""
KEY = ["doc_id", "section_id"]


@dataclass(frozen=True)
class Part:
    """A part of a corpus: what all of the conditions hold for; everything where there are none.

    Of one kind of condition, any has to hold: `documents=("заң", "роман")` are both documents.
    """

    sections: tuple[str, ...] = ()
    """Sections with those nested in them: by number of a lecture or section (`3`), id (`s0012`), or title or how it begins; with the
    document before it (`дәріс:3`), which is needed where the name fits sections of several documents."""
    documents: tuple[str, ...] = ()
    """Documents by id."""
    block_kinds: tuple[str, ...] = ()
    """Kinds of blocks, such as `paragraph`, `heading`, `question`."""
    section_kinds: tuple[str, ...] = ()
    where: str = ""
    """Condition on the columns of the documents table (`kz_textkit.corpus.where`)."""

    def __bool__(self) -> bool:
        return bool(self.sections or self.documents or self.block_kinds or self.section_kinds or self.where.strip())

    @property
    def is_of_documents(self) -> bool:
        """Whether it is a part, and consists of whole documents."""
        return bool(self) and not (self.sections or self.block_kinds or self.section_kinds)


WHOLE = Part()


def tokens_of_part(tables: Relations, part: Part = WHOLE, *, counted: bool = True) -> duckdb.DuckDBPyRelation:
    """The tokens of a part of a corpus in document order; those whose words are counted, or all.

    Words that are not counted are counted where their kind is asked for (`block_kinds=("toc_entry",)`).
    Raises `UsageError` where the part names documents, sections, kinds or columns that the corpus does not have.
    """
    rows = _kept(tables, tables.table("tokens"), part)
    if part.block_kinds:
        blocks = tables.table("blocks").filter(_one_of("kind", part.block_kinds))
        rows = _semi(rows, blocks, "block_id")
    return tables.counted(rows, asked=(*part.block_kinds, *part.section_kinds)) if counted else rows


def stream_of_part(tables: Relations, part: Part = WHOLE) -> CountedTokens:
    """The tokens of a part whose words are counted, as a stream of documents: what counts work on.

    Raises `UsageError` as `tokens_of_part` does.
    """
    _check_kinds(tables, part)
    in_blocks = part.sections or part.section_kinds or part.block_kinds
    return CountedTokens(
        tables,
        lambda: tokens_of_part(tables, part),
        documents=_documents(tables, part) if part.documents or part.where.strip() else None,
        blocks=blocks_of_part(tables, part).project("doc_id, block_id").fetchall() if in_blocks else None,
        asked=(*part.block_kinds, *part.section_kinds),
    )


def blocks_of_part(tables: Relations, part: Part) -> duckdb.DuckDBPyRelation:
    """The blocks of a part of a corpus: doc_id, block_id, section_id, kind and the other columns of the table."""
    rows = _kept(tables, tables.table("blocks"), part)
    return rows.filter(_one_of("kind", part.block_kinds)) if part.block_kinds else rows


def name_of_part(tables: Relations, part: Part) -> str:
    """What to call a part in a table: `дәріс:1 «1. Сот билігі»`, `заң, question`, `year >= 1991`, or `the whole corpus`."""
    names = []
    if part.sections:
        chosen = _chosen(tables, part)
        titles = part_names(chosen)
        shown = [f"{doc_id} «{title}»" for doc_id, title in zip(chosen["doc_id"].tolist(), titles.tolist(), strict=True)]
        names.append(", ".join(shown[:NAMED]) + (f" and {len(shown) - NAMED} more" if len(shown) > NAMED else ""))
    elif part.documents:
        names.append(", ".join(part.documents))
    for kinds in (part.block_kinds, part.section_kinds):
        if kinds:
            names.append(" or ".join(kinds))
    if part.where.strip():
        names.append(part.where.strip())
    return "; ".join(names) or "the whole corpus"


def parts_named(tables: Relations, names: Sequence[str], *, beside: Part = WHOLE) -> Part:
    """The part that names stand for, all of which name things of one kind: documents, kinds of blocks, sections, or a condition.

    Sections are looked for in the documents of the part `beside` first, where that is of sections. Raises `UsageError` where names are
    of several kinds, or name nothing.
    """
    found = [_part_named(tables, name.strip()) for name in names]
    documents = tuple(name for part in found for name in part.documents)
    kinds = tuple(name for part in found for name in part.block_kinds)
    sections = tuple(name for part in found for name in part.sections)
    conditions = [part.where for part in found if part.where]
    if sum(map(bool, (documents, kinds, sections, conditions))) != 1:
        raise UsageError(f"{', '.join(names)}: name parts of one kind: documents, sections, kinds, or a condition")
    if sections and beside.sections and beside.documents:
        return Part(sections=sections, documents=beside.documents)
    return Part(sections=sections, documents=documents, block_kinds=kinds, where=" or ".join(f"({where})" for where in conditions))


def _part_named(tables: Relations, name: str) -> Part:
    if tables.table("documents").filter(_one_of("doc_id", [name])).limit(1).fetchall():
        return Part(documents=(name,))
    if name in BLOCK_KINDS:
        return Part(block_kinds=(name,))
    return Part(where=name) if _CONDITION.search(name) else Part(sections=(name,))


def _kept(tables: Relations, rows: duckdb.DuckDBPyRelation, part: Part) -> duckdb.DuckDBPyRelation:
    """The rows of a table with doc_id and section_id that are in the documents and sections of the part."""
    _check_kinds(tables, part)
    if part.documents or part.where.strip():
        documents = _documents(tables, part)
        # Few documents are looked up in the files; many are joined.
        rows = rows.filter(_one_of("doc_id", documents)) if len(documents) <= NAMED else _semi_documents(tables, rows, documents)
    if part.sections:
        rows = in_sections(tables, rows, with_nested(_sections(tables, part), _chosen(tables, part)))
    if part.section_kinds:
        rows = _semi(rows, tables.table("sections").filter(_one_of("kind", part.section_kinds)), "section_id")
    return rows


def _documents(tables: Relations, part: Part) -> list[str]:
    """The documents that are named and that the condition holds for."""
    documents = tables.table("documents")
    for doc_id in part.documents:
        if not documents.filter(_one_of("doc_id", [doc_id])).limit(1).fetchall():
            there = [name for (name,) in documents.project("doc_id").limit(NAMED).fetchall()]
            raise UsageError(f"there is no document {doc_id} in the corpus: it has {', '.join(there)}")
    if part.documents:
        documents = documents.filter(_one_of("doc_id", part.documents))
    if part.where.strip():
        documents = documents_with_metadata(tables, documents)
        columns = {name: str(kind) for name, kind in zip(documents.columns, documents.types, strict=True)}
        documents = documents.filter(document_condition(part.where, columns))
    found = [doc_id for (doc_id,) in documents.project("doc_id").fetchall()]
    if not found:
        raise UsageError(f"no document is in the part: {part.where.strip()}")
    return found


def documents_with_metadata(tables: Relations, documents: duckdb.DuckDBPyRelation | None = None) -> duckdb.DuckDBPyRelation:
    """The documents table, or some rows of it, with what the files and the user say of the works (`metadata`, JSON) as columns, beside
    those that there are."""
    documents = tables.table("documents") if documents is None else documents
    if "metadata" not in documents.columns:
        return documents
    names = sorted({name for (name,) in documents.project("unnest(json_keys(metadata))").distinct().fetchall()})
    taken = {column.lower() for column in documents.columns}
    more = [f"metadata ->> {sql_string(name)} AS {sql_name(name)}" for name in names if name.lower() not in taken]
    return documents.project(", ".join(["* EXCLUDE (metadata)", *more]))


def _sections(tables: Relations, part: Part) -> pd.DataFrame:
    """The sections table, of the documents of the part."""
    rows = tables.table("sections")
    if part.documents or part.where.strip():
        rows = _semi_documents(tables, rows, _documents(tables, part))
    return rows.df()


def _chosen(tables: Relations, part: Part) -> pd.DataFrame:
    """The sections that are named, without those nested in them."""
    sections = _sections(tables, part)
    return pd.concat([named_sections(sections, name) for name in part.sections]).drop_duplicates(KEY)


def _check_kinds(tables: Relations, part: Part) -> None:
    for kinds, table in ((part.block_kinds, "blocks"), (part.section_kinds, "sections")):
        if kinds:
            there = sorted(kind for (kind,) in tables.table(table).project("kind").distinct().fetchall())
            for kind in kinds:
                if kind not in there:
                    raise UsageError(f"there is no {table[:-1]} kind {kind} in the corpus: it has {', '.join(there)}")


def in_sections(tables: Relations, rows: duckdb.DuckDBPyRelation, sections: pd.DataFrame) -> duckdb.DuckDBPyRelation:
    """The rows of a table that stand in these sections (doc_id, section_id) themselves, not in those nested in them."""
    return _semi(rows, tables.connection.from_arrow(pa.Table.from_pandas(sections[KEY], preserve_index=False)), "section_id")


def _semi(rows: duckdb.DuckDBPyRelation, keys: duckdb.DuckDBPyRelation, key: str) -> duckdb.DuckDBPyRelation:
    return rows.set_alias("r").join(keys.set_alias("k"), f"r.doc_id = k.doc_id AND r.{key} = k.{key}", how="semi")


def _semi_documents(tables: Relations, rows: duckdb.DuckDBPyRelation, documents: Sequence[str]) -> duckdb.DuckDBPyRelation:
    keys = tables.connection.from_arrow(pa.table({"doc_id": pa.array(documents, pa.string())}))
    return rows.set_alias("r").join(keys.set_alias("k"), "r.doc_id = k.doc_id", how="semi")


def _one_of(column: str, values: Sequence[str]) -> duckdb.Expression:
    return duckdb.ColumnExpression(column).isin(*map(duckdb.ConstantExpression, values))
