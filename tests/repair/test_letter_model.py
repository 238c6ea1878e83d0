"""Kazakh is told from its neighbours, and a damaged word from a sound one."""

from __future__ import annotations

import pytest

from build_letter_model import as_table, count_sequences
from kz_textkit.repair.language import KazakhContext, is_kazakh_context, language_of
from kz_textkit.repair.letter_model import kazakh_score, looks_kazakh, word_score
from paragraphs import KAZAKH, OTHERS


@pytest.mark.parametrize("kind", KAZAKH)
def test_kazakh_looks_kazakh(kind: str) -> None:
    assert looks_kazakh(KAZAKH[kind])
    assert language_of(KAZAKH[kind]) == "kk"


@pytest.mark.parametrize("language", [code for code in OTHERS if code not in ("en", "de", "fr")])
def test_other_languages_do_not(language: str) -> None:
    assert not looks_kazakh(OTHERS[language])
    assert language_of(OTHERS[language]) == language


@pytest.mark.parametrize(("language", "expected"), [("en", "en"), ("de", "und"), ("fr", "und")])
def test_latin_letters_are_english_or_undecided(language: str, expected: str) -> None:
    assert language_of(OTHERS[language]) == expected


def test_kazakh_with_the_letters_of_a_misbuilt_font_is_kazakh() -> None:
    for text in KAZAKH.values():
        assert language_of(text.translate(str.maketrans("өұүі", "ӛҧҥi"))) == "kk"


@pytest.mark.parametrize(
    ("sound", "damaged"), [("ғылым", "әылым"), ("әдебиет", "ғдебиет"), ("қазақ", "ќазаќ"), ("кітап", "китап"), ("өмір", "омир")]
)
def test_the_sound_word_scores_higher(sound: str, damaged: str) -> None:
    assert word_score(sound) > word_score(damaged)


def test_capitals_score_as_small_letters_and_nothing_scores_nothing() -> None:
    assert word_score("ҚАЗАҚ") == word_score("қазақ")
    assert word_score("") == kazakh_score("") == kazakh_score("NATO 1995") == 0.0
    assert language_of("") == language_of("1995 – 2000") == "und"


def test_a_quotation_is_no_kazakh_context_but_the_text_around_it_is() -> None:
    sah = "Сайын оҕолор ойуурга отонноо бараллар, эбэм былыргы остуоруйалары кэпсиирин олус сөбүлүүбүн, түүн уһун"
    text = f"{KAZAKH['news']} {sah} {KAZAKH['law']}"
    context = KazakhContext(text)
    assert context.at(5, 6)
    assert context.at(len(text) - 5, len(text) - 4)
    middle = text.index("остуоруйалары")
    assert not context.at(middle, middle + 5)
    assert not is_kazakh_context(OTHERS["sah"], 40, 41)
    assert not is_kazakh_context("", 0, 0)


def test_the_table_counts_a_word_by_the_root_of_its_frequency() -> None:
    table = as_table(count_sequences([("ай", 1), ("ал", 9)]))
    assert "^^^\tа4\n" in table
    assert "^^а\tй1 л3\n" in table
