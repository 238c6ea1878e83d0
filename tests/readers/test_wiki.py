"""Wikitext and dumps of wikis: what is text of a page, and which pages are read."""

from __future__ import annotations

import bz2
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kz_textkit as kz
from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import wiki
from kz_textkit.readers.wikitext import marks_of
from kz_textkit.settings import Settings

PAGE = """{{Тұлға
| аты = Абай
| суреті = abai.jpg
}}
[[Сурет:Abai.jpg|thumb|Абайдың [[портрет]]і]]
'''Абай Құнанбайұлы''' ({{IPA|abaj}}; [[1845]]—1904) — [[қазақ әдебиеті|қазақтың]] ақыны.<ref name="а">Энциклопедия, 1-т.</ref>
Ол ''өлең'' жазды.<!-- тексеру -->

== Өмірі ==
* туған жері — [[Шыңғыстау]];
** ауылы
* оқыған жері.
# бірінші
# екінші
{| class="wikitable"
|-
| Жыл || Оқиға
|}
=== Шығармалары ===
<poem>
Жазғытұры қалмайды қыстың сызы,
Масатыдай құлпырар жердің жүзі.
</poem>
Қараңыз: [https://abai.kz сайт], [[:Санат:Ақындар|ақындар]] және [[en:Abai]].<br />Соңы.

{{Дереккөздер}}
[[Санат:Қазақ ақындары]]
__NOTOC__
"""

DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="kk">
<siteinfo><sitename>Уикипедия</sitename><base>https://kk.wikipedia.org/wiki/%D0%91%D0%B0%D1%81%D1%82%D1%8B_%D0%B1%D0%B5%D1%82</base>
<namespaces><namespace key="0"/><namespace key="6">Бейне</namespace><namespace key="14">Санат</namespace></namespaces></siteinfo>
<page><title>Абай</title><ns>0</ns><id>7</id><revision><id>1</id><timestamp>2020-01-01T00:00:00Z</timestamp><text>ескі</text></revision>
<revision><id>2</id><timestamp>2024-05-06T00:00:00Z</timestamp><model>wikitext</model>
<text xml:space="preserve">Абай &amp;mdash; '''ақын'''. [[Бейне:А.jpg]]</text></revision></page>
<page><title>Ибраһим</title><ns>0</ns><id>8</id><redirect title="Абай"/><revision><text>#АЙДАТУ [[Абай]]</text></revision></page>
<page><title>Талқылау:Абай</title><ns>1</ns><id>9</id><revision><text>Пікір.</text></revision></page>
<page><title>Дала</title><ns>0</ns><id>10</id><revision><text>{}</text></revision></page>
</mediawiki>"""


def cleaned(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    file = tmp_path / "бет.wiki"
    file.write_text(text, "utf-8")
    [raw] = wiki.read(file, Settings())
    assert raw.text == text
    return [(block.kind, block.text) for block in kz.clean(raw).blocks]


def test_a_page_gives_its_text_with_headings_items_and_verse(tmp_path: Path) -> None:
    assert cleaned(tmp_path, PAGE) == [
        ("paragraph", "Абай Құнанбайұлы (1845—1904) — қазақтың ақыны. Ол өлең жазды."),
        ("heading", "Өмірі"),
        ("list_item", "туған жері — Шыңғыстау;"),
        ("list_item", "ауылы"),
        ("list_item", "оқыған жері."),
        ("list_item", "бірінші"),
        ("list_item", "екінші"),
        ("heading", "Шығармалары"),
        ("verse", "Жазғытұры қалмайды қыстың сызы,"),
        ("verse", "Масатыдай құлпырар жердің жүзі."),
        ("paragraph", "Қараңыз: сайт, ақындар және."),
        ("paragraph", "Соңы."),
    ]


def test_levels_numbers_and_links_are_marked() -> None:
    marks = marks_of(PAGE)
    values = [m.value for m in marks if m.value.get("kind") in ("heading", "list_item")]
    assert [(value["level"], value.get("number")) for value in values] == [
        (1, None),
        (1, None),
        (2, None),
        (1, None),
        (1, "1."),
        (1, "2."),
        (2, None),
    ]
    links = [(PAGE[m.start : m.end], m.value.get("title"), m.value["url"]) for m in marks if m.kind == "link"]
    assert links[1] == (
        "қазақтың",
        "Қазақ әдебиеті",
        "https://kk.wikipedia.org/wiki/%D2%9A%D0%B0%D0%B7%D0%B0%D2%9B_%D3%99%D0%B4%D0%B5%D0%B1%D0%B8%D0%B5%D1%82%D1%96",
    )
    assert links[3] == ("сайт", None, "https://abai.kz")
    assert [title for _, title, _ in links] == ["1845", "Қазақ әдебиеті", "Шыңғыстау", None, "Санат:Ақындар"]


def test_templates_that_stand_for_words_keep_them_and_comments_leave_no_gap(tmp_path: Path) -> None:
    words = "Бұл {{lang|en|[[steppe]]}} деген {{nobr|сөз}}\n<!-- бұл -->\nмағынасы {{түс|қызыл|дала}}."
    text = f"{words} <nowiki>[[жай]]</nowiki> H<sub>2</sub>O {{{{{{1}}}}}} болады.\n"
    assert cleaned(tmp_path, text) == [("paragraph", "Бұл steppe деген сөз мағынасы дала. [[жай]] H2O болады.")]


def test_a_dump_gives_the_last_revision_of_each_page_of_the_main_namespace(tmp_path: Path) -> None:
    file = tmp_path / "kkwiki.xml.bz2"
    file.write_bytes(bz2.compress(DUMP.replace("{}", "Дала – жазық жер.").encode()))
    pages = list(wiki.read(file, Settings()))
    assert [page.metadata["title"] for page in pages] == ["Абай", "Дала"]
    assert pages[0].metadata == {"title": "Абай", "url": "https://kk.wikipedia.org/wiki/%D0%90%D0%B1%D0%B0%D0%B9", "date": "2024-05-06"}
    assert pages[0].text == "Абай &mdash; '''ақын'''. [[Бейне:А.jpg]]"
    assert [(b.kind, b.text) for b in kz.clean(pages[0]).blocks] == [("paragraph", "Абай — ақын.")]
    assert len({page.source for page in pages}) == 2


@pytest.mark.parametrize("cut", [40, 300, 1000])
def test_a_dump_that_was_cut_off_costs_one_line_after_its_whole_pages(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "kkwiki.xml.bz2"
    file.write_bytes(bz2.compress(DUMP.encode()[:-cut]))
    pages: list[RawDocument] = []
    with pytest.raises(InputError) as caught:
        pages.extend(wiki.read(file, Settings()))
    assert "\n" not in str(caught.value)


def test_a_dump_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "а.xml"
    file.write_text("<mediawiki>" + DUMP.partition(">")[2], "utf-8")
    assert len(list(wiki.read(file, Settings()))) == 2
    file.write_text('<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<mediawiki>&x;</mediawiki>', "utf-8")
    with pytest.raises(InputError):
        list(wiki.read(file, Settings()))


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="аб |[]{}='*#:;<>/\n!-br&_\t", max_size=80))
def test_whatever_is_written_every_sign_is_in_a_block_and_marks_are_in_order(text: str) -> None:
    marks = marks_of(text)
    assert all(0 <= m.start <= m.end <= len(text) for m in marks)
    assert [(m.start, -m.end) for m in marks] == sorted((m.start, -m.end) for m in marks)
    covered = {i for m in marks if m.kind == "block" for i in range(m.start, m.end)}
    assert not [c for i, c in enumerate(text) if not c.isspace() and i not in covered]


@pytest.mark.slow
def test_a_large_dump_is_read_in_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    page = "<page><title>Бет</title><ns>0</ns><id>1</id><revision><text>{}</text></revision></page>".format(
        "Сөз [[дала]] ұзақ. " * 4_000
    )
    file = tmp_path / "kkwiki.xml.bz2"
    with bz2.open(file, "wb", 1) as stream:
        stream.write(b"<mediawiki>")
        for _ in range(300):
            stream.write(page.encode())
        stream.write(b"</mediawiki>")
    tracemalloc.start()
    taken = 0
    for _ in zip(wiki.read(file, Settings()), range(6), strict=False):
        taken = max(taken, tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert taken < 200 << 20
