"""Nothing is lost on the way from a raw text to blocks and edits: with the real rules, and with any rules that keep the contract."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.alignment import Edit, apply_edits
from kz_textkit.cleaning import passes
from kz_textkit.cleaning.clean import clean
from kz_textkit.corpus.rebuild import gaps_of, placed_blocks, rebuild
from kz_textkit.document import Document, RawDocument
from kz_textkit.layout import LaidBlock, LaidLink, LaidSection, Layout
from kz_textkit.repair import Repaired

LECTURE = """\
1-дәріс. Тілдің табиғаты

Тіл – адамзат баласының ең басты қҧралы. Ол арқылы адамдар бір-бірімен
тҥсініседі, ойын жеткізеді, бiлiмін кейінгі ҧрпаққа қалдырады. Тілсіз
қоғам да, мәдениет те жоқ.Сондықтан тіл туралы ғылым – ең кӛне ғылымдардың бірі.

12

Бақылау сҧрақтары:
1. Тіл дегеніміз не?
2. Тілдің қандай қызметтері бар?
"""


def document_of(text: str) -> RawDocument:
    return RawDocument("сынақ", "сынақ.txt", sha256(text.encode()).hexdigest(), "utf-8", text)


def check_promises(document: Document) -> None:
    """Every raw character is in a block, in an applied edit or in white space between them, and each block follows from its edits."""
    raw = document.raw.text
    applied = [e for e in document.edits if e.applied]
    for e, following in pairwise(applied):
        assert e.end <= following.start
    for e in document.edits:
        assert raw[e.start : e.end] == e.before
    for block, following in pairwise(document.blocks):
        assert block.raw_end <= following.raw_start
        assert block.block_id < following.block_id
    for block in document.blocks:
        assert block.text == block.text.strip() != ""
        assert block.alignment.target_length == len(block.text)
    gaps = gaps_of(document)  # Raises where one is more than white space.
    assert rebuild(placed_blocks(document), applied, gaps) == raw
    # The clean text is the raw text with the edits applied, but for white space between blocks.
    assert "".join(apply_edits(raw, applied).split()) == "".join("".join(block.text for block in document.blocks).split())


def test_a_lecture_is_repaired_and_laid_out_with_offsets_of_the_raw_text() -> None:
    document = clean(document_of(LECTURE))
    check_promises(document)
    texts = [block.text for block in document.blocks]
    assert "Тіл – адамзат баласының ең басты құралы." in " ".join(texts)
    assert "мәдениет те жоқ. Сондықтан тіл" in " ".join(texts)
    for block in document.blocks:
        start = block.text.find("ұрпаққа")
        if start >= 0:
            raw_start, raw_end = block.alignment.to_source(start, start + 7)
            assert LECTURE[raw_start:raw_end] == "ҧрпаққа"
            break
    else:
        raise AssertionError("the word is in no block")
    assert document.language == "kk"
    assert document.warnings == ()


def test_a_russian_text_is_cleaned_and_said_not_to_be_kazakh() -> None:
    document = clean(document_of("Этот учебник написан для студентов, которые изучают язык и литературу. Он состоит из десяти глав.\n"))
    assert document.language == "ru"
    assert "not Kazakh" in document.warnings[0]


@pytest.mark.slow
@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_of_any_text(text: str) -> None:
    check_promises(clean(document_of(text)))


ADDRESS = "http://kk.wikipedia.org/wiki/%D2%9A%D0%BE%D2%93%D0%B0%D0%BC"
WORDS = ("ҧстаным", "бӛлім", "жоқ.Ол", "1-дәріс.", "12", "қыр-", "Билiк", "КІРІСПЕ", "?", "ж.", "&nbsp;", "й", "иерар-\nхия", ADDRESS)
SIGNS = ("•", "\uf0b7", "\u00ad", "\ufeff", "\f", "\r\n", "\n", "\n\n", " ", "   ", "\u2028", "\x85")
kazakh_lines = st.lists(st.sampled_from([*WORDS, *SIGNS, *SIGNS]), max_size=40)


@pytest.mark.slow
@given(kazakh_lines)
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_of_damaged_kazakh(pieces: list[str]) -> None:
    check_promises(clean(document_of("".join(pieces))))


@st.composite
def edits_of(draw: st.DrawFn, text: str, alphabet: str) -> list[Edit]:
    """Any list of applied edits of a text."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = draw(st.text(alphabet, max_size=4))
        if text[start:end] != after and (start < end or not edits or edits[-1].end < start):
            edits.append(Edit(start, end, text[start:end], after, draw(st.sampled_from(["legacy_letter", "encoding", "spacing"]))))
    return edits


@st.composite
def cleanings(draw: st.DrawFn) -> tuple[str, Repaired, Layout]:
    """A raw text with any repair of it, and any layout of the repaired text."""
    raw = draw(st.text("аб \nҧ", max_size=40))
    repairs = draw(edits_of(raw, "вг \n"))
    text = apply_edits(raw, repairs)
    words = [(i, j) for i in range(len(text)) for j in range(i + 1, len(text) + 1) if _is_word(text, i, j)]
    edits: list[Edit] = []
    blocks: list[LaidBlock] = []
    for start, end in words:
        role = draw(st.sampled_from(["block", "joined", "removed"]))
        if role == "joined" and blocks and edits[-1:] and blocks[-1].end <= edits[-1].start:
            role = "block"  # Something was removed in between.
        if role == "joined" and blocks:
            gap = text[blocks[-1].end : start]
            if gap != " ":
                edits.append(Edit(blocks[-1].end, start, gap, " ", "line_join"))
            blocks[-1] = LaidBlock("paragraph", blocks[-1].start, end, None)
        elif role == "removed":
            edits.append(Edit(start, end, text[start:end], "", "url"))
        else:
            blocks.append(LaidBlock("paragraph", start, end, None))
    edits.sort(key=lambda e: e.start)
    half = len(blocks) // 2
    sections = (
        LaidSection("section", "", "", 1, None, tuple(blocks[:half])),
        LaidSection("section", "", "", 2, 0, tuple(blocks[half:])),
    )
    links = tuple(LaidLink("http://kk.wikipedia.org", "", "article", None, (b.start, b.end)) for b in blocks)
    return raw, Repaired(text, tuple(repairs), ()), Layout(tuple(edits), sections, links, (), None)


def _is_word(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    return not any(map(str.isspace, word)) and (text[start - 1 : start] or " ").isspace() and (text[end : end + 1] or " ").isspace()


def a_line_a_block(text: str) -> Layout:
    blocks = [LaidBlock("paragraph", *line.span()) for line in re.finditer(r"\S(?:[^\n]*\S)?", text)]
    return Layout((), (LaidSection("section", "", "", 1, None, tuple(blocks)),))


@pytest.mark.slow
@given(cleanings())
@settings(max_examples=400, deadline=None)
def test_nothing_is_lost_whatever_repair_and_layout_do(cleaning: tuple[str, Repaired, Layout]) -> None:
    raw, repaired, layout = cleaning
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passes, "repair", lambda text, *_, **__: repaired if text == raw else Repaired(text, ()))
        patch.setattr(passes, "lay_out", lambda text, **_: layout if text == repaired.text else a_line_a_block(text))
        document = clean(document_of(raw))
    check_promises(document)
    blocks = {block.block_id: block.text for block in document.blocks}
    for link in document.links:
        assert link.block_id is not None
        assert (link.start, link.end) == (0, len(blocks[link.block_id]))
