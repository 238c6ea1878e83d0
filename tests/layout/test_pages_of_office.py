"""Documents that LibreOffice sets: what readers make of its pages gets its labels by where the text goes on."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from lxml import etree

from pages.found import labelled_by_blocks
from pages.model import NOTE, Block, Source
from pages.office import Sheet, marginal_of, office_of, printed_by_office, sheet_of
from pages.pdf import READERS

BLOCKS = (
    Block("heading", "Су жолы\nЕкінші бөлім", 1, place="centre"),
    Block("para", f"Арықтың басында қария отырды{NOTE}, суға қарап ойланды.", notes=("Оқиға көктемде болған.",)),
    Block("table", "Ай\tСу"),
    Block("table", "Мамыр\tмол"),
    Block("verse", "Су ағады, су ағады,\nЕлге хабар таратады."),
)
SOURCE = Source("novel", "training", BLOCKS, "Су жолы", "", "жол")
PRINTED = """Су жолы

Су жолы
Екінші бөлім
Арықтың басында қария оты-
рды1, суға қарап

1
Оқиға көктемде
болған.
1
\fСу жолы
ойланды.
Ай

Су

Мамыр

мол

Су ағады, су ағады,
Елге хабар таратады.
Бөтен жол
2
"""
LABELS = [
    *("running_head", "heading", "heading_cont", "para", "para_cont", "mark", "note", "note_cont", "page_number"),
    *("running_head", "para_cont", "table", "table", "table", "table", "verse", "verse_cont", "?", "page_number"),
]


def test_lines_get_the_labels_of_the_blocks_that_they_are_found_in() -> None:
    text = labelled_by_blocks(SOURCE, PRINTED, name="by hand", heads=["Су жолы"], feet=["#"])
    assert [label for label in text.labels if label] == LABELS
    assert [bool(label) for label in text.labels] == [bool(line.strip()) for line in PRINTED.split("\n")]
    assert text.levels[2] == 1


def test_a_line_that_an_ocr_misread_is_known_by_the_letters_that_it_read() -> None:
    text = labelled_by_blocks(SOURCE, "Су жолы\nЕкіншi бөлiм\nАрықтын басыңда кария отырды\nсуғa карап ойланды.\nбұлақ", name="by hand")
    assert text.labels == ("heading", "heading_cont", "para", "para_cont", "?")


@pytest.mark.parametrize("seed", range(6))
def test_a_document_is_sound_and_holds_all_its_words(seed: int) -> None:
    for kind in ("novel", "slides", "newspaper"):
        root = etree.fromstring(office_of(SOURCE, sheet_of(kind, random.Random(seed))).encode())
        words = "".join(root.find(".//{*}body").itertext()).replace("\xad", "")
        assert all(word in words for block in BLOCKS for word in block.text.replace(NOTE, " ").split())
        assert len(root.findall(".//{*}note")) == 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent")
def test_nearly_every_line_of_a_printed_file_is_labelled(tmp_path: Path) -> None:
    sheet = Sheet(page=(11.0, 9.0), soft_hyphens=True, head="title", foot="number", new_pages=True)
    (path,) = printed_by_office([(SOURCE, sheet)], tmp_path)
    assert path is not None
    heads, feet = marginal_of(SOURCE, sheet)
    text = labelled_by_blocks(SOURCE, *READERS["pypdfium2"](path), name="pypdfium2", heads=heads, feet=feet)  # type: ignore[misc]
    found = [label for label in text.labels if label]
    assert {"heading", "para", "note", "verse", "running_head", "page_number"} <= set(found)
    assert found.count("?") <= 1
