"""Markdown: the text of the file untouched, its blocks marked, and its mark-up marked as furniture inside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kz_textkit as kz
from kz_textkit.document import Mark
from kz_textkit.readers.markdown import marks_of, read
from kz_textkit.settings import Settings


def words(text: str) -> list[tuple[str, str]]:
    """Kind and words of each block: what is left without the furniture in it."""
    marks = [m for m in marks_of(text) if m.kind == "block" and m.value.get("kind") != "table_cell"]
    gone = {i for m in marks if m.value.get("kind") == "furniture" for i in range(m.start, m.end)}
    gone |= {i for m in marks_of(text) if m.kind == "anchor" for i in range(m.start, m.end)}
    shown = [
        (m.value.get("kind", "paragraph"), "".join(c for i, c in enumerate(text[m.start : m.end], m.start) if i not in gone))
        for m in marks
    ]
    return [(kind, " ".join(shown.split())) for kind, shown in shown if kind != "furniture"]


def test_headings_of_both_kinds_paragraphs_and_rules(tmp_path: Path) -> None:
    assert words("Ауыл\n====\n\n## 1.1. Көл ##\nБірінші жол\nекінші *жол*.\n\n***\n\nСоңы.\n") == [
        ("heading", "Ауыл"),
        ("heading", "1.1. Көл"),
        ("paragraph", "Бірінші жол екінші жол."),
        ("paragraph", "Соңы."),
    ]
    assert [m.value["level"] for m in marks_of("Ауыл\n---\n### Көл") if m.value.get("kind") == "heading"] == [2, 3]


def test_items_keep_their_numbers_and_lose_their_bullets() -> None:
    text = "1. **Зат** есім\n2) Сын есім\n   - сапалық\n     - түс\n   - қатыстық\n\n     Жалғасы.\n* Етістік\n"
    assert words(text) == [
        ("list_item", "1. Зат есім"),
        ("list_item", "2) Сын есім"),
        ("list_item", "сапалық"),
        ("list_item", "түс"),
        ("list_item", "қатыстық"),
        ("paragraph", "Жалғасы."),
        ("list_item", "Етістік"),
    ]
    items = [m.value for m in marks_of(text) if m.value.get("kind") == "list_item"]
    assert [(value["level"], value.get("number")) for value in items] == [
        (1, "1."),
        (1, "2)"),
        (2, None),
        (3, None),
        (2, None),
        (1, None),
    ]


def test_code_is_as_it_is_and_its_fences_are_furniture() -> None:
    assert words("~~~python\nx = 1\n\n# жоқ\n~~~\n\n    y = 2\n\n```\nz\n```") == [
        ("code", "x = 1 # жоқ"),
        ("code", "y = 2"),
        ("code", "z"),
    ]


def test_links_keep_their_words_and_targets_and_pictures_go() -> None:
    first = '[Абай *сөзі*](https://kk.wikipedia.org/wiki/Абай_(ақын) "Абай")'
    text = f"Көр: {first}, [онда][б], <https://abai.kz> ![сурет](a.png).\n\n[б]: /bet\n"
    assert words(text) == [("paragraph", "Көр: Абай сөзі, онда, https://abai.kz.")]
    links = [(text[m.start : m.end], m.value["url"], m.value.get("title")) for m in marks_of(text) if m.kind == "link"]
    assert links == [
        ("Абай *сөзі", "https://kk.wikipedia.org/wiki/%D0%90%D0%B1%D0%B0%D0%B9_(%D0%B0%D2%9B%D1%8B%D0%BD)", "Абай"),
        ("онда", "/bet", None),
        ("https://abai.kz", "https://abai.kz", None),
    ]


def test_tables_are_rows_of_cells() -> None:
    text = "| Жыл | Саны |\n|:----|-----:|\n| 1999 | **14** млн |\n| 2009 |  |\n"
    assert words(text) == [("table_row", "Жыл Саны"), ("table_row", "1999 14 млн"), ("table_row", "2009")]
    cells = [(text[m.start : m.end], m.value["row"], m.value["column"]) for m in marks_of(text) if m.value.get("kind") == "table_cell"]
    assert cells[2:4] == [("1999", 1, 0), ("14** млн", 1, 1)]


def test_notes_are_tied_to_their_marks() -> None:
    text = "Қобыз[^1] үні.\n\n[^1]: Көне аспап.\n"
    assert words(text) == [("paragraph", "Қобыз үні."), ("note", "Көне аспап.")]
    assert [m.value["note"] for m in marks_of(text) if "note" in m.value] == ["1", "1", "1"]


def test_quotations_escapes_and_tags() -> None:
    text = "> Ел іші —\n> алтын бесік\\*.\n\n<div align=center>\nОртада\n</div>\n\nБұл <b>қалың</b> `a*b` &amp; сөз.\n<!-- жоқ -->\n"
    assert words(text) == [("paragraph", "Ел іші — алтын бесік*."), ("paragraph", "Ортада"), ("paragraph", "Бұл қалың a*b &amp; сөз.")]


def test_poems_with_hard_breaks_are_verse_and_paragraphs_of_soft_ones_are_not() -> None:
    lines = ("Қараңғы түнде тау қалғып,", "Ұйқыға кетер балбырап.", "Даланы жым-жырт, дел-сал қып,", "Түн басады салбырап.")
    assert [kind for kind, _ in words("  \n".join(lines))] == ["verse"]
    assert [kind for kind, _ in words("\n".join(lines))] == ["paragraph"]


def test_a_file_is_read_as_it_is_with_what_its_head_says(tmp_path: Path) -> None:
    file = tmp_path / "аңыз.md"
    file.write_bytes('---\r\ntitle: "Аңыз"\r\nauthor: Қ. Б.\r\n---\r\n\r\n# Тарау\r\n\r\nЖол.\r\n'.encode())
    raw = read(file, Settings())
    assert raw.text.encode() == file.read_bytes()
    assert raw.metadata == {"title": "Аңыз", "author": "Қ. Б."}
    assert [(b.kind, b.text) for b in kz.clean(raw).blocks] == [("heading", "Тарау"), ("paragraph", "Жол.")]


def test_spaces_before_mark_up_that_begins_with_a_point_stay(tmp_path: Path) -> None:
    file = tmp_path / "код.md"
    file.write_text("Файлдың кеңейтімі әрқашан `.rs` болады, ал **ат**тың мәні жоқ.", "utf-8")
    assert kz.clean(read(file, Settings())).text == "Файлдың кеңейтімі әрқашан .rs болады, ал аттың мәні жоқ."


def test_a_chapter_of_a_book_has_its_headings_items_and_code(shared: Path) -> None:
    raw = read(shared / "documents/real/rust_book_chapter_01.md", Settings())
    kinds = [m.value.get("kind", "paragraph") for m in raw.marks if m.kind == "block"]
    assert (kinds.count("heading"), kinds.count("list_item"), kinds.count("code")) == (18, 7, 21)
    prose = [block.text for block in kz.clean(raw).blocks if block.kind != "code"]
    assert not [text for text in prose if "`" in text or text.startswith(("#", "*"))]


def _covered(text: str, marks: tuple[Mark, ...]) -> set[int]:
    return {i for m in marks if m.kind == "block" for i in range(m.start, m.end)}


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="аб 1.#*_`-+>[](){}|!<&\\~:^=\n\t\r\x00\u00a0", max_size=80))
def test_whatever_is_written_every_sign_is_in_a_block_and_marks_are_in_order(text: str) -> None:
    marks = marks_of(text)
    assert all(0 <= m.start <= m.end <= len(text) for m in marks)
    assert [(m.start, -m.end) for m in marks] == sorted((m.start, -m.end) for m in marks)
    assert not [c for i, c in enumerate(text) if not c.isspace() and i not in _covered(text, marks)]


@pytest.mark.parametrize("text", ["[" * 3000, "> " * 2000 + "а", "*а " * 3000, "`" * 3000, "- " * 500 + "а", "![" * 2000, "a](" * 2000])
def test_hostile_mark_up_is_read_in_little_time(text: str) -> None:
    assert _covered(text, marks_of(text)) or not text.strip()
