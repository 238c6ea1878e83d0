"""Texts that are the same, or nearly, are found; others are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("rensa", reason="rensa not installed")

from kz_textkit.filters.duplicates import Fingerprint, find_duplicates, fingerprint

WORDS = tuple("абвгдежзиклмнопрст")
"""Letters do as words."""


def text_of(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def found(texts: dict[str, str], near: float | None = 0.8) -> dict[str, str]:
    return {one.doc_id: one.of for one in find_duplicates((fingerprint(name, text) for name, text in texts.items()), near)}


def test_a_text_with_a_few_words_changed_is_found() -> None:
    words = text_of(1)
    changed = [*words[:150], "басқа", *words[151:]]
    assert found({"а": " ".join(words), "б": " ".join(text_of(2)), "в": " ".join(changed)}) == {"в": "а"}
    assert found({"а": " ".join(words), "в": " ".join(changed)}, None) == {}


def test_capitals_and_marks_make_no_difference() -> None:
    words = text_of(3)
    assert found({"а": " ".join(words), "б": ", ".join(words).upper()}, None) == {"б": "а"}


def test_what_is_like_one_that_was_left_out_stays_where_it_is_not_like_one_that_stays() -> None:
    first = text_of(4)
    second = [*first[:280], *text_of(5, 20)]
    third = [*text_of(6, 40), *first[40:260], *text_of(7, 40)]
    duplicates = found({"а": " ".join(first), "б": " ".join(second), "в": " ".join(third)})
    assert duplicates == {"б": "а"}


def test_a_copy_of_a_near_duplicate_is_one_of_what_stays() -> None:
    words = text_of(8)
    changed = " ".join([*words[:-3], "соңы", "өзге", "болды"])
    assert found({"а": " ".join(words), "б": changed, "в": changed}) == {"б": "а", "в": "а"}


def test_texts_without_words_are_the_same() -> None:
    assert found({"а": "—", "б": "...", "в": "сөз"}) == {"б": "а"}


def test_bands_depend_on_the_text_alone() -> None:
    one = fingerprint("а", "Бұл мәтін басқа машинада да дәл осындай болып шығуы керек.")
    assert one.bands == Fingerprint("б", one.exact, one.signature).bands
    assert one.bands[0] == 2939066973868573530


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 5), max_size=12))
def test_the_first_of_each_group_stays(seeds: list[int]) -> None:
    texts = {f"д{i}": " ".join(text_of(seed, 60)) for i, seed in enumerate(seeds)}
    first = {seed: f"д{seeds.index(seed)}" for seed in seeds}
    assert found(texts) == {f"д{i}": first[seed] for i, seed in enumerate(seeds) if first[seed] != f"д{i}"}
