"""Columns that stand side by side are read one after the other; tables and lists of two columns stay."""

from __future__ import annotations

import textwrap
from itertools import zip_longest

import pytest

from kz_textkit.cleaning.clean import clean
from kz_textkit.corpus.rebuild import gaps_of, placed_blocks, rebuild
from kz_textkit.document import RawDocument
from kz_textkit.layout.columns import column_edits

NEWS = (
    "Биыл көктемде ауданда жаңа кітапхана ашылды. Оның қорында он екі мың кітап бар, ал оқырмандардың саны мыңнан асып кетті. "
    "Кітапханашылар әр сенбіде балаларға ертегі оқып, сурет салғызады. Жазда кітапхана жанынан шағын бақ өсіріледі, онда көлеңкеде "
    "отырып кітап оқуға болады. Бақты мектеп оқушылары күтіп ұстайды."
)
FARM = (
    "Шаруашылықта мал саны соңғы үш жылда екі есе өсті. Қыста жем тапшы болмас үшін екі мың тонна шөп жиналды, оның жартысы "
    "көршілерге сатылды. Мал дәрігерлері айына екі рет келіп, төлді тексереді. Сүтті қалаға күн сайын таңертең жөнелтеді, "
    "ол үшін арнайы көлік алынды. Жұмысшыларға жаңа үйлер салынып жатыр."
)


def document(text: str) -> RawDocument:
    return RawDocument("үлгі", "үлгі.txt", "", "utf-8", text)


def beside(left: str, right: str, gap: int = 4) -> str:
    columns = [textwrap.wrap(text, 34, break_on_hyphens=False) for text in (left, right)]
    return "\n".join(f"{one:{34 + gap}}{other}".rstrip() for one, other in zip_longest(*columns, fillvalue=""))


@pytest.mark.parametrize("gap", [2, 5])
def test_columns_are_read_one_after_the_other_and_nothing_is_lost(gap: int) -> None:
    text = f"АУДАН ЖАҢАЛЫҚТАРЫ МЕН ХАБАРЛАМАЛАРЫ, СУРЕТТЕР МЕН СҰХБАТТАР\n\n{beside(NEWS, FARM, gap)}\n"
    found = clean(document(text))
    assert NEWS in found.text and FARM in found.text
    assert rebuild(placed_blocks(found), [e for e in found.edits if e.applied], gaps_of(found)) == text
    assert "columns" in {edit.rule for edit in found.edits}
    assert clean(document(found.text)).text == found.text


def test_pages_are_parted_each() -> None:
    text = "\f".join(f"{beside(NEWS, FARM)}\n" for _ in range(3))
    assert len(column_edits(text)) == 3


@pytest.mark.parametrize(
    "rows",
    [
        [(f"{n}-мектеп", f"{n * 31} оқушы") for n in range(1, 30)],
        [("жеті қазына", "семь сокровищ"), ("аса таяқ", "посох"), ("кісе белбеу", "пояс с сумкой"), ("көш бастау", "вести кочевье")]
        * 6,
        [("Ауыл түнге бата берді", "Ай туады көгерген"), ("Жұлдыз біткен жымыңдайды", "Сен де келші қасыма")] * 8,
    ],
    ids=["table", "glossary", "verse"],
)
def test_tables_and_lists_stay(rows: list[tuple[str, str]]) -> None:
    assert column_edits("\n".join(f"{left:30}{right}" for left, right in rows)) == []


NAMES = (
    "Кеше аудан әкімі Марат Сейіт ауылға барып, жаңа мектептің құрылысын аралады. Оны ардагер Дәулет Жақып пен ұстаз Сәуле Мұрат "
    "қарсы алды. Қонақтар Ертіс жағасында салынып жатқан көпірді де көрді. Бұл көпір екі ауылды қосады. Жұмысты Павлодар "
    "қаласынан келген құрылысшылар бастады. Олар қазанда кетеді. Көпір келер жылы ашылады деп күтілуде. Ауыл халқы риза."
)


def test_columns_full_of_names_are_known_by_sentences_that_end_and_go_on_beside_them() -> None:
    found = clean(document(beside(NAMES, NEWS)))
    assert NAMES in found.text and NEWS in found.text


def test_a_last_page_with_a_short_column_is_parted_as_the_others_are() -> None:
    short = "Жүлдені аудан әкімі тапсырды. Келесі жарыс қыркүйекте өтеді, оған көрші аудандар да шақырылды."
    found = clean(document(f"{beside(NEWS, FARM)}\n\f{beside(f'{NEWS} {FARM}', short)}\n"))
    assert short in found.text
