"""Files that break readers, made here part by part: each costs one line, in a few seconds, and touches nothing outside."""

from __future__ import annotations

import random
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from archives import zipped
from kz_textkit.errors import InputError
from kz_textkit.readers import read, read_all
from kz_textkit.settings import Limits, Settings
from repository import RAW

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SECONDS = 10
"""Time that a file may take at most."""


def word(body: str, before: str = "") -> bytes:
    """A Word file with this body, and what stands before its root."""
    document = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": document})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
PDF = (RAW / "alma_bagy.pdf").read_bytes()


def told(path: Path, data: bytes) -> str:
    """The one line that a file costs."""
    path.write_bytes(data)
    started = time.monotonic()
    with pytest.raises(InputError) as error:
        list(read_all(path))
    assert time.monotonic() - started < SECONDS
    assert "\n" not in str(error.value)
    assert str(path) in str(error.value)
    return error.value.problem


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("xxe.docx", word(paragraph("&x;"), '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "declares entities"),
        ("laughs.docx", word(paragraph("&a9;"), f'<!DOCTYPE w [<!ENTITY a0 "ха">{LAUGHS}]>'), "declares entities"),
        ("deep.docx", word("<w:p>" * 5_000 + "</w:p>" * 5_000), "nested too deeply|no sound XML"),
        ("no.docx", zipped({"word/document.xml": "<w:document"}), "no sound XML"),
        ("cut.docx", word(paragraph("Дала"))[:-60], "damaged"),
        ("empty.docx", word(""), "no text"),
        ("xxe.odt", zipped({"content.xml": '<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><o>&x;</o>'}), "declares entities"),
        ("empty.pdf", b"", "the file is empty"),
        ("cut.pdf", PDF[:400], "damaged|no PDF|no text"),
    ],
)
def test_a_file_that_is_a_trap_costs_one_line(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    said = told(tmp_path / name, data)
    assert any(part in said for part in problem.split("|")), said


def test_a_part_that_unpacks_to_far_more_than_text_does_costs_one_line(tmp_path: Path) -> None:
    assert "more than 200 times its size" in told(tmp_path / "bomb.docx", word(paragraph("а" * 40_000_000)))


def test_a_page_that_asks_for_a_file_of_this_machine_does_not_get_it(tmp_path: Path) -> None:
    secret = tmp_path / "құпия.txt"
    secret.write_text("Бұл – құпия сөз.", "utf-8")
    path = tmp_path / "бет.html"
    body = f"<h1>Дала</h1><p>&x; Дала – кең жазық жер, онда мал өседі.</p><iframe src='{secret.as_uri()}'></iframe>"
    path.write_text(f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body>{body}</body></html>', "utf-8")
    text = read(path).text
    assert "құпия" not in text
    assert "кең жазық" in text


def test_a_pdf_without_its_table_of_objects_is_read(tmp_path: Path) -> None:
    path = tmp_path / "көмескі.pdf"
    start = PDF.rindex(b"startxref")
    path.write_bytes(PDF[:start] + b"startxref\n999999\n%%EOF")
    assert read(path).text == read(RAW / "alma_bagy.pdf").text


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_a_table_of_very_many_cells_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"кесте{suffix}"
    if suffix == ".docx":
        cell = f"<w:tc>{paragraph('7')}</w:tc>"
        row = f"<w:tr>{cell * 100}</w:tr>"
        file = BytesIO()
        with zipfile.ZipFile(file, "w") as archive:  # Not packed: it would look like a trap.
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr("word/document.xml", f"<w:document {W}><w:body><w:tbl>{row * 1_000}</w:tbl></w:body></w:document>")
        path.write_bytes(file.getvalue())
    else:
        row = f"<tr>{'<td>7</td>' * 100}</tr>"
        path.write_text(f"<html><body><table>{row * 1_000}</table></body></html>", "utf-8")
    assert read(path).text.count("7") == 100_000


@pytest.mark.slow
@pytest.mark.parametrize("name", ["alma_bagy.pdf", "auyl_murazhaiy.docx"])
def test_mutated_files_are_read_or_cost_one_line(tmp_path: Path, name: str) -> None:
    sound = (RAW / name).read_bytes()
    rng = random.Random(7)
    settings = Settings(ocr=False, limits=Limits(seconds=20, memory_mb=2_000))
    path = tmp_path / name
    for _ in range(40):
        data = bytearray(sound)
        for _ in range(rng.choice((1, 3, 30, 300))):
            at = rng.randrange(len(data))
            choice = rng.random()
            if choice < 0.6:
                data[at] = rng.randrange(256)
            elif choice < 0.8:
                del data[at : at + rng.randrange(1, 64)]
            else:
                data[at:at] = data[at : at + rng.randrange(1, 64)]
        path.write_bytes(data)
        try:
            list(read_all(path, settings=settings))
        except InputError as error:
            assert "\n" not in str(error) and "seconds" not in error.problem
