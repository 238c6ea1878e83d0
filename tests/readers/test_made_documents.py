"""The Word file and the PDF of `corpus/raw`, made of originals of the project, give their originals back."""

from __future__ import annotations

from collections import Counter

import pytest

import kz_textkit as kz
from damage import Original, read_original
from kz_textkit.document import Document
from made_documents import ADDRESS, LINKED, MADE, RUNNING_HEAD, pdf_file, word_file
from repository import RAW


@pytest.fixture(scope="module", params=MADE)
def cleaned(request: pytest.FixtureRequest) -> tuple[Document, list[Original]]:
    return kz.clean(kz.read(RAW / f"{request.param}{MADE[request.param]}")), read_original(request.param)


@pytest.mark.parametrize("name", MADE)
def test_the_files_of_the_corpus_are_those_that_the_originals_make(name: str, tmp_path: pytest.TempPathFactory) -> None:
    make = word_file if MADE[name] == ".docx" else pdf_file
    path = tmp_path / f"{name}{MADE[name]}"  # type: ignore[operator]
    path.write_bytes(make(read_original(name)))
    assert kz.read(path).text == kz.read(RAW / path.name).text


def test_every_word_comes_back_in_order_and_no_running_head(cleaned: tuple[Document, list[Original]]) -> None:
    document, original = cleaned
    assert " ".join(block.text for block in document.blocks).split() == " ".join(block.text for block in original).split()
    assert RUNNING_HEAD not in document.text


def test_blocks_come_back(cleaned: tuple[Document, list[Original]]) -> None:
    document, original = cleaned
    found = Counter((block.kind, block.text) for block in document.blocks)
    wanted = Counter((block.kind, block.text) for block in original)
    share = 2 * (found & wanted).total() / (found.total() + wanted.total())
    assert share >= (1.0 if document.pages is None else 0.85), (found - wanted, wanted - found)


def test_the_tree_of_the_word_file_has_the_levels_of_its_styles() -> None:
    document = kz.clean(kz.read(RAW / "auyl_murazhaiy.docx"))
    headings = [block for block in read_original("auyl_murazhaiy") if block.kind == "heading"]
    assert [(section.title, section.level) for section in document.sections] == [(block.text, block.level) for block in headings]
    (link,) = document.links
    words = {block.block_id: block.text for block in document.blocks}[str(link.block_id)]
    assert (link.url, words[link.start : link.end]) == (ADDRESS, LINKED)


def test_pages_of_the_pdf_are_known() -> None:
    document = kz.clean(kz.read(RAW / "alma_bagy.pdf"))
    assert document.pages == 4
    assert sorted({block.page for block in document.blocks if block.page}) == [1, 2, 3, 4]
