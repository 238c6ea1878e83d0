"""Personal data is found where it is, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.alignment import apply_edits
from kz_textkit.errors import UsageError
from kz_textkit.filters.personal_data import check_kinds, is_iin, personal_data

pytest.importorskip("phonenumbers", reason="phonenumbers not installed")


def masked(text: str) -> str:
    return apply_edits(text, personal_data(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Тел.: +7 (727) 250-12-34, ұялы 8 701 555 44 33.", "Тел.: +0 (000) 000-00-00, ұялы 0 000 000 00 00."),
        ("Хат жазыңыз: a.sadyq@univer.kz; директор: ДАНА@Қорық.қаз", "Хат жазыңыз: email@example.com; директор: email@example.com"),
        ("ЖСН 900101300017, БСН 900101300018", "ЖСН 000000000000, БСН 900101300018"),
        ("Картаға: 4111 1111 1111 1111", "Картаға: 0000 0000 0000 0000"),
    ],
)
def test_personal_data_is_masked(text: str, wanted: str) -> None:
    assert masked(text) == wanted
    assert masked(wanted) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "2024 жылғы 15 тамыздағы № 123456789012 бұйрық",
        "Халқы 19 766 807 адам, аумағы 2 724 902 шаршы шақырым.",
        "ISBN 978-601-01-2345-6, УДК 81'373",
        "10:30-да, 1991-1995 жылдары, 45-50%, 3,14159265358979",
        "@мектеп белгісімен бөлісті",
        "1 234 567 890 123 теңге бөлінді.",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


def test_only_kinds_that_were_asked_for() -> None:
    text = "aigul@mail.kz 900101300017"
    assert [e.before for e in personal_data(text, {"iin"})] == ["900101300017"]


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="choose from email, iin, card, phone"):
        check_kinds({"төлқұжат"})


@settings(deadline=None)
@given(st.text("0123456789 -+()@.аk", max_size=60))
def test_masked_text_has_nothing_left_to_mask(text: str) -> None:
    edits = personal_data(text)
    assert all(text[e.start : e.end] == e.before and e.before != e.after for e in edits)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    assert not personal_data(apply_edits(text, edits))


@given(st.integers(0, 10**12 - 1))
def test_a_number_with_one_figure_changed_is_no_number_of_a_person(number: int) -> None:
    digits = f"{number:012}"
    if is_iin(digits):
        other = digits[:11] + str((int(digits[11]) + 1) % 10)
        assert not is_iin(other)
