"""Frequency lists with range and dispersion, and tf-idf by lecture, on the counting engine.

Frequencies are per million of all words of the tokens given, also where a filter lists some of them only.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from kz_textkit.stats.collation import alphabetical_sql
from kz_textkit.stats.counting import (
    ALL,
    Coded,
    Filter,
    Mask,
    Numbers,
    Tokens,
    as_stream,
    by_count,
    code_tokens,
    columns_of,
    connect,
    count_pairs,
    named_terms,
    part_of_tokens,
)
from kz_textkit.stats.dispersion import dispersion
from kz_textkit.stats.streaming import Stretch, Tally, stretches
from kz_textkit.stats.terms import COLUMNS, DECIMALS, NO_CAPITALS, PER_MILLION, By, Spellings, fold_cases, make_terms, which_are_words

__all__ = ["FREQUENCY_COLUMNS", "finished_list", "frequency_list", "term_ranges", "terms_by_part", "tf_idf"]

FREQUENCY_COLUMNS = {
    "form": ["form", "count", "per_million", "sections", "documents"],
    "lemma": ["lemma", "count", "per_million", "sections", "documents", "forms"],
    "lemma_upos": ["lemma", "upos", "count", "per_million", "sections", "documents", "forms"],
}
"""Columns of a frequency list by what a term is."""

FORMS_SHOWN = 12
"""Forms that are listed with a lemma, the commonest first."""

FORMS = f"""
WITH written AS (SELECT form AS folded, shown FROM kz_shown),
named AS (SELECT term, coalesce(shown, form) AS form, n FROM kz_forms LEFT JOIN written ON form = folded),
forms AS (SELECT term, form, sum(n) AS n FROM named GROUP BY ALL),
listed_forms AS (
    SELECT term, list(form || ' ' || n::BIGINT ORDER BY n DESC, {alphabetical_sql("form")}) AS forms FROM forms GROUP BY term
)
SELECT term, array_to_string(forms[1:{FORMS_SHOWN}], '; ')
    || CASE WHEN len(forms) > {FORMS_SHOWN} THEN '; +' || (len(forms) - {FORMS_SHOWN}) ELSE '' END AS forms
FROM listed_forms
"""
"""The forms of each lemma in one text."""


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
    """The frequency list, added up over stretches of documents."""
    counted = Tally(["term"], ["count", "sections", "documents"])
    written = Tally(["term", "form"], ["n"])
    size = 0
    for stretch in stretches(as_stream(tokens), columns_of(by, words), ["doc_id", "section_id"]):
        forms = stretch.types["form"]
        is_one = which_are_words(forms)
        size += int(stretch.counts[is_one].sum())
        listed = is_one & words.lists(stretch.types)
        here = np.flatnonzero(listed).tolist()
        values = {name: [column[i] for i in here] for name, column in stretch.types.items()}
        bare = make_terms(values["form"], values["lemma"] if by != "form" else None)
        code, terms = pd.factorize(pd.Series(named_terms(bare, values, by, NO_CAPITALS), dtype=object))
        counted.add({"term": terms, **term_ranges(stretch, listed, code, len(terms))})
        if by != "form":
            written.add({"term": np.asarray(terms)[code], "form": fold_cases(values["form"]), "n": stretch.counts[here]})
    return finished_list(counted.frame(), written.table(), size, by, shown, words)


def finished_list(table: pd.DataFrame, written: pa.Table, size: int, by: By, shown: Spellings, words: Filter = ALL) -> pd.DataFrame:
    """The frequency list of what was counted among `size` words: term, count, sections and documents, and how often each term is
    `written` in which form (term, form, n; of forms nothing).
    """
    if by != "form":
        table = table.merge(_forms(written, shown), on="term", how="left")
    name = COLUMNS[by][min(len(COLUMNS[by]), 2) - 1]
    table = table.rename(columns={"term": name})
    if by == "form":
        table[name] = table[name].map(lambda form: shown.get(form, form)).astype(object)
    if by == "lemma_upos":
        # Of one lemma in two parts of speech, equally frequent, the first is the same however they were counted.
        table = table.sort_values(name, ignore_index=True)
        both = [term.rpartition("/") for term in table[name]]
        table[name] = pd.Series([lemma for lemma, _, _ in both], dtype=object)
        table["upos"] = pd.Series([upos for _, _, upos in both], dtype=object)
    table["per_million"] = (table["count"] * PER_MILLION / max(size, 1)).round(DECIMALS)
    if words.matching is not None:
        table = table[words.matches(table[name].tolist())]
    return by_count(table, name, "count")[FREQUENCY_COLUMNS[by]]


def term_ranges(stretch: Stretch, listed: Mask, code: Numbers, kinds: int) -> dict[str, Numbers]:
    """How often each of so many terms occurs in some documents, in how many sections, and in how many documents."""
    term_of = np.full(stretch.size, -1, dtype=np.int64)
    term_of[listed] = code
    term = term_of[stretch.type_of]
    is_listed = term >= 0
    in_sections = pd.unique(stretch.section[is_listed] * kinds + term[is_listed])
    in_documents = pd.unique(stretch.document_of_section[in_sections // max(kinds, 1)] * kinds + in_sections % max(kinds, 1))
    pieces = (term[is_listed], in_sections % max(kinds, 1), in_documents % max(kinds, 1))
    return {
        name: np.bincount(piece, minlength=kinds).astype(np.int64)
        for name, piece in zip(("count", "sections", "documents"), pieces, strict=True)
    }


def _forms(written: pa.Table, shown: Spellings) -> pd.DataFrame:
    """Terms with their forms, the commonest first, as one text."""
    connection = connect()
    connection.register("kz_forms", written)
    connection.register(
        "kz_shown", pa.table({"form": pa.array(list(shown), pa.string()), "shown": pa.array(list(shown.values()), pa.string())})
    )
    found = connection.sql(FORMS).to_arrow_table()
    return pd.DataFrame({name: pd.Series(found[name].to_pylist(), dtype=object) for name in ("term", "forms")})


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
