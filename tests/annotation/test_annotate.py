"""Annotation: every block gets its Doc, and a block without end is annotated in pieces whose offsets still lead back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kz_textkit.alignment import Alignment
from kz_textkit.annotation.components import annotate, build_pipeline, has_outgrown, load
from kz_textkit.annotation.pieces import MAX_CHARS, MAX_UNSPACED, pieces
from kz_textkit.document import Block, Document, RawDocument, Section


def document_of(*texts: str) -> Document:
    blocks = tuple(Block("paragraph", t, Alignment.identity(len(t)), block_id=f"b{i}") for i, t in enumerate(texts))
    return Document(RawDocument("d", "d.txt", "0", "utf-8", "\n".join(texts)), (), (Section("s1", None, "section", "", "", 1, blocks),))


def test_each_block_has_its_doc_in_order() -> None:
    found = list(annotate(document_of("Кіріспе", "Қыс түсті. Көл қатты.", ""), load()))
    assert [(a.block.block_id, a.doc.text, a.offset) for a in found] == [("b0", "Кіріспе", 0), ("b1", "Қыс түсті. Көл қатты.", 0)]
    assert [len(list(a.doc.sents)) for a in found] == [1, 2]
    assert found[1].doc.user_data["block_id"] == "b1"


def test_a_block_without_end_is_annotated_in_pieces_cut_between_sentences() -> None:
    text = "Өзен бойында ауыл бар. " * 6000
    found = list(annotate(document_of(text), build_pipeline()))
    assert len(found) > 2
    assert "".join(a.doc.text for a in found) == text
    assert all(text.startswith(a.doc.text, a.offset) and a.doc[0].text == "Өзен" for a in found)


@pytest.mark.parametrize("unit", ["қ", ".", "(", "а-", "1,", " ", "\n"])
def test_a_run_without_words_is_no_obstacle(unit: str) -> None:
    text = unit * (MAX_CHARS + MAX_UNSPACED)
    found = list(annotate(document_of(text), build_pipeline()))
    assert "".join(a.doc.text for a in found) == text


@given(st.text(alphabet="аБ. \n!", max_size=300), st.integers(2, 50))
def test_pieces_cover_the_text(text: str, size: int) -> None:
    spans = list(pieces(text, size))
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(0 < b - a <= size for a, b in spans)


def test_a_short_text_is_one_piece() -> None:
    assert list(pieces("Таң атты. Күн шықты.")) == [(0, 20)]
    assert MAX_CHARS > 10_000


def test_a_pipeline_says_when_it_has_met_too_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = build_pipeline()
    assert not has_outgrown(nlp)
    monkeypatch.setattr("kz_textkit.annotation.components.MAX_WORD_FORMS", 3)
    nlp("Бір екі үш төрт бес")
    assert has_outgrown(nlp)
