"""Signals of the quality of a text, and the bounds that filters set them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.errors import UsageError
from kz_textkit.filters.bounds import bounds_named, broken_bounds
from kz_textkit.filters.signals import SIGNALS, signals_of
from kz_textkit.lang.kk.stop_words import STOP_WORDS
from kz_textkit.morphology.commonness import commonness

TALE = (
    "Ертеде бір ауылда қарт кемпір мен шал тұрыпты. Олардың жалғыз ұлы бар екен.",
    "Күндерде бір күні шал балық аулауға көлге барады, бірақ кешке дейін бір шабақ та ұстай алмайды.",
    "Үйіне қайтып келе жатқанда алдынан ақ сақалды адам шығады да, одан жөн сұрайды.",
    "«Балам, мен сенің әкеңнің досымын, мына тасты ал да, босағаңа қой», — дейді ол.",
    "Шал тасты алып келіп, босағаға қояды. Ертеңіне үйінің алдында алтын құмыра тұрғанын көреді.",
    "Содан бері олар ешкімге мұқтаж болмай, баршамен бөлісіп, бақытты өмір сүріпті.",
)
BAD = {
    "short_lines": ["Басты бет", "Жаңалықтар тізбегі", "Спорт және мәдениет", "Бізбен байланыс", "Жарнама беру"] * 12,
    "repeated_lines": [*TALE, *TALE],
    "repeated_5grams": ["арзан пәтер жалға беріледі, сіз үшін қазір қоңырау шалыңыз, ол керек болса " * 12],
    "kazakh_letters": ["Сегодня в городе открылся новый музей, и в нём собраны старинные вещи, книги и карты нашего края. " * 6],
    "digits": ["12 345 678 901 теңге, 23 456 789 012 доллар, 34 567 890 123 рубль және 45 678 901 234 еуро " * 5],
    "known_words": ["және бұл оның блям брукоз фрепта дрымс кволта зурпин, мен олар мен шлярмог бретун вольфа " * 5],
    "ellipsis_lines": ["Бұл туралы толығырақ айтылған мақаланы мына жерден оқи аласыз…"] * 10 + list(TALE),
}


def measured(lines: list[str]) -> dict[str, float]:
    return signals_of(lines, ["kk"] * len(lines), is_known=lambda word: commonness(word) > 0, stop_words=STOP_WORDS)


def broken(lines: list[str]) -> set[str]:
    return {bound.signal for bound, _ in broken_bounds(measured(lines), bounds_named(["web"]))}


def test_sound_text_breaks_no_bound() -> None:
    assert broken(list(TALE)) == set()


@pytest.mark.parametrize("signal", BAD)
def test_each_kind_of_poor_text_breaks_its_bound(signal: str) -> None:
    assert signal in broken(BAD[signal])


def test_every_signal_has_a_bound_and_every_bound_a_reason() -> None:
    bounds = bounds_named(["web"])
    assert [bound.signal for bound in bounds] == list(SIGNALS)
    assert all(bound.about and (bound.least is not None or bound.most is not None) for bound in bounds)


def test_a_text_without_words_has_no_signal() -> None:
    assert set(measured(["— — —", ""]).values()) == {0}


@settings(deadline=None)
@given(st.lists(st.text("аәбұқ 1.\n-…", max_size=40), max_size=12))
def test_shares_are_shares(lines: list[str]) -> None:
    found = signals_of(lines, ["kk"] * len(lines), is_known=lambda word: True, stop_words={"аб"})
    assert tuple(found) == SIGNALS
    assert all(0 <= value <= 1 for name, value in found.items() if name not in ("words", "word_length", "symbols"))


def test_bounds_of_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "шектер.tsv"
    table.write_text("# менің\nsignal\tleast\tmost\tabout\nwords\t3\t\tтым қысқа\n", "utf-8")
    [(bound, value)] = broken_bounds({"words": 2.0}, bounds_named([str(table)]))
    assert bound.complaint(value) == "тым қысқа (words 2, at least 3)"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("signal\tleast\nwords\t3\n", "columns signal, least, most"),
        ("signal\tleast\tmost\nсөз\t3\t\n", "there is no signal сөз"),
        ("signal\tleast\tmost\nwords\tүш\t\n", "least of words is a number"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: str, said: str) -> None:
    table = tmp_path / "шектер.tsv"
    table.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=said):
        bounds_named([str(table)])


def test_a_set_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="there are no filters веб"):
        bounds_named(["веб"])
