"""Signs: what stands around a line, numbers of two series, words that lines stand for; and what they teach."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kz_textkit.cleaning.clean import clean
from kz_textkit.document import RawDocument
from kz_textkit.layout.convention import UNWRAPPED, learn
from kz_textkit.layout.lines import read_lines
from kz_textkit.layout.page import announced_lines, read_page_lines
from kz_textkit.layout.signs import Column, alike, signs_of

RULES = """Шеберхана ережесі
1. Жалпы талаптар
1. Шеберханаға тек жұмыс киімімен кіреді.
2. Құрал-саймандар орнында тұруы тиіс.
2. Қауіпсіздік шаралары
3. Станокты рұқсатсыз қосуға болмайды.
4. Көзілдірік киіп жұмыс істейді.
3. Жұмыс соңында
5. Жұмыс орнын жинап кетеді.
6. Жарықты өшіреді."""
POEMS = """Жаңбыр
Тереземе тамшы тамып тұр бүгін,
Тыңдап жатыр жапырақтар сыбдырын.
Мен де тыңдап отырамын үнсіз-ақ
Көктен түскен мөлдір судың сыңғырын.
Жел
Қайда барып, қайдан келіп жүрсің, жел,
Қандай елді, қандай жерді білдің, жел?
Маған айтшы, алыстағы тауларда
Кімге жылап, кімге қарап күлдің, жел?
Жол
Ұзап кетсем, ұзап кетем соңыңнан,
Қайтып келсем, тағы шығам алдыңнан.
Бәрі өтер, бәрі тозар дүниеде,
Жалғыз сен-ақ, жолым менің, қалдың маң."""


def values(signs: Mapping[str, Column], name: str) -> list[str]:
    return [signs[name].values[code] for code in signs[name].codes]


def seen(text: str) -> dict[str, Column]:
    lines = read_lines(text)
    return signs_of(lines, learn(lines))


def headings(text: str) -> list[str]:
    document = clean(RawDocument("үлгі", "үлгі.txt", "", "utf-8", text))
    return [block.text for block in document.blocks if block.kind == "heading"]


def test_titles_and_points_have_series_of_their_own() -> None:
    found = values(seen(RULES), "series of titles")
    assert [found[i] for i in (1, 4, 7)] == ["begins", "goes on and is gone on from", "goes on"]
    assert {found[i] for i in (2, 3, 5, 6, 8, 9)} == {"no number"}


PARTS = """1. Тарихы
Ауыл өткен ғасырда құрылды.
Алғашында онда он үй болған екен.
2. Жері
Ауыл өзен бойында орналасқан.
Айналасы қалың тоғай, арғы жағы дала.
3. Қажетті құралдар
1. Күрек
2. Балта
3. Арқан"""


def test_numbers_of_titles_are_farther_from_one_another_than_those_of_items() -> None:
    found = values(seen(PARTS), "lines to the next")
    assert found[0] == found[3] == found[6] == "under 6"
    assert found[7] == found[8] == found[9] == "1"


def test_titles_of_a_shape_are_over_text_and_far_between() -> None:
    text = "\n\n".join(
        f"{name}\n\n{'Ауыл өзен бойында орналасқан, айналасы қалың тоғай, арғы жағы дала. ' * 2}"
        for name in ("Тегі", "Жері", "Елі", "Суы")
    )
    found = seen(text)
    assert values(found, "lines of the shape")[2::2] == ["under 6"] * 3
    assert values(found, "lines between the shape")[2::2] == ["under 4"] * 3
    assert values(found, "shape over text")[2::2] == ["all"] * 3
    assert set(values(found, "shape in the document")[1::2]) == {"- & - & -"}


def test_the_label_of_an_article_is_no_sentence() -> None:
    assert values(seen("8-бап. Орталық органдардың функциялары\n\n9-бап. Су. Жер"), "inner end") == ["no", "yes"]


@pytest.mark.parametrize("bullet", ["o", "Ø", "ü", "§"])
def test_bullets_that_are_letters_of_fonts_of_signs(bullet: str) -> None:
    found = seen(f"{bullet} Алматы қаласы")
    assert values(found, "list label") + values(found, "begins") == ["bullet", "bullet"]
    assert values(seen(f"{bullet} 5 Алматы"), "list label") == ["none"]


def test_a_title_over_verse_is_narrower_than_the_verses() -> None:
    found = values(seen(POEMS), "width among neighbours")
    assert all(found[i] in ("under 25 %", "under 40 %") for i in (0, 5, 10))
    assert not any(value.startswith("under") for i, value in enumerate(found) if i not in (0, 5, 10))


def test_menus_are_seen_around_a_line() -> None:
    found = seen("Басты бет\nСаясат\nҚоғам\nСпорт\n\nАуылда көпір салынды\n\nКөпір екі жылда салынып бітті.")
    assert values(found, "line words")[:4] == ["site"] * 4
    assert values(found, "site words around")[5] == "many"


def test_what_begins_small_is_in_no_group_of_titles() -> None:
    lines = read_lines("\n\n".join(["Сөз таптары", "сөз түбірі", "Сөз құрамы", "сөз жасау"] * 3))
    groups = alike(signs_of(lines, UNWRAPPED)).tolist()
    assert groups[2] == groups[4] >= 0
    assert set(groups[1::2]) == {-1}


def test_a_title_in_two_lines_is_announced_by_contents() -> None:
    contents = "Мазмұны\n1. Көне дәуірдегі қалалар мен елді мекендер ..... 3\n2. Сауда ..... 9\n"
    text = f"{contents}\n1. Көне дәуірдегі қалалар\nмен елді мекендер\n\nМәтін."
    page = read_page_lines(text, (), ())
    assert [page.lines[i].text for i in announced_lines(page.lines, page.contents)] == [
        "1. Көне дәуірдегі қалалар",
        "мен елді мекендер",
    ]


def test_titles_of_parts_are_told_from_points() -> None:
    assert [title for title in headings(RULES) if title[0].isdigit()] == [
        "1. Жалпы талаптар",
        "2. Қауіпсіздік шаралары",
        "3. Жұмыс соңында",
    ]


def test_titles_over_verse_without_gaps() -> None:
    assert headings(POEMS) == ["Жаңбыр", "Жел", "Жол"]


@pytest.mark.parametrize("line", ["ҚАУЛЫ ЕТТІ:", "СӨЙЛЕДІ:"])
def test_what_introduces_a_decision_is_no_title(line: str) -> None:
    text = f"Жиналыс хаттамасы\n\nТөраға: С. Әлиев\n\n{line}\n\nӨтініш қанағаттандырылсын, оған бөлім бастығы жауап берсін.\n"
    assert line not in headings(text)
