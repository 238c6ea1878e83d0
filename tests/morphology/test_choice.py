"""What is chosen in context: unknown names with endings, verbs of their own, readings with probabilities."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from spacy.language import Language

import kz_textkit as kz
from apertium_tags import Part, agrees, read_articles
from disguise import Neighbour, disguised
from kz_textkit.morphology import MorphAnalyzer
from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.components import KazakhMorphology
from kz_textkit.morphology.readings import Readings, load_memory
from train import GoldSentence, GoldToken

READ = Readings(MorphAnalyzer(), load_memory())


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return kz.load()


def lemma_of(word: str, sentence: str) -> tuple[str, str]:
    (token,) = [t for t in pipeline()(sentence) if t.text == word]
    return token.lemma_, token.pos_


@pytest.mark.parametrize(
    ("word", "sentence", "lemma"),
    [
        ("Линдсейге", "Ол кеше Линдсейге хат жазды.", "Линдсей"),
        ("Джейкобсонды", "Біз қонаққа Джейкобсонды шақырдық.", "Джейкобсон"),
        ("Гүлжаһанға", "Апасы Гүлжаһанға сыйлық берді.", "Гүлжаһан"),
        ("Украинаға", "Былтыр олар Украинаға барды.", "Украина"),
        ("Аргентинада", "Досым Аргентинада тұрады.", "Аргентина"),
        ("Сәтбаеваның", "Мен Сәтбаеваның мақаласын оқыдым.", "Сәтбаев"),
    ],
)
def test_names_have_their_nominative_as_lemma(word: str, sentence: str, lemma: str) -> None:
    assert lemma_of(word, sentence) == (lemma, "PROPN")


@pytest.mark.parametrize(
    ("word", "sentence", "expected"),
    [
        ("түсінді", "Ол бәрін түсінді.", ("түсін", "VERB")),
        ("сезінеміз", "Біз мұны сезінеміз.", ("сезін", "VERB")),
        ("көрінді", "Алыстан тау көрінді.", ("көрін", "VERB")),
        ("алынды", "Үйден кілем алынды.", ("ал", "VERB")),
        ("айтқызды", "Ол маған шындықты айтқызды.", ("айтқыз", "VERB")),
        ("психотроптық", "Дәріханада психотроптық заттар сатылмайды.", ("психотроптық", "ADJ")),
    ],
)
def test_verbs_of_their_own_and_unknown_adjectives(word: str, sentence: str, expected: tuple[str, str]) -> None:
    assert lemma_of(word, sentence) == expected


def test_readings_have_probabilities_and_the_likeliest_is_the_annotation() -> None:
    nlp = pipeline()
    tagger = nlp.get_pipe("kk_morphology")
    assert isinstance(tagger, KazakhMorphology)
    doc = nlp("Бала  кітап оқып отыр. Мен келдім.")
    every = tagger.n_best(doc, most=100)
    assert len(every) == len(doc)
    for token, readings in zip(doc, every, strict=True):
        if token.is_space:
            assert readings == []
            continue
        shares = [share for _, share in readings]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1.0)
    likeliest = {
        token.text: (readings[0][0].lemma, readings[0][0].upos) for token, readings in zip(doc, every, strict=True) if readings
    }
    assert likeliest["Бала"] == ("бала", "NOUN")
    assert [len(readings) for readings in tagger.n_best(doc, most=1)] == [1, 0, 1, 1, 1, 1, 1, 1, 1]
    assert tagger.n_best(nlp.make_doc("")) == []


def test_words_are_disguised_with_their_endings_kept() -> None:
    tokens = (GoldToken("Астанада", "Астана", "PROPN", "Case=Loc"), GoldToken("тұрады", "тұр", "VERB", ""))
    (sentence,) = disguised([GoldSentence("d", tokens)], MorphAnalyzer())
    name, neighbour = sentence.tokens
    assert name.form != "Астанада" and name.form.endswith("астанада") and name.lemma == name.form[:-2]
    assert neighbour == Neighbour("тұрады")


def test_figures_of_the_articles_are_ordinals_before_what_is_counted_in_a_row(tmp_path: Path) -> None:
    words = ["1945", "жылы", "12", "кітап", "8", "наурыз", "2001", "."]
    path = tmp_path / "мақала.cg.txt"
    path.write_text("".join(f'"<{w}>"\n\t"{w}" {"num" if w.isdigit() else "n nom"}\n' for w in words), encoding="utf-8")
    (sentence,) = read_articles([path])
    kinds = ("NumType=Card", "NumType=Ord", "NumType=Card,Ord")
    right = {t.form: t.right([Reading(t.form, "NUM", kind, "", 0.0, "number") for kind in kinds]) for t in sentence.tokens}
    assert right["1945"] == right["8"] == [False, True, False]
    assert right["12"] == [True, False, False]
    assert right["2001"] == [True, True, True]


@pytest.mark.parametrize(
    ("word", "lemma", "upos"),
    [
        ("шіріді", "шірі", "VERB"),
        ("жөнелді", "жөнел", "VERB"),
        ("сыймайды", "сый", "VERB"),
        ("халі", "хал", "NOUN"),
        ("құрсағында", "құрсақ", "NOUN"),
        ("қарпінің", "қаріп", "NOUN"),
        ("актілерді", "акт", "NOUN"),
        ("бір-біріне", "бір-бір", "PRON"),
        ("қадір‐қасиетін", "қадір-қасиет", "NOUN"),
        ("тобының", "топ", "NOUN"),
        ("екендіктерін", "е", "AUX"),
    ],
)
def test_words_that_were_not_known(word: str, lemma: str, upos: str) -> None:
    best = MorphAnalyzer().parse(word)[0]
    assert (best.lemma, best.upos, best.known) == (lemma, upos, True)


def test_a_causative_is_a_lemma_of_its_own_whatever_the_treebank_has() -> None:
    assert {r.lemma for r in READ("асыратын") if r.upos == "VERB" and r.feats == "Aspect=Imp|VerbForm=Part"} == {"асыр"}


@pytest.mark.parametrize(
    ("reading", "part"),
    [
        (Reading("тек", "ADV", "", "", 0.0, "dictionary"), Part("тек", ("cnjcoo",))),
        (Reading("керек", "ADJ", "", "", 0.0, "dictionary"), Part("керек", ("vaux", "pres", "p3", "sg"))),
        (Reading("іш", "NOUN", "Case=Loc|Number[psor]=Plur,Sing|Person[psor]=3", "", 0.0, "dictionary"), Part("ішінде", ("adv",))),
        (Reading("АҚШ", "PROPN", "Case=Nom", "", 0.0, "dictionary"), Part("АҚШ", ("abbr",))),
        (Reading("терең", "ADV", "", "", 0.0, "dictionary"), Part("терең", ("adj", "advl"))),
        (Reading("осындай", "DET", "PronType=Dem", "", 0.0, "dictionary"), Part("осы", ("prn", "dem", "sim", "nom"))),
        (Reading("қазір", "ADV", "Case=Nom", "", 0.0, "dictionary"), Part("қазіргі", ("adj",))),
        (Reading("қазіргі", "ADJ", "", "", 0.0, "dictionary"), Part("қазір", ("adv", "attr"))),
        (Reading("үшеу", "NUM", "Case=Nom|NumType=Coll", "", 0.0, "dictionary"), Part("үш", ("num", "coll", "subst", "nom"))),
    ],
)
def test_what_apertium_calls_otherwise_agrees(reading: Reading, part: Part) -> None:
    assert agrees(reading, (part,))


@pytest.mark.parametrize(
    ("reading", "part"),
    [
        (Reading("тек", "NOUN", "Case=Nom", "", 0.0, "dictionary"), Part("тек", ("cnjcoo",))),
        (Reading("бас", "NOUN", "Case=Loc", "", 0.0, "dictionary"), Part("ішінде", ("n", "loc"))),
        (Reading("терең", "ADV", "", "", 0.0, "dictionary"), Part("терең", ("adj",))),
        (Reading("қазір", "ADV", "Case=Nom", "", 0.0, "dictionary"), Part("қазір", ("n", "nom"))),
        (Reading("төртеу", "NUM", "Case=Nom|NumType=Coll", "", 0.0, "dictionary"), Part("үш", ("num", "coll", "subst", "nom"))),
    ],
)
def test_what_is_another_word_does_not(reading: Reading, part: Part) -> None:
    assert not agrees(reading, (part,))
