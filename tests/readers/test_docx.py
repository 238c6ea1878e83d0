"""Word documents: what of them is text, in which order, and what their format says of it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from book import found_blocks, gold_blocks
from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import docx
from kz_textkit.settings import Settings
from marked import blocks, check_marks, marked, valued
from word_files import cell, level, listed, lists, paragraph, run, style, styled, table, word_file

STYLES = (
    style("a", "Normal", default=True)
    + style("1", "heading 1", '<w:outlineLvl w:val="0"/>', based_on="a")
    + style("Own", "Менің тақырыбым", based_on="1")
    + style("11", "Тақырып 2", based_on="a")
    + style("t", "Title", based_on="a")
    + style("c", "caption", based_on="a")
    + style("toc1", "toc 1", based_on="a")
)


def read(path: Path) -> RawDocument:
    raw = docx.read(path, Settings())
    check_marks(raw)
    return raw


def test_headings_come_from_styles_their_bases_and_their_names_in_any_language(tmp_path: Path) -> None:
    body = (
        styled("Кіріспе", "1") + styled("Жыр", "Own") + styled("Дастан", "11") + styled("Кітап", "t") + styled("1-сурет. Домбыра", "c")
    )
    raw = read(word_file(tmp_path / "а.docx", body + paragraph("Мәтін."), styles=STYLES))
    assert [(kind, value.get("level"), value.get("caption")) for kind, _, value in valued(raw)] == [
        ("heading", 1, None),
        ("heading", 1, None),
        ("heading", 2, None),
        ("heading", 1, None),
        ("note", None, True),
        ("paragraph", None, None),
    ]


def test_an_outline_level_of_the_paragraph_makes_a_heading(tmp_path: Path) -> None:
    raw = read(word_file(tmp_path / "а.docx", paragraph("Қорытынды", '<w:outlineLvl w:val="1"/>') + paragraph("Сөз.")))
    assert [(kind, value.get("level")) for kind, _, value in valued(raw)] == [("heading", 2), ("paragraph", None)]


def test_lists_are_numbered_as_word_counts_them(tmp_path: Path) -> None:
    numbering = lists(level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.") + level(2, "russianLower", "%3)"))
    body = "".join(
        (
            listed("зат есім"),
            listed("жалпы", 1),
            listed("жалқы", 1),
            listed("кісі", 2),
            listed("жер", 2),
            listed("сын есім"),
            listed("сапа", 1),
        )
    )
    raw = read(word_file(tmp_path / "а.docx", body, numbering=numbering))
    assert [text for _, text in blocks(raw)] == [
        "1. зат есім",
        "1.1. жалпы",
        "1.2. жалқы",
        "а) кісі",
        "б) жер",
        "2. сын есім",
        "2.1. сапа",
    ]
    assert {kind for kind, _ in blocks(raw)} == {"list_item"}
    assert [value["number"] for _, _, value in valued(raw)][:2] == ["1.", "1.1."]
    assert marked(raw, "generated")[0] == ("1. ", {"by": "list_number"})


def test_a_list_that_is_restarted_counts_anew_and_one_that_goes_on_does_not(tmp_path: Path) -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = lists(level(0, "upperRoman", "%1."), "", restart, "")
    body = listed("бір") + listed("екі") + listed("тағы бір", 0, 2) + listed("тағы екі", 0, 2) + listed("үш", 0, 3)
    raw = read(word_file(tmp_path / "а.docx", body, numbering=numbering))
    assert [text.split()[0] for _, text in blocks(raw)] == ["I.", "II.", "I.", "II.", "III."]


def test_a_restart_waits_for_the_first_paragraph_of_its_own_level(tmp_path: Path) -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = lists(level(0, "decimal", "%1.") + level(1, "lowerLetter", "%1.%2)"), "", restart)
    body = listed("бір") + listed("екі") + listed("ішкі", 1, 2) + listed("жаңа", 0, 2) + listed("ішкі", 1, 2)
    raw = read(word_file(tmp_path / "а.docx", body, numbering=numbering))
    assert [text.split()[0] for _, text in blocks(raw)] == ["1.", "2.", "2.a)", "1.", "1.a)"]


def test_headings_and_their_levels_are_numbered_by_style(tmp_path: Path) -> None:
    linked = '<w:pStyle w:val="{}"/>'
    numbering = lists(level(0, "decimal", "%1-тарау.", linked.format("h1")) + level(1, "decimal", "%1.%2", linked.format("h2")))
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("h1", "heading 1", number) + style("h2", "heading 2", number)
    raw = read(
        word_file(
            tmp_path / "а.docx",
            styled("Дыбыс", "h1") + styled("Буын", "h2") + styled("Екпін", "h2"),
            numbering=numbering,
            styles=styles,
        )
    )
    assert blocks(raw) == [("heading", "1-тарау. Дыбыс"), ("heading", "1.1 Буын"), ("heading", "1.2 Екпін")]


def test_bullets_of_symbol_fonts_are_bullets_and_no_numbers(tmp_path: Path) -> None:
    raw = read(word_file(tmp_path / "а.docx", listed("қалам"), numbering=lists(level(0, "bullet", "\uf0b7"))))
    assert valued(raw)[0][:2] == ("list_item", "• қалам")
    assert "number" not in valued(raw)[0][2]


def test_deleted_and_moved_text_and_comments_are_left_out_and_inserted_text_is_in(tmp_path: Path) -> None:
    body = paragraph(
        run("Ол ")
        + f"<w:ins>{run('кеше ')}</w:ins><w:del><w:r><w:delText>бүгін </w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run('тез ')}</w:moveFrom>{run('келді')}<w:r><w:commentReference w:id='0'/></w:r>"
        + run(" жасырын", "<w:vanish/>")
        + f"<w:moveTo>{run(' тез')}</w:moveTo>"
    )
    assert blocks(read(word_file(tmp_path / "а.docx", body))) == [("paragraph", "Ол кеше келді тез")]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    body = paragraph(run("Бір сөйлем "), "<w:rPr><w:del/></w:rPr>") + paragraph("екі жолда.")
    assert blocks(read(word_file(tmp_path / "а.docx", body))) == [("paragraph", "Бір сөйлем екі жолда.")]


def test_notes_come_after_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    footnotes = f'<w:footnote w:type="separator" w:id="0">{paragraph("___")}</w:footnote>' + "".join(
        f'<w:footnote w:id="{i}">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(text))}</w:footnote>'
        for i, text in ((7, " Екінші түсінік."), (3, " Бірінші түсінік."))
    )
    endnotes = f'<w:endnote w:id="1">{paragraph("Соңғы түсінік.")}</w:endnote>'
    body = paragraph(
        run("Қобыз")
        + '<w:r><w:footnoteReference w:id="3"/></w:r>'
        + run(" пен домбыра")
        + '<w:r><w:footnoteReference w:id="7"/></w:r>'
        + run(".")
    ) + paragraph(run("Күй") + '<w:r><w:endnoteReference w:id="1"/></w:r>')
    raw = read(word_file(tmp_path / "а.docx", body, footnotes=footnotes, endnotes=endnotes))
    assert blocks(raw) == [
        ("paragraph", "Қобыз1 пен домбыра2."),
        ("note", "Бірінші түсінік."),
        ("note", "Екінші түсінік."),
        ("paragraph", "Күйi"),
        ("note", "Соңғы түсінік."),
    ]
    assert marked(raw, "anchor") == [("1", {"note": "footnote 3"}), ("2", {"note": "footnote 7"}), ("i", {"note": "endnote 1"})]
    assert [value["note"] for kind, _, value in valued(raw) if kind == "note"] == ["footnote 3", "footnote 7", "endnote 1"]


def test_tables_are_rows_of_cells_with_merged_and_nested_ones_in_order(tmp_path: Path) -> None:
    inner = table(cell("ішкі") + cell("екінші"))
    body = table(
        cell("Сөз", '<w:vMerge w:val="restart"/>') + cell("Мағынасы", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("үй") + cell(paragraph("баспана") + paragraph("орын")),
        cell("а") + cell(paragraph("б") + inner) + cell("в"),
    )
    raw = read(word_file(tmp_path / "а.docx", body))
    assert blocks(raw) == [
        ("table_row", "Сөз\tМағынасы"),
        ("table_row", "\tүй\tбаспана орын"),
        ("table_row", "а\tб\tв"),
        ("table_row", "ішкі\tекінші"),
    ]
    cells = [(text, value["row"], value["column"]) for text, value in marked(raw, "block") if value.get("kind") == "table_cell"]
    assert cells[:4] == [("Сөз", 0, 0), ("Мағынасы", 0, 1), ("үй", 1, 1), ("баспана орын", 1, 2)]


def test_cells_with_several_long_paragraphs_are_paragraphs(tmp_path: Path) -> None:
    long = "Мұғалім оқушылардың топпен жұмысын бақылап, қажет болған жағдайда бағыт-бағдар беріп отырады. " * 3
    body = table(cell("1-кезең") + cell(paragraph(long.strip()) + paragraph("Оқушылар сұраққа жауап береді.")))
    raw = read(word_file(tmp_path / "а.docx", body))
    assert [kind for kind, _ in blocks(raw)] == ["table_row", "paragraph", "paragraph"]
    assert [(value["row"], value.get("column")) for _, _, value in valued(raw)] == [(0, None), (0, 1), (0, 1)]


def test_links_by_relation_place_and_field_keep_their_targets(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://abai.kz/post/1" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("Абай") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = paragraph(
        f'<w:hyperlink r:id="l1" w:tooltip="Сөздік">{run("сөздік")}</w:hyperlink>{run(", ")}<w:hyperlink w:anchor="төмен">'
        f"{run('төменде')}</w:hyperlink>{run(', ')}{field}"
    )
    raw = read(word_file(tmp_path / "а.docx", body, links={"l1": "https://sozdikqor.kz/"}))
    assert raw.text == "сөздік, төменде, Абай\n"
    assert marked(raw, "link") == [
        ("сөздік", {"url": "https://sozdikqor.kz/", "title": "Сөздік"}),
        ("төменде", {"url": "#төмен"}),
        ("Абай", {"url": "https://abai.kz/post/1"}),
    ]


def test_a_field_of_contents_over_paragraphs_gives_entries(tmp_path: Path) -> None:
    body = (
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("Кіріспе") + "<w:r><w:tab/></w:r>" + run("3")
        )
        + paragraph(run("Қорытынды") + "<w:r><w:tab/></w:r>" + run("90"))
        + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + paragraph("Мәтін.")
    )
    assert blocks(read(word_file(tmp_path / "а.docx", body))) == [
        ("toc_entry", "Кіріспе\t3"),
        ("toc_entry", "Қорытынды\t90"),
        ("paragraph", "Мәтін."),
    ]


def test_text_boxes_come_once_though_they_are_written_twice(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Қоршаудағы сөз')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    raw = read(
        word_file(tmp_path / "а.docx", paragraph(run("Негізгі ") + f"<w:r>{drawing}</w:r>" + run("мәтін.")) + paragraph("Соңы."))
    )
    assert blocks(raw) == [("paragraph", "Негізгі мәтін."), ("paragraph", "Қоршаудағы сөз"), ("paragraph", "Соңы.")]


def test_words_of_diagrams_and_drawn_words_come_after_their_paragraph(tmp_path: Path) -> None:
    file = tmp_path / "а.docx"
    drawing = '<w:drawing><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="dm"/></w:drawing>'
    art = '<w:pict><v:shape><v:textpath string="Наурыз"/></v:shape></w:pict>'
    word_file(file, paragraph(run("Сызба:") + f"<w:r>{drawing}</w:r><w:r>{art}</w:r>"), links={"dm": "x"})
    data = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt><dgm:t>'
        "<a:p><a:r><a:t>Зат есім</a:t></a:r></a:p>"
        "</dgm:t></dgm:pt><dgm:pt><dgm:t><a:p/></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    )
    with ZipFile(file) as source, ZipFile(tmp_path / "б.docx", "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            target.writestr(name, text.replace('Target="x" TargetMode="External"', 'Target="diagrams/data1.xml"'))
        target.writestr("word/diagrams/data1.xml", data)
    assert blocks(read(tmp_path / "б.docx")) == [("paragraph", "Сызба:"), ("paragraph", "Зат есім"), ("paragraph", "Наурыз")]


def test_hyphens_symbols_tabs_and_formulas_are_characters(tmp_path: Path) -> None:
    formula = "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    body = paragraph(
        "<w:r><w:t>ата</w:t><w:noBreakHyphen/><w:t>ана</w:t><w:tab/><w:t>бала</w:t><w:softHyphen/><w:t>лық </w:t>"
        '<w:sym w:font="Symbol" w:char="F061"/><w:t xml:space="preserve"> </w:t></w:r>' + formula
    )
    assert read(word_file(tmp_path / "а.docx", body)).text == "ата\u2011ана\tбала\u00adлық α x^2\n"


def test_lines_of_a_poem_in_one_paragraph_are_verses(tmp_path: Path) -> None:
    lines = ("Туған жерім, гүл жайнаған", "Көк төріне шалғын толған", "Сенің әрбір тауың маған", "Алтын бесік, ыстық орын")
    body = paragraph("<w:r>" + "<w:br/>".join(f"<w:t>{line}</w:t>" for line in lines) + "</w:r>")
    assert blocks(read(word_file(tmp_path / "а.docx", body))) == [("verse", "\n".join(lines))]


def test_a_document_without_styles_shows_how_its_lines_are_set(tmp_path: Path) -> None:
    body = paragraph(run("АЛҒЫ СӨЗ", '<w:b/><w:sz w:val="32"/>'), '<w:jc w:val="center"/>') + paragraph(
        run("Мәтін.", '<w:sz w:val="28"/>')
    )
    title, text = (value for _, _, value in valued(read(word_file(tmp_path / "а.docx", body))))
    assert (title.get("kind"), title["bold"], title["size"], title["centered"]) == (None, True, 16.0, True)
    assert (text["size"], "bold" in text, "centered" in text) == (14.0, False, False)


def test_heads_and_feet_stand_once_at_the_end(tmp_path: Path) -> None:
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>5</w:t></w:r></w:fldSimple>'
    sections = '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>' * 2
    raw = read(word_file(tmp_path / "а.docx", paragraph("Мәтін.") + sections, header1=paragraph("Тіл білімі"), footer1=paragraph(page)))
    assert blocks(raw) == [("paragraph", "Мәтін."), ("running_head", "Тіл білімі"), ("page_number", "5")]
    assert [value["part"] for _, value in marked(raw, "page")] == ["word/document.xml", "word/header1.xml", "word/footer1.xml"]


def test_a_declared_language_is_believed_only_where_the_letters_allow_it(tmp_path: Path) -> None:
    russian = "Казахский язык относится к кыпчакской группе тюркских языков."
    lang = '<w:lang w:val="ru-RU"/>'
    body = paragraph(run("Қазақ тілі қыпшақ тобына жатады.", lang)) + paragraph(run(russian, lang))
    assert [value.get("language") for _, _, value in valued(read(word_file(tmp_path / "а.docx", body)))] == [None, "ru"]


def test_a_strict_document_is_read_too(tmp_path: Path) -> None:
    plain = word_file(tmp_path / "а.docx", paragraph("Қатаң пішім."))
    with ZipFile(plain) as source, ZipFile(tmp_path / "strict.docx", "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(
                name,
                data.replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
                ),
            )
    assert blocks(read(tmp_path / "strict.docx")) == [("paragraph", "Қатаң пішім.")]


def test_a_locked_document_says_so(tmp_path: Path) -> None:
    file = tmp_path / "а.docx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(InputError, match="password"):
        docx.read(file, Settings())


@pytest.mark.parametrize("name", ["bomb", "deep", "laughs", "xxe"])
def test_hostile_files_cost_one_line(shared: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        docx.read(shared / f"documents/hostile/{name}.docx", Settings())
    assert "\n" not in str(caught.value)


def test_a_book_comes_with_every_heading_note_item_row_and_link(shared: Path) -> None:
    raw = read(shared / "documents/made/book.docx")
    check_marks(raw)
    assert found_blocks(raw) == gold_blocks(shared)
    assert len(marked(raw, "link")) == 20
