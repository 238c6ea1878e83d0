"""Named entities: classes, nominatives, the decoder against a plain one, order and batches, and names that were never seen."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.language import Language

import kz_textkit as kz
from kz_textkit.morphology.analyzer import MorphAnalyzer
from kz_textkit.names.base_form import nominative
from kz_textkit.names.gazetteer import load_gazetteer
from kz_textkit.names.signs import Word
from kz_textkit.names.tagger import IMPOSSIBLE, best_paths, shared_tagger, spans_of


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = kz.load()
    pipeline.add_pipe("kk_entities")
    return pipeline


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Өткен аптада Талғат Жүнісов Көкшетауға барды.", [("Талғат Жүнісов", "PERSON"), ("Көкшетау", "GPE")]),
        ("Жиын 2019 жылы Қазақстан Республикасында өтті.", [("Қазақстан Республикасы", "GPE")]),
        ("Кітаптың бағасы 500 теңге болды.", [("500 теңге", "MONEY")]),
        ("Халықтың 40 пайызы ауылда тұрады.", [("40 пайызы", "PERCENTAGE")]),
        ("Кеше көп жаңбыр жауып, жер суланып қалды.", []),
    ],
)
def test_names_of_a_sentence(nlp: Language, text: str, wanted: list[tuple[str, str]]) -> None:
    found = [(e._.base_form, e.label_) for e in nlp(text).ents if e.label_ != "DATE"]
    assert found == wanted


def test_batches_change_nothing(nlp: Language) -> None:
    texts = ["Абай Семейде оқыды.", "Біз Алматыға 5 мамырда бардық.", "", " \n ", "Қонақтар кетті."] * 30
    one_by_one = [[(e.text, e.label_) for e in nlp(text).ents] for text in texts]
    assert [[(e.text, e.label_) for e in doc.ents] for doc in nlp.pipe(texts, batch_size=7)] == one_by_one


def test_white_space_belongs_to_no_name(nlp: Language) -> None:
    assert all(not token.is_space for e in nlp("Мұхтар \n Әуезов  Семейде  туған.").ents for token in (e[0], e[-1]))


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_the_best_path_is_the_best_of_all(data: st.DataObject) -> None:
    length, size = data.draw(st.integers(1, 4)), 3
    numbers = st.integers(-50, 50).map(float)
    scores = data.draw(arrays(np.float32, (1, length, size), elements=numbers))
    transitions = data.draw(arrays(np.float32, (size, size), elements=numbers))

    def worth(path: tuple[int, ...]) -> float:
        steps = sum(transitions[a, b] for a, b in itertools.pairwise(path))
        return float(sum(scores[0, i, label] for i, label in enumerate(path)) + steps)

    (found,) = best_paths(scores, np.array([length]), transitions)
    assert worth(tuple(found)) == max(map(worth, itertools.product(range(size), repeat=length)))


def test_nothing_goes_on_that_did_not_begin() -> None:
    weights = shared_tagger().weights
    number = weights.labels.index
    assert weights.transitions[number("O"), number("I-GPE")] == np.float32(IMPOSSIBLE)


@pytest.mark.parametrize(
    ("word", "wanted"), [("Абайдың", "Абай"), ("университетіндегі", "университеті"), ("АҚШ-тың", "АҚШ"), ("Алматы", "Алматы")]
)
def test_the_nominative(word: str, wanted: str) -> None:
    assert nominative(word, MorphAnalyzer().parse(word)) == wanted


def test_every_class_of_the_gazetteer_has_names() -> None:
    gazetteer = load_gazetteer()
    assert {"GPE", "given", "surname", "organisation", "NORP"} <= {label for labels in gazetteer.words.values() for label in labels}


def test_classes_are_those_of_kaznerd(shared: Path) -> None:
    lines = (shared / "data" / "kaznerd" / "IOB2_valid.txt").read_text(encoding="utf-8").splitlines()
    assert {line.split()[-1] for line in lines if line.strip()} == set(shared_tagger().weights.labels)


def test_labels_as_spans() -> None:
    assert list(spans_of(["B-GPE", "B-GPE", "I-GPE", "O"])) == [(0, 1, "GPE"), (1, 3, "GPE")]
    assert shared_tagger().labels([[], [Word("2019", "2019", "NUM", "NumType=Card")]])[0] == []
