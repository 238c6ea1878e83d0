"""Statistics of a corpus on disk, or of a part of it: what `kz_textkit.stats` computes, with the tables that it needs.

What is counted, and how terms are written, is said in `kz_textkit.stats.terms`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd

from kz_textkit.corpus.part import WHOLE, Part, documents_with_metadata, stream_of_part, tokens_of_part
from kz_textkit.corpus.token_stream import CountedTokens
from kz_textkit.errors import UsageError
from kz_textkit.stats.compared_counts import counts_on_sides
from kz_textkit.stats.counting import (
    ALL,
    Filter,
    by_count,
    code_tokens,
    count_pairs,
    count_spellings,
    part_of_tokens,
    terms_counted,
)
from kz_textkit.stats.keyness import KEYWORD_COLUMNS, keywords
from kz_textkit.stats.parts import lectures, part_names
from kz_textkit.stats.sql import sql_name
from kz_textkit.stats.terms import IS_WORD, TERM, By, query_over
from kz_textkit.stats.vocabulary import coverage_curve, growth_curve, unknown_words, vocabulary

if TYPE_CHECKING:
    from kz_textkit.corpus.opened import OpenedCorpus

__all__ = [
    "KEYWORD_ORDERS",
    "VIEWS",
    "Part",
    "composition",
    "corpus_keywords",
    "corpus_vocabulary",
    "has_lemmas",
    "keywords_by_lecture",
    "lectures_of",
    "part_stream",
    "part_tokens",
    "read_reference",
    "titled_parts",
]

KEYWORD_ORDERS = ("log_likelihood", "log_ratio", "diff_percent", "bayes_factor", "chi_square")
"""Measures that keywords can be sorted by."""
VIEWS = ("summary", "growth", "coverage", "unknown")
"""What there is to see of a vocabulary."""


def part_tokens(corpus: OpenedCorpus, part: Part = WHOLE) -> duckdb.DuckDBPyRelation:
    """The tokens of a part of a corpus whose words are counted.

    Raises `UsageError` where it names sections, documents or kinds that the corpus does not have.
    """
    return tokens_of_part(corpus.tables, part)


def part_stream(corpus: OpenedCorpus, part: Part = WHOLE) -> CountedTokens:
    """The same as a stream of documents: what counts work on."""
    return stream_of_part(corpus.tables, part)


def has_lemmas(corpus: OpenedCorpus) -> bool:
    """Whether the words of a corpus were analysed."""
    return corpus.tables.has_lemmas


def lectures_of(corpus: OpenedCorpus) -> pd.DataFrame:
    """The top-level section of each section: doc_id, section_id, lecture_id."""
    return lectures(corpus.sections)


def corpus_keywords(
    corpus: OpenedCorpus,
    part: Part,
    *,
    against: Part | None = None,
    reference: pd.Series[int] | None = None,
    by: By = "form",
    words: Filter = ALL,
    min_count: int = 3,
    order: str = "log_likelihood",
    negative: bool = False,
) -> pd.DataFrame:
    """The keywords of a part: against the rest of the corpus, another part, or a reference list of terms with counts.

    The columns are term and those of `kz_textkit.stats.keyness.keywords`; terms are sorted by `order`, and occur `min_count` times or
    more in the part, or with `negative`, which gives those that the part has less often, in the reference.

    `result.attrs` has what is compared: `part` and `against` by name, `size` and `against_size` in words.

    Raises `UsageError` for an unknown measure, or where a part or its reference has no words.
    """
    _check_order(order)
    shown = corpus.shown(by)
    if reference is None and against is None and part.is_of_documents:
        # The part and the rest are counted in one pass.
        documents = part_stream(corpus, part).documents
        (counts, size), (other, other_size) = counts_on_sides(part_stream(corpus), documents, by=by, words=words, shown=shown)
    else:
        spellings = count_spellings(part_stream(corpus, part), by=by, words=words, shown=shown)
        counts, size = terms_counted(spellings), int(spellings["count"].sum())
    if reference is not None:
        other, other_size = reference, int(reference.sum())
    elif against is not None or not part.is_of_documents:
        others = count_spellings(part_stream(corpus, against or WHOLE), by=by, words=words, shown=shown)
        other, other_size = terms_counted(others), int(others["count"].sum())
        if against is None:
            other, other_size = other.sub(counts, fill_value=0).astype("int64"), other_size - size
    if not size or not other_size:
        raise UsageError("keywords need words on both sides: choose a part, or another reference")
    # Terms that would not be listed are not compared.
    if negative:
        other = other[other >= min_count]
        counts = counts[counts.index.isin(other.index)]
    else:
        counts = counts[counts >= min_count]
        other = other[other.index.isin(counts.index)]
    table = _sorted(keywords(counts, other, size=size, reference_size=other_size), min_count, order, negative)
    table.attrs["part"] = corpus.name_of(part)
    table.attrs["against"] = "a reference list" if reference is not None else corpus.name_of(against) if against else "the rest"
    table.attrs["size"], table.attrs["against_size"] = size, other_size
    return table


def keywords_by_lecture(
    corpus: OpenedCorpus,
    *,
    by: By = "form",
    words: Filter = ALL,
    min_count: int = 3,
    order: str = "log_likelihood",
    top: int = 10,
    parts: str = "lecture",
) -> pd.DataFrame:
    """The first `top` keywords of each part against the rest of the corpus, in the order of the text; `parts` are lectures (sections at
    the top of the tree), sections or documents.

    The columns are doc_id, section_id, title, term and those of `kz_textkit.stats.keyness.keywords`.
    """
    _check_order(order)
    coded = code_tokens(part_stream(corpus), by=by, words=words, shown=corpus.shown(by))
    part, rows = part_of_tokens(coded, lectures_of(corpus), parts)
    is_word = coded.code >= 0
    sizes = np.bincount(part[is_word], minlength=len(rows))
    at, code, count = count_pairs(part[coded.listed], coded.code[coded.listed])
    total = np.bincount(code, weights=count, minlength=len(coded.terms)).astype(np.int64)
    titled = titled_parts(corpus, rows)
    tables = []
    for number, (doc_id, section_id, title) in enumerate(titled[["doc_id", "section_id", "title"]].itertuples(index=False)):
        if not sizes[number] or sizes[number] == sizes.sum():
            continue
        here = at == number
        counts = pd.Series(count[here], index=pd.Index(coded.terms[code[here]], name="term"))
        rest = pd.Series(total[code[here]] - count[here], index=counts.index)
        table = keywords(counts, rest, size=int(sizes[number]), reference_size=int(sizes.sum() - sizes[number]))
        table = _sorted(table, min_count, order, negative=False).head(top)
        table.insert(0, "doc_id", doc_id)
        table.insert(1, "section_id", section_id)
        table.insert(2, "title", title)
        tables.append(table)
    if not tables:
        raise UsageError("there is one part only, and nothing to compare it with: give a reference list")
    return pd.concat(tables, ignore_index=True)


def titled_parts(corpus: OpenedCorpus, rows: pd.DataFrame) -> pd.DataFrame:
    """Parts, by doc_id and unless they are documents section_id, with the title of each."""
    if "section_id" in rows:
        titles = corpus.sections.assign(title=part_names(corpus.sections))[["doc_id", "section_id", "title"]]
        return rows.merge(titles, on=["doc_id", "section_id"], how="left")
    titles = corpus.documents[["doc_id", "title"]]
    named = rows.merge(titles.assign(title=titles["title"].where(titles["title"] != "", titles["doc_id"])), on="doc_id", how="left")
    return named.assign(section_id="")


def _check_order(order: str) -> None:
    if order not in KEYWORD_ORDERS:
        raise UsageError(f"there is no measure {order}: choose one of {', '.join(KEYWORD_ORDERS)}")


def _sorted(table: pd.DataFrame, min_count: int, order: str, negative: bool) -> pd.DataFrame:
    # A word that a side lacks is no word of it, though its log ratio says how much rarer it is there at most.
    often = table["reference_count" if negative else "count"] >= max(min_count, 1)
    table = table[often & ((table["log_ratio"] < 0) if negative else (table["log_ratio"] > 0))]
    table = table.rename_axis("term").reset_index()[["term", *KEYWORD_COLUMNS]]
    # The Bayes factor has no sign: it is as great for words that a part lacks, which are not in the table.
    upwards = negative and order != "bayes_factor"
    return by_count(table, "term", order, "count", ascending=upwards)


def composition(corpus: OpenedCorpus, columns: Sequence[str], part: Part = WHOLE, *, by: By = "form") -> pd.DataFrame:
    """What a corpus is made of, by columns of the documents table or of the metadata: the columns, documents, words, types (different
    terms), percent (of the words), the values in alphabetical order.

    Raises `UsageError` where there is no such column.
    """
    documents = documents_with_metadata(corpus.tables)
    for name in columns:
        if name not in documents.columns:
            raise UsageError(f"documents have no column {name}: choose from {', '.join(documents.columns)}")
    names = [sql_name(name) for name in columns]
    values = [f"CAST({name} AS VARCHAR) AS {name}" for name in names if name != '"doc_id"']
    documents.project(", ".join(["doc_id", *values])).create_view("kz_composed", replace=True)
    keys = ", ".join(names)
    table = query_over(
        part_tokens(corpus, part),
        f"""
        WITH words AS (SELECT doc_id, {TERM[by]} AS term, count(*) AS n FROM kz_tokens WHERE {IS_WORD} GROUP BY ALL)
        SELECT {keys}, count(DISTINCT doc_id)::BIGINT AS documents, sum(n)::BIGINT AS words, count(DISTINCT term)::BIGINT AS types
        FROM words JOIN kz_composed USING (doc_id) GROUP BY {keys} ORDER BY {", ".join(f"{name} NULLS LAST" for name in names)}
        """,
    ).df()
    table["percent"] = (table["words"] * 100 / max(int(table["words"].sum()), 1)).round(2)
    return table


def read_reference(path: Path) -> pd.Series[int]:
    """A reference list: a CSV file in UTF-8 with a line of names, terms in its first column and counts in `count` or else the second.

    Terms with several lines are added up. Raises `UsageError` where it is no such file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names, *rows = [row for row in csv.reader(file) if row]
        column = names.index("count") if "count" in names else 1
        if column >= len(names):
            raise ValueError("no column of counts")
        terms = [row[0].removeprefix("'") if row[0][1:2] in "=+-@" else row[0] for row in rows]
        counts = pd.Series([int(float(row[column])) for row in rows], index=terms, dtype="int64")
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from None
    except (ValueError, IndexError, csv.Error):
        raise UsageError(f"{path} is no reference list: it has to be CSV in UTF-8, with a line of names, then term,count") from None
    if (counts < 0).any():
        raise UsageError(f"{path} is no reference list: it has counts below zero")
    return counts.groupby(level=0).sum()


def corpus_vocabulary(
    corpus: OpenedCorpus, part: Part = WHOLE, *, by: By = "form", view: str = "summary", known: Callable[[str], bool] | None = None
) -> pd.DataFrame:
    """The vocabulary of a part of a corpus: its measures, or one of its curves, or its unknown words (`kz_textkit.stats.vocabulary`).

    `known` says whether a form is known; without it the summary says nothing of unknown words. Raises `UsageError` for an unknown
    `view`.
    """
    if view not in VIEWS:
        raise UsageError(f"there is no {view} of a vocabulary: choose one of {', '.join(VIEWS)}")
    tokens = part_stream(corpus, part)
    if view == "coverage":
        return coverage_curve(terms_counted(count_spellings(tokens, by=by)))
    if view == "unknown":
        return unknown_words(count_spellings(tokens, shown=corpus.spellings), known or (lambda form: True))
    coded = code_tokens(tokens, by=by)
    terms: Any = coded.terms[coded.code[coded.code >= 0]]
    if view == "growth":
        return growth_curve(terms)
    table = vocabulary(terms)
    if known is None:
        return table
    unknown = unknown_words(count_spellings(tokens), known)
    more = pd.DataFrame({"measure": ["unknown_forms", "unknown_tokens"], "value": [float(len(unknown)), float(unknown["count"].sum())]})
    return pd.concat([table, more], ignore_index=True)
