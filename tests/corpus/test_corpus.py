"""The corpus on disk: what `run` writes can be loaded, says the same everywhere, and proves itself; tampering is found and named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kz_textkit.alignment import Alignment, Edit
from kz_textkit.annotation.components import build_pipeline
from kz_textkit.corpus import Corpus, verify
from kz_textkit.corpus.rows import source_spans
from kz_textkit.corpus.schema import SCHEMAS, TABLES
from kz_textkit.document import Block
from kz_textkit.errors import CorpusError
from kz_textkit.pipeline import process
from kz_textkit.pipeline.batch import run
from kz_textkit.settings import Settings

LECTURES = """\
Мазмұны

1-дәріс. Сөз өнері ........................ 3
2-дәріс. Ауыз әдебиеті .................... 9

1-дәріс. Сөз өнері

Сөз – ойдың айнасы. Ақын сӛзді таңдап алады, ал тыңдаушы оны
жҥрегімен қабылдайды.Сондықтан өлең ұмытылмайды.

Мысалы, мақалда былай делінеді: «Өнер алды – қызыл тіл».

2-дәріс. Ауыз әдебиеті

Ертегі мен жыр ел аузында сақталды. Оны https://kk.wikipedia.org/wiki/%D0%96%D1%8B%D1%80
жыраулар таратты. Бiрақ көп жыр ұмытылды.
"""
ESSAY = "Дала\n\nДала кең. Жел соғады, шөп тербеледі. Біз сол далада өстік, сол далада ҥйрендік.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    raw = folder / "raw"
    raw.mkdir()
    (raw / "дәрістер.txt").write_text(LECTURES, "utf-8")
    (raw / "дала.txt").write_bytes(b"\xef\xbb\xbf" + ESSAY.replace("\n", "\r\n").encode())
    (raw / "кітап.txt").write_bytes("Бұл үлкен кітап туралы әңгіме. Оны қазақ оқырмандары жақсы біледі.\n".encode("kz1048") + b"\x98\n")
    run(raw, folder / "clean")
    return folder / "clean"


@pytest.fixture
def corpus_copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "clean"))


def test_the_tables_have_the_columns_of_the_design(made: Path) -> None:
    corpus = Corpus(made)
    for table in TABLES:
        assert list(getattr(corpus, table).columns) == SCHEMAS[table].names
        assert len(getattr(corpus, table)) == sum(entry.counts[table] for entry in corpus.manifest.documents)
        assert all(field.metadata[b"description"] for field in SCHEMAS[table])
    assert corpus.documents["doc_id"].tolist() == ["дала", "дәрістер", "кітап"]
    assert corpus.documents["language"].tolist() == ["kk", "kk", "kk"]


def test_every_raw_text_is_rebuilt_exactly(made: Path) -> None:
    result = verify(made)
    assert result.ok, result.problems
    assert result.documents == 3


def test_the_text_file_has_a_block_a_line_and_an_empty_line_between_sections(made: Path) -> None:
    corpus = Corpus(made)
    for doc_id, blocks in corpus.blocks.groupby("doc_id"):
        sections = [group["text"].tolist() for _, group in blocks.groupby("section_id")]
        expected = "\n\n".join("\n".join(texts) for texts in sections) + "\n"
        assert (made / "text" / f"{doc_id}.txt").read_bytes().decode() == expected


def test_tokens_point_into_their_blocks_and_into_the_raw_file(made: Path) -> None:
    corpus = Corpus(made)
    texts = corpus.blocks.set_index(["doc_id", "block_id"])["text"]
    for row in corpus.tokens.itertuples():
        assert texts[row.doc_id, row.block_id][row.start : row.end] == row.form
    token = corpus.tokens[corpus.tokens["form"] == "сөзді"].iloc[0]
    assert LECTURES[token.raw_start : token.raw_end] == "сӛзді"
    token = corpus.tokens[corpus.tokens["form"] == "Бірақ"].iloc[0]
    assert LECTURES[token.raw_start : token.raw_end] == "Бiрақ"


def test_ids_sort_in_document_order(made: Path) -> None:
    corpus = Corpus(made)
    for table, key in (("sections", "section_id"), ("blocks", "block_id"), ("sentences", "sentence_id"), ("tokens", "token_id")):
        for _, rows in getattr(corpus, table).groupby("doc_id"):
            assert rows[key].is_unique and rows[key].is_monotonic_increasing


def test_a_link_is_kept_with_its_title(made: Path) -> None:
    links = Corpus(made).links
    assert links["title"].tolist() == ["Жыр"]
    assert links["url"].tolist() == ["https://kk.wikipedia.org/wiki/%D0%96%D1%8B%D1%80"]


def test_spacy_docs_are_rebuilt_from_the_tables(made: Path) -> None:
    corpus = Corpus(made)
    docs = list(corpus.docs(spacy.blank("kk").vocab))
    assert [doc.user_data["doc_id"] for doc in docs] == ["дала", "дәрістер", "кітап"]
    for doc in docs:
        tokens = corpus.tokens[corpus.tokens["doc_id"] == doc.user_data["doc_id"]]
        assert [token.text for token in doc] == tokens["form"].tolist()
        assert len(list(doc.sents)) == tokens["sentence_id"].nunique()
        assert [span.id_ for span in doc.spans["blocks"]] == tokens["block_id"].unique().tolist()
        assert [span.id_ for span in doc.spans["sections"]] == tokens["section_id"].unique().tolist()
    blocks = corpus.blocks.set_index(["doc_id", "block_id"])
    assert all(blocks.loc[("дала", span.id_), "text"] == span.text for span in docs[0].spans["blocks"])


def test_frequencies_leave_out_contents_and_open_in_excel(made: Path) -> None:
    content = (made / "frequencies.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbflemma,upos,count,per_million,sections,documents,forms\n")
    table = pd.read_csv(made / "frequencies.csv", encoding="utf-8-sig").set_index("lemma")
    assert table.loc["дала", "count"] == 4
    assert table.loc["әдебиет", "count"] == 1  # In the contents too.
    assert Corpus(made).frequencies(by="form").set_index("form").loc["дала", "count"] == 2
    frequencies = Corpus(made).frequencies().set_index("lemma")
    assert frequencies["count"].to_dict() == table["count"].to_dict()


def rewrite(corpus: Path, table: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the rows of a table in its file."""
    path = next((corpus / table).glob("*.parquet"))
    rows = pq.read_table(path).to_pylist()
    for row in rows:
        change(row)
    pq.write_table(pa.Table.from_pylist(rows, SCHEMAS[table]), path)


def replaced(column: str, old: object, new: object) -> Callable[[dict[str, Any]], None]:
    def change(row: dict[str, Any]) -> None:
        if row[column] == old:
            row[column] = new
        elif isinstance(old, str) and isinstance(row[column], str):
            row[column] = row[column].replace(old, str(new))

    return change


@pytest.mark.parametrize(
    ("table", "change", "place"),
    [
        ("blocks", replaced("text", "айнасы", "айласы"), "block"),
        ("blocks", replaced("text", "айнасы", "айна"), "block"),
        ("edits", replaced("before", "ӛ", "ҧ"), "offsets 0 and"),
        ("edits", replaced("after", "ө", "ұ"), "at"),
        ("gaps", replaced("text", "\n\n", "\n \n"), "at"),
        ("gaps", replaced("text", "\n\n", "  "), "offsets 0 and"),
        ("sentences", replaced("text", "ойдың", "тойдың"), "sentences and blocks differ in block"),
        ("tokens", replaced("form", "ойдың", "тойдың"), "tokens and blocks differ in block"),
        ("documents", replaced("doc_id", "дала", "қала"), "do not list the same"),
    ],
)
def test_tampering_is_found_and_named(corpus_copy: Path, table: str, change: Callable[[dict[str, Any]], None], place: str) -> None:
    rewrite(corpus_copy, table, change)
    problems = verify(corpus_copy).problems
    assert any(place in problem for problem in problems)
    assert any(problem.startswith(f"{table}/part-00000.parquet was changed") for problem in problems)


def test_a_changed_text_file_or_hash_is_found(corpus_copy: Path) -> None:
    text = corpus_copy / "text" / "дала.txt"
    text.write_text(text.read_text("utf-8").replace("кең", "тар"), "utf-8")
    rows = pq.read_table(corpus_copy / "documents.parquet").to_pylist()
    rows[1]["sha256"] = "0" * 64
    pq.write_table(pa.Table.from_pylist(rows), corpus_copy / "documents.parquet")
    problems = "\n".join(verify(corpus_copy).problems)
    assert "дала: the text file and block b000002 differ" in problems
    assert "дәрістер: the rebuilt bytes do not have the hash of the file" in problems


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "has no manifest.json"),
        ("{", "can't be read"),
        ('{"name": "other"}', "not one of kz-textkit"),
        ('{"format": "kz-textkit corpus", "format_version": 99}', "format 99"),
        ('{"format": "kz-textkit corpus", "format_version": 3}', "is damaged"),
    ],
)
def test_a_folder_that_is_no_corpus_is_refused_in_one_line(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(CorpusError, match=message) as error:
        Corpus(tmp_path)
    assert "\n" not in str(error.value)


def test_a_damaged_table_is_named(corpus_copy: Path) -> None:
    next((corpus_copy / "tokens").glob("*.parquet")).write_bytes(b"no parquet")
    with pytest.raises(CorpusError, match=r"tokens.* is damaged"):
        _ = Corpus(corpus_copy).tokens


def test_many_spans_are_led_back_as_single_ones_are() -> None:
    alignment = Alignment.from_edits(
        20, [Edit(2, 3, "x", "", "url"), Edit(5, 6, "а", "бв", "encoding"), Edit(9, 12, "где", "ж", "encoding")]
    )
    block = Block("paragraph", "", alignment)
    starts, ends = zip(
        *[(i, j) for i in range(alignment.target_length) for j in range(i + 1, alignment.target_length + 1)], strict=True
    )
    raw_starts, raw_ends = source_spans([block], np.zeros(len(starts), dtype=np.int64), np.array(starts), np.array(ends))
    expected = [alignment.to_source(i, j) for i, j in zip(starts, ends, strict=True)]
    assert list(zip(raw_starts.tolist(), raw_ends.tolist(), strict=True)) == expected


def test_tables_are_loaded_once_and_only_when_asked_for(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(made)
    assert corpus.blocks is corpus.blocks
    monkeypatch.setattr(Corpus, "table", lambda *_: pytest.fail("loaded twice"))
    assert len(corpus.blocks)
    assert os.fspath(corpus.path) in repr(corpus)


@Language.component("test_lemmas")
def analyse(doc: Doc) -> Doc:
    """Every word beginning with `дала` is a noun with that lemma."""
    for token in doc:
        if token.lower_.startswith("дала"):
            token.lemma_, token.pos_ = "дала", "NOUN"
            token.set_morph("Case=Loc|Number=Sing" if token.lower_ == "далада" else "")
        else:
            token.lemma_ = token.lower_
    return doc


def test_lemmas_parts_of_speech_and_features_are_kept_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "дала.txt").write_text(ESSAY, "utf-8")
    monkeypatch.setattr(process, "current_pipeline", lambda settings: build_pipeline(["kk_sentences", "test_lemmas"]))
    run(tmp_path / "дала.txt", tmp_path / "clean", settings=Settings(entities=True))
    corpus = Corpus(tmp_path / "clean")
    token = corpus.tokens[corpus.tokens["form"] == "далада"].iloc[0]
    assert (token.lemma, token.upos, token.feats) == ("дала", "NOUN", "Case=Loc|Number=Sing")
    table = pd.read_csv(tmp_path / "clean" / "frequencies.csv", encoding="utf-8-sig")
    assert list(table.columns) == ["lemma", "upos", "count", "per_million", "sections", "documents", "forms"]
    assert table.set_index("lemma").loc["дала", ["count", "forms"]].tolist() == [4, "дала 2; далада 2"]
    assert "lemma" in corpus.frequencies().columns and "form" in corpus.frequencies(by="form").columns
    (doc,) = corpus.docs(spacy.blank("kk").vocab)
    found = next(token for token in doc if token.text == "далада")
    assert (found.lemma_, found.pos_, str(found.morph)) == ("дала", "NOUN", "Case=Loc|Number=Sing")
