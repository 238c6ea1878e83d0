"""Capitals inside of words in small letters, as optical character recognition writes them."""

from __future__ import annotations

import pytest

import kz_textkit as kz
from kz_textkit.repair.capitals import capitals_in_words


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("Олар оқу жӘне білім туралы айтты.", "Олар оқу және білім туралы айтты."),
        ("аҚпарат пен байланыс", "ақпарат пен байланыс"),
        ("соғыс уаҚытында болған", "соғыс уақытында болған"),
        ("Ол бlлlм мен ғылым туралы айтты.", "Ол білім мен ғылым туралы айтты."),
        ("тілдіҢ дамуы", "тілдің дамуы"),
    ],
)
def test_small_letters_come_back(damaged: str, sound: str) -> None:
    assert kz.fix(damaged) == sound
    assert kz.fix(sound) == sound


@pytest.mark.parametrize(
    "sound", ["ҚазҰУ студенті", "АқҚала ауылы", "ҚР ҰҚК төрағасы", "ЖҚТБ, ҰБТ, ӘОЖ", "«НұрӨмір» қоры", "https://kz/аҚ", "еҚР"]
)
def test_names_and_abbreviations_stay(sound: str) -> None:
    assert kz.fix(sound) == sound


def test_a_word_that_is_none_is_a_suggestion() -> None:
    (edit,) = capitals_in_words("ұғқҢпттрр")
    assert not edit.applied
