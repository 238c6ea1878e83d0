"""Term frequencies: what counts as one term, how it is shown, and that the figures add up."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.stats.counting import as_relation, connect
from kz_textkit.stats.frequency_list import FREQUENCY_COLUMNS, frequency_list
from kz_textkit.stats.terms import By, counted_tokens, shown_spellings


def tokens_of(*sentences: str, section: str = "s1", doc: str = "d") -> pd.DataFrame:
    rows = [(doc, section, f"n{i}", form) for i, sentence in enumerate(sentences) for form in sentence.split()]
    return pd.DataFrame(rows, columns=["doc_id", "section_id", "sentence_id", "form"])


def term_frequencies(tokens: pd.DataFrame, *, by: By = "form") -> pd.DataFrame:
    """The frequency list with forms as the tokens capitalise them."""
    return frequency_list(tokens, by=by, shown=shown_spellings(as_relation(tokens)))


def counts(table: pd.DataFrame) -> dict[str, int]:
    return dict(zip(table["form"], table["count"], strict=True))


def test_a_word_at_the_beginning_of_a_sentence_or_in_a_title_is_the_same_term() -> None:
    table = term_frequencies(tokens_of("Билік туралы", "БИЛІК ТУРАЛЫ", "бұл билік"))
    assert counts(table) == {"билік": 3, "туралы": 2, "бұл": 1}


def test_names_and_abbreviations_keep_their_capitals() -> None:
    table = term_frequencies(tokens_of("Біз Қазақстан туралы айттық", "Қазақстан және БҰҰ келісті", "ҚАЗАҚСТАН ТАРИХЫ"))
    assert {"Қазақстан", "БҰҰ", "тарихы", "біз"} <= set(table["form"])
    assert counts(table)["Қазақстан"] == 3


def test_a_word_only_seen_at_the_beginning_of_sentences_is_shown_in_lower_case() -> None:
    assert counts(term_frequencies(tokens_of("Сондықтан ол келді", "Сондықтан біз кеттік")))["сондықтан"] == 2


def test_a_capital_after_a_point_a_colon_or_an_opening_mark_is_not_the_words_own() -> None:
    table = term_frequencies(tokens_of("1-дәріс . Сот билігі", "ол айтты : « Сот әділ »", "біз Абайды оқыдық"))
    assert {"сот", "Абайды"} <= set(table["form"])


def test_punctuation_is_not_counted_and_numbers_are() -> None:
    assert counts(term_frequencies(tokens_of("– Иә , 1991 жылы !"))) == {"иә": 1, "1991": 1, "жылы": 1}


def test_sections_are_counted_by_document() -> None:
    tokens = pd.concat([tokens_of("тіл", "тіл"), tokens_of("тіл", section="s2"), tokens_of("тіл", doc="e")])
    assert term_frequencies(tokens)["sections"].tolist() == [3]


def test_per_million_is_of_the_words_counted() -> None:
    table = term_frequencies(tokens_of("тіл мен ой , ой"))
    assert dict(zip(table["form"], table["per_million"], strict=True)) == {"ой": 500000.0, "мен": 250000.0, "тіл": 250000.0}


def test_lemmas_come_with_their_forms() -> None:
    tokens = tokens_of("Билік биліктің билікке биліктің өзге").assign(lemma=["билік"] * 4 + [""])
    table = term_frequencies(tokens, by="lemma")
    assert table.to_dict("records")[0] == {
        "lemma": "билік",
        "count": 4,
        "per_million": 800000.0,
        "sections": 1,
        "documents": 1,
        "forms": "биліктің 2; билік 1; билікке 1",
    }
    assert table["lemma"].tolist() == ["билік", "өзге"]


def test_no_words_give_an_empty_table() -> None:
    tokens = tokens_of("– , !").assign(lemma="", upos="")
    for by, columns in FREQUENCY_COLUMNS.items():
        table = term_frequencies(tokens, by=by)  # type: ignore[arg-type]
        assert table.empty and list(table.columns) == columns


def test_terms_of_one_count_are_in_alphabetical_order() -> None:
    table = term_frequencies(tokens_of("өзен ара ыс іс әке Әбіш яғни зат оқу ара"))
    assert table["form"].tolist() == ["ара", "Әбіш", "әке", "зат", "оқу", "өзен", "ыс", "іс", "яғни"]


def test_homographs_are_apart() -> None:
    tokens = tokens_of("Ал ол ал деді").assign(lemma=["ал", "ол", "ал", "де"], upos=["CCONJ", "PRON", "VERB", "VERB"])
    table = term_frequencies(tokens, by="lemma_upos")
    assert table[["lemma", "upos", "count"]].values.tolist() == [
        ["ал", "CCONJ", 1],
        ["ал", "VERB", 1],
        ["де", "VERB", 1],
        ["ол", "PRON", 1],
    ]


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(["Ел", "ел", "ЕЛ", "бар", "БҰҰ", ".", "2"]), min_size=1), min_size=1, max_size=6))
def test_counts_agree_with_a_plain_count(sentences: list[list[str]]) -> None:
    documents = [tokens_of(" ".join(sentence), doc=str(i)) for i, sentence in enumerate(sentences)]
    table = term_frequencies(pd.concat(documents))
    plain = Counter(word.lower() for sentence in sentences for word in sentence if word.isalnum())
    assert {form.lower(): count for form, count in counts(table).items()} == dict(plain)


BLOCKS = [
    ("b1", "s1", "paragraph", "Мен келдім"),
    ("b2", "s1", "list_item", "12) он екі"),
    ("b3", "s1", "list_item", "1991 жылы"),
    ("b4", "s1", "question", "а) қала"),
    ("b5", "s1", "paragraph", "3. Үшінші"),
    ("b6", "s1", "toc_entry", "Кіріспе 5"),
    ("b7", "s2", "paragraph", "Мазмұны"),
    ("b8", "s1", "code", "print 1"),
    ("b9", "s1", "source", "А. Байтұрсынұлы"),
    ("c1", "s1", "paragraph", "ел говорил ел"),
]


def test_what_is_left_out_is_contents_code_labels_and_other_languages() -> None:
    rows = []
    for block_id, section_id, _, text in BLOCKS:
        for word in re.finditer(r"\w+|[^\w\s]", text):
            language = "ru" if word[0] == "говорил" else "kk"
            rows.append(("d", section_id, block_id, block_id, word[0], word.start(), language))
    tokens = pd.DataFrame(rows, columns=["doc_id", "section_id", "block_id", "sentence_id", "form", "start", "language"])
    blocks = pd.DataFrame(BLOCKS, columns=["block_id", "section_id", "kind", "text"]).assign(doc_id="d")
    sections = pd.DataFrame({"doc_id": "d", "section_id": ["s1", "s2"], "kind": ["lecture", "contents"]})
    connection = connect()
    kept = counted_tokens(*map(connection.from_df, (tokens, blocks, sections)))
    listed = frequency_list(kept)["form"].tolist()
    assert sorted(listed) == sorted(["мен", "келдім", "он", "екі", "1991", "жылы", "қала", "3", "үшінші", "а", "байтұрсынұлы", "ел"])
    assert kept.df()["form"].tolist()[-3:] == ["ел", "", "ел"]
    assert (
        "кіріспе"
        in frequency_list(counted_tokens(*map(connection.from_df, (tokens, blocks, sections)), asked=["toc_entry"]))["form"].tolist()
    )
