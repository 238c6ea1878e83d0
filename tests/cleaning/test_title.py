"""What a document is called."""

from __future__ import annotations

import pytest

from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.title import title_of
from kz_textkit.document import Edit, Extraction, RawDocument

PREFACE = "Алғы сөз\n\nБұл кітап ауыл адамдары туралы жазылған еді.\n\n1-тарау. Көктем\n\nКөктемде қар еріп, су тасыды.\n"


FIRST_WORDS = "Бұл кітап ауыл адамдары туралы жазылған еді."


def raw(text: str = PREFACE, source: str = "0001.txt", **more: object) -> RawDocument:
    return RawDocument("а", source, "", "utf-8", text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "title"), [("Ауыл_хикаясы.txt", "Ауыл хикаясы"), ("scan0012.txt", FIRST_WORDS), ("0001.txt", FIRST_WORDS)]
)
def test_a_preface_is_not_what_a_book_is_called(source: str, title: str) -> None:
    assert clean(raw(source=source)).title == title


def test_the_head_of_the_pages_and_the_properties_of_the_file_say_more_than_a_preface() -> None:
    sections = clean(raw()).sections
    heads = [Edit(90 * n, 90 * n + 20, f"{n}  Ауыл хикаясы", "", "running_head") for n in range(5)]
    assert title_of(raw(), sections, heads) == "Ауыл хикаясы"
    assert title_of(raw(), sections, heads[:2]) == FIRST_WORDS
    word = Extraction("docx", "lxml", "5")
    assert title_of(raw(extraction=word, metadata={"title": "Ауыл кітабы"}), sections, []) == "Ауыл кітабы"
    assert title_of(raw(extraction=word, metadata={"title": "Microsoft Word - 1.doc"}), sections, []) == FIRST_WORDS


def test_a_heading_that_is_a_title_is_the_title_whatever_else_there_is() -> None:
    text = PREFACE.replace("Алғы сөз", "АУЫЛ ХИКАЯСЫ")
    assert clean(raw(text, "Басқа атау.txt")).title == "АУЫЛ ХИКАЯСЫ"


TEXT = "\n\nКөктемде қар еріп, су тасыды. Ауыл адамдары егінге шықты, балалар мектепке барды.\n"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (("Мұрат Оспанов", "АҚҚУ КӨЛ", "Роман", "1-тарау. Жол"), "АҚҚУ КӨЛ"),
        (
            ("Бекітілген", "Мектеп директорының 2020 жылғы 5 мамырдағы № 7 бұйрығымен", "Асхана қағидалары", "1. Жалпы ережелер"),
            "Асхана қағидалары",
        ),
        (("ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ ЗАҢЫ", "Балық аулау туралы", "1-тарау. ЖАЛПЫ ЕРЕЖЕЛЕР"), "Балық аулау туралы"),
        (("ӘОЖ 81’373", "Г. С. Ахметова", "Әл-Фараби атындағы университет", "Су атауларының мағынасы"), "Су атауларының мағынасы"),
        (
            ("Білім министрлігі", "Тақырыбы: Ауылдың құдықтары", "Жетекшісі: С. Тілеуова", "Тараз, 2019 жыл", "Кіріспе"),
            "Ауылдың құдықтары",
        ),
        (("ТАРИХ", "Екі көріністі драма", "Бірінші көрініс"), "ТАРИХ"),
    ],
)
def test_a_document_is_called_by_its_title_and_not_by_what_stands_beside_it(page: tuple[str, ...], title: str) -> None:
    document = clean(raw("\n\n".join(page) + TEXT))
    assert (document.title, document.title_from) == (title, "title page")


def test_a_text_without_a_title_is_called_by_its_file() -> None:
    document = clean(raw(TEXT.strip(), "Көктем туралы.txt"))
    assert (document.title, document.title_from) == ("Көктем туралы", "file name")
    assert clean(raw(TEXT.strip(), "17.txt")).title_from == "first words"


def test_the_running_head_that_a_word_file_has_is_its_title() -> None:
    sections = clean(raw()).sections
    head = [Edit(0, 12, "Ауыл хикаясы", "", "running_head")]
    assert title_of(raw(extraction=Extraction("docx", "lxml", "5")), sections, head) == "Ауыл хикаясы"
    assert title_of(raw(), sections, head) == FIRST_WORDS


NAMING = "Алғы сөз\n\n{} Онда судың айналымы мен қасиеті қарапайым тілмен баяндалады.\n\n1-тарау. Бұлақ\n\nБұлақ жер астынан шығады.\n"


def test_a_preface_names_the_work_and_its_heading_is_never_the_title() -> None:
    named = NAMING.format("Қолдарыңыздағы «Судың сыры» атты кітап мектеп оқушыларына арналған.")
    found = clean(RawDocument("а", "0001.txt", "", "utf-8", named))
    assert (found.title, found.title_from) == ("Судың сыры", "preface")
    other = NAMING.format("Абайдың «Ғылым таппай мақтанба» өлеңін бәріміз білеміз.")
    found = clean(RawDocument("а", "0001.txt", "", "utf-8", other))
    assert (found.title[:6], found.title_from) == ("Абайды", "first words")
