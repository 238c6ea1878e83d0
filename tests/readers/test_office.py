"""Old Word documents and RTF, with LibreOffice and without it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from book import found_blocks, gold_blocks
from kz_textkit.errors import InputError
from kz_textkit.readers import office
from kz_textkit.settings import Limits, Settings
from marked import blocks, check_marks, marked

RTF = (
    r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Times;}}\pard\b\qc \u1178?\u1072?\u1079?\u1072?\u1179?\par\pard\b0 "
    r"\u1058?\u1110?\u1083?\u1110?\'ec\'ec.{\footnote \u1058?\u1199?\u1089?.}\par}"
)

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent")


@pytest.fixture
def rtf(tmp_path: Path) -> Path:
    file = tmp_path / "тіл.rtf"
    file.write_text(RTF, "latin-1")
    return file


@needs_libreoffice
@pytest.mark.slow
def test_rtf_keeps_notes_and_looks(rtf: Path) -> None:
    raw = office.read(rtf, Settings())
    check_marks(raw)
    assert blocks(raw) == [("paragraph", "Қазақ"), ("paragraph", "Тілімм.1"), ("note", "Түс.")]
    assert raw.extraction is not None
    assert (raw.extraction.format, raw.extraction.extractor) == ("rtf", "LibreOffice, lxml")


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("name", ["book.doc", "book.rtf"])
def test_a_book_comes_with_every_heading_note_item_row_and_link(shared: Path, name: str) -> None:
    raw = office.read(shared / "documents/made" / name, Settings())
    check_marks(raw)
    assert found_blocks(raw) == gold_blocks(shared)
    assert len(marked(raw, "link")) == 20


@needs_libreoffice
@pytest.mark.slow
def test_time_is_limited_and_damaged_files_cost_one_line(shared: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="takes more than"):
        office.read(shared / "documents/made/book.doc", Settings(limits=Limits(seconds=0.05)))
    file = tmp_path / "а.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40 + "WordDocument".encode("utf-16-le"))
    with pytest.raises(InputError) as caught:
        office.read(file, Settings())
    assert "\n" not in str(caught.value)


def test_without_libreoffice_rtf_gives_its_words_with_a_warning(rtf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    raw = office.read(rtf, Settings())
    assert blocks(raw)[0] == ("paragraph", "Қазақ")
    assert "libreoffice-writer" in raw.warnings[0]


def test_without_libreoffice_an_old_word_file_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    file = tmp_path / "а.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    with pytest.raises(InputError, match="libreoffice-writer"):
        office.read(file, Settings())
