"""Cleaning a text with marks: what the format says decides, nothing is lost, and every character leads back."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kz_textkit.alignment import Edit, apply_edits
from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.marks import shift_marks
from kz_textkit.corpus.rebuild import gaps_of, placed_blocks, rebuild
from kz_textkit.document import Document, Mark, RawDocument
from kz_textkit.readers.marked_text import MarkedText


def document(text: MarkedText) -> Document:
    return clean(RawDocument("а", "а.docx", sha256(text.text.encode()).hexdigest(), "utf-8", text.text, marks=text.marks))


def with_blocks(*blocks: tuple[str, dict[str, Any]]) -> Document:
    text = MarkedText()
    for content, value in blocks:
        with text.mark("block", **value):
            text.write(content)
        text.end_line()
    return document(text)


def kinds(found: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in found.blocks]


def test_a_paragraph_is_neither_joined_nor_cut() -> None:
    found = with_blocks(
        ("Ол үйден шығып, далаға", {"kind": "paragraph"}),
        ("қарай беттеді.\n1) Тау жақта", {"kind": "paragraph"}),
        ("бұлт бар еді.", {"kind": "paragraph"}),
    )
    assert kinds(found) == [
        ("paragraph", "Ол үйден шығып, далаға"),
        ("paragraph", "қарай беттеді. 1) Тау жақта"),
        ("paragraph", "бұлт бар еді."),
    ]


def test_levels_of_headings_make_the_tree_and_labels_its_kinds() -> None:
    found = with_blocks(
        ("1-дәріс. Су айналымы", {"kind": "heading", "level": 1}),
        ("Өзендер", {"kind": "heading", "level": 2}),
        ("Өзен таудан басталады.", {"kind": "paragraph"}),
        ("Бақылау сұрақтары", {"kind": "heading", "level": 2}),
        ("Өзен қайдан басталады?", {}),
        ("2-дәріс. Дала", {"kind": "heading", "level": 1}),
        ("Дала – жазық жер.", {"kind": "paragraph"}),
    )
    assert [(s.kind, s.number, s.title, s.level) for s in found.sections] == [
        ("lecture", "1", "Су айналымы", 1),
        ("section", "", "Өзендер", 2),
        ("questions", "", "Бақылау сұрақтары", 2),
        ("lecture", "2", "Дала", 1),
    ]
    assert [block.kind for block in found.blocks if "?" in block.text] == ["question"]


def test_articles_of_a_law_without_a_style_are_sections_below_its_chapters() -> None:
    found = with_blocks(
        ("1-тарау. ЖАЛПЫ ЕРЕЖЕЛЕР", {"kind": "heading", "level": 3}),
        ("1-бап. Негізгі ұғымдар", {"bold": True}),
        ("Осы Заңда мынадай ұғымдар пайдаланылады:", {}),
        ("1) су қоры – су объектілерінің жиынтығы;", {}),
        ("2-бап. Қолданылу аясы", {"bold": True}),
        ("Осы Заң су қатынастарын реттейді.", {}),
    )
    assert [(s.number, s.title, s.level) for s in found.sections] == [
        ("1", "ЖАЛПЫ ЕРЕЖЕЛЕР", 1),
        ("1", "Негізгі ұғымдар", 2),
        ("2", "Қолданылу аясы", 2),
    ]
    assert ("list_item", "1) су қоры – су объектілерінің жиынтығы;") in kinds(found)


def test_a_file_without_styles_shows_its_titles_by_bold_lines() -> None:
    body = "Қымыз – биенің сүтінен ашытылатын сусын. Оны күбіде пісіп дайындайды, жазда көп ішеді."
    found = with_blocks(*[("Қымыз ашыту", {"bold": True}), (body, {}), ("Құрт жасау", {"bold": True}), (body, {})])
    assert [s.title for s in found.sections] == ["Қымыз ашыту", "Құрт жасау"]


def test_notes_are_blocks_and_their_marks_leave_the_sentence() -> None:
    text = MarkedText()
    with text.mark("block", kind="paragraph"):
        text.write("Қаған билігі")
        with text.mark("anchor", note="1"):
            text.generated("1", by="note_mark")
        text.write(" мұраға қалды ")
        with text.mark("anchor", note="2"):
            text.generated("2", by="note_mark")
        text.write(".")
    text.end_line()
    with text.mark("block", kind="note", note="1"):
        text.generated("1 ", by="note_number")
        text.write("Орхон жазбалары.")
    found = document(text)
    assert kinds(found) == [("paragraph", "Қаған билігі мұраға қалды."), ("note", "Орхон жазбалары.")]
    assert [e.before for e in found.edits if e.rule == "note_mark"] == ["1", "2", "1 "]


def test_furniture_goes_with_its_rule_and_numbers_of_lists_stay() -> None:
    text = MarkedText()
    with text.mark("block", kind="furniture"):
        text.write("Басты бет\nБайланыс")
    text.end_line()
    with text.mark("block", kind="list_item"):
        text.generated("1) ", by="list_number")
        text.write("Алма;")
    text.end_line()
    with text.mark("block", kind="page_number"):
        text.write("12")
    found = document(text)
    assert kinds(found) == [("list_item", "1) Алма;")]
    assert [(e.rule, e.before) for e in found.edits] == [("markup", "Басты бет\nБайланыс"), ("page_number", "12")]


def test_a_row_of_a_table_is_a_block_with_spaces_between_its_cells() -> None:
    text = MarkedText()
    with text.mark("block", kind="table_row", row=0):
        for i, cell in enumerate(("Жыл", "Халық саны,\nмың адам")):
            if i:
                text.generated("\t", by="cell_separator")
            with text.mark("block", kind="table_cell", column=i):
                text.write(cell)
    assert kinds(document(text)) == [("table_row", "Жыл Халық саны, мың адам")]


def test_lines_of_verse_are_blocks_each() -> None:
    found = with_blocks(("Желсіз түнде жарық ай,\nСәулесі суда дірілдеп", {"kind": "verse"}))
    assert kinds(found) == [("verse", "Желсіз түнде жарық ай,"), ("verse", "Сәулесі суда дірілдеп")]


def test_links_are_tied_to_their_words_through_every_edit() -> None:
    text = MarkedText()
    with text.mark("block", kind="paragraph"):
        text.write("Бұл  туралы ")
        with text.mark("link", url="https://kk.wikipedia.org/wiki/%D2%9A%D0%BE%D2%93%D0%B0%D0%BC"):
            text.write("ќоѓам\u00adдық")
        text.write(" ой бар.")
    (link,) = document(text).links
    (block,) = document(text).blocks
    assert (link.title, link.kind, link.block_id) == ("Қоғам", "article", block.block_id)
    assert link.start is not None and block.text[link.start : link.end] == "қоғамдық"


def test_an_address_in_mark_up_is_no_second_link() -> None:
    text = MarkedText()
    with text.mark("block", kind="paragraph"), text.mark("link", url="http://мысал.kz/su"):
        for furniture, piece in ((True, "["), (False, "Су"), (True, "](http://мысал.kz/su)")):
            with text.mark("block", kind="furniture" if furniture else "paragraph"):
                text.write(piece)
    found = document(text)
    assert [(link.url, link.start, link.end) for link in found.links] == [("http://мысал.kz/su", 0, 2)]
    assert kinds(found) == [("paragraph", "Су")]


def test_the_page_of_a_block_comes_from_page_marks() -> None:
    text = MarkedText()
    for number in (1, 2):
        with text.mark("page", number=number, label=str(number + 6)):
            with text.mark("block", kind="paragraph"):
                text.write(f"Бұл {number} бетте тұрған сөз.")
            text.end_line()
        text.end_page()
    found = document(text)
    assert [(block.page, block.text[4]) for block in found.blocks] == [(1, "1"), (2, "2")]
    assert found.pages == 2


def test_marks_of_other_blocks_do_not_change_what_a_block_is() -> None:
    contents = with_blocks(
        ("Мазмұны", {"kind": "heading", "level": 1}),
        ("Кіріспе\t3", {"kind": "toc_entry"}),
        ("Су\t7", {"kind": "toc_entry"}),
        ("Кіріспе", {"kind": "heading", "level": 1}),
        ("Су – тіршілік көзі.", {"kind": "paragraph"}),
    )
    assert [(s.kind, len(s.blocks)) for s in contents.sections] == [("contents", 3), ("front_matter", 2)]


WORDS = st.sampled_from(
    ["үй", "ҥй", "ӛзен", "билiк", "1", "2)", " ", "  ", "\n", "\u00ad", ".", "бар.Ол", "http://a.kz/b", "- ", "\t", "\f", "Қ", "—"]
)
VALUES: list[dict[str, Any]] = [
    {},
    {"kind": "paragraph"},
    {"kind": "heading", "level": 2},
    {"kind": "list_item"},
    {"kind": "furniture"},
    {"kind": "page_number"},
    {"kind": "verse"},
    {"kind": "table_row"},
    {"kind": "table_cell"},
    {"kind": "toc_entry"},
    {"bold": True},
]


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    text = "".join(draw(st.lists(WORDS, min_size=1, max_size=40)))
    marks = []
    for _ in range(draw(st.integers(0, 12))):
        start, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        kind, value = draw(
            st.one_of(
                st.tuples(st.just("block"), st.sampled_from(VALUES)),
                st.tuples(st.just("anchor"), st.just({"note": "1"})),
                st.tuples(st.just("link"), st.just({"url": "http://a.kz"})),
                st.tuples(st.just("generated"), st.just({"by": "note_number"})),
                st.tuples(st.just("page"), st.just({"number": 1})),
            )
        )
        marks.append(Mark(start, end, kind, value))  # type: ignore[arg-type]
    return text, tuple(sorted(marks, key=lambda m: (m.start, -m.end)))


@pytest.mark.slow
@given(marked())
@example(("үй  үй", (Mark(1, 3, "anchor", {"note": "1"}),)))
@settings(deadline=None, max_examples=200)
def test_whatever_the_marks_are_the_raw_text_can_be_rebuilt(case: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = case
    found = clean(RawDocument("а", "а", "", "utf-8", text, marks=marks))
    applied = [e for e in found.edits if e.applied]
    assert rebuild(placed_blocks(found), applied, gaps_of(found)) == text
    assert all(block.text and block.text == block.text.strip() and "\n" not in block.text for block in found.blocks)


@given(st.data())
@settings(deadline=None)
def test_a_shifted_mark_covers_what_its_text_became(data: st.DataObject) -> None:
    text = "абвгдежзий"
    borders = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    edits = [
        Edit(a, b, text[a:b], data.draw(st.sampled_from(["", "X", "XY", "XYZ"])), "spacing")
        for a, b in zip(borders[::2], borders[1::2], strict=False)
    ]
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    (mark,) = shift_marks([Mark(start, end, "block")], len(text), edits)
    target = apply_edits(text, edits)
    inside = set(text[start:end]) & set(target)
    assert inside <= set(target[mark.start : mark.end])
    assert not (set(target[mark.start : mark.end]) - set("XYZ")) - inside
