"""How often terms occur in some documents, and how often in all others, counted in one pass: what keywords are made of.

Terms that are forms or lemmas are counted by the numbers that the files have for them, and only what the numbers stand for is looked
at: of a hundred tokens some twenty. What else tells words apart (part of speech, stop words) takes the longer way by distinct words.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kz_textkit.stats.counting import ALL, Filter, Tokens, as_stream, columns_of, named_terms, spelled, terms_counted
from kz_textkit.stats.streaming import Numbers, Tally, codes_of, numbered_tables, stretches
from kz_textkit.stats.terms import NO_CAPITALS, By, Spellings, make_terms, which_are_words

__all__ = ["Side", "counts_on_sides"]

SIDES = ("inside", "outside")


class Side(NamedTuple):
    """What one side has."""

    counts: pd.Series[int]
    """How often each term occurs that the filter lets pass, indexed by term."""
    size: int
    """Words, whether the filter lets them pass or not."""


def counts_on_sides(
    tokens: Tokens, documents: Collection[str], *, by: By = "form", words: Filter = ALL, shown: Spellings = NO_CAPITALS
) -> tuple[Side, Side]:
    """The counts of some documents, and those of all others; forms are written as `shown` says.

    >>> tokens = pd.DataFrame({"doc_id": ["а", "ә", "ә", "ә"], "form": ["Ел", "ел", "су", "."]})
    >>> [(side.counts.to_dict(), side.size) for side in counts_on_sides(tokens, {"а"})]
    [({'ел': 1}, 1), ({'ел': 1, 'су': 1}, 2)]
    """
    wanted = pa.array(sorted(documents), pa.string())
    if words.columns() or by == "lemma_upos":
        return _by_spelling(tokens, wanted, by, words, shown)
    return _by_number(tokens, wanted, by, words, shown)


def _by_number(tokens: Tokens, wanted: pa.Array, by: By, words: Filter, shown: Spellings) -> tuple[Side, Side]:
    """Of terms that are a column, or where that is empty the form."""
    forms, lemmas = Tally(["term"], SIDES), Tally(["term"], SIDES)
    for table in numbered_tables(as_stream(tokens), ["form", *(["lemma"] if by == "lemma" else []), "doc_id"], whole=False):
        form = codes_of(table["form"])
        is_word = _are_words(_dictionary(table["form"]))[form]
        side = np.where(_is_in(table["doc_id"], wanted), 0, 1)
        if by == "lemma":
            lemma = codes_of(table["lemma"])
            has_lemma = is_word & np.append(_has_text(_dictionary(table["lemma"])), False)[lemma]
            _add(lemmas, lemma[has_lemma], side[has_lemma], _dictionary(table["lemma"]))
            is_word &= ~has_lemma
        _add(forms, form[is_word], side[is_word], _dictionary(table["form"]))
    found, more = forms.frame(), lemmas.frame()
    found["term"] = pd.Series(make_terms(found["term"].tolist()), dtype=object)
    every = pd.concat([found, more], ignore_index=True)
    bare = every["term"].tolist()
    listed = words.matches(bare)
    every["term"] = pd.Series(named_terms(bare, {}, by, shown), dtype=object)
    counted = [every.assign(count=every[name], listed=listed & (every[name] > 0)) for name in SIDES]
    first, second = (Side(terms_counted(one), int(one["count"].sum())) for one in counted)
    return first, second


def _add(tally: Tally, codes: Numbers, side: Numbers, names: pa.Array) -> None:
    """Add up numbers, each of which is on one side."""
    counts = np.bincount(codes * 2 + side, minlength=2 * len(names)).reshape(-1, 2)
    here = np.flatnonzero(counts.sum(axis=1))
    tally.add({"term": names.take(pa.array(here)), **{name: counts[here, i] for i, name in enumerate(SIDES)}})


def _by_spelling(tokens: Tokens, wanted: pa.Array, by: By, words: Filter, shown: Spellings) -> tuple[Side, Side]:
    """Of distinct words, with all that tells them apart."""
    names = columns_of(by, words)
    tally = Tally(names, SIDES)
    for stretch in stretches(as_stream(tokens), names, ["doc_id"]):
        here = np.flatnonzero(which_are_words(stretch.types["form"]))
        inside = np.bincount(stretch.type_of[_is_in(stretch.table["doc_id"], wanted)], minlength=stretch.size)[here]
        columns = {name: [stretch.types[name][i] for i in here.tolist()] for name in names}
        tally.add({**columns, "inside": inside, "outside": stretch.counts[here] - inside})
    frame = tally.frame()
    found = (frame[frame[name] > 0].rename(columns={name: "count"})[[*names, "count"]] for name in SIDES)
    first, second = (spelled(one.reset_index(drop=True), names, by, words, shown) for one in found)
    return Side(terms_counted(first), int(first["count"].sum())), Side(terms_counted(second), int(second["count"].sum()))


def _is_in(doc_ids: pa.ChunkedArray, wanted: pa.Array) -> npt.NDArray[np.bool_]:
    """Of each token, whether its document is one of those that are wanted."""
    is_wanted = pc.is_in(_dictionary(doc_ids), wanted).to_numpy(zero_copy_only=False)
    return np.append(is_wanted, False)[codes_of(doc_ids)]


def _are_words(forms: pa.Array) -> npt.NDArray[np.bool_]:
    """Which forms are words, and after them, of a form that is missing, that it is none."""
    # Of letters alone, most are; only the others have to be looked at one by one.
    found = np.array(pc.fill_null(pc.utf8_is_alpha(forms), False).to_numpy(zero_copy_only=False))
    others = np.flatnonzero(~found)
    found[others] = which_are_words([form or "" for form in forms.take(pa.array(others)).to_pylist()])
    return np.append(found, False)


def _has_text(words: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.fill_null(pc.not_equal(words, ""), False).to_numpy(zero_copy_only=False))


def _dictionary(column: pa.ChunkedArray) -> Any:
    """The values that the numbers of a column in one piece stand for."""
    array = column.combine_chunks()
    return (array.chunk(0) if isinstance(array, pa.ChunkedArray) else array).dictionary.cast(pa.string())
