"""Named entities in a corpus: the table, the column of the tokens, and Docs made of them."""

from __future__ import annotations

import pytest
from spacy.vocab import Vocab

import kz_textkit as kz

TEXT = "Мұхтар Әуезов Семей өңірінде туған. Ол Ленинград университетінде оқыды.\n\nЖазушы 1961 жылы Мәскеу қаласында қайтыс болды.\n"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> tuple[kz.Corpus, kz.Corpus]:
    """The corpus of a text with and without entities."""
    folder = tmp_path_factory.mktemp("есімдер")
    (folder / "raw").mkdir()
    (folder / "raw" / "жазушы.txt").write_text(TEXT, encoding="utf-8")
    kz.run(folder / "raw", folder / "with", settings=kz.Settings(entities=True))
    kz.run(folder / "raw", folder / "without")
    assert kz.verify(folder / "with").ok
    return kz.Corpus(folder / "with"), kz.Corpus(folder / "without")


def test_every_entity_stands_where_the_table_says(corpora: tuple[kz.Corpus, kz.Corpus]) -> None:
    entities = corpora[0].table("entities").to_pylist()
    texts = {row["block_id"]: row["text"] for row in corpora[0].table("blocks").to_pylist()}
    assert ("Мұхтар Әуезов", "PERSON") in {(row["lemma"], row["label"]) for row in entities}
    assert all(texts[row["block_id"]][row["start"] : row["end"]] == row["text"] for row in entities)


def test_labels_of_tokens_agree_with_the_table(corpora: tuple[kz.Corpus, kz.Corpus]) -> None:
    labels = corpora[0].table("tokens")["entity"].to_pylist()
    assert sum(label.startswith("B-") for label in labels) == corpora[0].table("entities").num_rows
    (doc,) = corpora[0].docs(Vocab())
    assert len(doc.ents) == corpora[0].table("entities").num_rows


def test_nothing_is_looked_for_unless_asked(corpora: tuple[kz.Corpus, kz.Corpus]) -> None:
    assert corpora[1].table("entities").num_rows == 0
    assert set(corpora[1].table("tokens")["entity"].to_pylist()) == {""}
