"""OpenDocument texts: styles, lists, notes, tables and links, in a package or in one XML file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from book import found_blocks, gold_blocks
from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import odf
from kz_textkit.settings import Settings
from marked import blocks, check_marks, marked, valued

NAMESPACES = " ".join(
    f'xmlns:{name}="{url}"'
    for name, url in {
        **{name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text", "table", "style", "meta")},
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
STYLES = (
    '<style:style style:name="Bold" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>'
    '<style:text-properties fo:font-weight="bold" fo:font-size="14pt"/></style:style>'
    '<style:style style:name="Caption" style:family="paragraph"/>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Caption"/>'
    '<style:style style:name="Hid" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="а" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="–"/></text:list-style>'
    '<text:list-style style:name="M"><text:list-level-style-number text:level="1" style:num-format="i"/>'
    '<text:list-level-style-number text:level="2" style:num-format="а, б, .., аа, аб, ... (ru)" '
    'loext:num-list-format="Бөлім %1%-%2%)"/></text:list-style>'
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
)


def read(path: Path, body: str, *, master: str = "", packed: bool = False) -> RawDocument:
    content = (
        f"<office:document {NAMESPACES}><office:meta><dc:title>Қисса</dc:title>"
        "<meta:initial-creator>А. Б.</meta:initial-creator></office:meta>"
        f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:master-styles>{master}</office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )
    file = path / "қисса.odt"
    if packed:
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("content.xml", content)
            package.writestr(
                "Object 1/content.xml", '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi><mo>+</mo><mi>b</mi></math>'
            )
    else:
        file.write_text(content, "utf-8")
    raw = odf.read(file, Settings())
    check_marks(raw)
    return raw


def p(content: str, style: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{content}</text:p>"


def h(content: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{content}</text:h>'


def listed(*items: str, attributes: str = 'text:style-name="L"') -> str:
    return f"<text:list {attributes}>{''.join(f'<text:list-item>{item}</text:list-item>' for item in items)}</text:list>"


def test_headings_have_levels_and_the_numbers_of_the_outline(tmp_path: Path) -> None:
    raw = read(tmp_path, h("Кіріспе") + h("Мақсат", 2) + h("Міндет", 2) + h("Негіз") + h("Әдіс", 2) + p("Мәтін."))
    assert blocks(raw) == [
        ("heading", "I. Кіріспе"),
        ("heading", "I.1 Мақсат"),
        ("heading", "I.2 Міндет"),
        ("heading", "II. Негіз"),
        ("heading", "II.1 Әдіс"),
        ("paragraph", "Мәтін."),
    ]
    assert [value.get("level") for _, _, value in valued(raw)] == [1, 2, 2, 1, 2, None]
    assert raw.metadata == {"title": "Қисса", "author": "А. Б."}


def test_lists_are_numbered_by_level_and_go_on_where_they_say_so(tmp_path: Path) -> None:
    inner = listed(p("ішкі"), p("екінші") + listed(p("үшінші"), attributes=""), attributes="")
    body = (
        listed(p("бір") + inner, p("екі") + p("жалғасы"))
        + p("Ара.")
        + listed(p("үш"), attributes='text:style-name="L" text:continue-numbering="true"')
    )
    raw = read(tmp_path, body + listed(p("жаңа")))
    assert [text for _, text in blocks(raw)] == [
        "1. бір",
        "а) ішкі",
        "б) екінші",
        "– үшінші",
        "2. екі",
        "жалғасы",
        "Ара.",
        "3. үш",
        "1. жаңа",
    ]
    assert [value["level"] for kind, _, value in valued(raw) if kind == "list_item"][:4] == [1, 2, 2, 3]


def test_labels_of_libreoffice_are_as_it_prints_them(tmp_path: Path) -> None:
    inner = "<text:list><text:list-item>{}</text:list-item><text:list-item>{}</text:list-item></text:list>"
    first = f"<text:list-item>{inner.format(p('а'), p('ә'))}</text:list-item>"
    other = f'<text:list-item text:style-override="L">{p("өзге")}</text:list-item>'
    body = f'<text:list text:style-name="M">{first}<text:list-item>{p("екі")}</text:list-item>{other}</text:list>'
    assert [text for _, text in blocks(read(tmp_path, body))] == ["Бөлім i-а) а", "Бөлім i-б) ә", "ii екі", "3. өзге"]


def test_notes_links_spaces_and_text_boxes(tmp_path: Path) -> None:
    note = (
        '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('Аспап.')}</text:note-body></text:note>"
    )
    box = f"<draw:frame><draw:text-box>{p('1-сурет. Қобыз', 'P1')}</draw:text-box></draw:frame>"
    link = '<text:a xlink:href="https://kk.wikipedia.org/wiki/Қобыз">қобыз</text:a>'
    remark = f"<office:annotation>{p('Түзет!')}</office:annotation>"
    body = p(f"Көне   аспап{note} –<text:s text:c='2'/>{link}<text:line-break/>үні<text:tab/>ж{remark}ақсы{box}.")
    raw = read(tmp_path, body)
    assert blocks(raw) == [("paragraph", "Көне аспап1 – қобыз\nүні\tжақсы."), ("note", "Аспап."), ("note", "1-сурет. Қобыз")]
    assert marked(raw, "link") == [("қобыз", {"url": "https://kk.wikipedia.org/wiki/Қобыз"})]
    assert marked(raw, "anchor") == [("1", {"note": "ftn1"})]
    assert valued(raw)[2][2]["caption"] is True


def test_tables_contents_deletions_and_hidden_text(tmp_path: Path) -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    head = f"<table:table-row>{cell.format(p('Жыл'))}{cell.format(p('Саны') + p('мың'))}</table:table-row>"
    table = (
        f"<table:table><table:table-header-rows>{head}"
        f"</table:table-header-rows><table:table-row>{cell.format('')}<table:covered-table-cell/>{cell.format(p('8'))}</table:table-row></table:table>"
    )
    title = f"<text:index-title>{p('Мазмұны')}</text:index-title>"
    contents = f"<text:table-of-content><text:index-body>{title}{p('Кіріспе<text:tab/>3')}</text:index-body></text:table-of-content>"
    region = f"<text:changed-region><text:deletion>{p('Өшірілген')}</text:deletion></text:changed-region>"
    deleted = f"<text:tracked-changes>{region}</text:tracked-changes>"
    raw = read(tmp_path, deleted + contents + table + p('Көрінеді<text:span text:style-name="Hid"> жасырын</text:span>.'))
    assert blocks(raw) == [
        ("paragraph", "Мазмұны"),
        ("toc_entry", "Кіріспе\t3"),
        ("table_row", "Жыл\tСаны мың"),
        ("table_row", "\t8"),
        ("paragraph", "Көрінеді."),
    ]


def test_looks_formulas_and_furniture(tmp_path: Path) -> None:
    number = p("<text:page-number>4</text:page-number>")
    master = (
        f"<style:master-page><style:header>{p('Тіл білімі')}</style:header><style:footer>{number}</style:footer></style:master-page>"
    )
    formula = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    raw = read(tmp_path, p("АЛҒЫ СӨЗ", "Bold") + p(f"Қосынды {formula} болады."), packed=True)
    assert [text for _, text in blocks(raw)] == ["АЛҒЫ СӨЗ", "Қосынды a+b болады."]
    value = valued(raw)[0][2]
    assert (value.get("kind"), value["bold"], value["centered"], value["size"]) == (None, True, True, 14.0)
    raw = read(tmp_path, p("Мәтін."), master=master)
    assert blocks(raw) == [("paragraph", "Мәтін."), ("running_head", "Тіл білімі"), ("page_number", "4")]


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"<office:document/>", b"<a", b""])
def test_damaged_files_cost_one_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "а.odt"
    file.write_bytes(data)
    with pytest.raises(InputError) as caught:
        odf.read(file, Settings())
    assert "\n" not in str(caught.value)


def test_a_locked_text_says_so(tmp_path: Path) -> None:
    file = tmp_path / "а.odt"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("content.xml", b"\x8f\x01")
        package.writestr("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
    with pytest.raises(InputError, match="password"):
        odf.read(file, Settings())


def test_a_book_comes_with_every_heading_note_item_row_and_link(shared: Path) -> None:
    raw = odf.read(shared / "documents/made/book.odt", Settings())
    check_marks(raw)
    assert found_blocks(raw) == gold_blocks(shared)
    assert len(marked(raw, "link")) == 20
