"""Slides: titles are headings, bullets are items, notes are notes; a slide is a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import run, shape_of, slides, zipped
from kz_textkit.cleaning.clean import clean
from kz_textkit.errors import InputError
from kz_textkit.readers import read

ROWS = "".join(
    f"<a:tr><a:tc><a:txBody><a:p>{run(first)}</a:p></a:txBody></a:tc><a:tc><a:p>{run(second)}</a:p></a:tc></a:tr>"
    for first, second in (("Жыл", "Саны"), ("1999", "12"))
)
TABLE = f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{ROWS}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"


def test_slides_are_pages_of_headings_items_tables_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "дәріс.pptx"
    first = (
        shape_of("body", "Дала – жазық жер", "Онда шөп өседі", y=900_000) + shape_of("title", "1-дәріс. Дала") + shape_of("sldNum", "1")
    )
    second = shape_of("title", "Кесте") + TABLE + shape_of("", f"{run('Толығырақ: ')}{run('Дала')}", y=5_000_000)
    path.write_bytes(slides(first, second, notes="Осы жерде сұрақ қою керек."))
    document = clean(read(path))
    assert [(block.kind, block.text, block.page) for block in document.blocks] == [
        ("heading", "1-дәріс. Дала", 1),
        ("list_item", "Дала – жазық жер", 1),
        ("list_item", "Онда шөп өседі", 1),
        ("note", "Осы жерде сұрақ қою керек.", 1),
        ("heading", "Кесте", 2),
        ("table_row", "Жыл Саны", 2),
        ("table_row", "1999 12", 2),
        ("paragraph", "Толығырақ: Дала", 2),
    ]
    assert [section.kind for section in document.sections] == ["lecture", "section"]
    assert document.raw.metadata == {"title": "Дала"}


def test_links_of_slides_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "дәріс.pptx"
    path.write_bytes(slides(shape_of("body", f"{run('Бұл ')}{run('дала', 'rId9')}")))
    (link,) = clean(read(path)).links
    assert (link.title, link.kind) == ("Дала", "article")


@pytest.mark.parametrize("data", [zipped({"ppt/presentation.xml": "<a/>"}), zipped({"ppt/presentation.xml": "<a"}), zipped({"a": "b"})])
def test_what_is_no_file_of_slides_costs_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "бүлінген.pptx"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        read(path)
    assert "\n" not in str(error.value)


def test_a_text_box_that_comes_again_on_most_slides_is_furniture(tmp_path: Path) -> None:
    path = tmp_path / "дәріс.pptx"
    pages = [
        shape_of("title", f"{topic} туралы")
        + shape_of("", "Жер – біздің анамыз.", y=3_000_000 + 500_000 * number)
        + shape_of("", "Топырақтану, 2021", y=6_400_000)
        + shape_of("", f"{number} / 4", y=6_800_000)
        for number, topic in enumerate(("Құм", "Саз", "Тас", "Су"), 1)
    ]
    path.write_bytes(slides(*pages))
    document = clean(read(path))
    assert [block.text for block in document.blocks if block.page == 3] == ["Тас туралы", "Жер – біздің анамыз."]
    rules = [e.rule for e in document.edits if e.before.strip() in ("Топырақтану, 2021", "3 / 4")]
    assert rules == [
        *["running_head"] * 3,
        "page_number",
        "running_head",
    ]
