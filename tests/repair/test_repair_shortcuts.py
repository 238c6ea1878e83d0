"""Short ways of repair lead where the long ones do: what rules a rule out, or says where to look, misses nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.repair import repair
from kz_textkit.repair.characters import characters_of, has_row
from kz_textkit.repair.misread_utf8 import CODECS, _first_proofs, _misreading

SOUND = "Қазақ тілі – «ана тілі» 5° ыстық, 10 § бап, „сөз“ деді • т.б. "


@given(st.lists(st.sampled_from([*SOUND, "😀", "\ud800", "\uffff", "\x00"]), max_size=5), st.integers(0, 40_000))
@settings(max_examples=50, deadline=None)
def test_the_characters_of_a_long_text_are_those_that_python_sees(rare: list[str], at: int) -> None:
    text = SOUND * 700
    text = text[:at] + "".join(rare) + text[at:]
    assert characters_of(text) == frozenset(text)


@pytest.mark.parametrize("codec", CODECS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_proof_of_misread_utf8_is_found_wherever_a_search_of_the_whole_text_finds_it(codec: str, data: st.DataObject) -> None:
    characters = sorted(_misreading(codec).bytes_of)
    misread = data.draw(st.text(st.sampled_from([*characters, *"–„“ «»", *"вЂ„Ð°Р"]), max_size=40))
    text = SOUND + misread + SOUND
    match = _misreading(codec).proof.search(text)
    found = _first_proofs(text, (codec,))
    assert (codec in found) == (match is not None)


def test_a_letter_that_was_misread_is_found_in_a_long_sound_text() -> None:
    misread = "Қазақ тілі".encode().decode("cp1251", "replace")
    assert "cp1251" in _first_proofs(SOUND * 200 + misread + SOUND, CODECS)


@given(st.text("аңқ –", max_size=30), st.integers(0, 40_000))
@settings(max_examples=60, deadline=None)
def test_a_row_of_letters_is_found_wherever_it_stands_in_a_long_text(row: str, at: int) -> None:
    text = "а, б. " * 7000
    text = text[:at] + row + text[at:]
    assert has_row(text, "ңқ", "аб", 4) == (re.search("(?:[ңқ][^абңқ]*){4}", text) is not None)


def test_a_text_that_kept_only_the_special_letters_is_warned_of() -> None:
    assert repair("ққң ғ ң қү ңі ққ ұ өң қі ғң\n" * 3).warnings
    assert not repair("Өңір үшін маңызды құбыр қайта құрылды.\n" * 500).warnings
