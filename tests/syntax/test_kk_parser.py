"""The component `kk_parser`: trees of Kazakh sentences, in Docs, corpora and CoNLL-U."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

import kz_textkit as kz
from kz_textkit.annotation.evaluate import doc_to_conllu, score
from kz_textkit.corpus.export_conllu import sentences_as_conllu
from kz_textkit.settings import Settings
from kz_textkit.syntax.parser import LONGEST, shared_parser
from kz_textkit.syntax.words import Word

TEXT = "Ағасы үйге келгенде, інісі кітап оқып отырған еді.  Біз дайынбыз! Менің әкем жаңа көлік сатып алды."


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return kz.load(syntax=True)


def relations(text: str) -> set[tuple[str, str, str]]:
    return {(t.text, t.dep_, t.head.text) for t in pipeline()(text) if t.dep_ != "punct"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Менің әкем жаңа көлік сатып алды.", {("Менің", "nmod:poss", "әкем"), ("әкем", "nsubj", "сатып"), ("жаңа", "amod", "көлік")}),
        (
            "Ағасы үйге келгенде, інісі кітап оқыды.",
            {("інісі", "nsubj", "оқыды"), ("кітап", "obj", "оқыды"), ("келгенде", "advcl", "оқыды")},
        ),
        ("Анасы мен әкесі қалада тұрады.", {("әкесі", "conj", "Анасы"), ("мен", "cc", "әкесі"), ("Анасы", "nsubj", "тұрады")}),
        (
            "Кеше келген қонақ бүгін қалаға кетті.",
            {("келген", "acl:relcl", "қонақ"), ("қалаға", "obl", "кетті")},
        ),
    ],
)
def test_subjects_objects_and_modifiers_are_found(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= relations(text)


def test_every_sentence_is_a_tree_with_one_root_and_stays_the_sentence_it_was() -> None:
    text = TEXT + " Ол\n\nкелді.  "
    before = [s.text for s in kz.load()(text).sents]
    doc = pipeline()(text)
    assert [s.text for s in doc.sents] == before
    for sentence in doc.sents:
        assert sum(t.head == t for t in sentence) == 1
        assert all(t.head in sentence for t in sentence)
        assert sentence.root.dep_ == "ROOT"


def test_a_sentence_is_parsed_alike_alone_and_beside_longer_ones() -> None:
    docs = list(pipeline().pipe([TEXT, "Кел!", "Абай ақын, аудармашы әрі ойшыл болды."]))
    alone = pipeline()("Кел!")
    assert [(t.head.i, t.dep_) for t in docs[1]] == [(t.head.i, t.dep_) for t in alone]
    sentence = [Word(t.text, t.lemma_, t.pos_, str(t.morph)) for t in docs[2]]
    longer = [Word("ал", "ал", "CCONJ", "")] * 40
    assert shared_parser().parse([sentence])[0] == shared_parser().parse([longer, sentence, longer])[1]


def test_a_list_without_end_is_one_tree() -> None:
    words = [Word("алма", "алма", "NOUN", "Case=Nom"), Word(",", ",", "PUNCT", "")] * LONGEST
    parse = shared_parser().parse([words])[0]
    assert [head for head, _ in parse].count(0) == 1
    assert all(0 <= head <= len(words) for head, _ in parse)
    for word in range(1, len(words) + 1):
        above, steps = word, 0
        while above and steps <= len(words):
            above, steps = parse[above - 1][0], steps + 1
        assert above == 0


def test_nothing_is_fine_too() -> None:
    assert list(pipeline()("").sents) == []
    assert shared_parser().parse([[], []]) == [[], []]
    assert len(pipeline()(" \n ")) > 0


def test_the_pipeline_is_saved_and_scores(tmp_path: Path) -> None:
    pipeline().to_disk(tmp_path / "kk")
    again = spacy.load(tmp_path / "kk")
    own, other = pipeline()(TEXT), again(TEXT)
    assert [(t.head.i, t.dep_) for t in own] == [(t.head.i, t.dep_) for t in other]
    text = TEXT.replace("  ", " ")
    scores = pipeline().evaluate([Example(pipeline().make_doc(text), pipeline()(text))])
    assert (scores["dep_uas"], scores["dep_las"]) == (1.0, 1.0)


def test_a_level_that_there_is_not_is_named() -> None:
    with pytest.raises(ValueError, match=r"'deep'.*fast, full"):
        kz.load("deep")  # type: ignore[arg-type]


def test_heads_and_relations_go_through_corpus_conllu_and_docs(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "үй.txt").write_text(TEXT, encoding="utf-8")
    kz.run(tmp_path / "raw", tmp_path / "corpus", settings=Settings(syntax=True), workers=1)
    corpus = kz.Corpus(tmp_path / "corpus")
    tokens = corpus.tokens
    assert tokens["head"].notna().all()
    assert (tokens["head"] == 0).sum() == 3
    root = tokens[tokens["deprel"] == "root"]["form"].tolist()
    assert root == ["оқып", "дайынбыз", "сатып"]
    conllu = "".join(sentences_as_conllu(corpus))
    rows = [line.split("\t") for line in conllu.splitlines() if line and not line.startswith("#")]
    assert ["быз", "cop"] in [[r[1], r[7]] for r in rows]
    assert not any(r[7] in ("_", "") for r in rows if "-" not in r[0])
    (doc,) = corpus.docs(pipeline().vocab)
    assert {(t.text, t.dep_, t.head.text) for t in doc if t.dep_ != "punct"} == relations(TEXT) - {(" ", "dep", ".")}
    assert [s.text.strip() for s in doc.sents] == [s.text.strip() for s in pipeline()(TEXT.replace("  ", " ")).sents]


def test_scores_count_heads_and_universal_relations() -> None:
    gold = doc_to_conllu(pipeline()("Біз дайынбыз."))
    assert [(w.head, w.deprel) for t in gold[0].tokens for w in t.words] == [(2, "nsubj"), (0, "root"), (2, "cop"), (2, "punct")]
    assert [score(gold, gold)[metric].f1 for metric in ("UAS", "LAS")] == [1.0, 1.0]
    without = doc_to_conllu(kz.load()("Біз дайынбыз."))
    assert "UAS" not in score(gold, without).by_metric
