"""Edits and alignments lead from every character back to its source, however they are combined."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kz_textkit.alignment import Alignment, Edit, apply_edits, compose_edits, undo_edits

letters = st.text(alphabet="аәбҥ -\n", max_size=12)


@st.composite
def edited(draw: st.DrawFn, source: str) -> list[Edit]:
    """Ordered edits of `source` that don't overlap."""
    edits, position = [], 0
    while position <= len(source) and draw(st.booleans()):
        start = draw(st.integers(position, len(source)))
        end = draw(st.integers(start, min(len(source), start + 3)))
        after = draw(st.text(alphabet="үө-", max_size=3))
        if source[start:end] != after and not (edits and start == end == edits[-1].end):
            edits.append(Edit(start, end, source[start:end], after, "homoglyph"))
        position = max(end, start + 1)
    return edits


@given(st.data(), letters)
def test_undoing_the_edits_gives_the_source_back(data: st.DataObject, source: str) -> None:
    edits = data.draw(edited(source))
    assert undo_edits(apply_edits(source, edits), edits, 0) == source


@given(st.data(), letters)
def test_composed_edits_do_what_both_lists_do_in_turn(data: st.DataObject, source: str) -> None:
    first = data.draw(edited(source))
    middle = apply_edits(source, first)
    second = data.draw(edited(middle))
    composed = compose_edits(source, first, second)
    assert apply_edits(source, composed) == apply_edits(middle, second)
    assert all(source[e.start : e.end] == e.before for e in composed)
    assert all(a.end <= b.start for a, b in pairwise(composed))
    assert undo_edits(apply_edits(source, composed), composed, 0) == source


@given(st.data(), letters)
def test_unchanged_characters_align_with_themselves(data: st.DataObject, source: str) -> None:
    edits = data.draw(edited(source))
    target = apply_edits(source, edits)
    alignment = Alignment.from_edits(len(source), edits)
    assert alignment.target_length == len(target)
    touched = {p for e in edits for p in range(e.start, e.end)}
    for i in range(len(target)):
        start, end = alignment.to_source(i, i + 1)
        if end - start == 1 and start not in touched:
            assert source[start] == target[i]
            assert alignment.to_target(start, end) == (i, i + 1)
    assert alignment.to_source(0, len(target)) == (alignment.source_start, alignment.source_end) or not target


@given(st.data(), letters)
def test_alignments_chain(data: st.DataObject, source: str) -> None:
    first = data.draw(edited(source))
    middle = apply_edits(source, first)
    second = data.draw(edited(middle))
    target = apply_edits(middle, second)
    inner = Alignment.from_edits(len(middle), second)
    outer = Alignment.from_edits(len(source), first)
    chained = inner.then(outer)
    for i in range(len(target)):
        start, end = chained.to_source(i, i + 1)
        s, e = inner.to_source(i, i + 1)
        expected = outer.to_source(s, e)
        # A run that was replaced as a whole counts as one-to-one again where its lengths happen to agree.
        assert expected[0] <= start <= end <= expected[1]
    assert chained.to_source(0, len(target)) == outer.to_source(inner.source_start, inner.source_end) or not target


@given(st.data(), letters)
def test_a_part_of_an_alignment_is_that_of_the_part(data: st.DataObject, source: str) -> None:
    edits = data.draw(edited(source))
    whole = Alignment.from_edits(len(source), edits)
    start = data.draw(st.integers(0, whole.target_length))
    end = data.draw(st.integers(start, whole.target_length))
    assert whole.part(start, end) == Alignment.of_span(start, end, ()).then(whole)


def test_a_line_join_maps_both_ends() -> None:
    source = "қыр-\n\nсырымен"
    edits = [Edit(4, 6, "\n\n", "", "hyphen_join")]
    alignment = Alignment.from_edits(len(source), edits)
    assert apply_edits(source, edits) == "қыр-сырымен"
    assert alignment.to_source(0, 11) == (0, 13)
    assert alignment.to_source(4, 5) == (6, 7)
    assert alignment.to_target(4, 6) == (4, 4)
