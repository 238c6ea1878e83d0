"""What a document is called."""

from __future__ import annotations

import pytest

from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.title import title_of
from kz_textkit.document import Edit, Extraction, RawDocument

PREFACE = "Алғы сөз\n\nБұл кітап ауыл адамдары туралы жазылған еді.\n\n1-тарау. Көктем\n\nКөктемде қар еріп, су тасыды.\n"


def raw(text: str = PREFACE, source: str = "0001.txt", **more: object) -> RawDocument:
    return RawDocument("а", source, "", "utf-8", text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "title"), [("Ауыл_хикаясы.txt", "Ауыл хикаясы"), ("scan0012.txt", "Алғы сөз"), ("0001.txt", "Алғы сөз")]
)
def test_a_preface_is_not_what_a_book_is_called(source: str, title: str) -> None:
    assert clean(raw(source=source)).title == title


def test_the_head_of_the_pages_and_the_properties_of_the_file_say_more_than_a_preface() -> None:
    sections = clean(raw()).sections
    heads = [Edit(90 * n, 90 * n + 20, f"{n}  Ауыл хикаясы", "", "running_head") for n in range(5)]
    assert title_of(raw(), sections, heads) == "Ауыл хикаясы"
    assert title_of(raw(), sections, heads[:2]) == "Алғы сөз"
    word = Extraction("docx", "lxml", "5")
    assert title_of(raw(extraction=word, metadata={"title": "Ауыл кітабы"}), sections, []) == "Ауыл кітабы"
    assert title_of(raw(extraction=word, metadata={"title": "Microsoft Word - 1.doc"}), sections, []) == "Алғы сөз"


def test_a_heading_that_is_a_title_is_the_title_whatever_else_there_is() -> None:
    text = PREFACE.replace("Алғы сөз", "АУЫЛ ХИКАЯСЫ")
    assert clean(raw(text, "Басқа атау.txt")).title == "АУЫЛ ХИКАЯСЫ"
