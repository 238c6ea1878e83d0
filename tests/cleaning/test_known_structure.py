"""What a format shows of a document is not lost again when its clean text is looked at once more."""

from __future__ import annotations

from pathlib import Path

import kz_textkit as kz
from kz_textkit.document import Document, Mark

STANZA = ("Қар кетті, жылға ақты сылдырап,", "Көк майса көрінді қылтиып,", "Торғай ұшты терезе алдынан,", "Күн күлді төбеден жылтиып.")
TITLES = ("Көктем", "Анама", "Кешкі дала", "Жаңбыр")


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind == "heading"]


def test_titles_over_verse_stay_headings(tmp_path: Path) -> None:
    poems = "".join(f"<h2>{title}</h2><p>{'<br>'.join(STANZA)}</p><p>{'<br>'.join(STANZA[::-1])}</p>" for title in TITLES)
    page = tmp_path / "өлең.html"
    page.write_text(f"<!DOCTYPE html><html lang=kk><meta charset=utf-8><body><h1>Жыл мезгілі</h1>{poems}", encoding="utf-8")
    document = kz.clean(kz.read(page))
    assert headings(document) == ["Жыл мезгілі", *TITLES]
    assert [section.title for section in document.sections] == ["Жыл мезгілі", *TITLES]
    assert sum(block.kind == "verse" for block in document.blocks) == 8 * len(TITLES)


def test_an_address_in_program_text_stays(tmp_path: Path) -> None:
    book = tmp_path / "кітап.md"
    book.write_text("# Орнату\n\nМына бұйрықты   теріңіз:\n\n```sh\n$ curl https://sh.example.org | sh\n```\n", encoding="utf-8")
    document = kz.clean(kz.read(book))
    assert [block.text for block in document.blocks if block.kind == "code"] == ["$ curl https://sh.example.org | sh"]
    assert "Мына бұйрықты теріңіз:" in document.text


def test_repairs_in_a_title_are_in_the_title_of_its_section() -> None:
    text = "Тіл   туралы   cөз http://a.kz/\nБұл   кітапта тіл туралы айтылады."
    marks = (Mark(0, 31, "block", {"kind": "heading", "level": 1}), Mark(32, len(text), "block", {"kind": "paragraph"}))
    raw = kz.RawDocument("а", "а.html", "", "utf-8", text, marks=marks)
    document = kz.clean(raw)
    assert [section.title for section in document.sections] == ["Тіл туралы сөз"]
    assert document.text == "Тіл туралы сөз\nБұл кітапта тіл туралы айтылады."


def test_program_text_keeps_its_indentation(tmp_path: Path) -> None:
    lines = ["for қала in қалалар:", "    if қала.халқы > 1000:  # ірілері", "        print(қала)"]
    book = tmp_path / "кітап.md"
    book.write_text(
        "# Цикл\n\nБарлық   қалалар:\n\n" + "".join(f"    {line}\n" for line in lines) + "\nМіне, осылай.\n", encoding="utf-8"
    )
    document = kz.clean(kz.read(book))
    assert [block.text for block in document.blocks if block.kind == "code"] == lines
    page = tmp_path / "бет.html"
    page.write_text("<html lang=kk><meta charset=utf-8><p>Барлық   қалалар:</p><pre>" + "\n".join(lines) + "</pre>", encoding="utf-8")
    assert [block.text for block in kz.clean(kz.read(page)).blocks if block.kind == "code"] == lines
