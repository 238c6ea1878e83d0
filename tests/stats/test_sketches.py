"""Word sketches: triples counted by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kz_textkit as kz
from kz_textkit.errors import UsageError
from kz_textkit.settings import Settings
from kz_textkit.stats.sketches import SKETCH_COLUMNS, word_sketch

Row = tuple[str, str, int, str, str]


def tokens_of(*sentences: list[Row]) -> pd.DataFrame:
    rows = [
        ("d", f"n{number}", place, lemma, lemma, upos, feats, head, deprel)
        for number, sentence in enumerate(sentences)
        for place, (lemma, upos, head, deprel, feats) in enumerate(sentence, 1)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "place", "form", "lemma", "upos", "feats", "head", "deprel"])


READ = [("кітап", "NOUN", 2, "obj", "Case=Nom"), ("оқы", "VERB", 0, "root", ""), (".", "PUNCT", 2, "punct", "")]
NEW = [("жаңа", "ADJ", 2, "amod", ""), ("кітап", "NOUN", 3, "obj", "Case=Acc"), ("оқы", "VERB", 0, "root", "")]
WRITE = [("хат", "NOUN", 3, "obj", "Case=Nom"), ("дос", "NOUN", 3, "obl", "Case=Dat|Number=Sing"), ("жаз", "VERB", 0, "root", "")]


def test_triples_are_counted_from_both_sides_with_their_score() -> None:
    table = word_sketch(tokens_of(READ, NEW, WRITE), "кітап", min_count=1)
    assert list(table.columns) == SKETCH_COLUMNS
    assert table[["relation", "collocate_is", "collocate", "together", "collocate_count"]].values.tolist() == [
        ["obj", "head", "оқы", 2, 2],
        ["amod", "dependent", "жаңа", 1, 1],
    ]
    # 14 + log2(2 * 2 / (2 + 2)): whatever the book is the object of here is reading, and whatever is read is a book
    assert table["log_dice"].tolist() == [14.0, 14.0]
    assert word_sketch(tokens_of(READ, NEW, WRITE), "оқы", min_count=1)["collocate"].tolist() == ["кітап"]


def test_oblique_nouns_are_told_apart_by_case() -> None:
    table = word_sketch(tokens_of(READ, WRITE), "жаз", min_count=1, relation="obl")
    assert table[["relation", "collocate"]].values.tolist() == [["obl Dat", "дос"]]


def test_only_the_part_of_speech_that_is_asked_for_counts() -> None:
    ash = [("ал", "VERB", 0, "root", ""), ("ал", "CCONJ", 1, "cc", "")]
    assert word_sketch(tokens_of(READ, ash), "ал", upos="ADJ", min_count=1).empty
    assert word_sketch(tokens_of(READ), "жоқсөз", min_count=1).empty


def test_a_corpus_without_syntax_is_refused_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("Ол жаңа кітап оқыды. Біз жаңа кітап алдық.", encoding="utf-8")
    kz.run(tmp_path / "raw", tmp_path / "plain", workers=1)
    with pytest.raises(UsageError, match="run --syntax"):
        kz.Corpus(tmp_path / "plain").sketch("кітап")
    kz.run(tmp_path / "raw", tmp_path / "parsed", settings=Settings(syntax=True), workers=1)
    table = kz.Corpus(tmp_path / "parsed").sketch("кітап")
    assert ["amod", "dependent", "жаңа", 2] in table[["relation", "collocate_is", "collocate", "together"]].values.tolist()
