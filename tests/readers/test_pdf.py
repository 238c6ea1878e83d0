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
    sheets.stack(70, 80, LEFT[:2])
    sheets.showPage()
    sheets.stack(70, 80, RIGHT[:2])
    sheets.save()
    raw = pdf.read(tmp_path / "а.pdf", Settings())
    assert raw.text == "\n".join(LEFT[:2]) + "\n\f" + "\n".join(RIGHT[:2]) + "\n"
    assert raw.extraction is not None
    assert (raw.extraction.format, raw.doc_id) == ("pdf", "а")


def test_marks_give_page_and_place_of_each_line(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.put(70, 80, "Бірінші тарау", size=16, font="Text-Bold")
    sheets.stack(85, 110, LEFT[:1])
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
    sheets.stack(70, 80, LEFT)
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
        sheets.stack(70, 80, LEFT)
        sheets.showPage()
    sheets.save()
    with pytest.raises(InputError, match="3 pages"):
        pdf.read(tmp_path / "a.pdf", Settings(limits=Limits(pages=2)))


def test_reading_again_gives_the_same(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.justified(70, 80, 260, LEFT)
    sheets.save()
    assert pdf.read(tmp_path / "a.pdf", Settings()) == pdf.read(tmp_path / "a.pdf", Settings())


def marked(path: Path, what: str, /, **value: object) -> list[str]:
    raw = pdf.read(path, Settings())
    return [
        raw.text[mark.start : mark.end]
        for mark in raw.marks
        if mark.kind == what and all(mark.value.get(name) == wanted for name, wanted in value.items())
    ]


def test_notes_at_the_foot_belong_to_their_raised_numbers(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    y = sheets.stack(70, 80, LEFT)
    sheets.put(70, y, "Қонақтар келеді")
    sheets.put(70 + sheets.stringWidth("Қонақтар келеді", "Text", 11), y - 4, "1", size=7)
    sheets.put(70, y + 14, "Үйдің ауданы 40 м")
    sheets.put(70 + sheets.stringWidth("Үйдің ауданы 40 м", "Text", 11), y + 10, "2", size=7)
    sheets.put(70, 740, "1", size=6)
    sheets.put(77, 744, "Қонақ – үйге келген кісі. Оны төрге", size=9)
    sheets.put(70, 756, "шығару – ата салты.", size=9)
    sheets.put(290, 800, "17", size=9)
    sheets.save()
    assert marked(tmp_path / "a.pdf", "block", kind="note") == ["1 Қонақ – үйге келген кісі. Оны төрге\nшығару – ата салты."]
    assert [text.strip() for text in marked(tmp_path / "a.pdf", "anchor", note="1-1")] == ["1", "1"]
    assert "40 м2" in read(tmp_path / "a.pdf")
    assert marked(tmp_path / "a.pdf", "anchor", note="1-2") == []


def test_links_cover_their_words(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.put(70, 80, "Толығырақ")
    sheets.put(140, 80, "энциклопедиядан")
    sheets.put(265, 80, "оқыңыз.")
    sheets.linkURL("https://kk.wikipedia.org/wiki/Наурыз", (139, 842 - 84, 250, 842 - 68))
    sheets.bookmarkPage("екінші")
    sheets.save()
    raw = pdf.read(tmp_path / "a.pdf", Settings())
    link = next(mark for mark in raw.marks if mark.kind == "link")
    assert raw.text[link.start : link.end] == "энциклопедиядан"
    assert link.value["url"].startswith("https://kk.wikipedia.org/wiki/")


def test_bookmarks_name_headings(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.bookmarkPage("a")
    sheets.addOutlineEntry("Көктем және жаз мезгілдері", "a", level=0)
    sheets.put(70, 80, "Көктем және жаз")
    sheets.put(70, 95, "мезгілдері")
    sheets.stack(70, 120, LEFT)
    sheets.save()
    assert marked(tmp_path / "a.pdf", "block", kind="heading", level=1) == ["Көктем және жаз\nмезгілдері"]


ROWS = [("Жыл", "Халқы, мың", "Өсімі"), ("1999", "14 953", "−1,0"), ("2009", "16 009", "1,4"), ("2021", "19 186", "1,3")]


def test_rows_parted_at_the_same_places_are_a_table(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.stack(70, 60, [" ".join(LEFT[:3]), " ".join(LEFT[3:6])])
    for number, row in enumerate(ROWS):
        for x, cell in zip((80, 200, 330), row, strict=True):
            sheets.put(x, 120 + 14 * number, cell)
    sheets.stack(70, 190, [" ".join(RIGHT[:3]), " ".join(RIGHT[3:6])])
    sheets.save()
    assert marked(tmp_path / "a.pdf", "block", kind="table_row") == ["\t".join(row) for row in ROWS]
    assert marked(tmp_path / "a.pdf", "block", kind="table_cell", row=1) == list(ROWS[1])


def test_a_cell_of_a_ruled_table_is_read_to_its_end_before_the_next(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.stack(70, 60, [" ".join(LEFT[:3])])
    sheets.grid([70, 200, 420], [842 - 90, 842 - 130, 842 - 170])
    sheets.stack(75, 105, ["Көктем", "мезгілі"])
    sheets.stack(205, 105, ["Егін егіледі, мал", "төлдейді"])
    sheets.stack(75, 145, ["Жаз мезгілі"])
    sheets.stack(205, 145, ["Шөп шабылады,", "мал жайлауда"])
    sheets.save()
    rows = ["Көктем мезгілі\tЕгін егіледі, мал төлдейді", "Жаз мезгілі\tШөп шабылады, мал жайлауда"]
    assert marked(tmp_path / "a.pdf", "block", kind="table_row") == rows
    assert marked(tmp_path / "a.pdf", "block", kind="table_cell", row=0, column=1) == ["Егін егіледі, мал төлдейді"]
