"""Pages printed to real PDF files and written to Word files: what readers make of them carries the labels of print."""

from __future__ import annotations

import random

import pytest

from pages import compose
from pages.pdf import fonts_at_hand, pdf_of, printed_texts
from pages.setting import choose
from pages.word import word_texts

needs_fonts = pytest.mark.skipif(not fonts_at_hand(), reason="no font with the letters of Kazakh is installed")


@needs_fonts
def test_the_same_seed_prints_the_same_file() -> None:
    def printed() -> bytes:
        rng = random.Random(4)
        setting = choose("training", rng, marks=True)
        return pdf_of(compose("novel", "training", rng, lines=60), setting, rng)[0]

    assert printed() == printed()
    assert printed().startswith(b"%PDF")


@needs_fonts
def test_nearly_every_line_that_a_reader_gives_is_labelled() -> None:
    texts = list(printed_texts(3, 3, readers=["kz_textkit", "pypdfium2"]))
    assert len(texts) == 6
    for text in texts:
        lines = text.text.split("\n")
        assert len(lines) == len(text.labels)
        assert all(bool(line.strip()) == bool(label) for line, label in zip(lines, text.labels, strict=True))
        assert text.labels.count("?") <= 0.05 * len(lines)
        assert bool(text.marks) == text.name.endswith("kz_textkit")


def test_word_files_come_back_with_their_labels() -> None:
    for text in word_texts(2, 4, kinds=["textbook", "law", "recipes"], split="training"):
        lines = text.text.split("\n")
        assert len(lines) == len(text.labels)
        assert text.labels.count("?") <= 0.05 * len(lines)
        titles = [
            text.text[mark.start : mark.end] for mark in text.marks if mark.kind == "block" and mark.value.get("kind") == "heading"
        ]
        printed = {line for line, label in zip(lines, text.labels, strict=True) if label.startswith("heading")}
        assert all(set(title.split("\n")) <= printed for title in titles)
