"""Unknown words, and what may have been meant by them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.morphology.spelling import is_known, suggestions, unknown_words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("мектебке", "мектепке"),
        ("жуйесі", "жүйесі"),
        ("қаазақ", "қазақ"),
        ("халыкаралық", "халықаралық"),
        ("балалармызға", "балаларымызға"),
        ("ассоциацияаларды", "ассоциацияларды"),
        ("Калалық", "Қалалық"),
    ],
)
def test_what_was_meant_comes_first(written: str, meant: str) -> None:
    assert not is_known(written)
    assert suggestions(written)[0].form == meant


def test_only_unknown_words_are_listed() -> None:
    assert unknown_words("Біздің мектебке Google компаниясынан 5 адам келді, мектебке!") == ["мектебке", "мектебке"]


def test_a_word_that_lost_its_spaces_gets_no_suggestions() -> None:
    assert suggestions("біздіңмектепкекөпоқушыкелдіжәнекетті") == []


@settings(deadline=None, max_examples=15)
@given(st.text(alphabet="аеқклоұу", min_size=1, max_size=7))
def test_suggestions_are_known_words_in_order(word: str) -> None:
    found = suggestions(word, 4)
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert word not in [s.form for s in found]
