"""How terms are used over a corpus: where they stand, in which parts and years, and which terms of several words there are."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from kz_textkit.corpus.opened import OpenedCorpus
from kz_textkit.corpus.part import WHOLE, Part, documents_with_metadata
from kz_textkit.corpus.statistics import lectures_of, part_stream, part_tokens, titled_parts
from kz_textkit.errors import UsageError
from kz_textkit.stats.counting import ALL, Filter
from kz_textkit.stats.dispersion import dispersion
from kz_textkit.stats.frequency_list import terms_by_part
from kz_textkit.stats.multiword import multiword_terms
from kz_textkit.stats.occurrences import spread
from kz_textkit.stats.part_terms import terms_of_each_part
from kz_textkit.stats.sql import sql_list, sql_name
from kz_textkit.stats.terms import IS_WORD, TERM, By, fold_case, query_over
from kz_textkit.stats.trend import trend

__all__ = ["corpus_across", "corpus_each_part", "corpus_multiword", "corpus_spread", "corpus_trend"]


def corpus_spread(
    corpus: OpenedCorpus, terms: Sequence[str], part: Part = WHOLE, *, by: By = "form", parts: str = "lecture"
) -> pd.DataFrame:
    """How terms are spread over the parts of a corpus, or of a part of it: the columns of `kz_textkit.stats.occurrences.spread`, and
    title. `result.attrs["dp"]` has Gries' deviation of proportions by term (0 is even), for those that occur.

    Raises `UsageError` where no term is named, or there are no such parts.
    """
    if not terms:
        raise UsageError("name a term, or several")
    table = spread(part_stream(corpus, part), terms, by=by, shown=corpus.spellings, parts=parts, sections=lectures_of(corpus))
    sizes = table.drop_duplicates([name for name in ("doc_id", "section_id") if name in table]).reset_index(drop=True)["words"]
    numbered = table.assign(part=table.groupby("term", sort=False).cumcount())
    found = numbered[numbered["count"] > 0]
    measures = dispersion(found[["term", "part", "count"]], sizes)
    table.attrs["dp"] = {str(term): round(float(value), 4) for term, value in measures["dp"].items()}
    return _with_titles(corpus, table)


def corpus_each_part(
    corpus: OpenedCorpus,
    part: Part = WHOLE,
    *,
    by: By = "form",
    words: Filter = ALL,
    parts: str = "lecture",
    top: int = 10,
    min_count: int = 1,
    alone: bool = False,
) -> pd.DataFrame:
    """The commonest terms of each part of a corpus, or with `alone` those that no other part has: the columns of
    `kz_textkit.stats.part_terms.terms_of_each_part`, and title."""
    table = terms_of_each_part(
        part_stream(corpus, part),
        by=by,
        words=words,
        shown=corpus.spellings,
        parts=parts,
        sections=lectures_of(corpus),
        top=top,
        min_count=min_count,
        alone=alone,
    )
    return _with_titles(corpus, table)


def corpus_across(
    corpus: OpenedCorpus, part: Part = WHOLE, *, by: By = "form", words: Filter = ALL, parts: str = "lecture", top: int = 20
) -> tuple[pd.DataFrame, dict[str, str]]:
    """How often the commonest terms occur in each part (`kz_textkit.stats.frequency_list.terms_by_part`), and the titles of the parts
    by the names of their columns."""
    table, names = terms_by_part(
        part_stream(corpus, part), by=by, words=words, shown=corpus.spellings, parts=parts, sections=lectures_of(corpus), top=top
    )
    titles = titled_parts(corpus, names.reset_index())["title"].tolist()
    return table, {number: f"{number}. {title}" for number, title in zip(names.index, titles, strict=True)}


def corpus_multiword(corpus: OpenedCorpus, part: Part = WHOLE, **options: object) -> pd.DataFrame:
    """The terms of several words of a corpus, or of a part of it; `options` are those of `kz_textkit.stats.multiword.multiword_terms`.

    Raises `UsageError` where the corpus was not analysed, so that there are no parts of speech.
    """
    if not corpus.tables.has_lemmas:
        raise UsageError("terms of several words need parts of speech, which this corpus has not: make it again with annotation")
    return multiword_terms(part_tokens(corpus, part), shown=corpus.spellings, **options)  # type: ignore[arg-type]


def corpus_trend(
    corpus: OpenedCorpus, terms: Sequence[str], part: Part = WHOLE, *, over: str = "year", by: By = "form"
) -> pd.DataFrame:
    """How often terms, in capitals or not, are used from year to year: what `kz_textkit.stats.trend.trend` gives.

    `over` is a column of the documents or of the metadata: a number, or a date, of which the year is taken. `result.attrs["without"]`
    is how many documents of the part say none, and are left out.

    Raises `UsageError` where there is no such column, or it says too little.
    """
    if not terms:
        raise UsageError("name a term, or several")
    times = _times(corpus, over)
    counted = query_over(
        part_tokens(corpus, part),
        f"SELECT doc_id, {TERM[by]} AS term, count(*)::BIGINT AS count FROM kz_tokens WHERE {IS_WORD} GROUP BY ALL",
    )
    sizes = counted.aggregate("doc_id, sum(count)::BIGINT AS words", "doc_id").df()
    sizes[over] = sizes["doc_id"].map(times)
    dated = sizes.dropna(subset=[over])
    if dated[over].nunique() < 2:
        raise UsageError(f"a trend needs documents of two years or more: {over} says {dated[over].nunique()}")
    wanted = {fold_case(term): term for term in terms}
    found = _found(counted, list(wanted))
    found[over] = found["doc_id"].map(times)
    # A row for each term, also for those that do not occur, in the order that they are named in.
    absent = pd.DataFrame({"term": list(wanted), over: dated[over].min(), "count": 0})
    counts = pd.concat([absent, found.dropna(subset=[over])]).groupby(["term", over], as_index=False, sort=False)["count"].sum()
    words = dated.groupby(over, as_index=False).agg(documents=("doc_id", "nunique"), words=("words", "sum"))
    table = trend(counts.assign(term=counts["term"].map(wanted)), words, over)
    if (table[over] % 1 == 0).all():
        table[over] = table[over].astype("int64")
    table.attrs.update(by=over, without=len(sizes) - len(dated))
    return table


def _times(corpus: OpenedCorpus, over: str) -> pd.Series[float]:
    """The number, or the year of the date, that a column says of each document."""
    documents = documents_with_metadata(corpus.tables)
    if over not in documents.columns:
        raise UsageError(f"documents have no column {over}: choose from {', '.join(documents.columns)}")
    text = f"CAST({sql_name(over)} AS VARCHAR)"
    number = (
        f"coalesce(TRY_CAST({text} AS DOUBLE), TRY_CAST(regexp_extract({text}, '(?:^|[^0-9])([0-9]{{4}})(?:[^0-9]|$)', 1) AS DOUBLE))"
    )
    rows = documents.project(f"doc_id, {number} AS time").filter("time IS NOT NULL").fetchall()
    return pd.Series({doc_id: float(time) for doc_id, time in rows}, dtype=float)


def _found(counted: duckdb.DuckDBPyRelation, folded: Sequence[str]) -> pd.DataFrame:
    rows = counted.project("doc_id, replace(lower(term), 'i\u0307', 'i') AS term, count")
    return rows.filter(f"term IN {sql_list(folded)}").df()


def _with_titles(corpus: OpenedCorpus, table: pd.DataFrame) -> pd.DataFrame:
    """A table with a row for each part and more, with the titles of the parts."""
    keys = ["doc_id", "section_id"] if "section_id" in table else ["doc_id"]
    titles = titled_parts(corpus, table[keys].drop_duplicates())[[*keys, "title"]]
    result = table.merge(titles, on=keys, how="left")
    result.insert(result.columns.get_loc(keys[-1]) + 1, "title", result.pop("title"))
    result.attrs = dict(table.attrs)
    return result
