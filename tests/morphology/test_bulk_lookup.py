"""What is read of many words at once is what the analyser reads of each."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.morphology import bulk_lookup
from kz_textkit.morphology.analyzer import MorphAnalyzer
from kz_textkit.morphology.bulk_lookup import BulkLookup
from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.morphology.form_table import load_forms
from kz_textkit.morphology.readings import Readings, load_memory
from kz_textkit.morphology.units import DEFAULT_UNITS
from kz_textkit.morphology.user_words import UserWord

STEMS = (
    "бала",
    "кітап",
    "банк",
    "орын",
    "қорық",
    "оқы",
    "жи",
    "қой",
    "су",
    "асыл",
    "қазақ",
    "алматы",
    "сәтбай",
    "ақ",
    "ат",
    "тап",
    "мен",
    "ақш",
)
SUFFIXES = (
    "лар",
    "дер",
    "ым",
    "іңіз",
    "ы",
    "сы",
    "ға",
    "нің",
    "дағы",
    "мын",
    "ды",
    "йды",
    "ушы",
    "ып",
    "ған",
    "са",
    "у",
    "лық",
    "сыз",
    "ша",
    "ов",
    "ұлы",
)


@pytest.fixture(scope="module")
def read() -> Readings:
    return Readings(shared_analyzer(), load_memory())


def test_common_forms_are_read_as_one_by_one(read: Readings) -> None:
    forms = random.Random(7).sample(sorted(load_forms().numbers), 800)
    forms += [form.capitalize() for form in forms[:200]] + [form.upper() for form in forms[:20]]
    assert read.many(forms) == list(map(read, forms))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(STEMS), st.lists(st.sampled_from(SUFFIXES), max_size=4), st.booleans()), max_size=30))
def test_any_words_are_read_as_one_by_one(made: list[tuple[str, list[str], bool]]) -> None:
    read = Readings(shared_analyzer(), {})
    words = ["".join([stem, *suffixes]) for stem, suffixes, _ in made]
    words = [word.capitalize() if is_title else word for word, (_, _, is_title) in zip(words, made, strict=True)]
    assert read.many(words) == list(map(read, words))


def test_most_of_a_text_needs_no_more_than_the_dictionary() -> None:
    words = ["Ауылдың", "балалары", "өзеннің", "жағасындағы", "кітапханаларымыздан", "Алматыдағылардың", "көргендеріңізді", "сұрады"]
    assert None not in BulkLookup(shared_analyzer().lexicon).read(words)


def test_what_is_forgotten_is_read_again_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    bulk = BulkLookup(shared_analyzer().lexicon)
    words = ["балаларымыздың", "Алматыдан", "қорқушы", "орнымнан"]
    before = bulk.read(words)
    monkeypatch.setattr(bulk_lookup, "MOST_KINDS", 0)
    assert [bulk.read([word])[0] for word in words] == before


def test_words_of_a_user_are_known_and_other_units_are_asked() -> None:
    own = UserWord("мәтінбай", "NOUN")
    assert Readings(shared_analyzer((own,)), {}).many(["мәтінбайлардан"])[0][0].lemma == "мәтінбай"
    without_names = MorphAnalyzer(units=DEFAULT_UNITS._replace(words=DEFAULT_UNITS.words[:1]))
    assert {reading.unit for reading in Readings(without_names, {}).many(["Көгершін"])[0]} == {"dictionary"}
