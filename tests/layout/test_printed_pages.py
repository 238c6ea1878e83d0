"""Pages printed to real PDF files: what readers make of them carries the labels of print."""

from __future__ import annotations

import random

import pytest

from pages import compose
from pages.pdf import fonts_at_hand, pdf_of, printed_texts
from pages.setting import choose

pytestmark = pytest.mark.skipif(not fonts_at_hand(), reason="no font with the letters of Kazakh is installed")


def test_the_same_seed_prints_the_same_file() -> None:
    def printed() -> bytes:
        rng = random.Random(4)
        setting = choose("training", rng, marks=True)
        return pdf_of(compose("novel", "training", rng, lines=60), setting, rng)[0]

    assert printed() == printed()
    assert printed().startswith(b"%PDF")


def test_nearly_every_line_that_a_reader_gives_is_labelled() -> None:
    texts = list(printed_texts(3, 3, readers=["kz_textkit", "pypdfium2"]))
    assert len(texts) == 6
    for text in texts:
        lines = text.text.split("\n")
        assert len(lines) == len(text.labels)
        assert all(bool(line.strip()) == bool(label) for line, label in zip(lines, text.labels, strict=True))
        assert text.labels.count("?") <= 0.05 * len(lines)
        assert bool(text.marks) == text.name.endswith("kz_textkit")
