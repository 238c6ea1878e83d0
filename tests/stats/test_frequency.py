"""Term frequencies: what counts as one term, how it is shown, and that the figures add up."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kz_textkit.stats.frequency import TermCounter, term_frequencies


def tokens_of(*sentences: str, section: str = "s1", doc: str = "d") -> pd.DataFrame:
    rows = [(doc, section, f"n{i}", form) for i, sentence in enumerate(sentences) for form in sentence.split()]
    return pd.DataFrame(rows, columns=["doc_id", "section_id", "sentence_id", "form"])


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
        "forms": "биліктің 2; билік 1; билікке 1",
    }
    assert table["lemma"].tolist() == ["билік", "өзге"]


def test_no_words_give_an_empty_table() -> None:
    assert term_frequencies(tokens_of("– , !")).empty
    assert list(TermCounter().table().columns) == ["form", "count", "per_million", "sections"]


@given(st.lists(st.lists(st.sampled_from(["Ел", "ел", "ЕЛ", "бар", "БҰҰ", ".", "2"]), min_size=1), min_size=1, max_size=6))
def test_counts_agree_with_a_plain_count_however_the_documents_are_handed_over(sentences: list[list[str]]) -> None:
    documents = [tokens_of(" ".join(sentence), doc=str(i)) for i, sentence in enumerate(sentences)]
    counter = TermCounter()
    for tokens in documents:
        counter.add(tokens)
    whole = term_frequencies(pd.concat(documents))
    pd.testing.assert_frame_equal(counter.table(), whole)
    plain = Counter(word.lower() for sentence in sentences for word in sentence if word.isalnum())
    assert {form.lower(): count for form, count in counts(whole).items()} == dict(plain)
