"""The spaCy component `kk_morphology`: what it sets, and that it depends on nothing but the sentence."""

from __future__ import annotations

import pickle
import random
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kz_textkit.lang.kk.sentences
import kz_textkit.morphology.components as components

TEXTS = [
    "Мен кеше кітапханаға бардым. Кітап пен дәптер алдым.",
    "Балалардың қолында гүл бар еді; олар мұғалімін күтіп тұр.",
    "Ауыл үлкен емес. Бірақ ол жерде тұратын адамдар қонақжай!",
    "Қазақстанның астанасы – Астана қаласы.",
    "",
    "   \n\n",
    "Күн   шықты.\n\nЖел соқты.",
    "«Ертең келемін», – деді Айгүл.",
    "2020 жылы 41-бапқа өзгеріс енгізілді.",
    "Сонда шал: – Бара ғой, балам, – деп күлді.",
] * 4


def pipeline() -> Language:
    nlp = spacy.blank("kk")
    nlp.add_pipe("kk_sentences")
    nlp.add_pipe("kk_morphology")
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


def annotation(doc: Doc) -> list[tuple[str, str, str, str]]:
    return [(t.text, t.lemma_, t.pos_, str(t.morph)) for t in doc]


def test_inflected_forms_share_their_lemma(nlp: Language) -> None:
    forms = "билік биліктің билікті билікке билігі билігінен"
    assert {t.lemma_ for t in nlp(forms)} == {"билік"}


def test_context_chooses_between_pronoun_and_conjunction(nlp: Language) -> None:
    doc = nlp("Мен қалам мен қағаз алдым.")
    assert [t.pos_ for t in doc if t.lower_ == "мен"] == ["PRON", "CCONJ"]


def test_every_token_has_lemma_and_part_of_speech(nlp: Language) -> None:
    for doc in nlp.pipe(TEXTS):
        assert all(t.lemma_ and t.pos_ for t in doc)
        assert [t.text for t in doc if t.pos_ == "SPACE"] == [t.text for t in doc if t.is_space]


def test_white_space_is_no_neighbour(nlp: Language) -> None:
    doc, spaced = nlp("Кітап пен дәптер алдым."), nlp("Кітап   пен   дәптер   алдым.")
    assert [a for a in annotation(spaced) if a[2] != "SPACE"] == annotation(doc)


def test_batches_order_and_processes_change_nothing(nlp: Language) -> None:
    expected = [annotation(nlp(text)) for text in TEXTS]
    assert [annotation(d) for d in nlp.pipe(TEXTS, batch_size=7)] == expected
    assert [annotation(d) for d in nlp.pipe(TEXTS, n_process=2, batch_size=5)] == expected
    order = list(range(len(TEXTS)))
    random.Random(5).shuffle(order)
    fresh = pipeline()
    shuffled = {i: annotation(d) for i, d in zip(order, fresh.pipe(TEXTS[i] for i in order), strict=True)}
    assert [shuffled[i] for i in range(len(TEXTS))] == expected


def test_forgetting_types_changes_nothing(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [annotation(d) for d in nlp.pipe(TEXTS)]
    monkeypatch.setattr(components, "MOST_TYPES", 3)
    assert [annotation(d) for d in nlp.pipe(TEXTS, batch_size=2)] == expected


def test_pipeline_survives_disk_bytes_and_pickle(nlp: Language, tmp_path: Path) -> None:
    expected = annotation(nlp(TEXTS[0]))
    nlp.to_disk(tmp_path / "kk")
    assert annotation(spacy.load(tmp_path / "kk")(TEXTS[0])) == expected
    assert annotation(pipeline().from_bytes(nlp.to_bytes())(TEXTS[0])) == expected
    tagger = pickle.loads(pickle.dumps(nlp.get_pipe("kk_morphology")))
    doc = Doc(tagger.vocab, [t.text for t in nlp(TEXTS[3])])
    assert [t.lemma_ for t in tagger(doc)] == [t.lemma_ for t in nlp(TEXTS[3])]


def test_memory_zones_leave_no_dangling_strings(nlp: Language) -> None:
    fresh = pipeline()
    with fresh.memory_zone():
        inside = annotation(fresh("Құралайдың салқынында түлкілер ойнақтады."))
    assert annotation(fresh("Түлкілер ойнақтады. Құралайдың салқынында.")) and inside
    assert annotation(fresh("Құралайдың салқынында түлкілер ойнақтады.")) == inside


def test_docs_without_sentences_are_one(nlp: Language) -> None:
    tagger = nlp.get_pipe("kk_morphology")
    doc = tagger(nlp.make_doc("Ол келді."))
    assert [t.lemma_ for t in doc] == ["ол", "кел", "."]


def test_analyses_begin_with_the_chosen_one(nlp: Language) -> None:
    for token in nlp("Мен қалам мен қағаз алдым."):
        found = token._.analyses
        assert (found[0].lemma, found[0].upos) == (token.lemma_, token.pos_)
        assert len(set(found)) == len(found)


def test_the_scorer_counts_lemmas(nlp: Language) -> None:
    from spacy.training import Example

    gold = nlp("Балалар кітапты оқыды.")
    scores = nlp.evaluate([Example(nlp.make_doc(gold.text), gold)])
    assert scores["lemma_acc"] == scores["pos_acc"] == scores["morph_acc"] == 1.0


assert kz_textkit.lang.kk.sentences.__name__
