"""E-books in FB2: sections, poems, notes, in any encoding, packed or not, sound or not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import fb2
from kz_textkit.settings import Settings
from marked import blocks, check_marks, marked, valued

BOOK = """<?xml version="1.0" encoding="{codec}"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><genre>prose</genre><author><first-name>Абай</first-name><last-name>Құнанбаев</last-name></author>
<book-title>Өлеңдер</book-title><lang>kk</lang></title-info></description>
<body><title><p>Абай</p><p>Өлеңдер</p></title>
<section><title><p>Көктем</p></title><epigraph><p>Жыл мезгілі</p><text-author>Халық</text-author></epigraph>
<p>Қысқаша <emphasis>түсінік</emphasis><a l:href="#n1" type="note">[1]</a> осында.</p><empty-line/>
<poem><stanza><v>Жазғытұры қалмайды қыстың сызы,</v><v>Масатыдай құлпырар жердің жүзі.</v></stanza></poem>
<subtitle>* * *</subtitle><image l:href="#p"/>
<section><title><p>Ішкі</p></title><p>Сілтеме: <a l:href="https://abai.kz">сайт</a>.</p>
<table><tr><th>Жыл</th><td>1886</td></tr></table></section></section></body>
<body name="notes"><title><p>Түсініктер</p></title><section id="n1"><title><p>1</p></title><p>Автордың түсінігі.</p></section>
<section id="n2"><title><p>2</p></title><p>Ешкім сілтемеген.</p></section></body>
<binary id="p" content-type="image/png">AAAA</binary></FictionBook>"""


def read(file: Path) -> RawDocument:
    raw = fb2.read(file, Settings())
    check_marks(raw)
    return raw


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_sections_verse_notes_and_links(tmp_path: Path, codec: str) -> None:
    file = tmp_path / "абай.fb2"
    file.write_bytes(BOOK.format(codec=codec).encode(codec))
    raw = read(file)
    assert blocks(raw) == [
        ("heading", "Абай\nӨлеңдер"),
        ("heading", "Көктем"),
        ("paragraph", "Жыл мезгілі"),
        ("source", "Халық"),
        ("paragraph", "Қысқаша түсінік[1] осында."),
        ("note", "Автордың түсінігі."),
        ("verse", "Жазғытұры қалмайды қыстың сызы,"),
        ("verse", "Масатыдай құлпырар жердің жүзі."),
        ("paragraph", "* * *"),
        ("heading", "Ішкі"),
        ("paragraph", "Сілтеме: сайт."),
        ("table_row", "Жыл\t1886"),
        ("note", "Ешкім сілтемеген."),
    ]
    assert [value["level"] for kind, _, value in valued(raw) if kind == "heading"] == [1, 2, 3]
    assert [(value["note"], value["number"]) for kind, _, value in valued(raw) if kind == "note"] == [("n1", "1"), ("n2", "2")]
    assert marked(raw, "anchor") == [("[1]", {"note": "n1"})]
    assert marked(raw, "link") == [("сайт", {"url": "https://abai.kz"})]
    assert raw.metadata == {"genre": "prose", "author": "Абай Құнанбаев", "title": "Өлеңдер", "language": "kk"}


def test_a_packed_book_is_read_and_an_unsound_one_mended_with_a_warning(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "а.fb2.zip", "w") as package:
        package.writestr("а.fb2", BOOK.format(codec="utf-8").replace("</emphasis>", "").encode())
    raw = read(tmp_path / "а.fb2.zip")
    assert "Автордың түсінігі." in raw.text
    assert len(raw.warnings) == 1


@pytest.mark.parametrize(
    "text", ["<a/>", "жай мәтін", "", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><FictionBook>&x;</FictionBook>']
)
def test_what_is_no_book_costs_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "а.fb2").write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "а.fb2")
    assert "\n" not in str(caught.value)
