"""Columns and Docs come from one engine: the same tokens, sentences, lemmas, parts of speech and features on any text."""

from functools import lru_cache

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kz_textkit.alignment import Alignment, Edit
from kz_textkit.annotation import columns as columns_module
from kz_textkit.annotation import pieces as pieces_module
from kz_textkit.annotation.chunks import Chunks
from kz_textkit.annotation.columns import Annotator, TokenColumns
from kz_textkit.annotation.components import annotate, build_pipeline, load
from kz_textkit.annotation.doc_columns import doc_columns
from kz_textkit.annotation.pieces import MAX_CHARS, stretches
from kz_textkit.corpus.rows import annotation_batches
from kz_textkit.document import Block, Document, RawDocument, Section
from kz_textkit.lang.kk.own_abbreviations import OwnAbbreviation
from kz_textkit.lang.kk.tokenizer_exceptions import TOKENIZER_EXCEPTIONS
from kz_textkit.morphology.disambiguation import Disambiguator
from kz_textkit.morphology.word_types import Indices

TEXTS = (
    "Балалар т.б. ойыншықтарды алып, 1995 ж. Алматыға көшті. Ал біз ше?",
    "«Кел!» – деді ол. Проф. Н.Ә.Оспанов 10кг ұн, 85-б. мен 2,5%-ға дейін…",
    "Қарым-қатынас, БҰҰ-ның 2024 жылғы (12, 34-б.). Google'дың egov.kz сайты; т.б.с.с. Ол кетті.",
    "Дайынбыз ба? Кімдікі?! ж . ж. б. з. д. а.қ. :-) Дж.Смит XIX-XX ғасырларда келген еді.",
    "көрінбейтұғындармен құбақұпалақтап жүргенқыздардікі МӘЖІЛІС Сәтбаева Назарұлының ҚР-да",
)
MARKS = [".", ",", "!", "…", "«", "»", '"', "(", ")", "-", "–", ":", "%", " ", " ", " ", "\n", "  ", "\u00a0"]
PIECES = ["қала", "Қазақ", "ж.", "т.б.", "С", "АҚШ-тың", "1995", "5-ші", "10кг", *MARKS]


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return load()


@lru_cache(maxsize=1)
def annotator() -> Annotator:
    return Annotator()


def document_of(*texts: str) -> Document:
    blocks = tuple(Block("paragraph", t, Alignment.identity(len(t)), block_id=f"b{i}") for i, t in enumerate(texts))
    return Document(RawDocument("d", "d.txt", "0", "utf-8", "\n".join(texts)), (), (Section("s1", None, "section", "", "", 1, blocks),))


def tables(batches: object) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for table, batch in batches:  # type: ignore[attr-defined]
        found.setdefault(table, []).extend(pa.Table.from_batches([batch]).to_pylist())
    return found


def both(document: Document) -> tuple[object, object]:
    """The rows of a document by way of columns, and by way of Docs."""
    return (
        tables(annotation_batches(document, annotator().annotate(document))),
        tables(annotation_batches(document, doc_columns(annotate(document, pipeline())))),
    )


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_the_same_rows_either_way(text: str) -> None:
    columns, docs = both(document_of(text, "", " ", text.upper()))
    assert columns == docs


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25), max_size=3))
def test_any_text_has_the_same_rows_either_way(texts: list[list[str]]) -> None:
    texts = ["".join(parts).encode("utf-8", "ignore").decode() for parts in texts]
    columns, docs = both(document_of(*texts))
    assert columns == docs


def test_a_block_in_pieces_and_blocks_in_groups_have_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_of(TEXTS[0], f"{TEXTS[1]} " * (MAX_CHARS // len(TEXTS[1]) + 20), TEXTS[2])
    whole, docs = both(document)
    assert whole == docs
    monkeypatch.setattr(columns_module, "GROUP_CHARACTERS", 30)
    assert tables(annotation_batches(document, annotator().annotate(document))) == whole


@pytest.mark.parametrize("characters", [30, 400, 400_000])
def test_documents_have_the_same_rows_together_and_one_by_one(monkeypatch: pytest.MonkeyPatch, characters: int) -> None:
    monkeypatch.setattr(columns_module, "GROUP_CHARACTERS", characters)
    documents = [document_of(*TEXTS[:2]), document_of(), document_of(" ", ""), document_of(TEXTS[2], TEXTS[2]), document_of(*TEXTS)]
    found: list[list[TokenColumns]] = [[] for _ in documents]
    for number, columns in annotator().annotate_all(documents):
        found[number].append(columns)
    for document, own in zip(documents, found, strict=True):
        alone = tables(annotation_batches(document, annotator().annotate(document)))
        assert tables(annotation_batches(document, own)) == alone


def test_words_are_chosen_with_all_of_their_document_in_view_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """And with nothing of another."""
    seen: list[list[int]] = []
    real = Disambiguator.choose_ids

    def choose(own: Disambiguator, tokens: Indices, documents: Indices) -> Indices:
        seen.append([int(documents[tokens == number].max()) for number in dict.fromkeys(tokens[tokens != 0].tolist())])
        return real(own, tokens, documents)

    monkeypatch.setattr(Disambiguator, "choose_ids", choose)
    first, second = document_of("Көл.", "Тау.", "Жар."), document_of("Өзен.", "Бұлақ.")
    list(annotator().annotate_all([first, second]))
    list(annotate(first, pipeline(), batch_size=1))
    # the point is in both
    assert seen == [[0, 1, 0, 0, 1, 1], [0, 0, 0, 0]]
    texts = [" ".join(["Көл тау"] * 10), "жар"]
    monkeypatch.setattr(pieces_module, "STRETCH", 30)
    assert [len(stretch) for stretch in stretches(document_of(*texts, "су"))] == [1, 2]


def test_what_is_forgotten_is_read_again_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_of(*TEXTS)
    fresh = Annotator()
    before = tables(annotation_batches(document, fresh.annotate(document)))
    assert not fresh.has_outgrown
    monkeypatch.setattr(columns_module, "MOST_READINGS", 3)
    assert fresh.has_outgrown
    fresh.forget()
    assert not fresh.has_outgrown
    assert tables(annotation_batches(document, fresh.annotate(document))) == before


def test_abbreviations_of_a_user_are_known_either_way() -> None:
    own = (OwnAbbreviation("құр.", "before"), OwnAbbreviation("м.ө.с.", "closing"))
    document = document_of("Кітап (құр. Асан) шықты. Құр. А. Нұрғали м.ө.с. Алматыда болды.")
    columns = tables(annotation_batches(document, Annotator(abbreviations=own).annotate(document)))
    assert columns == tables(annotation_batches(document, doc_columns(annotate(document, build_pipeline(abbreviations=own)))))
    assert [row["form"] for row in columns["tokens"]].count("Құр.") == 1


def test_offsets_lead_to_the_raw_text_of_each_block() -> None:
    raw = "Көл-\nдер мен өзен.\nТау."
    first = Block("paragraph", "Көлдер мен өзен.", Alignment.of_span(0, 18, [Edit(3, 5, "-\n", "", "hyphen_join")]), block_id="b0")
    second = Block("paragraph", "Тау.", Alignment.of_span(19, 23, []), block_id="b1")
    section = Section("s1", None, "section", "", "", 1, (first, second))
    document = Document(RawDocument("d", "d.txt", "0", "utf-8", raw), (), (section,))
    rows = tables(annotation_batches(document, annotator().annotate(document)))["tokens"]
    assert [raw[row["raw_start"] : row["raw_end"]] for row in rows] == ["Көл-\nдер", "мен", "өзен", ".", "Тау", "."]  # type: ignore[index]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "", "«", "(", "«(", "-"]),
            st.sampled_from(["қала", "Қазақ", "мыс", "ғ", "ж", "т.б", "АҚШ", "де", "млн", "Дж", "тг", "қала-да"]),
            st.text(alphabet=",.!?:;»)", max_size=4),
        ),
        min_size=1,
    )
)
def test_words_between_marks_are_cut_as_spacy_cuts_them(parts: list[tuple[str, str, str]]) -> None:
    text = " ".join("".join(part) for part in parts)
    chunks = Chunks(lambda forms: None)
    cut, tokens = chunks.cut([text]), pipeline().tokenizer(text)
    assert [chunks.forms[i] for i in cut.form.tolist()] == [token.text for token in tokens]
    assert cut.start.tolist() == [token.idx for token in tokens]


def test_exceptions_of_the_tokenizer_are_cut_as_spacy_cuts_them() -> None:
    chunks = Chunks(lambda forms: None)
    for chunk in sorted(TOKENIZER_EXCEPTIONS):
        for text in (chunk, f"{chunk}.", f"{chunk},", f"«{chunk}»", f"сөз {chunk} сөз.", f"{chunk}{chunk}"):
            assert [chunks.forms[i] for i in chunks.cut([text]).form.tolist()] == [token.text for token in pipeline().tokenizer(text)]
