"""The annotation policy: voice stems that are lemmas, and what differs from the treebank."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kz_textkit.morphology.policy import HOUSE, KTB, to_house, to_ktb


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("kk")
    nlp.add_pipe("kk_sentences")
    nlp.add_pipe("kk_morphology")
    return nlp


def lemmas(nlp: Language, text: str) -> dict[str, str]:
    return {token.text: token.lemma_ for token in nlp(text)}


@pytest.mark.parametrize(
    ("sentence", "form", "lemma"),
    [
        ("Бұл жиналысқа студенттер қатысады.", "қатысады", "қатыс"),
        ("Екі жақ бағаға келісті.", "келісті", "келіс"),
        ("Ол спортпен айналысып жүр.", "айналысып", "айналыс"),
        ("Мен онымен кеше таныстым.", "таныстым", "таныс"),
        ("Жаңбыр түнімен жалғасты.", "жалғасты", "жалғас"),
        ("Ел екі жыл соғысты.", "соғысты", "соғыс"),
        ("Ғылым ерте заманда қалыптасты.", "қалыптасты", "қалыптас"),
        ("Олар телефонмен сөйлесті.", "сөйлесті", "сөйлес"),
    ],
)
def test_a_voice_stem_of_the_dictionary_is_a_lemma(nlp: Language, sentence: str, form: str, lemma: str) -> None:
    token = next(t for t in nlp(sentence) if t.text == form)
    assert (token.lemma_, token.pos_) == (lemma, "VERB")
    assert "Voice=Rcp" in str(token.morph)
    assert token._.analyses[0].lemma == lemma


def test_ordinary_passives_stay_with_their_verb(nlp: Language) -> None:
    token = next(t for t in nlp("Бұл үй былтыр салынды.") if t.text == "салынды")
    assert (token.lemma_, str(token.morph.get("Voice"))) == ("сал", "['Pass']")


def test_they_has_one_lemma(nlp: Language) -> None:
    found = lemmas(nlp, "Олар келді. Мен оларды көрдім, оларға айттым.")
    assert {found[form] for form in ("Олар", "оларды", "оларға")} == {"ол"}


def test_nouns_of_fixed_phrases_are_nouns(nlp: Language) -> None:
    doc = nlp("Жоспар жүзеге асты, біз жұмыс істедік.")
    assert {t.text: t.pos_ for t in doc if t.text in ("жүзеге", "жұмыс")} == {"жүзеге": "NOUN", "жұмыс": "NOUN"}


def test_all_is_a_determiner(nlp: Language) -> None:
    assert next(t.pos_ for t in nlp("Барлық адам келді.")) == "DET"


def test_the_treebank_has_its_own_policy(nlp: Language) -> None:
    tagger = nlp.get_pipe("kk_morphology")
    assert tagger.profile == HOUSE  # type: ignore[attr-defined]
    with tagger.using(KTB):  # type: ignore[attr-defined]
        assert lemmas(nlp, "Студенттер жиналысқа қатысады.")["қатысады"] == "қат"
    assert lemmas(nlp, "Студенттер жиналысқа қатысады.")["қатысады"] == "қатыс"


def test_the_policy_is_saved_with_the_pipeline() -> None:
    nlp = spacy.blank("kk")
    nlp.add_pipe("kk_morphology", config={"profile": KTB})
    again = spacy.blank("kk")
    again.add_pipe("kk_morphology")
    again.from_bytes(nlp.to_bytes())
    assert again.get_pipe("kk_morphology").profile == KTB  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="annotation policy"):
        spacy.blank("kk").add_pipe("kk_morphology", config={"profile": "other"})


def test_house_and_treebank_are_inverse_for_voice_stems() -> None:
    for lemma, feats in (("қат", "Mood=Ind|Voice=Rcp"), ("кел", "Voice=Rcp"), ("айыр", "Voice=Pass")):
        assert to_ktb(*to_house(lemma, "VERB", feats)) == (lemma, "VERB", feats)


@pytest.mark.parametrize(
    ("sentence", "form", "lemma", "upos"),
    [
        ("Балалар қызық ойын ойнады.", "ойын", "ойын", "NOUN"),
        ("Үшінші тарау қиын.", "тарау", "тарау", "NOUN"),
        ("Қызыл бояу алдым.", "бояу", "бояу", "NOUN"),
        ("Оның анықтамасы мынадай.", "анықтамасы", "анықтама", "NOUN"),
        ("Жаңа бастамасы сәтті болды.", "бастамасы", "бастама", "NOUN"),
        ("Столдың ені кең.", "ені", "ен", "NOUN"),
        ("Қарағанды қаласында Алмас оқиды.", "Қарағанды", "Қарағанды", "PROPN"),
        ("Қарағанды қаласында Алмас оқиды.", "Алмас", "Алмас", "PROPN"),
        ("Эльбурс тауы биік.", "Эльбурс", "Эльбурс", "PROPN"),
        ("Қазақстанның астанасы үлкен.", "астанасы", "астана", "NOUN"),
        ("Ол АҚШ-та тұрады.", "АҚШ-та", "АҚШ", "PROPN"),
        ("Баға 90%-ға өсті.", "90%-ға", "90%", "NUM"),
        ("Ол сағат 10:30-да келді.", "10:30-да", "10:30", "NUM"),
        ("Ол Google'дың қызметкері.", "Google'дың", "Google", "PROPN"),
        ("Ол «Нұр Отан»ның мүшесі.", "ның", "-ның", "X"),
        ("Ауылға 5 км-ге жуық жол бар.", "км-ге", "км", "NOUN"),
        ("Бұл туралы Мы пошли домой деп жазды.", "домой", "домой", "X"),
        ("Өндіріс былтыр өсті.", "өсті", "өс", "VERB"),
    ],
)
def test_words_that_came_out_wrong(nlp: Language, sentence: str, form: str, lemma: str, upos: str) -> None:
    token = next(t for t in nlp(sentence) if t.text == form)
    assert (token.lemma_, token.pos_) == (lemma, upos)


def test_tags_of_apertium_are_filled(nlp: Language) -> None:
    assert [t.tag_ for t in nlp("Ол үйге барған еді.")] == ["prn", "n", "v", "cop", "sent"]
