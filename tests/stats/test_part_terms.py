"""Terms of each part, and terms of several words, agree with a plain computation."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.errors import UsageError
from kz_textkit.stats.multiword import multiword_terms
from kz_textkit.stats.part_terms import terms_of_each_part

words = st.lists(st.sampled_from(["Ел", "ел", "су", "!", "тау", "күн"]), min_size=1, max_size=20)


@settings(max_examples=15, deadline=None)
@given(st.lists(words, min_size=1, max_size=3), st.booleans())
def test_terms_of_each_part_agree_with_pandas(texts: list[list[str]], alone: bool) -> None:
    tokens = pd.DataFrame([(f"d{i}", form) for i, text in enumerate(texts) for form in text], columns=["doc_id", "form"])
    table = terms_of_each_part(tokens.assign(section_id="s", sentence_id="1"), parts="document", alone=alone)
    kept = tokens[tokens["form"] != "!"].assign(term=tokens["form"].str.lower())
    plain = kept.groupby(["doc_id", "term"]).size()
    parts = kept.groupby("term")["doc_id"].nunique()
    wanted = {key: count for key, count in plain.items() if not alone or parts[key[1]] == 1}
    assert {(row.doc_id, row.term): row.count for row in table[["doc_id", "term", "count"]].itertuples(index=False)} == wanted
    assert (table.groupby("doc_id")["count"].diff().dropna() <= 0).all()
    assert table["per_million"].tolist() == pytest.approx(
        [
            round(row.count / len(kept[kept["doc_id"] == row.doc_id]) * 1e6, 2)
            for row in table[["doc_id", "count"]].itertuples(index=False)
        ]
    )


TEXT = [
    *(
        ("Саяси", "саяси", "ADJ", ""),
        ("биліктің", "билік", "NOUN", "Case=Gen"),
        ("бөлінісі", "бөлініс", "NOUN", "Case=Nom"),
        (".", ".", "PUNCT", ""),
    ),
    *(
        ("Саяси", "саяси", "ADJ", ""),
        ("билікке", "билік", "NOUN", "Case=Dat"),
        ("ел", "ел", "NOUN", "Case=Nom"),
        (".", ".", "PUNCT", ""),
    ),
    *(("Бүгін", "бүгін", "ADV", ""), ("саяси", "саяси", "ADJ", ""), ("билік", "билік", "NOUN", "Case=Nom"), (",", ",", "PUNCT", "")),
    *(("билік", "билік", "NOUN", "Case=Nom"), ("және", "және", "CCONJ", ""), ("ел", "ел", "NOUN", "Case=Nom"), (".", ".", "PUNCT", "")),
]


def tokens() -> pd.DataFrame:
    table = pd.DataFrame(TEXT, columns=["form", "lemma", "upos", "feats"])
    sentence = (table["form"].shift(fill_value="") == ".").cumsum().astype(str)
    return table.assign(doc_id="d", sentence_id=sentence, is_stop=table["form"] == "және")


def test_terms_of_several_words_end_in_a_noun_and_cross_nothing() -> None:
    table = multiword_terms(tokens(), min_count=1).set_index("term")
    assert Counter(table["count"].to_dict()) == Counter({"саяси билік": 3, "саяси биліктің бөлінісі": 1, "биліктің бөлінісі": 1})
    assert table.loc["саяси билік", "forms"] == "саяси билік 1; саяси билікке 1; саяси биліктің 1"
    assert table.loc["саяси билік", "nested"] == 1 and table.loc["саяси билік", "c_value"] == 2
    assert multiword_terms(tokens(), pattern="NOUN NOUN", min_count=1)["term"].tolist() == ["биліктің бөлінісі"]


def test_it_does_not_matter_how_many_tokens_are_read_at_once() -> None:
    many = pd.concat([tokens().assign(doc_id=f"d{i}") for i in range(2_500)], ignore_index=True)
    assert len(many) > 2 * 2_048  # DuckDB reads in vectors of that many.
    table = multiword_terms(many).set_index("term")
    assert table.loc["саяси билік", "count"] == 7_500 and table.loc["саяси биліктің бөлінісі", "count"] == 2_500
    assert set(table["documents"]) == {2_500}


@pytest.mark.parametrize("pattern", ["ADJ (", "WORD NOUN", " ", "ADJ{9999999999}"])
def test_a_pattern_that_is_none_is_said_in_one_line(pattern: str) -> None:
    with pytest.raises(UsageError) as error:
        multiword_terms(tokens(), pattern=pattern)
    assert "\n" not in str(error.value)
