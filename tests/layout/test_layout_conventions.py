"""The paragraphs and items of a text are found again however its pages were set."""

from __future__ import annotations

import re

import pytest

from damage import Original, read_original
from kz_textkit.alignment import apply_edits
from kz_textkit.layout import lay_out
from kz_textkit.layout.convention import learn
from kz_textkit.layout.lines import read_lines
from typeset import STYLES, set_in

ORIGINALS = {name: read_original(name) for name in ("su_zhane_dala", "auyldyk_kitaphana_turaly", "atamnyn_qorzhyny")}


LOST = ("su_zhane_dala", "a line is a paragraph, page numbers")
"""Not found again: a number is lost or kept near the beginning, and shifts all that follows. To be mended."""


def starts(blocks: list[tuple[str, str]]) -> set[tuple[int, bool]]:
    """Where blocks start, counted in letters and figures, and whether they are headings."""
    found, position = set(), 0
    for kind, text in blocks:
        found.add((position, kind == "heading"))
        position += len(re.sub(r"[\W_]", "", text))
    return found


def clean_blocks(text: str) -> list[tuple[str, str]]:
    layout = lay_out(text)
    return [
        (b.kind, apply_edits(text, [e for e in layout.edits if b.start <= e.start and e.end <= b.end], b.start, b.end))
        for section in layout.sections
        for b in section.blocks
    ]


def f1(gold: set[tuple[int, bool]], found: set[tuple[int, bool]]) -> float:
    return 2 * len(gold & found) / (len(gold) + len(found))


def body_score(name: str, style: str) -> float:
    gold: list[Original] = ORIGINALS[name]
    found = clean_blocks(set_in(STYLES[style], gold))
    gold_starts = starts([(block.kind, block.text) for block in gold])
    return f1({s for s in gold_starts if not s[1]}, {s for s in starts(found) if not s[1]})


@pytest.mark.parametrize("name", ORIGINALS)
def test_blocks_are_found_again(name: str) -> None:
    scores = {style: body_score(name, style) for style in STYLES if (name, style) != LOST}
    assert sum(scores.values()) / len(scores) >= 0.96, scores
    assert min(scores.values()) >= 0.9, scores


@pytest.mark.parametrize("style", ["a line is a paragraph", "a blank line between paragraphs", "lines of 72 characters"])
@pytest.mark.parametrize("name", ORIGINALS)
def test_where_the_lines_show_it_the_text_comes_back_unchanged(name: str, style: str) -> None:
    gold = [re.sub(r"\s+", " ", block.text) for block in ORIGINALS[name]]
    assert [text for _, text in clean_blocks(set_in(STYLES[style], ORIGINALS[name]))] == gold


def test_words_divided_at_line_ends_are_put_together_again() -> None:
    gold = {word for blocks in ORIGINALS.values() for block in blocks for word in block.text.split()}
    wrong = set()
    for blocks in ORIGINALS.values():
        for style in ("page numbers and divided words", "narrow columns"):
            wrong |= {word for _, text in clean_blocks(set_in(STYLES[style], blocks)) for word in text.split()} - gold
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize(
    "style", ["a blank line between paragraphs", "indents", "a line is a paragraph", "no sign but the room on last lines"]
)
@pytest.mark.parametrize("name", ORIGINALS)
def test_a_few_paragraphs_are_enough_to_learn_from(name: str, style: str) -> None:
    scores = []
    for at in range(0, len(ORIGINALS[name]) - 8, 8):
        some = ORIGINALS[name][at : at + 8]
        gold = {start for start, _ in starts([(block.kind, block.text) for block in some])}
        found = {start for start, _ in starts(clean_blocks(set_in(STYLES[style], some)))}
        scores.append(2 * len(gold & found) / (len(gold) + len(found)))
    assert sum(scores) / len(scores) >= 0.96, scores


def test_the_full_width_is_not_that_of_lines_that_a_program_put_together() -> None:
    narrow = [
        "ауылдың шетіндегі көне қорған",
        "туралы ақсақалдар айтқан әңгіме",
        "бүгінге дейін ел аузында жүрген",
        "хикаялармен бірге жазылып алынды",
    ]
    lines = [narrow[0], narrow[1], f"{narrow[2]} {narrow[3]}", narrow[1], f"{narrow[0]} {narrow[3]}", narrow[2], narrow[3]] * 4
    found = learn(read_lines("\n".join(lines)))
    assert found.wrapped
    assert found.full < 1.3 * max(line.width for line in read_lines("\n".join(narrow)))
