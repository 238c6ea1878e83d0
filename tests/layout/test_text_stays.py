"""What looks like heads, feet and page numbers and is text: it stays."""

from __future__ import annotations

import pytest

from kz_textkit.layout.furniture import remove_furniture
from kz_textkit.layout.lines import read_lines

WHO = ("Әжем", "Атам", "Інім", "Көршіміз", "Мұғалім", "Шопан", "Ұста", "Балықшы", "Қойшы", "Аңшы", "Әнші")
WHAT = ("арық қазды", "шөп шапты", "егін орды", "ұршық иірді", "ер қосты", "ау тоқыды", "отын жарды", "ән айтты", "хат жазды")
WHERE = ("таңертең", "түсте", "кешке", "былтыр", "көктемде", "жазда", "күзде")


def removed(text: str) -> list[str]:
    return [text[removal.start : removal.end] for removal in remove_furniture(text, read_lines(text)).removals]


def page(number: int, lines: int) -> str:
    """So many sentences, none of which comes again on another page."""
    at = (number * 31 + k for k in range(lines))
    return "\n".join(f"{WHO[n % 11]} {WHERE[n % 7]} {WHAT[n % 9]}." for n in at)


@pytest.mark.parametrize("lines", [12, 14, 16])
def test_numbers_of_poems_that_are_all_as_long(lines: int) -> None:
    text = "\n".join(f"{number}\n{page(number, lines)}" for number in range(1, 9))
    assert removed(text) == []


def test_the_head_of_a_table_stays_where_it_stands_first() -> None:
    names = ("Асан", "Болат", "Дана", "Ерлан", "Жанар", "Қасым", "Лаура", "Марат")
    rows = ["\n".join(f"{at * 8 + k} {name} {k % 5 + 1} балл" for k, name in enumerate(names, 1)) for at in range(4)]
    text = "\n\f".join(f"№ Аты-жөні Бағасы\n{part}" for part in rows)
    assert removed(text) == ["№ Аты-жөні Бағасы"] * 3


def test_a_sentence_that_comes_again_at_the_top_of_a_page_of_three() -> None:
    prose = "Көктемде қар еріп, өзендер арнасынан асып, ауыл адамдары\nбөгет салуға жиналды."
    pages = (f"Көктем\n{prose}\n{page(1, 9)}", page(2, 12), f"{prose}\n{page(3, 9)}")
    text = "\n\f".join(f"{one}\n{number}" for number, one in enumerate(pages, 1))
    assert removed(text) == ["1", "2", "3"]


def test_years_that_stand_alone() -> None:
    assert removed("\n".join(f"{year}\n{page(year, 22)}" for year in range(1991, 1999))) == []


def test_a_head_whose_section_has_the_number_of_its_page() -> None:
    heads = ("{n}   2-§. Буын түрлері", "2-§. Буын түрлері   {n}")
    text = "\n\f".join(f"{heads[n % 2].format(n=n)}\n{page(n, 24)}" for n in range(1, 9))
    assert len(removed(text)) == 8


def test_a_title_in_capitals_that_asks_is_no_note() -> None:
    text = "\n".join(f"{n} КІМ КІНӘЛІ?\n{page(n, 24)}" for n in range(1, 5))
    assert removed(text) == [f"{n} КІМ КІНӘЛІ?" for n in range(1, 5)]


def test_the_end_of_a_sentence_that_is_the_number_of_its_page() -> None:
    pages = (f"1\n{page(1, 20)}\nСанап шықты, қалғаны –", f"2\n2.\n{page(2, 20)}", f"3\n{page(3, 20)}")
    assert removed("\n\f".join(pages)) == ["1", "2", "3"]
