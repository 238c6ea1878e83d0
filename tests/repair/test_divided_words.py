"""Words with a hyphen and a space in them are suggested whole, and stay as they are."""

from __future__ import annotations

from hashlib import sha256

import pytest

from kz_textkit.cleaning.clean import clean
from kz_textkit.document import RawDocument
from kz_textkit.settings import Settings


def cleaned(text: str, applied: frozenset[str] = frozenset()):
    raw = RawDocument("үлгі", "үлгі.txt", sha256(text.encode()).hexdigest(), "utf-8", text)
    return clean(raw, Settings(apply_suggestions=applied))


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [("прак- тика", "практика"), ("ата- ана", "ата-ана"), ("эконо- мика", "экономика"), ("Эконо- мика", "Экономика")],
)
def test_a_word_that_the_dictionary_knows_whole_is_suggested(printed: str, wanted: str) -> None:
    document = cleaned(f"Мектепте {printed} туралы жиналыс өтті, оған көп адам келді.")
    assert [(e.before, e.after) for e in document.edits if e.rule == "hyphen_join" and not e.applied] == [(printed, wanted)]
    assert printed in next(iter(document.blocks)).text
    document = cleaned(f"Мектепте {printed} туралы жиналыс өтті, оған көп адам келді.", frozenset({"hyphen_join"}))
    assert f" {wanted} " in next(iter(document.blocks)).text


@pytest.mark.parametrize("text", ["екі- үш күн", "оқу- тәрбие ісі", "2- сынып", "ол- бұл"])
def test_a_hyphen_written_on_purpose_is_left(text: str) -> None:
    document = cleaned(f"Балалар {text} туралы айтты, үлкендер тыңдап отырды.")
    assert not [e for e in document.edits if e.rule == "hyphen_join"]
