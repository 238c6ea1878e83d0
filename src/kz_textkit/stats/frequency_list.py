"""Frequency lists with range and dispersion, and tf-idf by lecture, on the counting engine.

Frequencies are per million of all words of the tokens given, also where a filter lists some of them only.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kz_textkit.stats.counting import (
    ALL,
    FOLDED,
    IS_WORD,
    TERM,
    By,
    Coded,
    Filter,
    Tokens,
    as_relation,
    code_tokens,
    count_pairs,
    count_terms_and_words,
    part_of_tokens,
)
from kz_textkit.stats.dispersion import dispersion

__all__ = ["frequency_list", "lemmas_with_forms", "tf_idf"]

PER_MILLION = 1e6


def frequency_list(
    tokens: Tokens,
    *,
    by: By = "form",
    words: Filter = ALL,
    spread: bool = False,
    parts: str | None = None,
    sections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The terms of `tokens`, the commonest first, then in the order of code points.

    The columns are the term (called as `by` is; `lemma_upos` gives lemma and upos), count and per_million. With `spread` also sections
    and documents (the range: in how many of them it occurs). With `parts` (section, lecture or document; `part_of_tokens` says what
    `sections` is) also dp, dp_norm and juilland_d over these parts (`kz_textkit.stats.dispersion`) and arf, the average reduced
    frequency.

    >>> tokens = pd.DataFrame({"doc_id": "d", "section_id": ["s1", "s1", "s2"], "sentence_id": "1", "form": ["Ел", "мен", "ел"]})
    >>> print(frequency_list(tokens, spread=True).round(1).to_string(index=False))
    form  count  per_million  sections  documents
      ел      2     666666.7         2          1
     мен      1     333333.3         1          1
    """
    if not spread and parts is None:
        return _listed(*count_terms_and_words(tokens, by=by, words=words), by)
    coded = code_tokens(tokens, by=by, words=words)
    counts = pd.Series(np.bincount(coded.code[coded.listed], minlength=len(coded.terms)), index=coded.terms, dtype="int64")
    table = _listed(counts[counts > 0].sort_index().sort_values(ascending=False, kind="stable"), int((coded.code >= 0).sum()), by)
    terms = pd.Series(_terms(table, by))
    if spread:
        for name, of_token in (("sections", coded.section), ("documents", coded.document)):
            table[name] = terms.map(_range(coded, of_token)).astype("int64")
    if parts is not None:
        measures = _dispersion(coded, parts, sections)
        for name in ("dp", "dp_norm", "juilland_d"):
            table[name] = terms.map(measures[name]).astype(float)
        table["arf"] = terms.map(_reduced_frequencies(coded)).astype(float)
    return table


def lemmas_with_forms(tokens: Tokens, *, most: int) -> pd.DataFrame:
    """The lemmas of `tokens` with count, per_million, sections, and forms: the `most` commonest forms of each with their counts.

    >>> tokens = pd.DataFrame({"doc_id": "d", "section_id": "s", "sentence_id": "1", "form": ["Елге", "ел", "елге"], "lemma": "ел"})
    >>> lemmas_with_forms(tokens, most=1)["forms"].tolist()
    ['елге 2; +1']
    """
    table = frequency_list(tokens, by="lemma", spread=True).drop(columns="documents")
    spelled = as_relation(tokens).aggregate("form, lemma, count(*)::BIGINT AS n", "form, lemma").filter(IS_WORD)
    forms = spelled.project(f"{TERM['lemma']} AS lemma, {FOLDED} AS form, n").aggregate(
        "lemma, form, sum(n)::BIGINT AS n", "lemma, form"
    )
    each = forms.aggregate("lemma, list(form || ' ' || n ORDER BY n DESC, form) AS forms", "lemma")
    more = f"CASE WHEN len(forms) > {most} THEN '; +' || (len(forms) - {most}) ELSE '' END"
    shown = each.project(f"lemma, array_to_string(forms[1:{most}], '; ') || {more} AS forms").fetchnumpy()
    table["forms"] = table["lemma"].map(pd.Series(np.asarray(shown["forms"]), index=np.asarray(shown["lemma"]))).astype(object)
    return table


def _listed(counts: pd.Series[int], size: int, by: str) -> pd.DataFrame:
    table = pd.DataFrame({"term": counts.index.astype(object), "count": counts.to_numpy(dtype=np.int64)})
    table["per_million"] = table["count"] * PER_MILLION / max(size, 1)
    if by != "lemma_upos":
        return table.rename(columns={"term": by})
    names = table.pop("term").str.rpartition("/")
    table.insert(0, "lemma", names[0] if len(table) else pd.Series(dtype=object))
    table.insert(1, "upos", names[2] if len(table) else pd.Series(dtype=object))
    return table


def _terms(table: pd.DataFrame, by: str) -> pd.Series[str]:
    return table["lemma"] + "/" + table["upos"] if by == "lemma_upos" else table[by]


def _range(coded: Coded, of_token: np.ndarray) -> pd.Series[int]:
    """In how many parts each term occurs."""
    _, code, _ = count_pairs(of_token[coded.listed], coded.code[coded.listed])
    return pd.Series(np.bincount(code, minlength=len(coded.terms)), index=coded.terms)


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
    tokens: Tokens, *, by: By = "form", words: Filter = ALL, parts: str = "lecture", sections: pd.DataFrame | None = None, top: int = 0
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
    coded = code_tokens(tokens, by=by, words=words)
    part, names = part_of_tokens(coded, sections, parts)
    is_word = coded.code >= 0
    sizes = np.bincount(part[is_word], minlength=len(names))
    at, code, count = count_pairs(part[coded.listed], coded.code[coded.listed])
    having = np.bincount(code, minlength=len(coded.terms))[code]
    score = count / sizes[at] * np.log(max(int((sizes > 0).sum()), 1) / having)
    table = names.iloc[at].reset_index(drop=True).assign(term=coded.terms[code], count=count, parts=having, tf_idf=score, part=at)
    table = table.sort_values(["part", "tf_idf", "count", "term"], ascending=[True, False, False, True], ignore_index=True)
    if top:
        table = table[table.groupby("part").cumcount() < top].reset_index(drop=True)
    return table.drop(columns="part")
