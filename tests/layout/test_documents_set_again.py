"""What training sets on pages again: the blocks of a labelled document stay what they are, whatever pages they come on."""

from __future__ import annotations

from collections import Counter

import pytest

from gold import own_texts
from labelled import LABELS, LabelledText
from tools import load_tools

FURNITURE = ("page_number", "running_head", "url")


@pytest.fixture(scope="module")
def poems() -> LabelledText:
    return next(text for text in own_texts() if text.name == "own.tales")


def titles(text: LabelledText) -> int:
    return text.labels.count("heading")


def test_blocks_hold_the_words_of_their_lines(poems: LabelledText) -> None:
    (again,) = load_tools("layout", "again")
    blocks = again.blocks_of(poems)
    assert sum(block.kind == "heading" for block in blocks) == titles(poems)
    words = Counter(" ".join(block.text for block in blocks).split())
    lines = zip(poems.text.split("\n"), poems.labels, strict=True)
    wanted = Counter(word for line, label in lines if label not in FURNITURE for word in line.split() if word.isalpha())
    assert sum((wanted - words).values()) < 0.03 * wanted.total()


def test_a_document_has_its_name_in_every_setting(poems: LabelledText) -> None:
    again, texts = load_tools("layout", "again", "texts")
    found = list(again.set_again([poems], 2))
    assert [texts.source_of(text) for text in found] == ["tales"] * 2
    assert found[0].text != found[1].text
    assert all(0 < titles(text) <= titles(poems) for text in found)


def test_written_documents_have_known_labels() -> None:
    (texts,) = load_tools("layout", "texts")
    assert {label for text in texts.documents() for label in text.labels} <= set(LABELS)
