"""E-books in EPUB: chapters in reading order, titles, notes, lists that lost their signs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from book import found_blocks, gold_blocks
from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import epub
from kz_textkit.settings import Settings
from marked import blocks, check_marks, marked, valued

XHTML = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'


def book(path: Path, chapters: dict[str, str], *, nav: str = "", ncx: str = "", css: str = "", locked: str = "") -> Path:
    """An e-book with these chapters (bodies by name), in the order of their names from last to first in the archive."""
    file = path / "кітап.epub"
    items = "".join(f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters)
    items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>' if nav else ""
    items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' if ncx else ""
    spine = "".join(f'<itemref idref="{name}"/>' for name in sorted(chapters))
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("META-INF/container.xml", '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>')
        package.writestr(
            "OPS/book.opf",
            '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Аңыздар</dc:title><dc:creator>Unknown</dc:creator>'
            f"<dc:language>kk</dc:language></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for name, body in reversed(chapters.items()):
            head = '<head><title/><link rel="stylesheet" href="../s.css"/></head>'
            package.writestr(f"OPS/text/{name}.xhtml", f"{XHTML}{head}<body>{body}</body></html>")
        package.writestr("OPS/s.css", css)
        if nav:
            package.writestr("OPS/nav.xhtml", f'{XHTML}<body><nav epub:type="toc"><ol>{nav}</ol></nav></body></html>')
        if ncx:
            package.writestr("OPS/toc.ncx", f"<ncx><navMap>{ncx}</navMap></ncx>")
        if locked:
            package.writestr("META-INF/encryption.xml", f'<encryption><CipherReference URI="{locked}"/></encryption>')
    return file


def read(file: Path) -> RawDocument:
    raw = epub.read(file, Settings())
    check_marks(raw)
    return raw


def test_chapters_come_in_reading_order_each_a_part(tmp_path: Path) -> None:
    raw = read(book(tmp_path, {"c2": "<h1>Екінші</h1><p>Б.</p>", "c1": "<h1>Бірінші</h1><p>А.</p>"}))
    assert [text for _, text in blocks(raw)] == ["Бірінші", "А.", "Екінші", "Б."]
    assert [value["part"] for _, value in marked(raw, "page")] == ["OPS/text/c1.xhtml", "OPS/text/c2.xhtml"]
    assert raw.metadata == {"title": "Аңыздар", "language": "kk"}


@pytest.mark.parametrize("kind", ["nav", "ncx"])
def test_paragraphs_that_the_table_of_contents_names_are_headings(tmp_path: Path, kind: str) -> None:
    chapters = {"c1": "<p class='t'>1-тарау.  Қорқыт</p><p>Сөз.</p><p class='u'>Қобыз сарыны</p><p>Тағы сөз.</p>"}
    nav = '<li><a href="text/c1.xhtml">1-тарау. Қорқыт</a><ol><li><a href="text/c1.xhtml#b">Қобыз сарыны</a></li></ol></li>'
    ncx = (
        '<navPoint><navLabel><text>1-тарау. Қорқыт</text></navLabel><content src="text/c1.xhtml"/>'
        '<navPoint><navLabel><text>Қобыз сарыны</text></navLabel><content src="text/c1.xhtml#b"/></navPoint></navPoint>'
    )
    raw = read(book(tmp_path, chapters, **{kind: nav if kind == "nav" else ncx}))
    assert [(kind, value.get("level")) for kind, _, value in valued(raw)] == [
        ("heading", 1),
        ("paragraph", None),
        ("heading", 2),
        ("paragraph", None),
    ]


def test_notes_by_type_follow_their_block_and_are_named_by_chapter(tmp_path: Path) -> None:
    chapter = (
        '<p>Сақ<a epub:type="noteref" href="#n1">1</a> дәуірі<a epub:type="noteref" href="notes.xhtml#e5">2</a>.</p><p>Соңы.</p>'
        '<aside epub:type="footnote" id="n1"><p>Көне халық.</p></aside>'
    )
    raw = read(book(tmp_path, {"a": chapter, "b": chapter}))
    assert [(kind, value.get("note")) for kind, _, value in valued(raw)][:3] == [
        ("paragraph", None),
        ("note", "OPS/text/a.xhtml#n1"),
        ("paragraph", None),
    ]
    anchors = [(text, value["note"]) for text, value in marked(raw, "anchor") if "note" in value]
    assert anchors[:2] == [("1", "OPS/text/a.xhtml#n1"), ("2", "OPS/text/notes.xhtml#e5")]


def test_looks_come_from_the_style_sheet(tmp_path: Path) -> None:
    css = "/* тақырып */ .t, .x { font-weight: bold; text-align: center } p { font-size: 10pt }"
    value = valued(read(book(tmp_path, {"c": "<p class='t'>Аңыз</p>"}, css=css)))[0][2]
    assert (value["bold"], value["centered"], value["size"]) == (True, True, 10.0)


def test_a_list_without_signs_is_told_by_class_and_ends(tmp_path: Path) -> None:
    text = "<p class='b'>Бұл – негізгі мәтіннің ұзын абзацы, оның өз класы бар.</p>"
    items = "<p class='l'>жер атаулары;</p><p class='l'>кісі есімдері;</p><p class='l'>ру аттары.</p>"
    raw = read(book(tmp_path, {"c": f"{text}{items}{text}<p class='m'>Жеке сөз;</p>"}))
    assert [kind for kind, _ in blocks(raw)] == ["paragraph", *["list_item"] * 3, "paragraph", "paragraph"]


def test_a_locked_book_and_a_damaged_one_cost_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="rights management"):
        epub.read(book(tmp_path, {"c": "<p>А</p>"}, locked="OPS/text/c.xhtml"), Settings())
    assert read(book(tmp_path, {"c": "<p>А</p>"}, locked="OPS/fonts/a.otf")).text == "А\n"
    file = tmp_path / "б.epub"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/epub+zip")
    with pytest.raises(InputError, match="no e-book"):
        epub.read(file, Settings())


def test_a_book_comes_with_every_note_item_row_and_link(shared: Path) -> None:
    raw = read(shared / "documents/made/book.epub")
    # Titles of the second level are bold paragraphs in this file, which nothing but their look gives away.
    titles = {text for _, text, value in valued(raw) if value.get("bold")}
    found = [("heading", text) if text in titles else (kind, text) for kind, text in found_blocks(raw)]
    assert found == gold_blocks(shared)
    assert len(marked(raw, "link")) == 20
