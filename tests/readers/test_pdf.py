"""PDF files become text, line by line and page by page, with their geometry as marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kz_textkit.errors import InputError
from kz_textkit.readers import pdf
from kz_textkit.settings import Limits, Settings
from made_pdf import Sheets

LEFT = [
    "Көктемде ауыл адамдары",
    "егін егуге шығады. Жер",
    "жыртылып, тұқым себіледі.",
    "Жаздың ортасында шөп",
    "шабылады, мал жайлауға",
    "айдалады. Балалар қозы",
    "бағып, су тасиды.",
]
RIGHT = [
    "Күзде астық жиналып,",
    "қамбаға құйылады. Үлкен",
    "той жасалып, қонақтар",
    "шақырылады. Қыста мал",
    "қорада тұрады, кешке",
    "қарттар ертегі айтады,",
    "жастар ән салады.",
]


def read(path: Path) -> str:
    return pdf.read(path, Settings()).text


def test_lines_end_in_line_feeds_and_pages_in_form_feeds(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "а.pdf", pageCompression=0)
    sheets.lines(70, 80, LEFT[:2])
    sheets.showPage()
    sheets.lines(70, 80, RIGHT[:2])
    sheets.save()
    raw = pdf.read(tmp_path / "а.pdf", Settings())
    assert raw.text == "\n".join(LEFT[:2]) + "\n\f" + "\n".join(RIGHT[:2]) + "\n"
    assert raw.extraction is not None
    assert (raw.extraction.format, raw.doc_id) == ("pdf", "а")


def test_marks_give_page_and_place_of_each_line(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.put(70, 80, "Бірінші тарау", size=16, font="Text-Bold")
    sheets.lines(85, 110, LEFT[:1])
    sheets.save()
    raw = pdf.read(tmp_path / "a.pdf", Settings())
    page, title, line = raw.marks
    assert (page.kind, page.value["number"], round(page.value["width"])) == ("page", 1, 595)
    assert raw.text[title.start : title.end] == "Бірінші тарау"
    assert (title.value["size"], title.value["bold"], line.value["bold"]) == (16, True, False)
    assert line.value["x0"] == pytest.approx(85, abs=0.5)
    assert 95 < line.value["y0"] < 110 < line.value["y1"] < 116


def test_words_are_found_where_no_space_is_drawn(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.justified(70, 80, 260, LEFT)
    sheets.save()
    assert read(tmp_path / "a.pdf").splitlines() == LEFT


@pytest.mark.parametrize("shift", [0, 5])
def test_two_columns_are_read_one_after_the_other_below_their_title(tmp_path: Path, shift: float) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.put(150, 80, "Ауылдағы төрт мезгіл: көктемнен қысқа дейін", size=14)
    for number in range(len(LEFT)):
        sheets.put(70, 110 + 14 * number, LEFT[number])
        sheets.put(310, 110 + shift + 14 * number, RIGHT[number])
    sheets.put(70, 700, "1 Бұл әңгіме мектеп оқушыларына арналған; суреттері кейін салынады.", size=8)
    sheets.save()
    lines = read(tmp_path / "a.pdf").splitlines()
    assert lines[1:-1] == LEFT + RIGHT
    assert lines[0].startswith("Ауылдағы")
    assert lines[-1].startswith("1 Бұл")


def test_a_locked_file_is_named(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    sheets = Sheets(tmp_path / "a.pdf", encrypt=StandardEncryption("құпия".encode().hex(), strength=128))
    sheets.lines(70, 80, LEFT)
    sheets.save()
    with pytest.raises(InputError, match="password"):
        read(tmp_path / "a.pdf")


def test_what_is_no_pdf_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")
    with pytest.raises(InputError, match=r"a\.pdf: this is no PDF"):
        read(tmp_path / "a.pdf")


def test_more_pages_than_the_limit_are_refused(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    for _ in range(3):
        sheets.lines(70, 80, LEFT)
        sheets.showPage()
    sheets.save()
    with pytest.raises(InputError, match="3 pages"):
        pdf.read(tmp_path / "a.pdf", Settings(limits=Limits(pages=2)))


def test_reading_again_gives_the_same(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.justified(70, 80, 260, LEFT)
    sheets.save()
    assert pdf.read(tmp_path / "a.pdf", Settings()) == pdf.read(tmp_path / "a.pdf", Settings())
