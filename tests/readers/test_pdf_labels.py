"""Pages are called what the file or the print calls them."""

from __future__ import annotations

from pathlib import Path

from kz_textkit.readers import pdf
from kz_textkit.settings import Settings
from made_pdf import Sheets


def labels(path: Path) -> list[str | None]:
    return [mark.value.get("label") for mark in pdf.read(path, Settings()).marks if mark.kind == "page"]


def test_printed_numbers_are_labels_where_the_file_has_none(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    for number in range(5):
        sheets.put(70, 80, "Қазақ халқының тарихы туралы бірнеше сөз.")
        if number:
            sheets.put(290, 800, f"– {11 + number} –")
        sheets.showPage()
    sheets.save()
    assert labels(tmp_path / "a.pdf") == [None, "12", "13", "14", "15"]


def test_labels_of_the_file_are_taken(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    for number, style in enumerate(("ROMAN_LOWER", "ROMAN_LOWER", "ARABIC")):
        sheets.addPageLabel(number, style=style, start=1 + number % 2)
        sheets.put(70, 80, "Қазақ халқының тарихы туралы бірнеше сөз.")
        sheets.showPage()
    sheets.save()
    assert labels(tmp_path / "a.pdf") == ["i", "ii", "1"]
