"""Classes of how lemmas are used in other text, and how they are counted."""

from __future__ import annotations

from collections import Counter
from zlib import crc32

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from compile_usage import BARE, CAPITAL, Forms, classes, counted
from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.morphology.usage import usage_of


def _usage(*lemmas: str) -> list[list[int]]:
    found: list[list[int]] = usage_of(np.array([crc32(lemma.encode()) for lemma in lemmas], dtype=np.uint32)).tolist()
    return found


def test_adjectives_stand_bare_and_nouns_do_not() -> None:
    bare, _ = _usage("ұлттық", "экономикалық", "халық", "ел", "ешқандайсөз")
    assert bare[0] == bare[1] and bare[0] not in bare[2:]
    assert bare[4] == 0


def test_names_have_capitals_whether_the_lemma_has_one_or_not() -> None:
    _, capital = _usage("Қазақстан", "қазақстан", "бала", "Бала")
    assert capital[0] == capital[1] and capital[2] == capital[3] and capital[0] != capital[2]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["ұлттық", "Абай", "бала", "жоқсөзжоқ", ""]), max_size=6))
def test_what_is_known_of_a_lemma_depends_on_nothing_else(lemmas: list[str]) -> None:
    together = _usage(*lemmas)
    assert [list(pair) for pair in zip(*together, strict=True)] == [[row[0] for row in _usage(lemma)] for lemma in lemmas]


def test_capitals_count_where_no_sentence_begins() -> None:
    forms = counted([["Асан", ",", "Үсен", "келді", ".", "Үсен", "күлді"]], [])
    assert forms.every["үсен"] == 2 and forms.capital == Counter({"үсен": 1}) and forms.small["күлді"] == 1


def test_classes_of_a_few_words() -> None:
    every = Counter({"көлдің": 5, "көл": 1, "терең": 6, "сайлау": 4, "сайлады": 2})
    found = classes(Forms(every, Counter(), every), shared_analyzer())
    of = {lemma: name for (kind, name), lemmas in found.items() if kind == BARE for lemma in lemmas}
    assert of["терең"] == "7" and of["көл"] < "3" and of["сайлау"].startswith("g")
    assert all("терең" not in lemmas or name == "0" for (kind, name), lemmas in found.items() if kind == CAPITAL)
