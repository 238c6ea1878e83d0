"""Web pages: blocks, lists, tables, notes and links, however they are written, and the part that was written to be read."""

from __future__ import annotations

import re
from base64 import encodebytes
from pathlib import Path

import pytest

import kz_textkit as kz
from book import found_blocks, gold_blocks
from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import html
from kz_textkit.settings import Settings
from marked import blocks, check_marks, marked, valued

SENTENCE = "Домбыра – қазақ халқының екі ішекті аспабы, оның үні жұмсақ, ал құрылысы қарапайым әрі ықшам болып келеді. "


def read(path: Path, page: str | bytes, **settings: bool) -> RawDocument:
    file = path / "бет.html"
    file.write_bytes(page if isinstance(page, bytes) else page.encode())
    raw = html.read(file, Settings(**settings))  # type: ignore[arg-type]
    check_marks(raw)
    return raw


def test_headings_paragraphs_and_quotations_are_blocks_with_white_space_as_one_space(tmp_path: Path) -> None:
    page = "<h1>Аңыз</h1>\n<p>Ерте,\n   <b>ерте</b>де</p><blockquote><p>Бар екен.</blockquote>Жоқ екен.<pre>a  b\n  c</pre>"
    raw = read(tmp_path, page)
    assert blocks(raw) == [
        ("heading", "Аңыз"),
        ("paragraph", "Ерте, ертеде"),
        ("paragraph", "Бар екен."),
        ("paragraph", "Жоқ екен."),
        ("code", "a  b\n  c"),
    ]


def test_numbers_of_lists_are_put_in_and_marked(tmp_path: Path) -> None:
    page = "<ol start=3 type=a><li>үй<ul><li>есік</ul><li value=7>тау</ol><ol reversed><li>екі<li>бір</ol><ul><li>сөз</ul>"
    raw = read(tmp_path, page)
    assert [text for _, text in blocks(raw)] == ["c. үй", "есік", "g. тау", "2. екі", "1. бір", "сөз"]
    assert [value["level"] for _, _, value in valued(raw)] == [1, 2, 1, 1, 1, 1]
    assert marked(raw, "generated")[0] == ("c. ", {"by": "list_number"})


def test_tables_are_rows_of_cells_with_columns_counted_over_spans(tmp_path: Path) -> None:
    page = (
        "<table><caption>Өлшем</caption><tr><th rowspan=2>Жыл<th colspan=2>Халық<tr><td>ер<td>әйел"
        "<tr><td>1999<td><p>7</p><p>млн</p><td>8</table>"
    )
    raw = read(tmp_path, page)
    assert blocks(raw) == [("note", "Өлшем"), ("table_row", "Жыл\tХалық"), ("table_row", "ер\tәйел"), ("table_row", "1999\t7 млн\t8")]
    cells = [(value["row"], value["column"]) for _, value in marked(raw, "block") if value.get("kind") == "table_cell"]
    assert cells == [(0, 0), (0, 1), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]


def test_tables_that_only_lay_out_a_page_hold_paragraphs(tmp_path: Path) -> None:
    page = f"<table><tr><td><h2>Сол жақ</h2><td><p>{SENTENCE}</p><p>Соңы.</p></table>"
    assert [kind for kind, _ in blocks(read(tmp_path, page))] == ["heading", "paragraph", "paragraph"]


def test_two_line_breaks_part_paragraphs_and_one_joins_a_sentence(tmp_path: Path) -> None:
    page = "<body>Бірінші жол<br>осы сөйлемде жалғасады.<br><br>Екінші абзац.<br>\n&nbsp;<br>Үшінші.<br>Төртінші.</body>"
    assert [text for _, text in blocks(read(tmp_path, page))] == [
        "Бірінші жол\nосы сөйлемде жалғасады.",
        "Екінші абзац.",
        "Үшінші.",
        "Төртінші.",
    ]


def test_divisions_and_unclosed_fonts_nested_deep_lose_nothing(tmp_path: Path) -> None:
    page = "<div>" * 600 + "Терең мәтін" + "<font>" * 300 + " соңы"
    assert blocks(read(tmp_path, page)) == [("paragraph", "Терең мәтін соңы")]


@pytest.mark.parametrize("page", ["<div>" * 100_000 + "а", "<table>" + "<tr>" + "<td>7" * 100_001])
def test_pages_nested_too_deeply_and_tables_that_are_data_cost_one_line(tmp_path: Path, page: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, page)
    assert "\n" not in str(caught.value)


def test_fonts_that_are_never_closed_lose_nothing(tmp_path: Path) -> None:
    assert blocks(read(tmp_path, "<p>" + "<font><b>а" * 5000)) == [("paragraph", "а" * 5000)]


def test_spans_of_rows_and_columns_that_have_no_end_take_little_time(tmp_path: Path) -> None:
    page = f"<table>{'<tr><td rowspan=100000 colspan=100000>а<td>б' * 300}</table>"
    assert len(blocks(read(tmp_path, page))) == 300


def test_links_keep_relative_targets_over_blocks_and_scripts_are_none(tmp_path: Path) -> None:
    page = (
        '<p>Мына <a href="/kaz/docs/Z1#z5" title="Заң">5-бап</a>, <a href="javascript:f()">басу</a></p>'
        '<a href="a.html"><div>бір</div><div>екі</div></a>'
    )
    assert marked(read(tmp_path, page), "link") == [
        ("5-бап", {"url": "/kaz/docs/Z1#z5", "title": "Заң"}),
        ("бір", {"url": "a.html"}),
        ("екі", {"url": "a.html"}),
    ]


def test_scripts_styles_and_hidden_words_are_left_out_and_hidden_blocks_are_furniture(tmp_path: Path) -> None:
    page = "<style>.h{display:none}</style><script>бір</script><p>Көрінеді<span class=h> жасырын</span></p><div hidden>Қалқыма</div>"
    assert blocks(read(tmp_path, page)) == [("paragraph", "Көрінеді"), ("furniture", "Қалқыма")]


def test_closed_details_are_text(tmp_path: Path) -> None:
    page = "<details><summary>Толығырақ</summary>Мәтін осында.</details>"
    assert blocks(read(tmp_path, page)) == [("paragraph", "Толығырақ"), ("paragraph", "Мәтін осында.")]


def test_footnotes_follow_the_block_that_refers_to_them_and_references_stay(tmp_path: Path) -> None:
    page = (
        '<p>Қобыз<sup><a id=r1 href="#fn1">1</a></sup> үні.</p><p>Күй<a id=r2 href="#cite_note-2">[2]</a>.</p>'
        '<ol class=references><li id="cite_note-2"><a href="#r2">↑</a> Сейдімбек А. Күй.</ol>'
        '<div class=footnotes><p id=fn1><a href="#r1">1</a> Аспап.</p></div>'
    )
    raw = read(tmp_path, page)
    assert [(kind, text, value.get("note")) for kind, text, value in valued(raw)] == [
        ("paragraph", "Қобыз1 үні.", None),
        ("note", "1 Аспап.", "fn1"),
        ("paragraph", "Күй[2].", None),
        ("note", "1. ↑ Сейдімбек А. Күй.", "cite_note-2"),
    ]
    anchors = [(text, value["note"]) for text, value in marked(raw, "anchor") if "note" in value]
    assert anchors == [("1", "fn1"), ("1", "fn1"), ("[2]", "cite_note-2"), ("↑", "cite_note-2")]


def test_looks_and_languages_are_marked_where_they_hold_for_all_of_a_block(tmp_path: Path) -> None:
    page = (
        "<p align=center><b><font size=5>Тақырып</font></b></p><p>Бұл <b>қалың</b> сөз.</p>"
        '<p lang="en">The dombra is a lute.</p><p lang="ru">Қазақша мәтін</p>'
    )
    title, text, english, kazakh = (value for _, _, value in valued(read(tmp_path, page)))
    assert (title["bold"], title["centered"], title["size"], title.get("kind")) == (True, True, 18.0, None)
    assert ("bold" in text, english.get("language"), kazakh.get("language")) == (False, "en", None)


def test_poems_with_line_breaks_are_verse(tmp_path: Path) -> None:
    lines = ("Қараңғы түнде тау қалғып,", "Ұйқыға кетер балбырап.", "Даланы жым-жырт, дел-сал қып,", "Түн басады салбырап.")
    assert blocks(read(tmp_path, f"<p>{'<br>'.join(lines)}</p>")) == [("verse", "\n".join(lines))]


def test_preformatted_poems_are_verse_by_stanza_and_programs_code(tmp_path: Path) -> None:
    stanza = "Қараңғы түнде тау қалғып,\nҰйқыға кетер балбырап.\nДаланы жым-жырт, дел-сал қып,\nТүн басады салбырап."
    raw = read(tmp_path, f"<pre>\n{stanza}\n\n{stanza}\n</pre><pre>x = 1\n\nprint(x)  # санды шығару</pre><p>Соңы</p>")
    assert blocks(raw) == [("verse", stanza), ("verse", stanza), ("code", "x = 1\n\nprint(x)  # санды шығару"), ("paragraph", "Соңы")]


@pytest.mark.parametrize(
    ("declared", "codec"), [("utf-8", "cp1251"), ("windows-1251", "kz1048"), ("", "kz1048"), ("windows-1251", "utf-8"), ("", "utf-16")]
)
def test_the_encoding_is_what_the_words_say_where_the_declaration_errs(tmp_path: Path, declared: str, codec: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    # Windows-1251 has no Kazakh letters: a Russian page.
    words = "Народная песня казахов передавалась из уст в уста. " * 5 if codec == "cp1251" else SENTENCE * 5
    raw = read(tmp_path, f"<html><head>{meta}</head><body><p>{words}</p></body></html>".encode(codec))
    assert blocks(raw) == [("paragraph", words.strip())]


def menu(name: str) -> str:
    links = "".join(f'<li><a href="/{i}">{word}</a></li>' for i, word in enumerate(("Басты бет", "Жаңалықтар", "Байланыс", "Мұрағат")))
    return f'<div class="{name}"><ul>{links}</ul></div>'


ARTICLE = f"<h1>Домбыра</h1>{f'<p>{SENTENCE * 3}</p>' * 6}<p>Қысқа соңы.</p>"
PAGE = (
    "<html lang=kk><head><title>Домбыра – сайт</title><meta name=author content='А. Жұбанов'></head>"
    f"<body><header>{menu('navbar')}</header>"
    f"<div class=wrap><div class=main>{ARTICLE}</div><div class=sidebar><h3>Соңғы жаңалықтар</h3>{menu('list')}</div></div>"
    "<footer><p>© 2024 Барлық құқықтар қорғалған</p></footer></body></html>"
)


def test_menus_side_bars_and_footers_are_furniture_and_the_article_is_whole(tmp_path: Path) -> None:
    raw = read(tmp_path, PAGE)
    kept = [(kind, text) for kind, text in blocks(raw) if kind != "furniture"]
    assert [kind for kind, _ in kept] == ["heading", *["paragraph"] * 7]
    assert kept[-1][1] == "Қысқа соңы."
    assert len(blocks(raw)) == 8 + 4 + 5 + 1
    assert raw.metadata == {"title": "Домбыра – сайт", "author": "А. Жұбанов", "language": "kk"}


def test_the_whole_page_is_text_where_that_is_asked_for(tmp_path: Path) -> None:
    raw = read(tmp_path, PAGE, whole_page=True)
    assert "furniture" not in [kind for kind, _ in blocks(raw)]
    assert raw.extraction is not None
    assert raw.extraction.settings == {"whole_page": True}


def test_a_page_of_text_alone_has_no_furniture(tmp_path: Path) -> None:
    assert "furniture" not in [kind for kind, _ in blocks(read(tmp_path, f"<body>{ARTICLE}<p><a href='b.html'>Келесі</a></p></body>"))]


def test_menus_without_names_are_told_by_their_links_where_they_are_the_lesser_part(tmp_path: Path) -> None:
    links = "<a href=1>Басты бет</a> | <a href=2>Кітапхана</a> | <a href=3>Байланыс</a>"
    cells = f"<tr><td>{links}<tr><td><h2>Бірінші сөз</h2><p>{SENTENCE}</p><p>{SENTENCE}</p><tr><td>© Институт, 2003"
    page = f"<center><table>{cells}</table></center>"
    raw = read(tmp_path, page)
    assert [kind for kind, _ in blocks(raw)] == ["furniture", "heading", "paragraph", "paragraph", "furniture"]
    assert "centered" not in valued(raw)[2][2]
    assert [kind for kind, _ in blocks(read(tmp_path, f"<p>{links}</p>"))] == ["paragraph"]


def test_the_title_of_a_post_that_is_a_link_stays(tmp_path: Path) -> None:
    post = f"<div class=post><h2><a href='/p/1'>Ауылға сапар</a></h2><div class=entry><p>{SENTENCE}</p><p>{SENTENCE}</p></div></div>"
    head = "<div id=header><h1><a href='/'>Менің блогым</a></h1></div><div id=menu><a href=1>Басты</a><a href=2>Мен туралы</a></div>"
    raw = read(tmp_path, f"{head}<div id=content>{post}</div><div id=sidebar>{menu('list')}</div><div id=footer>Блог</div>")
    assert [text for kind, text in blocks(raw) if kind != "furniture"] == ["Ауылға сапар", SENTENCE.strip(), SENTENCE.strip()]


def test_a_paragraph_beside_the_main_part_is_not_lost(tmp_path: Path) -> None:
    main = f"<div class=main><h1>Домбыра</h1>{f'<p>{SENTENCE * 2}</p>' * 12}</div>"
    raw = read(
        tmp_path, f"<nav>{menu('navbar')}</nav><div>{main}<div class=part><p>{SENTENCE * 2}</p></div></div><footer>© Сайт</footer>"
    )
    assert len([kind for kind, _ in blocks(raw) if kind != "furniture"]) == 14


def test_a_page_of_a_wiki_loses_its_edit_links_contents_and_boxes(tmp_path: Path) -> None:
    edit = '<span class="mw-editsection">[<a href="/w/index.php?action=edit">өңдеу</a>]</span>'
    page = (
        f"<nav>{menu('vector-menu')}</nav><main id=content><h1>Қобыз</h1><div class=mw-parser-output><p>{SENTENCE * 2}</p>"
        f'<div id=toc class=toc role=navigation><h2>Мазмұны</h2><ul><li><a href="#a">1 Тарихы</a></ul></div><h2 id=a>Тарихы{edit}</h2>'
        f"<p>{SENTENCE * 3}</p><div class=navbox><table><tr><th>Аспаптар<tr><td><a href=b>Домбыра</a> · <a href=c>Шертер</a></table>"
    )
    document = kz.clean(read(tmp_path, page))
    assert [block.text for block in document.blocks if block.kind == "heading"] == ["Қобыз", "Тарихы"]
    assert len(list(document.blocks)) == 4


def test_classes_of_word_are_styles(tmp_path: Path) -> None:
    page = "<p class=MsoTitle>Курстық жұмыс</p><p class=MsoToc1>Кіріспе 3</p><p class=MsoCaption>1-сурет. Карта</p>"
    raw = read(tmp_path, f"{page}<p class=MsoNormal>Сөз.</p>")
    assert [(kind, value.get("caption")) for kind, _, value in valued(raw)] == [
        ("heading", None),
        ("toc_entry", None),
        ("note", True),
        ("paragraph", None),
    ]


def test_a_page_saved_as_mhtml_is_its_page(tmp_path: Path) -> None:
    file = tmp_path / "бет.mhtml"
    file.write_bytes(
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://abai.kz/1\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + encodebytes("<p>Сақталған бет.</p>".encode()) + b"\r\n--b--\r\n"
    )
    raw = html.read(file, Settings())
    assert (blocks(raw), raw.metadata["url"]) == ([("paragraph", "Сақталған бет.")], "https://abai.kz/1")


def test_xhtml_with_empty_elements_and_entities_is_read_as_xml(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/xhtml11.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p><a id="x"/>Ән&nbsp;мен &laquo;күй&raquo;</p></body>'
        "</html>"
    )
    assert blocks(read(tmp_path, page)) == [("paragraph", "Ән\xa0мен «күй»")]


@pytest.mark.parametrize("page", ["", "   ", "<html></html>", "<script>x</script>", "\x00\x01\x02" * 50])
def test_a_page_without_text_costs_one_line(tmp_path: Path, page: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, page)
    assert "\n" not in str(caught.value)


def test_a_book_comes_with_every_heading_note_item_row_and_link(shared: Path) -> None:
    raw = html.read(shared / "documents/made/book.html", Settings())
    check_marks(raw)
    assert found_blocks(raw) == gold_blocks(shared)
    assert len(marked(raw, "link")) == 20


@pytest.mark.parametrize(("name", "articles"), [("law_29-III_kk", 36), ("law_561-IV_kk", 60)])
def test_laws_are_whole_and_without_menus(shared: Path, name: str, articles: int) -> None:
    path = shared / f"documents/real/{name}.html"
    raw = html.read(path, Settings())
    check_marks(raw)
    kept = [(kind, text, value) for kind, text, value in valued(raw) if kind != "furniture"]
    text = " ".join(text for _, text, _ in kept)
    source = re.search("<article>(.*?)</article>", path.read_text("utf-8"), re.DOTALL)
    assert source is not None
    words = re.sub("<[^>]*>", " ", source[1]).replace("&nbsp;", " ").replace("&quot;", '"').split()
    assert "".join(words) in "".join(text.split())
    assert not [word for word in ("Пайдаланушы нұсқаулығы", "Тіркелу", "Сайт картасы", "Іздеу") if word in text]
    titles = [text for kind, text, value in kept if value.get("bold") and re.match(r"\d+(?:-\d+)?-бап\.", text)]
    assert len(titles) >= articles


def test_letter_spaced_titles_are_put_together_and_the_gap_between_their_words_is_kept(tmp_path: Path) -> None:
    raw = read(
        tmp_path, f"<h1>К І Р І С П Е</h1><p>{SENTENCE * 2}</p><h2>С У &nbsp; Ж О Л Ы</h2><p>{SENTENCE}</p><ul><li>а б в г</li></ul>"
    )
    found = kz.clean(raw)
    assert [section.title for section in found.sections] == ["КІРІСПЕ", "СУ ЖОЛЫ"]
    assert [block.text for block in found.blocks if block.kind != "paragraph"] == ["КІРІСПЕ", "СУ ЖОЛЫ", "а б в г"]
