"""How a document came out is measured, and said where it is unusual; sound documents are left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

import kz_textkit as kz
from kz_textkit.cleaning.clean import clean
from kz_textkit.document import Mark, RawDocument
from repository import RAW


def document(text: str, marks: tuple[Mark, ...] = ()) -> kz.Document:
    return clean(RawDocument("а", "а.txt", "", "utf-8", text, marks=marks))


def blocks(*texts: str) -> kz.Document:
    text, marks = "", []
    for block in texts:
        marks.append(Mark(len(text), len(text) + len(block), "block", {"kind": "paragraph"}))
        text += block + "\n"
    return document(text, tuple(marks))


def test_paragraphs_that_were_cut_into_lines_are_noticed() -> None:
    cut = blocks(*["Дала – кең жазық жер, онда мал өсіп", "жүреді, ал өзен бойында егін егіледі."] * 15)
    assert cut.quality["broken_blocks"] > 0.4
    assert any("break off in mid-sentence" in warning for warning in cut.warnings)
    whole = blocks(*["Дала – кең жазық жер, онда мал өсіп жүреді.", "Ал өзен бойында егін егіледі."] * 15)
    assert whole.quality["broken_blocks"] == 0.0


def test_letters_that_were_lost_are_noticed() -> None:
    lost = blocks("Қаза\ufffd тілі – түркі тілдеріні\ufffd бірі. " * 5)
    assert lost.quality["damaged_words"] > 0.2
    assert any("letters that are no Kazakh ones" in warning for warning in lost.warnings)


def test_pages_that_could_not_be_read_are_counted() -> None:
    text = "Дала – кең жазық жер.\n\fСу – тіршілік көзі."
    pages = (Mark(0, 22, "page", {"number": 1}), Mark(23, 42, "page", {"number": 2, "unreadable": True}))
    assert document(text, pages).quality["unreadable_pages"] == 0.5


@pytest.mark.parametrize("path", sorted(RAW.iterdir()), ids=lambda path: path.name)
def test_nothing_is_said_of_sound_documents(path: Path) -> None:
    found = kz.clean(kz.read(path))
    assert not [warning for warning in found.warnings if "%" in warning]
    assert found.quality["kept"] > 0.8
