"""Counts of a corpus that is counted part by part: what is counted of each part, and how the counts of all parts make one list.

A part holds whole documents. So words are counted by form, lemma and part of speech, and how many sections and documents a term is in,
in each part alone, and DuckDB adds the numbers of all parts. What a form is called is decided by the whole corpus
(`kz_textkit.stats.terms`): a part only says how often a form has a capital where it need not. The list is the same as that which
`frequency_list` makes of all tokens at once, and it takes the memory of the vocabulary, not that of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from kz_textkit.stats.counting import named_terms
from kz_textkit.stats.frequency_list import finished_list, term_ranges
from kz_textkit.stats.streaming import Numbers, Stretch, Tally, TokenStream, stretches
from kz_textkit.stats.terms import (
    NO_CAPITALS,
    By,
    Spellings,
    chosen_spellings,
    fold_cases,
    make_terms,
    with_capitals_of_their_own,
    words_and_small,
)

__all__ = ["SCHEMA", "counts_of_part", "frequencies_of_parts", "spellings_of_parts"]

SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("what", "term", "lemma", "upos")),
        *((name, pa.int64()) for name in ("count", "sections", "documents")),
    ]
)
"""Of the counts of a part: `what` is

- `word`: term is the form, lemma and upos are its, count is how often it occurs;
- `capital`: term is a form with a capital, count is how often it stands where it need not have one;
- `lemma_upos`, `form`: term is a term of that kind, how often it occurs, in how many sections and in how many documents. Forms are
  counted in parts without lemmas only: in a corpus that has none, that is all of them.
"""

_PLACES = ("doc_id", "section_id", "sentence_id")


def counts_of_part(tokens: TokenStream) -> pa.Table:
    """The counts of a part, with the columns `SCHEMA`, of its tokens whose words are counted."""
    words, capitals = Tally(["term", "lemma", "upos"], ["count"]), Tally(["term"], ["count"])
    terms: dict[By, Tally] = {by: Tally(["term"], ["count", "sections", "documents"]) for by in ("lemma_upos", "form")}
    for stretch in stretches(tokens, ["form", "lemma", "upos"], _PLACES):
        forms = stretch.types["form"]
        is_word, is_small = words_and_small(forms)
        here = np.flatnonzero(is_word).tolist()
        values = {name: [column[i] for i in here] for name, column in stretch.types.items()}
        words.add({"term": values["form"], "lemma": values["lemma"], "upos": values["upos"], "count": stretch.counts[here]})
        for by, tally in terms.items():
            tally.add(_terms(stretch, is_word, values, by))
        counts = np.bincount(with_capitals_of_their_own(stretch, is_word, is_small), minlength=len(forms))
        standing = np.flatnonzero(counts).tolist()
        capitals.add({"term": [forms[i] for i in standing], "count": counts[standing]})
    there = words.table()
    has_lemmas = any(there["lemma"].unique().to_pylist())
    found = [_rows("word", there), _rows("capital", capitals.table()), _rows("lemma_upos", terms["lemma_upos"].table())]
    if not has_lemmas:
        found.append(_rows("form", terms["form"].table()))
    return pa.concat_tables(found)


def _terms(stretch: Stretch, is_word: np.ndarray, values: dict[str, list[str]], by: By) -> dict[str, Sequence[Any] | Numbers]:
    bare = make_terms(values["form"], values["lemma"] if by != "form" else None)
    code, terms = pd.factorize(pd.Series(named_terms(bare, values, by, NO_CAPITALS), dtype=object))
    return {"term": list(terms), **term_ranges(stretch, is_word, code, len(terms))}


def _rows(what: str, table: pa.Table) -> pa.Table:
    """Sums as rows of counts, in the order of their terms."""
    kinds = {**dict.fromkeys(("lemma", "upos"), ""), **dict.fromkeys(("sections", "documents"), 0), "what": what}
    columns = [
        table[field.name] if field.name in table.column_names else pa.repeat(pa.scalar(kinds[field.name], field.type), len(table))
        for field in SCHEMA
    ]
    return pa.table(columns, schema=SCHEMA).sort_by([(name, "ascending") for name in ("term", "lemma", "upos")])


def spellings_of_parts(counts: duckdb.DuckDBPyRelation) -> Spellings:
    """How forms are shown that the whole corpus capitalises, of the counts of all its parts; as `shown_spellings` of its tokens."""
    forms = _sums(counts, "word", ["term"], ["count"])["term"].to_pylist()
    small = pa.chunked_array([pa.array([form for form, low in zip(forms, fold_cases(forms), strict=True) if form == low], pa.string())])
    evidence = _sums(counts, "capital", ["term"], ["count"])
    return chosen_spellings(small, evidence.rename_columns(["form", "n"]))


def frequencies_of_parts(counts: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """The frequency list of a corpus, of the counts of all its parts: terms are lemmas with their part of speech, or forms where there
    are no lemmas; the columns are those of `kz_textkit.stats.frequency_list.frequency_list`.
    """
    words = _sums(counts, "word", ["term", "lemma", "upos"], ["count"])
    values = {name: words[column].to_pylist() for name, column in (("form", "term"), ("lemma", "lemma"), ("upos", "upos"))}
    by: By = "lemma_upos" if any(values["lemma"]) else "form"
    bare = make_terms(values["form"], values["lemma"] if by != "form" else None)
    names = named_terms(bare, values, by, NO_CAPITALS)
    written = pa.table({"term": names, "form": fold_cases(values["form"]), "n": words["count"]})
    terms = _sums(counts, by, ["term"], ["count", "sections", "documents"])
    numbers = {name: terms[name].to_numpy() for name in ("count", "sections", "documents")}
    table = pd.DataFrame({"term": pd.Series(terms["term"].to_pylist(), dtype=object), **numbers})
    return finished_list(table, written, int(words["count"].to_numpy().sum()), by, spellings_of_parts(counts))


def _sums(counts: duckdb.DuckDBPyRelation, what: str, keys: Sequence[str], numbers: Sequence[str]) -> pa.Table:
    """Numbers of all parts by keys, in the order of these."""
    by = ", ".join(keys)
    sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in numbers)
    return counts.filter(f"what = '{what}'").aggregate(f"{by}, {sums}", by).order(by).to_arrow_table()
