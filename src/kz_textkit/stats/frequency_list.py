"""Frequency lists with range and dispersion, and tf-idf by lecture, on the counting engine.

Frequencies are per million of all words of the tokens given, also where a filter lists some of them only.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from kz_textkit.stats.collation import alphabetical_sql
from kz_textkit.stats.counting import ALL, Coded, Filter, Tokens, as_relation, by_count, code_tokens, count_pairs, part_of_tokens
from kz_textkit.stats.dispersion import dispersion
from kz_textkit.stats.terms import (
    COLUMNS,
    DECIMALS,
    FOLDED,
    IS_WORD,
    NO_CAPITALS,
    PER_MILLION,
    TERM,
    By,
    Spellings,
    term_columns,
)

__all__ = ["FREQUENCY_COLUMNS", "frequency_list", "terms_by_part", "tf_idf"]

FREQUENCY_COLUMNS = {
    "form": ["form", "count", "per_million", "sections", "documents"],
    "lemma": ["lemma", "count", "per_million", "sections", "documents", "forms"],
    "lemma_upos": ["lemma", "upos", "count", "per_million", "sections", "documents", "forms"],
}
"""Columns of a frequency list by what a term is."""

FORMS_SHOWN = 12
"""Forms that are listed with a lemma, the commonest first."""

COUNTED = """
WITH spelled AS MATERIALIZED (
    SELECT * FROM (SELECT {columns}, doc_id, section_id, count(*) AS n FROM kz_tokens GROUP BY ALL) WHERE {is_word}
),
listed AS (SELECT {term} AS term, doc_id, section_id, {folded} AS form, n FROM spelled WHERE {listed}),
in_sections AS (SELECT term, doc_id, section_id, sum(n) AS n FROM listed GROUP BY ALL),
in_documents AS (SELECT term, doc_id, sum(n) AS n, count(*) AS sections FROM in_sections GROUP BY ALL),
counted AS (
    SELECT term, sum(n)::BIGINT AS count, sum(sections)::BIGINT AS sections, count(*)::BIGINT AS documents
    FROM in_documents GROUP BY term
)
"""
SIZED = "(SELECT sum(n)::BIGINT AS size FROM spelled)"
FORMS = f"""
, written AS (SELECT form AS folded, shown FROM kz_shown),
forms AS (SELECT term, coalesce(shown, form) AS form, sum(n) AS n FROM listed LEFT JOIN written ON form = folded GROUP BY ALL),
listed_forms AS (
    SELECT term, list(form || ' ' || n::BIGINT ORDER BY n DESC, {alphabetical_sql("form")}) AS forms FROM forms GROUP BY term
),
joined AS (
    SELECT term, array_to_string(forms[1:{FORMS_SHOWN}], '; ')
        || CASE WHEN len(forms) > {FORMS_SHOWN} THEN '; +' || (len(forms) - {FORMS_SHOWN}) ELSE '' END AS forms
    FROM listed_forms
)
"""


def frequency_list(
    tokens: Tokens,
    *,
    by: By = "form",
    words: Filter = ALL,
    shown: Spellings = NO_CAPITALS,
    parts: str | None = None,
    sections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The terms of `tokens`, the commonest first, then in alphabetical order.

    The columns are those of `FREQUENCY_COLUMNS`: the term (called as `by` is; `lemma_upos` gives lemma and upos), count, per_million,
    sections and documents (the range: in how many of them it occurs), and of lemmas their forms with the count of each. Forms are
    written as `shown` says (`kz_textkit.stats.terms.shown_spellings`). With `parts` (section, lecture or document; `part_of_tokens`
    says what `sections` is) also dp, dp_norm and juilland_d over these parts (`kz_textkit.stats.dispersion`) and arf, the average
    reduced frequency.

    >>> tokens = pd.DataFrame({"doc_id": "d", "section_id": ["s1", "s1", "s2"], "sentence_id": "1", "form": ["Ел", "мен", "ел"]})
    >>> print(frequency_list(tokens).to_string(index=False))
    form  count  per_million  sections  documents
      ел      2    666666.67         2          1
     мен      1    333333.33         1          1
    """
    table = _counted(tokens, by, words, shown)
    if parts is not None:
        coded = code_tokens(tokens, by=by, words=words, shown=shown)
        terms = pd.Series(table["lemma"] + "/" + table["upos"] if by == "lemma_upos" else table[by])
        measures = _dispersion(coded, parts, sections)
        for name in ("dp", "dp_norm", "juilland_d"):
            table[name] = terms.map(measures[name]).astype(float)
        table["arf"] = terms.map(_reduced_frequencies(coded)).astype(float)
    return table


def _counted(tokens: Tokens, by: By, words: Filter, shown: Spellings) -> pd.DataFrame:
    """The frequency list, counted by DuckDB to the end."""
    columns = list(dict.fromkeys([*term_columns(by), *words.columns()]))
    query = COUNTED.format(columns=", ".join(columns), is_word=IS_WORD, term=TERM[by], folded=FOLDED, listed=words.sql())
    query += f"SELECT * FROM counted, {SIZED}" if by == "form" else f"{FORMS} SELECT * FROM counted JOIN joined USING (term), {SIZED}"
    written = pd.DataFrame({"form": list(shown), "shown": list(shown.values())}, dtype=object)
    table = _fetched(as_relation(tokens), query, written).rename(columns={"term": COLUMNS[by][min(len(COLUMNS[by]), 2) - 1]})
    name = str(table.columns[0])
    if by == "form":
        table[name] = table[name].map(lambda form: shown.get(form, form)).astype(object)
    if by == "lemma_upos":
        both = [term.rpartition("/") for term in table[name]]
        table[name] = pd.Series([lemma for lemma, _, _ in both], dtype=object)
        table["upos"] = pd.Series([upos for _, _, upos in both], dtype=object)
    table["per_million"] = (table["count"] * PER_MILLION / table["size"].clip(lower=1)).round(DECIMALS)
    if words.matching is not None:
        table = table[words.matches(table[name].tolist())]
    return by_count(table, name, "count")[FREQUENCY_COLUMNS[by]]


def _fetched(tokens: duckdb.DuckDBPyRelation, query: str, kz_shown: pd.DataFrame) -> pd.DataFrame:
    """The result of a query that may use the DataFrame `kz_shown`, which DuckDB finds by the name of the argument."""
    result = tokens.query("kz_tokens", query)
    assert result is not None, "a SELECT has a result"
    return result.df()


def _dispersion(coded: Coded, parts: str, sections: pd.DataFrame | None) -> pd.DataFrame:
    part, names = part_of_tokens(coded, sections, parts)
    is_word = coded.code >= 0
    sizes = pd.Series(np.bincount(part[is_word], minlength=len(names)))
    at, code, count = count_pairs(part[coded.listed], coded.code[coded.listed])
    return dispersion(pd.DataFrame({"term": coded.terms[code], "part": at, "count": count}), sizes)


def _reduced_frequencies(coded: Coded) -> pd.Series[float]:
    """The average reduced frequency of each term (`kz_textkit.stats.dispersion.average_reduced_frequency`), all at once."""
    is_word = coded.code >= 0
    at = np.flatnonzero(coded.listed[is_word])
    code = coded.code[is_word][at]
    size = int(is_word.sum())
    order = np.argsort(code, kind="stable")
    code, at = code[order], at[order]
    frequency = np.bincount(code, minlength=len(coded.terms))
    starts = np.cumsum(frequency) - frequency
    is_last = np.append(code[1:] != code[:-1], True)[: len(code)]
    following = np.where(is_last, at[starts[code]] + size, np.append(at[1:], 0)[: len(at)])
    v = size / np.maximum(frequency, 1)
    sums = np.bincount(code, weights=np.minimum(following - at, v[code]), minlength=len(coded.terms))
    return pd.Series(sums / v, index=coded.terms)


def tf_idf(
    tokens: Tokens,
    *,
    by: By = "form",
    words: Filter = ALL,
    shown: Spellings = NO_CAPITALS,
    parts: str = "lecture",
    sections: pd.DataFrame | None = None,
    top: int = 0,
) -> pd.DataFrame:
    """What sets each part apart: the terms of each part by tf-idf, the `top` first ones of each part, or all for 0.

    tf-idf = count / words of the part * ln(parts / parts that have the term): K. Spärck Jones, *A statistical interpretation of term
    specificity*, Journal of Documentation 28, 1972, in the form of G. Salton, C. Buckley, 1988, with the count divided by the length of
    the part. A term that all parts have gets 0. The columns are doc_id, section_id (unless the parts are documents), the term, count,
    parts and tf_idf, in the order of the parts.

    >>> tokens = pd.DataFrame({"doc_id": ["d", "d", "e"], "section_id": "s", "sentence_id": "1", "form": ["ел", "су", "ел"]})
    >>> tf_idf(tokens, parts="document").round(2)[["doc_id", "term", "tf_idf"]].values.tolist()
    [['d', 'су', 0.35], ['d', 'ел', 0.0], ['e', 'ел', 0.0]]
    """
    coded = code_tokens(tokens, by=by, words=words, shown=shown)
    part, names = part_of_tokens(coded, sections, parts)
    is_word = coded.code >= 0
    sizes = np.bincount(part[is_word], minlength=len(names))
    at, code, count = count_pairs(part[coded.listed], coded.code[coded.listed])
    having = np.bincount(code, minlength=len(coded.terms))[code]
    score = count / sizes[at] * np.log(max(int((sizes > 0).sum()), 1) / having)
    table = names.iloc[at].reset_index(drop=True).assign(term=coded.terms[code], count=count, parts=having, tf_idf=score, part=at)
    table = by_count(table, "term", "tf_idf", "count").sort_values("part", kind="stable", ignore_index=True)
    if top:
        table = table[table.groupby("part").cumcount() < top].reset_index(drop=True)
    return table.drop(columns="part")


def terms_by_part(
    tokens: Tokens,
    *,
    by: By = "form",
    words: Filter = ALL,
    shown: Spellings = NO_CAPITALS,
    parts: str = "lecture",
    sections: pd.DataFrame | None = None,
    top: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How often the `top` commonest terms (all for 0) occur in each part: a row a term, and the parts by the names of the columns.

    The columns of the first table are the term, count (in all parts) and `1`, `2`, ... for the parts in the order of the text; the
    second has for each of them doc_id, section_id (unless the parts are documents) and words.

    >>> tokens = pd.DataFrame({"doc_id": ["d", "d", "e"], "section_id": "s", "sentence_id": "1", "form": ["ел", "су", "ел"]})
    >>> table, _ = terms_by_part(tokens, parts="document")
    >>> table.values.tolist()
    [['ел', 2, 1, 1], ['су', 1, 1, 0]]
    """
    coded = code_tokens(tokens, by=by, words=words, shown=shown)
    part, names = part_of_tokens(coded, sections, parts)
    total = np.bincount(coded.code[coded.listed], minlength=len(coded.terms))
    every = pd.DataFrame({"term": coded.terms, "count": total, "code": np.arange(len(coded.terms))})
    table = by_count(every[every["count"] > 0], "term", "count")
    table = table.head(top) if top else table
    row = np.full(len(coded.terms), -1, dtype=np.int64)
    row[table["code"].to_numpy()] = np.arange(len(table))
    kept = coded.listed & (row[coded.code] >= 0)
    at, term, count = count_pairs(part[kept], row[coded.code[kept]])
    cells = np.zeros((len(table), len(names)), dtype=np.int64)
    cells[term, at] = count
    labels = [str(number) for number in range(1, len(names) + 1)]
    wide = pd.concat([table[["term", "count"]], pd.DataFrame(cells, columns=labels)], axis=1)
    sizes = np.bincount(part[coded.code >= 0], minlength=len(names))
    return wide, names.assign(words=sizes).set_axis(labels, axis="index")
