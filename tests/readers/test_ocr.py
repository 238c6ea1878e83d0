"""Scans are read by Tesseract where it is installed; what it confuses is put right by height and length."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kz_textkit.errors import InputError
from kz_textkit.readers import ocr, pdf
from kz_textkit.settings import Limits, Settings
from made_pdf import Sheets

PROSE = [
    "Қазақ халқы ежелден көшпелі өмір",
    "сүріп, төрт түлік мал өсірген. Үлкендер",
    "жастарға өнер үйретіп, ізгі жол көрсеткен.",
    "Әкелер мен аналар балаларын тәрбиелеп,",
    "сөз асылын ұғындырған – бұл ғибрат.",
]
needs_tesseract = pytest.mark.skipif(not ocr.is_there(), reason="needs the program Tesseract with its Kazakh data")


def scan(path: Path) -> Path:
    """A PDF whose page is a picture of prose, from another PDF."""
    import pypdfium2.raw as pdfium
    from reportlab.lib.utils import ImageReader

    from kz_textkit.readers.pdf_characters import sheet_of
    from kz_textkit.readers.pdf_scans import drawn

    sheets = Sheets(path.with_suffix(".text.pdf"))
    sheets.stack(70, 90, PROSE, size=14, pitch=20)
    sheets.save()
    data = path.with_suffix(".text.pdf").read_bytes()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    picture = drawn(page, sheet_of(page), 200)
    pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    image = path.with_suffix(".pgm")
    image.write_bytes(b"P5 %d %d 255\n" % (picture.shape[1], picture.shape[0]) + np.ascontiguousarray(picture).tobytes())
    scanned = Sheets(path)
    scanned.drawImage(ImageReader(str(image)), 0, 0, 595, 842)
    scanned.save()
    return path


@pytest.mark.slow
@needs_tesseract
def test_a_page_that_is_a_picture_is_read(tmp_path: Path) -> None:
    raw = pdf.read(scan(tmp_path / "a.pdf"), Settings())
    assert [line for line in raw.text.splitlines() if line] == PROSE
    assert raw.warnings == ("page 1: read by OCR",)
    line = next(mark for mark in raw.marks if mark.kind == "line")
    assert line.value["confidence"] > 0.8
    assert 65 < line.value["x0"] < 75
    assert 70 < line.value["y0"] < 95


@pytest.mark.slow
@needs_tesseract
def test_a_picture_is_read(tmp_path: Path) -> None:
    scan(tmp_path / "a.pdf")
    (tmp_path / "a.pgm").rename(tmp_path / "a.png")  # Tesseract looks at the bytes, not at the name
    raw = ocr.read(tmp_path / "a.png", Settings())
    assert [line for line in raw.text.splitlines() if line] == PROSE
    assert raw.extraction is not None
    assert raw.extraction.format == "image"


def test_without_leave_a_picture_is_named_and_not_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a picture without text, which was not read"):
        pdf.read(scan(tmp_path / "a.pdf"), Settings(ocr=False))


@needs_tesseract
def test_a_damaged_picture_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\x00" * 200)
    with pytest.raises(InputError, match=r"a\.jpg: the picture can't be read"):
        ocr.read(tmp_path / "a.jpg", Settings())


@pytest.mark.slow
@needs_tesseract
def test_small_letters_are_told_from_capitals_of_their_shape_by_height(tmp_path: Path) -> None:
    text = pdf.read(scan(tmp_path / "a.pdf"), Settings()).text
    # Tesseract by itself reads Әкелер … тәрбиелеп with one capital too many, or small letters as capitals.
    assert "тәрбиелеп" in text
    assert "Әкелер" in text


def test_pages_that_are_no_language_are_unreadable() -> None:
    from kz_textkit.readers.pdf_scans import is_unreadable

    def letters(text: str) -> object:
        codes = np.array([ord(letter) for letter in text])
        nothing = np.zeros(len(codes))
        from kz_textkit.readers.pdf_characters import Characters

        whole = np.zeros(len(codes), dtype=np.int64)
        return Characters(codes, nothing, nothing, nothing, nothing, whole, nothing, whole, codes == 0xFFFD, ())

    assert is_unreadable(letters("бвгдқңғст " * 40))  # type: ignore[arg-type]
    assert is_unreadable(letters("Қа\ufffdақ \ufffdіл\ufffd " * 10))  # type: ignore[arg-type]
    assert not is_unreadable(letters("Қазақ тілі – түркі тілдерінің бірі. " * 10))  # type: ignore[arg-type]
    assert not is_unreadable(letters("The quick brown fox jumps over the lazy dog. " * 10))  # type: ignore[arg-type]
    assert not is_unreadable(letters("1999 14 953 −1,0 2009 16 009 1,4 " * 10))  # type: ignore[arg-type]


@needs_tesseract
def test_what_is_read_before_the_time_is_over_is_kept(tmp_path: Path) -> None:
    scan(tmp_path / "a.pdf")
    from reportlab.lib.utils import ImageReader

    sheets = Sheets(tmp_path / "b.pdf")
    sheets.stack(70, 80, PROSE)
    sheets.showPage()
    sheets.drawImage(ImageReader(str(tmp_path / "a.pgm")), 0, 0, 595, 842)
    sheets.save()
    raw = pdf.read(tmp_path / "b.pdf", Settings(limits=Limits(seconds=0)))
    assert raw.text.splitlines()[:5] == PROSE
    assert "page 2: a picture without text, which was not read; the time for a file was over" in raw.warnings[0]
