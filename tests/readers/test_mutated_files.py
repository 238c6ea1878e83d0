"""Files that were damaged at random: whatever is in them, a reader gives a document with sound marks, or one clear line."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import docx, epub, fb2, html, markdown, odf, wiki
from kz_textkit.settings import Settings
from word_files import cell, level, listed, lists, paragraph, run, style, styled, table, word_file

TIMES = 150
"""Damaged copies of each file."""
STRAY = (
    b"<",
    b">",
    b'"',
    b"</w:p>",
    b"<w:tbl>",
    b"<w:tr>",
    b"<table>",
    b"<td colspan=99999999>",
    b"<li>",
    b"\x00",
    b"&#0;",
    b"-1",
    b"99999999999",
)

WORD = (
    styled("Кіріспе", "1")
    + listed("зат есім")
    + listed("сын есім", 1)
    + table(cell("Жыл", '<w:gridSpan w:val="2"/>') + cell("Саны"), cell("", "<w:vMerge/>") + cell(paragraph("7")))
    + paragraph(run("Қобыз") + '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>')
)
ODF = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
    '<office:body><office:text><text:h text:outline-level="1">Ән</text:h><text:list><text:list-item text:start-value="3">'
    "<text:p>бір<text:s text:c='4'/></text:p></text:list-item></text:list><table:table><table:table-row>"
    "<table:table-cell table:number-columns-repeated='3'><text:p>а</text:p></table:table-cell></table:table-row></table:table>"
    "</office:text></office:body></office:document>"
)
HTML = (
    "<html><body><nav><ul><li><a href=1>бір</a></ul></nav><ol start=3 type=a><li value=4>ән<ol reversed><li>күй</ol></ol>"
    "<table><tr><td rowspan=2 colspan=3>а<td>б<tr><td>в</table><p>Сөз<sup><a href='#n'>1</a></sup><br><br>тағы</p><pre>x\ny</pre>"
    "<p id=n><a href='#r'>1</a> түсінік</p></body></html>"
)
WIKI = "'''Абай''' {{Ақын|аты=А}} [[ақын|ақыны]] <ref>т.</ref>\n== Өмірі ==\n* бір\n{|\n| а\n|}\n<poem>\nөлең\n</poem> [http://a.kz с]"
MARKDOWN = (
    '# Ән\n\n1. **бір**\n   - [екі](a.md "б")\n\n| а | б |\n|---|---|\n| `в` | г |\n\n```\nx\n```\n> дәйек[^1]\n\n[^1]: түсінік\n'
)
FB2 = (
    "<FictionBook><description><title-info><book-title>Ән</book-title></title-info></description><body><section><title><p>Бір</p></title>"
    "<p>Сөз<a href='#n' type='note'>1</a></p><poem><stanza><v>жол</v></stanza></poem></section></body>"
    "<body name='notes'><section id='n'><p>түсінік</p></section></body></FictionBook>"
)


def damaged(data: bytes, rng: random.Random) -> bytes:
    """A copy with bytes changed, lost, doubled and moved, and strange ones put in."""
    text = bytearray(data)
    for _ in range(rng.choice((1, 3, 12))):
        i = rng.randrange(len(text) + 1)
        j = min(len(text), i + rng.choice((1, 6, 60)))
        what = rng.randrange(4)
        if what == 0 and i < len(text):
            text[i] = rng.randrange(256)
        elif what == 1:
            del text[i:j]
        elif what == 2:
            text[i:i] = text[j : j + 40]
        else:
            text[i:i] = rng.choice(STRAY)
    return bytes(text)


def repacked(package: bytes, rng: random.Random) -> bytes:
    """A package with one part damaged, or damaged itself."""
    if rng.random() < 0.1:
        return damaged(package, rng)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as copy:
        chosen = rng.choice(source.namelist())
        for name in source.namelist():
            copy.writestr(name, damaged(source.read(name), rng) if name == chosen else source.read(name))
    return target.getvalue()


def word(folder: Path) -> bytes:
    notes = f'<w:footnote w:id="1">{paragraph("Аспап.")}</w:footnote>'
    styles = style("1", "heading 1", '<w:outlineLvl w:val="0"/>')
    numbering = lists(level(0, "decimal", "%1.") + level(1, "russianLower", "%1.%2)"))
    return word_file(folder / "үлгі.docx", WORD, styles=styles, numbering=numbering, footnotes=notes).read_bytes()


def book(folder: Path) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("META-INF/container.xml", '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>')
        item = '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>'
        package.writestr("b.opf", f'<package><manifest>{item}</manifest><spine><itemref idref="c"/></spine></package>')
        package.writestr("c.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>{HTML.partition("<html>")[2]}')
    return target.getvalue()


def documents(read: Callable[..., object], file: Path) -> Iterator[RawDocument]:
    found = read(file, Settings())
    if isinstance(found, RawDocument):
        yield found
    else:
        yield from found  # type: ignore[misc]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "module", "data", "damage"),
    [
        ("а.docx", docx, word, repacked),
        ("а.epub", epub, book, repacked),
        ("а.fodt", odf, ODF, damaged),
        ("а.html", html, HTML, damaged),
        ("а.fb2", fb2, FB2, damaged),
        ("а.md", markdown, MARKDOWN, damaged),
        ("а.wiki", wiki, WIKI, damaged),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("а.") else "",
)
def test_a_damaged_file_gives_sound_marks_or_one_line(
    tmp_path: Path, name: str, module: object, data: str | Callable[[Path], bytes], damage: Callable[[bytes, random.Random], bytes]
) -> None:
    rng = random.Random(name)
    whole = data.encode() if isinstance(data, str) else data(tmp_path)
    file = tmp_path / name
    for _ in range(TIMES):
        file.write_bytes(damage(whole, rng))
        try:
            for raw in documents(module.read, file):  # type: ignore[attr-defined]
                assert all(0 <= m.start <= m.end <= len(raw.text) for m in raw.marks)
                assert [(m.start, -m.end) for m in raw.marks] == sorted((m.start, -m.end) for m in raw.marks)
        except InputError as error:
            assert "\n" not in str(error)
