"""What `lay_out` promises for any text: nothing lies outside blocks and edits, nothing overlaps, no edit straddles a block border."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kz_textkit.alignment import apply_edits
from kz_textkit.document import BLOCK_KINDS, SECTION_KINDS
from kz_textkit.layout import Layout, lay_out
from kz_textkit.layout.lines import read_lines

PIECES = [
    "Билік – қоғамдық құбылыс.",
    "қоғамдағы қатынастарды реттейтін ұйым-",
    "дастырушы күш,",
    "1. Зат есім;",
    "2) сын есім",
    "– Қайда барасың?",
    "• дыбыс",
    "1-дәріс. Тіл туралы",
    "КІРІСПЕ",
    "Мазмұны",
    "Кіріспе........3",
    "http://kk.wikipedia.org/wiki/%D0%91%D1%96%D0%BB%D1%96%D0%BC",
    "www.example.kz/a сөз (http://example.kz) сөз",
    "12",
    "- 13 -",
    "14 | бет",
    "№  Атауы \t Саны",
    "1 Монархия Тирания",
    "Ескерту. Өзгертілді.",
    " ",
    "",
    "\f",
    "\t",
]
page_like = st.lists(st.sampled_from(PIECES), max_size=40).flatmap(
    lambda pieces: st.sampled_from(["\n", "\n\n", " \n", "\r\n", "\n\n\n"]).map(lambda gap: gap.join(pieces))
)
anything = st.text(st.one_of(st.characters(), st.sampled_from("абвәғқ АБ.:;-–1234)\n\n\f\r\t \u2028\xa0/:www")), max_size=200)


def check(text: str, layout: Layout) -> None:
    """Every promise of the contract."""
    edits, all_blocks = layout.edits, [block for section in layout.sections for block in section.blocks]
    blocks = [block for block in all_blocks if block.own_edits is None]
    for block in all_blocks:
        if block.own_edits is not None:
            assert any(outer.start < block.start and block.end < outer.end for outer in blocks)
            own = apply_edits(text, block.own_edits, block.start, block.end)
            assert own == own.strip() and "\n" not in own and "  " not in own
    assert all(a.end <= b.start for a, b in itertools.pairwise(edits))
    assert all(text[e.start : e.end] == e.before for e in edits)
    assert all(
        e.rule in {"url", "page_number", "running_head", "line_join", "hyphen_join", "spacing", "note_mark", "markup"} for e in edits
    )
    assert all(a.end <= b.start for a, b in itertools.pairwise(blocks))
    covered = [(block.start, block.end) for block in blocks]
    for block in blocks:
        assert block.kind in BLOCK_KINDS
        assert text[block.start].strip() and text[block.end - 1].strip()
        inside = [e for e in edits if block.start <= e.start and e.end <= block.end]
        clean = apply_edits(text, inside, block.start, block.end)
        assert clean == clean.strip()
        assert "\n" not in clean and "  " not in clean
    for edit in edits:
        homes = [(start, end) for start, end in covered if start < edit.end and edit.start < end]
        assert all(start <= edit.start and edit.end <= end for start, end in homes)
        if not homes:
            covered.append((edit.start, edit.end))
    position = 0
    for start, end in sorted(covered):
        assert not text[position:start].strip()
        position = max(position, end)
    assert not text[position:].strip()
    for at, section in enumerate(layout.sections):
        assert section.kind in SECTION_KINDS
        assert section.parent is None or section.parent < at
    for link in layout.links:
        assert link.mention is None or text[slice(*link.mention)].strip()


@pytest.mark.slow
@given(st.one_of(page_like, anything))
@example("")
@example("\n \f \n")
@example("сөз http://example.kz/а сөз")
@example("http://a.kz")
@example("http://a.kz х")
@example("a-\nhttp://a.kz\nб")
@settings(max_examples=300, deadline=None)
def test_blocks_and_edits_cover_the_text_and_do_not_overlap(text: str) -> None:
    check(text, lay_out(text))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5)), max_size=10))
@settings(max_examples=30, deadline=None)
def test_spans_of_repaired_letters_mark_their_lines(steps: list[tuple[int, int]]) -> None:
    text = "Билік туралы\n" * 60
    spans: list[tuple[int, int]] = []
    position = 0
    for gap, length in steps:
        spans.append((position + gap, position + gap + length))
        position += gap + length
    for line in read_lines(text, spans):
        assert line.damaged == any(start < line.end and line.start < end for start, end in spans)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "\n" * 1_000_000,
        " \n" * 300_000 + "сөз",
        "а" * 3_000_000,
        "сөз " * 700_000,
        "1\n" * 30_000,
        "http://a.kz/%D0\n" * 20_000,
        "-\n" * 30_000,
    ],
    ids=["blank lines", "spaced blank lines", "one word", "one line", "numbers", "addresses", "hyphens"],
)
def test_large_texts_of_strange_shape_are_laid_out(text: str) -> None:
    layout = lay_out(text)
    blocks = [block for section in layout.sections for block in section.blocks]
    covered = sum(b.end - b.start for b in blocks) + sum(e.end - e.start for e in layout.edits if e.rule != "line_join")
    assert bool(covered) == bool(text.strip())
