"""One book in many formats comes out as one text: the same blocks, kinds and links, from whatever it was saved as."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import kz_textkit as kz
from book import gold_blocks

LIBREOFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent")


@pytest.mark.parametrize(
    "name",
    [
        "book.docx",
        "book.odt",
        "book.epub",
        "book.html",
        pytest.param("book.doc", marks=[pytest.mark.slow, LIBREOFFICE]),
        pytest.param("book.rtf", marks=[pytest.mark.slow, LIBREOFFICE]),
    ],
)
def test_every_block_of_the_book_is_right_in_kind_and_text(shared: Path, name: str) -> None:
    document = kz.clean(kz.read(shared / "documents/made" / name))
    # The numbers of lists are labels of ours; a caption is a note.
    found = [
        (block.kind, re.sub(r"^\d+[.)] ", "", block.text) if block.kind == "list_item" else block.text) for block in document.blocks
    ]
    caption = re.compile(r"\d+-кесте\. ")
    assert found == [("note" if caption.match(text) else kind, kz.fix(text)) for kind, text in gold_blocks(shared)]
    assert len(document.links) == 20
    assert not document.warnings
