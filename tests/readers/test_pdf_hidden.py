"""What a reader of the page does not see is left out, and what lies beneath a scan is kept."""

from __future__ import annotations

from pathlib import Path

from kz_textkit.document import RawDocument
from kz_textkit.readers import pdf
from kz_textkit.settings import Settings
from made_pdf import HEIGHT, Sheets

PROSE = ["Қазақстан – Орталық Азиядағы ел.", "Астанасы – Астана қаласы.", "Халқы он тоғыз миллион адам."]


def read(sheets: Sheets, path: Path) -> RawDocument:
    sheets.save()
    return pdf.read(path, Settings(ocr=False))


def test_white_tiny_and_far_off_words_are_left_out_and_said(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.stack(70, 80, PROSE)
    sheets.setFillColorRGB(1, 1, 1)
    sheets.put(70, 300, "ақпен жазылған")
    sheets.setFillColorRGB(0, 0, 0)
    sheets.put(70, 320, "майда", size=0.5)
    sheets.put(700, 340, "беттен тыс")
    raw = read(sheets, tmp_path / "a.pdf")
    assert raw.text.splitlines() == PROSE
    assert raw.warnings == ("page 1: letters that can't be seen were left out",)


def test_white_words_on_dark_ground_are_text(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.rect(60, HEIGHT - 120, 300, 60, fill=1)
    sheets.setFillColorRGB(1, 1, 1)
    sheets.put(70, 90, "Бірінші бөлім", size=16)
    assert read(sheets, tmp_path / "a.pdf").text == "Бірінші бөлім\n"


def test_letters_drawn_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    for shift in (0, 0.3, 0.6):
        sheets.put(70 + shift, 80, "Ссылка: ІІ тарау, өттім, аққу")
    assert read(sheets, tmp_path / "a.pdf").text == "Ссылка: ІІ тарау, өттім, аққу\n"


def test_a_layer_of_letters_that_are_not_drawn_is_the_text(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    for number, line in enumerate(PROSE):
        sheets.put(70, 80 + 14 * number, line, mode=3)
    raw = read(sheets, tmp_path / "a.pdf")
    assert raw.text.splitlines() == PROSE
    assert all(mark.value["hidden"] for mark in raw.marks if mark.kind == "line")


def test_a_layer_that_repeats_what_is_drawn_is_left_out(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    for mode in (0, 3):
        for number, line in enumerate(PROSE):
            sheets.put(70, 80 + 14 * number, line, mode=mode)
    assert read(sheets, tmp_path / "a.pdf").text.splitlines() == PROSE


def test_turned_text_follows_the_upright_and_says_so(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.stack(70, 80, PROSE)
    for angle, text in ((90, "Оқу залынан шығаруға болмайды"), (45, "ҮЛГІ")):
        sheets.saveState()
        sheets.translate(300, 400)
        sheets.rotate(angle)
        sheets.setFont("Text", 12)
        sheets.drawString(0, 0, text)
        sheets.restoreState()
    raw = read(sheets, tmp_path / "a.pdf")
    assert raw.text.splitlines()[:3] == PROSE
    assert set(raw.text.splitlines()[3:]) == {"Оқу залынан шығаруға болмайды", "ҮЛГІ"}
    assert sum(bool(mark.value.get("rotated")) for mark in raw.marks if mark.kind == "line") == 2


def test_a_page_turned_by_its_file_is_read_as_it_is_shown(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.setPageRotation(90)
    sheets.saveState()
    sheets.translate(100, 100)
    sheets.rotate(90)
    sheets.setFont("Text", 12)
    for number, line in enumerate(PROSE):
        sheets.drawString(0, -14 * number, line)
    sheets.restoreState()
    raw = read(sheets, tmp_path / "a.pdf")
    assert raw.text.splitlines() == PROSE
    assert not any(mark.value.get("rotated") for mark in raw.marks)
