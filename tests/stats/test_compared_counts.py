"""Counts on two sides: whichever way they are counted, they are what a plain count says."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.stats.compared_counts import counts_on_sides
from kz_textkit.stats.counting import Filter, connect
from kz_textkit.stats.terms import By, make_terms, which_are_words

TOKENS = st.lists(
    st.tuples(
        st.sampled_from(["а", "ә", "б"]),
        st.sampled_from(["Ел", "ел", "елдің", "су", "2-ші", ".", "", "½", "İntellekt"]) | st.none(),
        st.sampled_from(["ел", "су", "", "Астана"]) | st.none(),
        st.sampled_from(["NOUN", "VERB"]),
    ),
    min_size=1,
)


@settings(deadline=None)
@given(rows=TOKENS, by=st.sampled_from(["form", "lemma", "lemma_upos"]), inside=st.sets(st.sampled_from(["а", "ә", "г"])))
def test_counts_are_those_of_a_plain_count(rows: list[tuple[str, str | None, str | None, str]], by: By, inside: set[str]) -> None:
    columns = dict(zip(("doc_id", "form", "lemma", "upos"), zip(*rows, strict=True), strict=True))
    tokens = connect().from_arrow(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))
    sides = counts_on_sides(tokens, inside, by=by)
    for side, is_in in zip(sides, (True, False), strict=True):
        words = [
            (form, lemma or "", upos)
            for doc_id, form, lemma, upos in rows
            if form is not None and which_are_words([form])[0] and (doc_id in inside) == is_in
        ]
        lemmas = None if by == "form" else [lemma for _, lemma, _ in words]
        terms = make_terms([form for form, _, _ in words], lemmas, [upos for _, _, upos in words] if by == "lemma_upos" else None)
        assert (side.counts[side.counts > 0].to_dict(), side.size) == (dict(Counter(terms)), len(words))


def test_a_filter_leaves_the_size_as_it_is() -> None:
    tokens = pd.DataFrame({"doc_id": "а", "form": ["ел", "су", "су"], "lemma": "", "is_stop": [False, True, True]})
    for words in (Filter(matching="е.*"), Filter(stop_words=False)):
        inside, outside = counts_on_sides(tokens, {"а"}, words=words)
        assert (inside.counts.to_dict(), inside.size) == ({"ел": 1}, 3)
        assert outside.size == 0
